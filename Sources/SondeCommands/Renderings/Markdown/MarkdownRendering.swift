import Sonde

/// The page for a merge request, a wiki or the summary of a step: a table of all targets, then what is wrong with which.
struct MarkdownRendering {
    let report: Report
    /// Targets that get a section of their own, and rows of the table.
    var targetLimit = 50
    var rowLimit = 1000

    var text: String {
        let results = ReportResults(report)
        var blocks = [["# \(mark(results.outcome)) Sonde: \(results.outcome.word)"], [Markdown.prose(lastLine)], facts]
        let whole = results.groups.filter { $0.target == nil }.flatMap(\.results)
        blocks += whole.map { ["**\($0.outcome.word)** \(Markdown.prose($0.text))"] }
        if !report.targets.isEmpty { blocks.append(table(results.groups)) }
        if let comparison = report.comparison { blocks += comparisonBlocks(comparison) }
        let ailing = results.groups.filter { $0.target != nil && $0.outcome != .pass }
        blocks += ailing.prefix(targetLimit).flatMap(section)
        if ailing.count > targetLimit { blocks.append(["\(ailing.count - targetLimit) more are not well; the table has them."]) }
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var lastLine: String { TextRendering(report: report, look: TextLook()).lastLine }

    private var facts: [String] {
        [
            "\(Markdown.code(report.startedAt.rfc3339)), \(report.duration.milliseconds) ms, \(Tool.name) \(Tool.version)"
        ]
    }

    /// A sign that needs no font of pictures, beside the word that says the same.
    private func mark(_ outcome: ReportResult.Outcome) -> String {
        switch outcome {
        case .pass: "✅"
        case .warn: "⚠️"
        case .fail, .breach: "❌"
        case .inconclusive: "❔"
        case .skip: "➖"
        }
    }

    // MARK: The table

    private func table(_ groups: [ResultGroup]) -> [String] {
        let checks = CheckList.all.map { $0.id }.filter { id in report.targets.contains { $0.checks.contains { $0.id == id } } }
        let targets = groups.filter { $0.target != nil }
        let rows = targets.prefix(rowLimit).map { group in
            let verdict = group.target?.verdict
            let cells = checks.map { id in group.results.first { $0.name == id }.map { "\(mark($0.outcome)) \($0.outcome.word)" } ?? "–" }
            return Markdown.row(
                ["\(mark(group.outcome)) \(Markdown.code(group.name))", verdict.map { Markdown.code($0.cause.rawValue) } ?? "–"] + cells
                    + [verdict?.cause == .healthy ? "–" : verdict?.turn ?? "–"])
        }
        let more = targets.count > rowLimit ? ["", "\(targets.count - rowLimit) more targets are not listed."] : []
        return Markdown.header(["target", "cause"] + checks + ["next"]) + rows + more
    }

    private func comparisonBlocks(_ comparison: Comparison) -> [[String]] {
        let lines =
            comparison.conclusions.isEmpty
            ? ["- \(Comparison.nothingProven)"]
            : comparison.conclusions.map { "- \(Markdown.prose($0.text)) (\(Markdown.code($0.law)), \($0.confidence.rawValue))" }
        return [["## What the comparison proves"], lines, notJudged] + MarkdownMeasurements(comparison: comparison).blocks
    }

    /// Verdicts that came with the reports that were compared.
    private var notJudged: [String] {
        let found = report.targets.filter { $0.notJudgedAgain != nil }
        guard !found.isEmpty else { return [] }
        let why = found.compactMap(\.notJudgedAgain).unique.listed
        return [
            "Not judged again, the verdicts are the reports' own: \(found.map { Markdown.code($0.target.name) }.listed) (\(Markdown.prose(why)))."
        ]
    }

    // MARK: A target

    private func section(_ group: ResultGroup) -> [[String]] {
        guard let result = group.target else { return [] }
        let verdict = result.verdict
        var blocks = [
            ["## \(mark(group.outcome)) \(Markdown.code(group.name)): \(Markdown.code(verdict.cause.rawValue))"],
            [headline(verdict)],
            group.results.filter { $0.name != ResultGroup.verdict }.map {
                "- \(mark($0.outcome)) **\($0.name)**: \(Markdown.prose($0.text))"
            },
        ]
        if verdict.cause != .healthy {
            blocks += list(
                "**Next\(verdict.turn.map { ": \($0)" } ?? "")**",
                verdict.nextSteps.enumerated().map { "\($0 + 1). \(step($1, of: result.target.vendor))" })
            blocks += list("**Because**", verdict.because.map { "- \(Markdown.prose($0.text))" })
            blocks += list(
                "**Ruled out**",
                verdict.ruledOut.map {
                    "- \($0.causes.map { Markdown.code($0.rawValue) }.joined(separator: ", ")): \(Markdown.prose($0.text))"
                })
        }
        if !result.exchanges.isEmpty { blocks.append(requests(result)) }
        return blocks
    }

    private func headline(_ verdict: Verdict) -> String {
        let reason = verdict.reason.map { ", \(Markdown.code($0))" } ?? ""
        return "\(Markdown.prose(verdict.summary)) (\(verdict.confidence.rawValue)\(reason))"
    }

    private func list(_ title: String, _ lines: [String]) -> [[String]] { lines.isEmpty ? [] : [[title], lines] }

    /// Advice, in which the vendor's own addresses are worth a click.
    private func step(_ text: String, of vendor: Vendor) -> String {
        LinkedText(text, vendor).parts.map { part in
            guard !part.isLink else { return Markdown.link(part.text) }
            // Prose has its blanks within, and those at its ends are kept.
            let (start, end) = (part.text.hasPrefix(" ") ? " " : "", part.text.hasSuffix(" ") ? " " : "")
            return start + Markdown.prose(part.text) + end
        }.joined()
    }

    private func requests(_ result: TargetResult) -> [String] {
        var lines = ["<details><summary>Requests</summary>", ""]
        lines += Markdown.header(["no.", "request", "answer", "said", "started (UTC)", "took"])
        for (index, exchange) in result.exchanges.enumerated() {
            let told = RequestLines(exchange: exchange, vendor: result.target.vendor, look: TextLook())
            lines.append(
                Markdown.row([
                    "\(index + 1)", Markdown.code(told.name), Markdown.prose(told.answer), told.said.map(Markdown.prose) ?? "–",
                    exchange.startedAt.rfc3339, "\(exchange.timings.total.milliseconds) ms",
                ]))
        }
        return lines + ["", "</details>"]
    }
}
