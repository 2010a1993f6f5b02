import Sonde

/// One self-contained page: what it comes to, all targets at a glance, and for each its verdict, its requests and what they said.
///
/// No script, nothing from elsewhere; whatever a browser would fetch or run is forbidden to it by a policy in the page.
struct HTMLRendering {
    let report: Report

    /// Targets that are not folded, as long as they are not well.
    private static let openLimit = 20

    var text: String {
        let results = ReportResults(report)
        let outcome = results.outcome
        var page: HTML = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(HTMLStyle.policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>Sonde: \(outcome.word), \(headline(results))</title>
            <style>\(HTMLStyle.sheet)</style>
            </head>
            <body>
            <header class="top \(outcome.rawValue)"><div class="wide">
            <p class="brand">Sonde report</p>
            <h1><i aria-hidden="true">\(HTML.sign(outcome))</i>\(capitalized(outcome.word))</h1>
            <p class="lead">\(headline(results))</p>
            \(share(results))
            <p class="meta">\(meta)</p>
            </div></header>
            <main class="wide">

            """
        for result in results.whole?.results ?? [] {
            page += "<p class=\"note \(result.outcome.rawValue)\">\(HTML.chip(result.outcome)) \(result.text)</p>\n"
        }
        if let gate = results.gate { page += HTMLGate(group: gate).section }
        let groups = results.groups.filter { $0.target != nil }
        if groups.count > 1 { page += HTMLMatrix(groups: groups).section }
        if let comparison = report.comparison { page += HTMLComparison(report: report, comparison: comparison).section }
        var open = 0
        for (index, group) in groups.enumerated() {
            guard let result = group.target else { continue }
            let isOpen = groups.count == 1 || group.outcome != .pass && open < Self.openLimit
            if isOpen { open += 1 }
            page += HTMLTarget(report: report, group: group, result: result, number: index + 1, isOpen: isOpen).article
        }
        page += """
            </main>
            <footer class="wide"><p>\(footer)</p></footer>
            </body>
            </html>

            """
        return page.text
    }

    private func headline(_ results: ReportResults) -> String {
        let groups = results.groups.filter { $0.target != nil }
        guard let first = groups.first, let only = first.target else { return "nothing was measured" }
        if groups.count == 1 {
            let turn = only.verdict.cause == .healthy ? nil : only.verdict.turn
            return "\(first.name) is \(only.verdict.cause.rawValue)\(turn.map { $0 == "wait" ? "; wait" : "; next: \($0)" } ?? "")"
        }
        let parts = ResultGroup.inOrderOfWeight.compactMap { outcome in
            let count = groups.count { $0.outcome == outcome }
            return count == 0 ? nil : "\(count) \(outcome.word)"
        }
        return "\(groups.count) targets: \(parts.joined(separator: ", "))"
    }

    /// How many of the targets came out how, as parts of one bar.
    private func share(_ results: ReportResults) -> HTML {
        let groups = results.groups.filter { $0.target != nil }
        guard groups.count > 1 else { return "" }
        var start = 0
        let parts = ResultGroup.inOrderOfWeight.compactMap { outcome -> HTML? in
            let count = groups.count { $0.outcome == outcome }
            guard count > 0 else { return nil }
            defer { start += count }
            return "<rect class=\"\(outcome.rawValue)\" x=\"\(start)\" y=\"0\" width=\"\(count)\" height=\"1\"/>"
        }
        return "<svg class=\"share\" viewBox=\"0 0 \(groups.count) 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\(parts)</svg>"
    }

    private func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

    private var meta: HTML {
        let local = report.startedAt.rfc3339(zoneOffsetSeconds: report.zoneOffsetSeconds)
        let requests = report.targets.reduce(0) { $0 + $1.usage.requests }
        return
            "<time datetime=\"\(report.startedAt.rfc3339)\">\(local.prefix(10) + " " + local.dropFirst(11).prefix(8)) (UTC\(String(local.suffix(6))))</time><span>\(Counted.text(requests, "request"))</span><span>\(Duration.shown(report.duration))</span><span>exit status \(Int(report.exitStatus.rawValue))</span>"
    }

    private var footer: HTML {
        let hosts = report.hostsContacted
        let shown = hosts.prefix(12).map { host -> HTML in "<code>\(host)</code>" }
        let more = hosts.count > shown.count ? " and \(hosts.count - shown.count) more" : ""
        let contacted: HTML = hosts.isEmpty ? "No host was contacted." : "Hosts contacted: \(HTML.joined(shown, by: ", "))\(more)."
        return
            "\(Tool.name) \(Tool.version)\(report.network.library.isEmpty ? "" : ", " + report.network.library). \(contacted) No key is in this page."
    }
}
