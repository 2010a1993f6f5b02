import Sonde

/// A log for GitHub Actions: an annotation for each target that is not well, and the last line.
///
/// The runner shows ten annotations of a kind for each step, so that the tenth says how many more there are.
struct GitHubRendering {
    let report: Report

    private static let limit = 10

    var text: String {
        let groups = ReportResults(report).groups
        let commands = groups.flatMap(commands) + conclusions
        var lines: [String] = []
        for kind in [WorkflowCommand.Kind.error, .warning, .notice] {
            let all = commands.filter { $0.kind == kind }
            let isLong = all.count > Self.limit
            lines += all.prefix(isLong ? Self.limit - 1 : Self.limit).map(\.text)
            if isLong {
                lines.append(
                    WorkflowCommand(kind: kind, title: Tool.name, lines: ["\(all.count - Self.limit + 1) more; the summary has them all."])
                        .text)
            }
        }
        lines.append(WorkflowCommand.line(TextRendering(report: report, look: TextLook()).lastLine))
        return lines.joined(separator: "\n") + "\n"
    }

    private func commands(_ group: ResultGroup) -> [WorkflowCommand] {
        let bad = group.results.filter { $0.outcome != .pass && $0.outcome != .skip }
        let hasVerdict = bad.contains { $0.name == ResultGroup.verdict }
        return bad.filter { !hasVerdict || $0.name == ResultGroup.verdict || $0.outcome == .warn }.map { result in
            let kind: WorkflowCommand.Kind = result.outcome == .fail || result.outcome == .breach ? .error : .warning
            guard result.name == ResultGroup.verdict, let verdict = group.target?.verdict else {
                return WorkflowCommand(kind: kind, title: "\(group.name): \(result.name)", lines: [result.text])
            }
            let steps = verdict.nextSteps.enumerated().map { "\($0 + 1). \($1)" }
            let next = steps.isEmpty ? [] : ["Next\(verdict.turn.map { ": \($0)" } ?? "")"] + steps
            return WorkflowCommand(kind: kind, title: "\(group.name): \(verdict.title)", lines: [verdict.summary] + next)
        }
    }

    private var conclusions: [WorkflowCommand] {
        guard let comparison = report.comparison else { return [] }
        let times = comparison.latency.map { LatencyWords(latency: $0, names: ComparedNames(cells: comparison.cells).all).sentences } ?? []
        let models = comparison.offers.map { "\($0.model): \($0.words)" }
        return comparison.conclusions.map { WorkflowCommand(kind: .notice, title: $0.law, lines: [$0.text]) }
            + [("latency", times), ("models", models)].filter { !$0.1.isEmpty }.map {
                WorkflowCommand(kind: .notice, title: $0.0, lines: $0.1)
            }
    }
}

/// The summary of a step: the Markdown page, appended to the file that the runner names.
enum StepSummary {
    static let variable = "GITHUB_STEP_SUMMARY"
    /// More than this the runner refuses as a whole.
    private static let limit = 1 << 20

    static func bytes(of report: Report) -> [UInt8] {
        let page = MarkdownRendering(report: report).text
        guard page.utf8.count >= limit else { return Array(page.utf8) }
        return Array(MarkdownRendering(report: report, targetLimit: 0, rowLimit: 200).text.utf8)
    }
}
