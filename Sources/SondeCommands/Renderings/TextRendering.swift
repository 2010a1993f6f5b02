import Sonde

/// The page people read: what was checked, a line a check, the verdict, its evidence, and what to do.
struct TextRendering {
    let report: Report
    let look: TextLook

    var text: String {
        if let gate = report.gate { return joined(gatePages(gate)) }
        var blocks: [[String]] = []
        if let comparison = report.comparison {
            if look.detail == .verbose { blocks += pages }
            blocks += ComparisonPage(report: report, comparison: comparison, look: look).blocks
        } else if look.detail != .quiet {
            blocks += pages
        }
        if report.isOffline { blocks.append(offline) }
        if report.comparison != nil { return joined(blocks) }
        if report.targets.count > 1 || look.detail == .quiet { blocks.append(overview) }
        if look.detail != .quiet, let later { blocks.append(later) }
        return joined(blocks)
    }

    /// Pages only of what stops the gate; what passes is a line of the gate's own.
    private func gatePages(_ gate: Gate) -> [[String]] {
        let stopped = Set(gate.findings.filter { $0.outcome == .fail || $0.outcome == .inconclusive }.compactMap(\.subject))
        let shown = report.targets.filter { look.detail == .verbose || (look.detail == .normal && stopped.contains($0.target.name)) }
        return shown.prefix(Self.pageLimit).map { TargetPage(result: $0, look: look).lines } + [GatePage(gate: gate, look: look).lines]
    }

    /// The blocks, and the last line after them: one line for whoever reads it by program, but on a narrow terminal.
    private func joined(_ blocks: [[String]]) -> String {
        let last = look.width < 80 ? TerminalText.wrapped(lastLine, to: look.width, hanging: 2) : [lastLine]
        return (blocks + [last]).filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// A page for each target; of many, only for the first few that are not well.
    private var pages: [[String]] {
        let isShort = report.targets.count <= Self.pageLimit || look.detail == .verbose
        let shown = isShort ? report.targets : Array(report.targets.lazy.filter { $0.outcome != .pass }.prefix(Self.pageLimit))
        var pages = shown.map { TargetPage(result: $0, look: look).lines }
        let left = report.targets.count { $0.outcome != .pass } - shown.count
        if !isShort, left > 0 { pages.append(["\(left) more \(left == 1 ? "is" : "are") not well; --verbose shows a page for each."]) }
        return pages
    }

    private static let pageLimit = 5

    private var offline: [String] {
        TerminalText.wrapped(
            "No host was reached, and all failed alike: this machine seems to be offline. No service is blamed.", to: look.width)
    }

    /// The command to type once something was mended, or time has passed.
    private var later: [String]? {
        guard look.offersCommands, let command = look.verifyCommand, report.recorded == nil, report.interruption == nil else { return nil }
        let failed = report.targets.filter { $0.hasFailed && $0.verdict.cause != .inconclusive }
        guard !failed.isEmpty else { return nil }
        let waits = failed.allSatisfy { $0.verdict.owner == .nobody || $0.verdict.owner == .vendor }
        let words = waits ? "Later, to see whether it works again" : "When it is mended"
        let same = look.sameOptions.map { ", \($0)" } ?? ""
        return TerminalText.wrapped(
            "\(words): \(look.style(.strong, TerminalText.escaped(command) + (waits ? " --wait 2h" : "")))\(same)", to: look.width,
            indent: 2)
    }

    /// A line a target.
    private var overview: [String] {
        let names = report.targets.map { TerminalText.escaped($0.target.name) }
        let nameWidth = min(32, names.map(TerminalText.width).max() ?? 0)
        let causeWidth = report.targets.map { $0.verdict.cause.rawValue.count }.max() ?? 0
        return zip(zip(names, report.outcomes), report.targets).flatMap { row, result in
            let verdict = result.verdict
            let mark = OutcomeMark.text(row.1, look.style)
            let name = TerminalText.padded(TerminalText.truncated(row.0, to: nameWidth), to: nameWidth)
            let cause = TerminalText.padded(verdict.cause.rawValue, to: causeWidth)
            guard verdict.cause != .healthy else { return ["  \(mark)  \(name)  \(verdict.cause.rawValue)"] }
            let label = "\(mark)  \(name)  \(cause)"
            return TerminalText.labeled(
                label, column: 12 + nameWidth + causeWidth,
                [verdict.confidence.rawValue, verdict.turn.map { "next: \($0)" }].compactMap(\.self).joined(separator: "; "),
                to: look.width,
                indent: 2)
        }
    }

    /// The stable last line: what the exit status says, in words.
    var lastLine: String {
        let status = report.exitStatus
        let counts = Dictionary(report.outcomes.map { ($0, 1) }, uniquingKeysWith: +)
        let parts = [CheckResult.Outcome.pass, .warn, .fail, .inconclusive].compactMap { outcome in
            counts[outcome].map { "\($0) \(outcome.rawValue)" }
        }
        let what: String
        if let gate = report.gate {
            what = GatePage(gate: gate, look: look).summary
        } else if report.targets.count == 1, let only = report.targets.first {
            what = "\(TerminalText.escaped(only.target.name)) is \(only.verdict.cause.rawValue)"
        } else if report.targets.isEmpty {
            what = "no target, so nothing was measured"
        } else {
            what = "\(Counted.text(report.targets.count, "target")): \(parts.joined(separator: ", "))"
        }
        let word: String
        let role: Style.Role
        switch status {
        case .pass where report.recorded != nil: (word, role) = ("explained", .pass)
        case .usage where report.recorded != nil: (word, role) = ("\(report.recorded?.unreadable ?? 0) could not be read", .fail)
        case .pass where report.exitsZero && report.outcome == .fail: (word, role) = ("fail, let pass by --exit-zero", .fail)
        case .pass:
            (word, role) = ((report.gate.map { $0.outcome == .warn } ?? (report.outcome == .warn)) ? "pass with warnings" : "pass", .pass)
        case .checkFailed: (word, role) = ("fail", .fail)
        case .retryable: (word, role) = ("fail, may pass on a retry", .fail)
        case .inconclusive: (word, role) = ("inconclusive", .warn)
        case .thresholdBreached: (word, role) = ("breach", .fail)
        case .interrupted, .terminated: (word, role) = ("interrupted", .warn)
        case .usage: (word, role) = (report.isRefusedForPrice ? "refused for the price" : "error", .fail)
        }
        return "sonde: \(look.style(role, word)) (exit \(status.rawValue)): \(what)"
    }
}

/// The word that stands in front of a check.
enum OutcomeMark {
    /// Four columns, so that what follows lines up.
    static func text(_ outcome: CheckResult.Outcome, _ style: Style) -> String {
        switch outcome {
        case .pass: style(.pass, "pass")
        case .warn: style(.warn, "warn")
        case .fail: style(.fail, "FAIL")
        case .skip: style(.skip, "skip")
        case .inconclusive: style(.warn, "????")
        }
    }
}
