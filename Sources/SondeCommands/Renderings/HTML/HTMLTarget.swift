import Sonde

/// What the page says of one target; folded where all is well.
struct HTMLTarget {
    let report: Report
    let group: ResultGroup
    let result: TargetResult
    /// From 1; its anchor is made of it.
    let number: Int
    let isOpen: Bool

    private var verdict: Verdict { result.verdict }
    private var target: Target { result.target }

    var article: HTML {
        """
        <details class="target \(group.outcome.rawValue)" id="t\(number)"\(isOpen ? " open" : "")>
        <summary><h2>\(group.name)</h2>\(HTML.chip(group.outcome))<code class="cause \(group.outcome.rawValue)">\(verdict.cause.rawValue)</code></summary>
        \(facts)<div class="verdict \(group.outcome.rawValue)"><p class="summary">\(verdict.summary)</p><p class="fine">\(fine)</p>\(runnerUp)</div>
        \(checks)\(next)\(argument)\(findings)\(HTMLRequests(result: result, number: number).section)</details>

        """
    }

    // MARK: What was checked

    private var facts: HTML {
        var rows: [(String, HTML)] = [("Service", "\(target.vendor.name)")]
        if target.baseURL != .unknown { rows.append(("Base URL", "<code>\(target.baseURL.text)</code>")) }
        if let model = result.exchanges.first(where: { $0.probe.kind == .inference })?.probe.model ?? target.model {
            rows.append(("Model", "<code>\(model)</code>"))
        }
        rows.append(("Key", key))
        rows.append(("Route", "\(target.isRecorded ? "from a recording" : target.route.name)"))
        return "<dl class=\"facts\">\(rows.map { name, value -> HTML in "<div><dt>\(name)</dt><dd>\(value)</dd></div>" })</dl>\n"
    }

    private var key: HTML {
        guard let credential = target.credential else { return "none" }
        if target.isRecorded { return "not known" }
        let prefix: HTML = credential.publicPrefix.isEmpty ? "" : "<code>\(credential.publicPrefix)…</code>, "
        return "\(prefix)\(Counted.text(credential.length, "character")) from \(credential.source.label)"
    }

    private var fine: HTML {
        var parts: [HTML] = ["\(verdict.confidence.rawValue)"]
        if let reason = verdict.reason { parts.append("reason <code>\(reason)</code>") }
        if verdict.cause != .healthy, let turn = verdict.turn {
            parts.append(turn == "wait" ? "<b>wait: nobody has to act</b>" : "acts first: <b>\(turn)</b>")
        }
        if verdict.cause != .healthy, verdict.isRetryable { parts.append("may pass on a retry") }
        return HTML.joined(parts, by: " · ")
    }

    private var runnerUp: HTML {
        guard let other = verdict.runnerUp else { return "" }
        return "<p class=\"fine\">Not excluded: <code>\(other.cause.rawValue)</code>. It would be separated by \(other.separatedBy).</p>"
    }

    private var checks: HTML {
        let rows = group.results.filter { $0.name != ResultGroup.verdict }.map { check -> HTML in
            "<li><span class=\"mark \(check.outcome.rawValue)\"><i aria-hidden=\"true\">\(HTML.sign(check.outcome))</i><b class=\"sr\">\(check.outcome.word)</b></span><b>\(check.name)</b><span>\(check.text)</span></li>\n"
        }
        return rows.isEmpty ? "" : "<ul class=\"checks\">\n\(rows)</ul>\n"
    }

    // MARK: The argument

    private var next: HTML {
        guard verdict.cause != .healthy, !verdict.nextSteps.isEmpty else { return "" }
        let steps = verdict.nextSteps.map { step -> HTML in
            let parts = LinkedText(step, target.vendor).parts.map { part -> HTML in
                part.isLink ? "<a href=\"\(part.text)\" rel=\"noreferrer noopener\">\(part.text)</a>" : "\(part.text)"
            }
            return "<li>\(parts)</li>\n"
        }
        return "<section class=\"next\"><h3>What to do next</h3>\n<ol>\n\(steps)</ol></section>\n"
    }

    private var argument: HTML {
        guard verdict.cause != .healthy, !verdict.because.isEmpty || !verdict.ruledOut.isEmpty else { return "" }
        let because = verdict.because.map { statement -> HTML in
            "<li>\(statement.text)\(references(statement.exchanges))<small>\(statement.law)</small></li>\n"
        }
        let ruledOut = verdict.ruledOut.map { statement -> HTML in
            let causes = HTML.joined(statement.causes.map { cause -> HTML in "<code>\(cause.rawValue)</code>" }, by: " ")
            return
                "<li><span class=\"out\">\(causes)</span> \(statement.text)\(references(statement.exchanges))<small>\(statement.law)</small></li>\n"
        }
        let left: HTML = because.isEmpty ? "" : "<section><h3>Because</h3>\n<ul>\n\(because)</ul></section>"
        let right: HTML = ruledOut.isEmpty ? "" : "<section><h3>Ruled out</h3>\n<ul>\n\(ruledOut)</ul></section>"
        return "<div class=\"argument\">\(left)\(right)</div>\n"
    }

    private func references(_ exchanges: [Int]) -> HTML {
        let links = exchanges.filter(result.exchanges.indices.contains).map { index -> HTML in
            "<a href=\"#t\(number)r\(index + 1)\">\(index + 1)</a>"
        }
        return links.isEmpty ? "" : " <span class=\"ref\">[\(HTML.joined(links, by: ", "))]</span>"
    }

    private var findings: HTML {
        let open = target.findings.filter { $0.severity != .blocking && ($0.severity == .warning || verdict.cause != .healthy) }
        guard !open.isEmpty else { return "" }
        return "<section><h3>Noticed</h3>\n<ul>\n\(open.map { finding -> HTML in "<li>\(finding.text)</li>\n" })</ul></section>\n"
    }
}
