import Sonde

/// What a comparison proves, and the times that it measured.
struct HTMLComparison {
    let report: Report
    let comparison: Comparison

    private var cells: [Comparison.Cell] { comparison.cells }

    var section: HTML {
        "<section id=\"comparison\">\n<h2>What the comparison proves</h2>\n\(conclusions)\(notJudged)\(latency)\(offers)</section>\n"
    }

    private var conclusions: HTML {
        guard !comparison.conclusions.isEmpty else {
            return
                "<p class=\"note inconclusive\">\(Comparison.nothingProven)</p>\n"
        }
        let items = comparison.conclusions.map { conclusion -> HTML in
            let owner: HTML = conclusion.owner.map { $0 == .nobody ? "" : " · acts first: <b>\($0.phrase)</b>" } ?? ""
            return
                "<li><p class=\"summary\">\(conclusion.text)</p><p class=\"fine\">\(conclusion.confidence.rawValue) · <code>\(conclusion.law)</code>\(owner)</p></li>\n"
        }
        return "<ul class=\"conclusions\">\n\(items)</ul>\n"
    }

    /// Verdicts that came with the reports that were compared.
    private var notJudged: HTML {
        let found = report.targets.filter { $0.notJudgedAgain != nil }
        guard !found.isEmpty else { return "" }
        let why = found.compactMap(\.notJudgedAgain).unique.listed
        return
            "<p class=\"note warn\">Not judged again, the verdicts are the reports' own: \(found.map(\.target.name).listed) (\(why)).</p>\n"
    }

    /// Medians as bars on one scale, with the 95th percentile behind them.
    private var latency: HTML {
        guard let latency = comparison.latency else { return "" }
        let words = LatencyWords(latency: latency, names: ComparedNames(cells: cells).all)
        let sentences = (words.differences + words.exclusions).map { text -> HTML in "<li>\(text)</li>\n" }
        var blocks: HTML = "<h3>Latency</h3>\n<p class=\"fine\">\(words.rounds)</p>\n"
        for measure in LatencyComparison.Measure.allCases {
            let rows = latency.series.compactMap { series in
                series.median(measure).map { (series: series, median: $0, p95: series.p95(measure) ?? $0) }
            }
            guard !rows.isEmpty else { continue }
            let longest = max(1, rows.map(\.p95.microseconds).max() ?? 1)
            let lines = rows.map { row -> HTML in
                let (median, p95) = (row.median.microseconds * 1000 / longest, row.p95.microseconds * 1000 / longest)
                return
                    "<li><span class=\"name\">\(words.names[row.series.cell])</span><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"p95\" x=\"0\" y=\"3\" width=\"\(p95)\" height=\"4\"/><rect class=\"first_byte\" x=\"0\" y=\"0\" width=\"\(median)\" height=\"10\"/></svg><span class=\"took\">\(LatencyWords.time(row.median)), p95 \(LatencyWords.time(row.p95))</span></li>\n"
            }
            blocks += "<h3>Median \(measure.name)</h3>\n<ul class=\"latency\">\n\(lines)</ul>\n"
        }
        if !sentences.isEmpty { blocks += "<ul>\n\(sentences)</ul>\n" }
        return blocks
    }

    /// Who lists which of the models that were asked about.
    private var offers: HTML {
        guard !comparison.offers.isEmpty else { return "" }
        let rows = comparison.offers.map { offer -> HTML in "<li><code>\(offer.model)</code>: \(offer.words)</li>\n" }
        return "<h3>Models</h3>\n<ul>\n\(rows)</ul>\n"
    }
}
