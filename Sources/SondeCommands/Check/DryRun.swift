import Sonde
import SondeJSON

/// What a run would send, and to whom: `--dry-run`.
struct DryRun {
    let targets: [Target]
    let options: Diagnosis.Options
    let limits: RunLimits

    func bytes(as format: OutputFormat, width: Int) -> [UInt8] {
        switch format {
        // A plan is no report: whoever wants a rendering of one gets the plan in words.
        case .text, .markdown, .html, .junit, .tap, .github, .sarif, .prometheus, .nagios, .evidence: return Array(text(width: width).utf8)
        case .json:
            var bytes: [UInt8] = []
            JSON.object(JSON.Object([("dry_run", true), ("targets", .array(targets.map(json(of:))))])).write(to: &bytes, pretty: true)
            return bytes + [UInt8(ascii: "\n")]
        case .ndjson:
            var bytes: [UInt8] = []
            for target in targets {
                json(of: target).write(to: &bytes)
                bytes.append(UInt8(ascii: "\n"))
            }
            return bytes
        }
    }

    /// One target: what is always sent, and what a failure may call for.
    private func json(of target: Target) -> JSON {
        var entries = JSON.Object([
            ("name", .string(target.name)), ("vendor", .string(target.vendor.id)), ("origin", .string(target.baseURL.origin)),
            ("by_way_of", .array(target.peers.dropLast().map { .string($0) })),
        ])
        if let finding = target.blockingFinding {
            entries.append("nothing_because", .string(finding.text))
            return .object(entries)
        }
        let requests = RequestPlan.baseline(for: target, options: options, limits: limits).map { planned -> JSON in
            [
                "probe": .string(planned.probe), "method": .string(planned.method), "path": .string(planned.path),
                "paid": .bool(planned.isPaid), "cost": .string(planned.cost),
            ]
        }
        let followUps = RequestPlan.followUps(for: target, options: options).map { planned -> JSON in
            [
                "probe": .string(planned.name), "origin": .string(planned.origin), "paid": .bool(planned.isPaid),
                "cost": .string(planned.cost), "purpose": .string(planned.purpose),
            ]
        }
        entries.append("requests", .array(requests))
        entries.append("follow_ups", .array(followUps))
        entries.append("follow_up_limit", .integer(Int64(RequestPlan.followUpLimit)))
        return .object(entries)
    }

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
