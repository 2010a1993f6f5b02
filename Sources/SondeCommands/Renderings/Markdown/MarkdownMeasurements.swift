import Sonde

/// Measured times and lists of models as Markdown: for the page, and for that of evidence, which hides more.
struct MarkdownMeasurements {
    let comparison: Comparison
    /// Takes out of a text what must not be on the page.
    var clean: (String) -> String = { $0 }

    /// Nothing where nothing was measured or asked about.
    var blocks: [[String]] { latency + offers }

    private var latency: [[String]] {
        guard let latency = comparison.latency else { return [] }
        let words = LatencyWords(latency: latency, names: ComparedNames(cells: comparison.cells).all)
        let measures = LatencyComparison.Measure.allCases.filter { measure in latency.series.contains { !$0.times(measure).isEmpty } }
        let rows = latency.series.map { series in
            Markdown.row(
                [code(words.names[series.cell])] + measures.map { LatencyWords.times(of: series, $0) ?? "–" })
        }
        let table = measures.isEmpty ? [] : Markdown.header(["combination"] + measures.map(\.name)) + rows
        let lines = (words.differences + words.exclusions).map { "- \(prose($0))" }
        return [["## Latency"], ["\(prose(words.rounds.prefix(1).uppercased() + words.rounds.dropFirst()))."], table, lines]
    }

    private var offers: [[String]] {
        guard let first = comparison.offers.first else { return [] }
        let header = Markdown.header(["model"] + first.targets.map { code($0.subject) })
        return [
            ["## Models"],
            header
                + comparison.offers.map { offer in
                    Markdown.row([code(offer.model)] + offer.targets.map { $0.names.isEmpty ? $0.words : code($0.words) })
                },
        ]
    }

    private func prose(_ text: String) -> String { Markdown.prose(clean(text)) }

    private func code(_ text: String) -> String { Markdown.code(clean(text)) }
}
