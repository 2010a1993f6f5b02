import Sonde

/// What a run would send, and to whom: `--dry-run`.
struct DryRun {
    let targets: [Target]
    let options: Diagnosis.Options
    let limits: RunLimits

    func text(width: Int) -> String {
        var lines: [String] = []
        for target in targets {
            lines.append("\(target.name): \(target.baseURL.origin)")
            let others = target.peers.dropLast()
            if !others.isEmpty {
                lines += TerminalText.wrapped("by way of \(others.joined(separator: ", "))", to: width, indent: 2, hanging: 4)
            }
            if let finding = target.blockingFinding {
                lines += TerminalText.wrapped("Nothing: \(finding.text)", to: width, indent: 2)
                continue
            }
            for planned in RequestPlan.baseline(for: target, options: options, limits: limits) {
                lines += TerminalText.wrapped(
                    "\(planned.method) \(planned.path) (\(planned.probe), \(planned.cost))", to: width, indent: 2, hanging: 4)
            }
            let followUps = RequestPlan.followUps(for: target, options: options)
            if !followUps.isEmpty {
                lines.append("  only after a failure, at most \(RequestPlan.followUpLimit):")
                for planned in followUps {
                    lines += TerminalText.wrapped(
                        "\(planned.name) (\(planned.cost), \(planned.origin)): \(planned.purpose)", to: width, indent: 4, hanging: 6)
                }
            }
            if limits.retries > 0 {
                lines += TerminalText.wrapped(
                    "each up to \(Counted.text(limits.retries, "time")) more after a failure that may pass (--retry)",
                    to: width, indent: 2, hanging: 4)
            }
        }
        return lines.map(TerminalText.escaped).joined(separator: "\n") + "\n"
    }
}
