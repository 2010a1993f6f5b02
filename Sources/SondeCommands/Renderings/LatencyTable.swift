import Sonde

/// The measured times of a comparison, and what may be said of their differences.
struct LatencyTable {
    let latency: LatencyComparison
    /// A name for each cell, escaped.
    let names: [String]
    let look: TextLook

    var lines: [String] {
        guard let reference = latency.series.first else {
            return [look.style(.strong, "Latency") + ": not measured, since there are no two to compare"] + exclusions
        }
        let taken = latency.series.map(\.samples.count).min() ?? 0
        var lines = [
            look.style(.strong, "Latency")
                + ", \(taken == latency.rounds ? "" : "\(taken) of ")\(latency.rounds) rounds in turn, after one to warm up\(latency.end.map { ", \($0.words)" } ?? "")"
        ]
        for measure in LatencyComparison.Measure.allCases where !reference.times(measure).isEmpty {
            lines.append("  \(measure.name)")
            for series in latency.series { lines += row(series, measure) }
        }
        for difference in latency.differences { lines += sentence(difference) }
        return lines + exclusions
    }

    /// What was not compared, those of one kind together.
    private var exclusions: [String] {
        let kinds = latency.exclusions.map { Kind(measure: $0.measure, reason: $0.reason) }
        return kinds.unique.flatMap { kind in
            let cells = latency.exclusions.filter { $0.measure == kind.measure && $0.reason == kind.reason }.map { names[$0.cell] }
            let what = kind.measure.map { "\($0.name.prefix(1).uppercased() + $0.name.dropFirst()) not compared" } ?? "Not compared"
            return TerminalText.wrapped(
                "\(what): \(cells.listed), \(kind.reason.words(cells.count)).", to: look.width, indent: 2, hanging: 4)
        }
    }

    private struct Kind: Hashable {
        var measure: LatencyComparison.Measure?
        var reason: LatencyComparison.Exclusion.Reason
    }

    private var nameWidth: Int { min(40, latency.series.map { TerminalText.width(names[$0.cell]) }.max() ?? 0) }

    private func row(_ series: LatencyComparison.Series, _ measure: LatencyComparison.Measure) -> [String] {
        guard let median = series.median(measure), let p95 = series.p95(measure) else {
            return ["    \(names[series.cell]): nothing measured"]
        }
        var text = "median \(Self.text(median)), p95 \(Self.text(p95))"
        if series.failures > 0 { text += ", \(series.failures) of \(series.samples.count) failed" }
        return TerminalText.labeled(names[series.cell], column: 6 + nameWidth, text, to: look.width, indent: 4)
    }

    private func sentence(_ difference: LatencyComparison.Difference) -> [String] {
        let (one, other) = (names[difference.cell], names[difference.reference])
        let range = difference.interval.map { " (95 % interval \(Self.signed($0.lowerBound)) to \(Self.signed($0.upperBound)))" } ?? ""
        let text =
            switch difference.finding {
            case .slower: "\(one) is slower than \(other) by \(Self.text(difference.added)) in \(difference.measure.name)\(range)."
            case .faster: "\(one) is faster than \(other) by \(Self.text(.zero - difference.added)) in \(difference.measure.name)\(range)."
            case .alike where difference.interval.map({ !$0.contains(.zero) }) ?? false:
                "Between \(one) and \(other) the difference in \(difference.measure.name) is too small to matter\(range)."
            case .alike:
                "No difference found between \(one) and \(other) in \(difference.measure.name)\(difference.excluded.map { "; one larger than \(Self.text($0)) would have shown" } ?? "")\(range)."
            case .unknown: "Too few rounds to compare \(one) with \(other) in \(difference.measure.name); six are needed."
            }
        return TerminalText.wrapped(text, to: look.width, indent: 2, hanging: 4)
    }

    /// Milliseconds, with one decimal below ten.
    static func text(_ duration: Duration) -> String {
        let tenths = (Double(duration.components.seconds) * 10_000 + Double(duration.components.attoseconds) * 1e-14).rounded()
        // A sum with zero makes plain zero of minus zero.
        return abs(tenths) < 100 ? "\(tenths / 10 + 0) ms" : "\(Int((tenths / 10).rounded())) ms"
    }

    private static func signed(_ duration: Duration) -> String { (duration > .zero ? "+" : "") + text(duration) }
}

extension LatencyComparison.End {
    /// The end of a sentence about rounds.
    fileprivate var words: String {
        switch self {
        case .timeOver: "ended when its time was over (--deadline)"
        case .interrupted: "then interrupted"
        }
    }
}

extension LatencyComparison.Exclusion.Reason {
    /// What is so of that many cells.
    fileprivate func words(_ count: Int) -> String {
        let isOne = count == 1
        return switch self {
        case .noInference: "where no inference was served"
        case .otherModel: "where another model answered than the one asked for"
        case .otherForm: "which \(isOne ? "answers" : "answer") in another form than the rest"
        case .notStreamed: "whose stream failed, so whole answers are compared"
        case .priceUnknown: "not sent: the price is not known, so --max-cost cannot be kept"
        case .overLimit: "not sent: it could cost more than --max-cost allows"
        }
    }
}
