/// What a policy found: what is not well in full, what holds in a line that opens.
struct HTMLGate {
    let group: ResultGroup

    /// Rules that hold are folded where they are more than these.
    private static let openLimit = 3

    var section: HTML {
        let order: [ReportResult.Outcome] = [.fail, .inconclusive, .breach, .warn, .skip]
        let notable = order.flatMap { outcome in group.results.filter { $0.outcome == outcome } }
        let kept = group.results.filter { $0.outcome == .pass }
        guard kept.count > Self.openLimit else { return "<section id=\"gate\">\n<h2>Gate</h2>\n\(list(notable + kept))</section>\n" }
        return """
            <section id="gate">
            <h2>Gate</h2>
            \(list(notable))<details class="kept"><summary>\(kept.count) \(notable.isEmpty ? "rules hold" : "other rules hold")</summary>
            \(list(kept))</details>
            </section>

            """
    }

    private func list(_ results: [ReportResult]) -> HTML {
        let items = results.map { result -> HTML in
            "<li class=\"\(result.outcome.rawValue)\">\(HTML.chip(result.outcome))<span>\(result.text)</span></li>\n"
        }
        return items.isEmpty ? "" : "<ul class=\"rules\">\n\(items)</ul>\n"
    }
}
