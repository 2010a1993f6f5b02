import Sonde

/// TAP version 13, which readers of version 14 take as well: a test for each check and each verdict.
///
/// What was not decided is `not ok`; a warning is `ok` and says so in its block.
struct TAPRendering {
    let report: Report

    var text: String {
        var number = 0
        var lines: [String] = []
        for group in ReportResults(report).groups {
            for result in group.results {
                number += 1
                lines += self.lines(result, of: group, number: number)
            }
        }
        lines.append("# \(TAPText.description(TextRendering(report: report, look: TextLook()).lastLine))")
        return (["TAP version 13", "1..\(number)"] + lines).joined(separator: "\n") + "\n"
    }

    private func lines(_ result: ReportResult, of group: ResultGroup, number: Int) -> [String] {
        let subject = TAPText.description("\(group.name): \(result.name)")
        switch result.outcome {
        case .pass: return ["ok \(number) - \(subject)"]
        case .skip: return ["ok \(number) - \(subject) # SKIP \(TAPText.description(result.text))"]
        case .warn: return ["ok \(number) - \(subject)"] + block(result, group)
        case .fail, .breach, .inconclusive: return ["not ok \(number) - \(subject)"] + block(result, group)
        }
    }

    private func block(_ result: ReportResult, _ group: ResultGroup) -> [String] {
        var members = [("message", result.text), ("severity", result.outcome.rawValue)]
        if let cause = result.cause { members.append(("cause", cause.rawValue)) }
        var lines = members.map { "  \($0): \(TAPText.scalar($1))" }
        if result.name == ResultGroup.verdict, let verdict = group.target?.verdict {
            if let reason = verdict.reason { lines.append("  reason: \(TAPText.scalar(reason))") }
            lines += ["  confidence: \(verdict.confidence.rawValue)", "  owner: \(verdict.owner.rawValue)"]
            lines += list("because", verdict.because.map(\.text)) + list("next_steps", verdict.nextSteps)
        }
        return ["  ---"] + lines + ["  ..."]
    }

    private func list(_ name: String, _ texts: [String]) -> [String] {
        texts.isEmpty ? [] : ["  \(name):"] + texts.map { "    - \(TAPText.scalar($0))" }
    }
}
