import Sonde

/// All targets at a glance: a row each, a column for each check.
struct HTMLMatrix {
    let groups: [ResultGroup]

    /// Of more targets those that are not well come first; else they stand as they were named.
    private static let orderLimit = 20

    /// The places of the groups in the order of the rows.
    private var order: [Int] {
        guard groups.count > Self.orderLimit else { return Array(groups.indices) }
        let outcomes = groups.map(\.outcome)
        return ResultGroup.inOrderOfWeight.flatMap { outcome in groups.indices.filter { outcomes[$0] == outcome } }
    }

    var section: HTML {
        let checks = CheckList.all.map { $0.id }.filter { id in groups.contains { $0.results.contains { $0.name == id } } }
        var table: HTML = """
            <section id="overview">
            <h2>Overview</h2>
            <div class="scroll"><table class="matrix">
            <thead><tr><th scope="col">Target</th><th scope="col">Cause</th>\(checks.map { id -> HTML in "<th scope=\"col\" class=\"check\">\(id)</th>" })<th scope="col">Next</th><th scope="col" class="number">Inference</th></tr></thead>
            <tbody>

            """
        for index in order {
            let group = groups[index]
            guard let result = group.target else { continue }
            let verdict = result.verdict
            let cells = checks.map { id -> HTML in
                guard let found = group.results.first(where: { $0.name == id }) else { return "<td class=\"check\"></td>" }
                return
                    "<td class=\"check\"><span class=\"mark \(found.outcome.rawValue)\" title=\"\(found.text)\"><i aria-hidden=\"true\">\(HTML.sign(found.outcome))</i><b class=\"sr\">\(found.outcome.word)</b></span></td>"
            }
            let turn = verdict.cause == .healthy ? "–" : verdict.turn ?? "–"
            table +=
                "<tr><th scope=\"row\"><a href=\"#t\(index + 1)\">\(group.name)</a><small>\(result.target.vendor.name)</small></th><td><code class=\"cause \(group.outcome.rawValue)\">\(verdict.cause.rawValue)</code></td>\(cells)<td>\(turn)</td><td class=\"number\">\(time(result))</td></tr>\n"
        }
        table += "</tbody></table></div>\n</section>\n"
        return table
    }

    /// What inference took, where it was served.
    private func time(_ result: TargetResult) -> String {
        let served = result.exchanges.last { $0.probe.isPaid && $0.reading.isHealthy }
        guard let took = served.map({ $0.timings.service ?? $0.timings.total }), took > .zero else { return "–" }
        return Duration.shown(took)
    }
}
