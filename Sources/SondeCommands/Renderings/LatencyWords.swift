import Sonde

/// Measured times in sentences, which every format has in its own way; names in them are not escaped.
struct LatencyWords {
    let latency: LatencyComparison
    /// One for each cell of the comparison.
    let names: [String]

    /// What was measured, without an end: `8 rounds in turn, after one to warm up`.
    var rounds: String {
        guard !latency.series.isEmpty else { return "not measured, since there are no two to compare" }
        let taken = latency.series.map(\.samples.count).min() ?? 0
        let part = taken == latency.rounds ? "" : "\(taken) of "
        return "\(part)\(Counted.text(latency.rounds, "round")) in turn, after one to warm up\(latency.end.map { ", \($0.words)" } ?? "")"
    }

    /// All that may be said of the times, their end and what was left out included.
    var sentences: [String] {
        let isWhole = latency.end == nil && !latency.series.isEmpty
        return differences + exclusions + (isWhole ? [] : ["Latency: \(rounds)."])
    }

    /// How each cell differs from the first.
    var differences: [String] { latency.differences.map(sentence) }

    /// What was not compared, those of one kind together.
    var exclusions: [String] {
        let kinds = latency.exclusions.map { Kind(measure: $0.measure, reason: $0.reason) }
        return kinds.unique.map { kind in
            let cells = latency.exclusions.filter { $0.measure == kind.measure && $0.reason == kind.reason }.map { names[$0.cell] }
            let what = kind.measure.map { "\($0.name.prefix(1).uppercased() + $0.name.dropFirst()) not compared" } ?? "Not compared"
            return "\(what): \(cells.listed), \(kind.reason.words(cells.count))."
        }
    }

    private struct Kind: Hashable {
        var measure: LatencyComparison.Measure?
        var reason: LatencyComparison.Exclusion.Reason
    }

    private func sentence(_ difference: LatencyComparison.Difference) -> String {
        let (one, other) = (names[difference.cell], names[difference.reference])
        let range = difference.interval.map { " (95 % interval \(Self.signed($0.lowerBound)) to \(Self.signed($0.upperBound)))" } ?? ""
        return switch difference.finding {
        case .slower: "\(one) is slower than \(other) by \(Self.time(difference.added)) in \(difference.measure.name)\(range)."
        case .faster: "\(one) is faster than \(other) by \(Self.time(.zero - difference.added)) in \(difference.measure.name)\(range)."
        case .alike where difference.interval.map({ !$0.contains(.zero) }) ?? false:
            "Between \(one) and \(other) the difference in \(difference.measure.name) is too small to matter\(range)."
        case .alike:
            "No difference found between \(one) and \(other) in \(difference.measure.name)\(difference.excluded.map { "; one larger than \(Self.time($0)) would have shown" } ?? "")\(range)."
        case .unknown: "Too few rounds to compare \(one) with \(other) in \(difference.measure.name); six are needed."
        }
    }

    /// Median and 95th percentile of one series, and how many rounds failed; nil where nothing was measured.
    static func times(of series: LatencyComparison.Series, _ measure: LatencyComparison.Measure) -> String? {
        guard let median = series.median(measure), let p95 = series.p95(measure) else { return nil }
        let failures = series.failures > 0 ? ", \(series.failures) of \(series.samples.count) failed" : ""
        return "median \(time(median)), p95 \(time(p95))\(failures)"
    }

    /// Milliseconds, with one decimal below ten.
    static func time(_ duration: Duration) -> String {
        let tenths = (Double(duration.components.seconds) * 10_000 + Double(duration.components.attoseconds) * 1e-14).rounded()
        // A sum with zero makes plain zero of minus zero.
        return abs(tenths) < 100 ? "\(tenths / 10 + 0) ms" : "\(Int((tenths / 10).rounded())) ms"
    }

    private static func signed(_ duration: Duration) -> String { (duration > .zero ? "+" : "") + time(duration) }
}

extension ModelOffer.Listing {
    /// The names under which a target lists a model, or why there is none.
    var words: String {
        guard isKnown else { return "no list" }
        return names.isEmpty ? "not listed" : names.prefix(3).joined(separator: ", ")
    }
}

extension ModelOffer {
    /// `maker: small-1; gateway: maker/small-1`.
    var words: String { targets.map { "\($0.subject): \($0.words)" }.joined(separator: "; ") }
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
