import Sonde

/// The measured times of a comparison on a page for people, and what may be said of their differences.
struct LatencyTable {
    let latency: LatencyComparison
    /// A name for each cell, escaped.
    let names: [String]
    let look: TextLook

    private var words: LatencyWords { LatencyWords(latency: latency, names: names) }

    var lines: [String] {
        let title = look.style(.strong, "Latency")
        guard let reference = latency.series.first else { return [title + ": \(words.rounds)"] + sentences(words.exclusions) }
        var lines = TerminalText.wrapped("\(title), \(words.rounds)", to: look.width, hanging: 2)
        for measure in LatencyComparison.Measure.allCases where !reference.times(measure).isEmpty {
            lines.append("  \(measure.name)")
            for series in latency.series { lines += row(series, measure) }
        }
        return lines + sentences(words.differences + words.exclusions)
    }

    private func sentences(_ texts: [String]) -> [String] {
        texts.flatMap { TerminalText.wrapped($0, to: look.width, indent: 2, hanging: 4) }
    }

    private var nameWidth: Int { min(40, latency.series.map { TerminalText.width(names[$0.cell]) }.max() ?? 0) }

    private func row(_ series: LatencyComparison.Series, _ measure: LatencyComparison.Measure) -> [String] {
        guard let times = LatencyWords.times(of: series, measure) else {
            return TerminalText.wrapped("\(names[series.cell]): nothing measured", to: look.width, indent: 4, hanging: 6)
        }
        return TerminalText.labeled(names[series.cell], column: 6 + nameWidth, times, to: look.width, indent: 4)
    }
}
