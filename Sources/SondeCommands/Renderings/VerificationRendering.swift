import Sonde
import SondeJSON

/// The page about a verification: before and now side by side, what it shows, what to undo.
struct VerificationRendering {
    let report: Report
    let record: VerificationRecord
    let look: TextLook

    private var style: Style { look.style }

    var text: String {
        var blocks: [[String]] = []
        if look.detail != .quiet {
            blocks += pages
            if !record.differences.isEmpty { blocks.append(differences) }
        }
        if record.targets.count > 1 || look.detail == .quiet { blocks.append(overview) }
        if look.detail != .quiet, let again { blocks.append(again) }
        blocks.append([lastLine])
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// A page for each target; of many, only for the first few that are not fixed.
    private var pages: [[String]] {
        guard record.targets.count > Self.pageLimit, look.detail != .verbose else { return record.targets.map(page) }
        let open = record.targets.filter { $0.change != .fixed }
        let left = open.count - Self.pageLimit
        return open.prefix(Self.pageLimit).map(page) + (left > 0 ? [["\(left) more are not fixed; --verbose shows a page for each."]] : [])
    }

    private static let pageLimit = 5

    /// One line of JSON for each target: `{"id":…,"verification":{…}}`.
    static func lines(_ record: VerificationRecord) -> [UInt8] {
        var bytes: [UInt8] = []
        for target in record.targets {
            JSON.object(JSON.Object([("id", .string(target.now.target.name)), ("verification", target.json)])).write(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    // MARK: One target

    private func page(_ verified: Verified) -> [String] {
        var lines = TargetPage(result: verified.now, look: look).head
        lines += [""] + table(verified)
        lines += ["", "\(style(.strong, "Result:")) \(style(role(verified.change), verified.change.rawValue))"]
        lines += wrapped(verified.summary, indent: 2)
        lines += requests(verified)
        lines += steps(verified)
        return lines
    }

    /// Before and now in two columns.
    private func table(_ verified: Verified) -> [String] {
        var rows = verified.requests.map { pair in
            let exchange = pair.before.map { verified.before.exchanges[$0] } ?? pair.now.map { verified.now.exchanges[$0] }
            return (
                exchange.map(RequestLines.name) ?? "", cell(pair.before.map { verified.before.exchanges[$0] }),
                cell(pair.now.map { verified.now.exchanges[$0] })
            )
        }
        if let index = verified.control.exchange {
            let exchange = verified.now.exchanges[index]
            rows.append((verified.control.kind == .madeUpKey ? "with a made-up key" : "with an invalid field", "", cell(exchange)))
        }
        rows.append(("verdict", verified.before.verdict.cause.rawValue, verified.now.verdict.cause.rawValue))
        let escaped = rows.map { (TerminalText.escaped($0.0), TerminalText.escaped($0.1), TerminalText.escaped($0.2)) }
        let nameWidth = min(36, escaped.map { TerminalText.width($0.0) }.max() ?? 0)
        let cellWidth = max(12, (look.width - nameWidth - 6) / 2)
        let beforeWidth = min(cellWidth, max(6, escaped.map { TerminalText.width($0.1) }.max() ?? 0))
        let line = { (name: String, before: String, now: String) in
            let name = TerminalText.padded(TerminalText.truncated(name, to: nameWidth), to: nameWidth)
            let before = TerminalText.padded(TerminalText.truncated(before, to: beforeWidth), to: beforeWidth)
            return "  \(name)  \(before)  \(TerminalText.truncated(now, to: cellWidth))"
        }
        return [style(.strong, line("", "before", "now"))] + escaped.map(line)
    }

    /// Status and the word for it, without the sentence: that stands below.
    private func cell(_ exchange: Exchange?) -> String {
        guard let exchange else { return "not asked" }
        guard let answer = exchange.answer else { return exchange.failure.map { "no answer (\($0.kind.rawValue))" } ?? "" }
        let word = answer.errors.first.flatMap { $0.code ?? $0.type }
        return ["\(answer.status)", answer.isSuccess && answer.errors.isEmpty ? nil : word].compactMap(\.self).joined(separator: " ")
    }

    private func requests(_ verified: Verified) -> [String] {
        var lines = ["", style(.strong, "Requests")]
        for pair in verified.requests {
            let (old, new) = (pair.before.map { verified.before.exchanges[$0] }, pair.now.map { verified.now.exchanges[$0] })
            guard let any = new ?? old else { continue }
            lines += wrapped(RequestLines.name(any), indent: 2)
            if let old { lines += said("before", old, verified.before.target.vendor) }
            if let new { lines += said("now", new, verified.now.target.vendor) }
        }
        if let index = verified.control.exchange {
            let exchange = verified.now.exchanges[index]
            lines += wrapped(
                "\(RequestLines.name(exchange)) with \(verified.control.kind == .madeUpKey ? "a made-up key" : "an invalid field")",
                indent: 2)
            lines += said("now", exchange, verified.now.target.vendor)
        }
        return lines.count > 2 ? lines : []
    }

    private func said(_ label: String, _ exchange: Exchange, _ vendor: Vendor) -> [String] {
        let id = exchange.requestID(vendor).map { "\($0.name): \($0.value)" }
        let facts = [exchange.startedAt.rfc3339, exchange.answerText, id].compactMap(\.self)
        return facts.enumerated().flatMap { index, fact in
            TerminalText.labeled(index == 0 ? label : "", column: 14, TerminalText.escaped(fact), to: look.width, indent: 6)
        }
    }

    private func steps(_ verified: Verified) -> [String] {
        let title: String
        let steps: [String]
        switch verified.change {
        case .fixed: (title, steps) = ("Undo what was only for the trouble", verified.undo)
        case .unchanged: (title, steps) = ("Next: \(verified.before.verdict.owner.phrase)", verified.before.verdict.nextSteps)
        case .changed:
            let verdict = verified.now.verdict
            let more = verdict.confidence == .certain ? [] : ["Only what had failed was asked here: sonde check asks what else decides."]
            (title, steps) = ("Next: \(verdict.owner.phrase)", verdict.nextSteps + more)
        case .undecided: (title, steps) = ("Next", undecidedSteps(verified))
        }
        guard !steps.isEmpty else { return [] }
        return ["", style(.strong, title)]
            + steps.enumerated().flatMap { index, step in
                let mark = "\(index + 1)."
                return TerminalText.labeled("  \(mark)", column: 3 + mark.count, TerminalText.escaped(step), to: look.width)
            }
    }

    private func undecidedSteps(_ verified: Verified) -> [String] {
        switch verified.control.outcome {
        case .accepted where verified.control.kind == .madeUpKey:
            [
                "See what answers at \(verified.now.target.baseURL.origin): something there lets any key in, as a mock, a cache or an open proxy does.",
                "Ask once more without it, or from another network.",
            ]
        case .accepted:
            [
                "See what answers at \(verified.now.target.baseURL.origin): it takes a request that no such API accepts, as a mock or a cache does."
            ]
        case .unclear: ["Verify once more in a few minutes: what must fail was not refused as the API itself refuses."]
        case .notSent, .refused: verified.now.verdict.nextSteps
        }
    }

    // MARK: All of them

    private var differences: [String] {
        [style(.strong, "Not as it was")]
            + record.differences.flatMap { difference in
                let name = difference.target.map { "\($0), " } ?? ""
                return wrapped(
                    "- \(name)\(difference.subject.phrase): then \(difference.before), now \(difference.now)", indent: 2, hanging: 4)
            }
    }

    private var overview: [String] {
        let names = record.targets.map { TerminalText.escaped($0.now.target.name) }
        let width = min(32, names.map(TerminalText.width).max() ?? 0)
        return zip(names, record.targets).map { name, verified in
            let change = style(role(verified.change), TerminalText.padded(verified.change.rawValue, to: 9))
            let cause = verified.change == .unchanged ? verified.before.verdict.cause : verified.now.verdict.cause
            return "  \(change)  \(TerminalText.padded(TerminalText.truncated(name, to: width), to: width))  \(cause.rawValue)"
        }
    }

    /// The command to type next.
    private var again: [String]? {
        guard look.offersCommands, let command = look.command, record.outcome != .pass, !record.targets.isEmpty else { return nil }
        let waits = record.targets.allSatisfy { $0.now.verdict.isRetryable || $0.now.verdict.owner == .vendor }
        let same = look.sameOptions.map { ", \($0)" } ?? ""
        let call = style(.strong, TerminalText.escaped(command) + (waits ? " --wait 2h" : ""))
        return TerminalText.wrapped("Later, or when something was mended: \(call)\(same)", to: look.width, indent: 2)
    }

    private func role(_ change: Verified.Change) -> Style.Role {
        switch change {
        case .fixed: .pass
        case .undecided: .warn
        case .unchanged, .changed: .fail
        }
    }

    /// The stable last line: the result in a word, the exit status, and what it is about.
    private var lastLine: String {
        let status = report.exitStatus
        let word = report.interruption == nil ? record.result.replacing("_", by: " ") : "interrupted"
        let role: Style.Role = status == .pass ? .pass : status == .checkFailed ? .fail : .warn
        return "sonde: \(style(role, word)) (exit \(status.rawValue)): \(subject)"
    }

    private var subject: String {
        guard let first = record.targets.first else {
            return record.healthyCount == 1
                ? "the report's target was healthy" : "none of the report's \(record.healthyCount) targets had failed"
        }
        guard record.targets.count > 1 else {
            let name = TerminalText.escaped(first.now.target.name)
            let (old, now) = (first.before.verdict.cause.rawValue, first.now.verdict.cause.rawValue)
            switch first.change {
            case .unchanged: return "\(name) is still \(old)"
            case .undecided where first.control.outcome != .notSent: return "\(name) answers, but what must fail does not fail as it should"
            default: return "\(name) is \(now), was \(old)"
            }
        }
        let counts = Verified.Change.allCases.compactMap { change in
            let count = record.targets.count { $0.change == change }
            return count > 0 ? "\(count) \(change.rawValue)" : nil
        }
        return "\(record.targets.count) targets: \(counts.joined(separator: ", "))"
    }

    private func wrapped(_ text: String, indent: Int, hanging: Int? = nil) -> [String] {
        TerminalText.wrapped(TerminalText.escaped(text), to: look.width, indent: indent, hanging: hanging)
    }
}
