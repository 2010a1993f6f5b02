import Sonde

/// The part of the page about one target.
struct TargetPage {
    let result: TargetResult
    let look: TextLook

    private var style: Style { look.style }
    private var verdict: Verdict { result.verdict }

    var lines: [String] {
        var lines = head
        lines.append("")
        lines += result.checks.flatMap(line)
        lines.append("")
        lines += verdictLines
        if verdict.cause != .healthy || look.detail == .verbose { lines += argument }
        lines += findings
        if verdict.cause != .healthy || look.detail == .verbose { lines += requests }
        lines += nextSteps
        return lines
    }

    // MARK: What was checked

    var head: [String] {
        let target = result.target
        let (name, vendor) = (target.name, target.vendor)
        let title = name == vendor.id || name == vendor.name ? vendor.name : "\(name): \(vendor.name)"
        var lines = [style(.heading, TerminalText.escaped(title))]
        if target.baseURL != .unknown { lines.append("  \(TerminalText.escaped(target.baseURL.text))") }
        lines += TerminalText.wrapped([key, model, route].compactMap(\.self).joined(separator: ", "), to: look.width, indent: 2)
        if let why = result.notJudgedAgain { lines += wrapped("Not judged again, the verdict is the report's own: \(why).", indent: 2) }
        return lines
    }

    private var key: String? {
        if result.target.isRecorded { return nil }
        guard let credential = result.target.credential else { return "no key" }
        let prefix = credential.publicPrefix.isEmpty ? "" : "\(TerminalText.escaped(credential.publicPrefix))…, "
        return "key from \(TerminalText.escaped(credential.source.label)) (\(prefix)\(Counted.text(credential.length, "character")))"
    }

    private var model: String? {
        (result.askedModel ?? result.target.model).map {
            "model \(TerminalText.escaped($0))"
        }
    }

    private var route: String? {
        if result.target.isRecorded { return "from a recording" }
        if case .fixed(let proxy) = result.target.route.proxy { return "through \(TerminalText.escaped(proxy.display))" }
        return result.target.route.name == "env" ? nil : "route \(TerminalText.escaped(result.target.route.name))"
    }

    // MARK: Checks and verdict

    private func line(_ check: CheckResult) -> [String] {
        let label = TerminalText.padded(TerminalText.escaped(check.id), to: 14)
        let body = TerminalText.wrapped(TerminalText.escaped(check.summary), to: look.width, indent: 22)
        return body.enumerated().map { index, text in
            index == 0 ? "  \(OutcomeMark.text(check.outcome, style))  \(label)\(text.dropFirst(22))" : text
        }
    }

    private var verdictLines: [String] {
        let role: Style.Role = verdict.cause == .healthy ? .pass : verdict.cause == .inconclusive ? .warn : .fail
        let reason = verdict.reason.map { " (\(TerminalText.escaped($0)))" } ?? ""
        var lines = TerminalText.wrapped(
            "\(style(.strong, "Verdict:")) \(style(role, verdict.cause.rawValue)), \(verdict.confidence.rawValue)\(reason)", to: look.width,
            hanging: 2)
        lines += wrapped(verdict.summary, indent: 2)
        if let runnerUp = verdict.runnerUp {
            lines += wrapped("Not excluded: \(runnerUp.cause.rawValue). It would be separated by \(runnerUp.separatedBy).", indent: 2)
        }
        return lines
    }

    // MARK: The argument

    private var argument: [String] {
        var lines: [String] = []
        if !verdict.because.isEmpty {
            lines += ["", style(.strong, "Because")]
            lines += verdict.because.flatMap { item("-", $0.text + references($0.exchanges)) }
        }
        if !verdict.ruledOut.isEmpty {
            lines += ["", style(.strong, "Ruled out")]
            lines += verdict.ruledOut.flatMap {
                item("-", "\($0.causes.map(\.rawValue).joined(separator: ", ")): \($0.text)" + references($0.exchanges))
            }
        }
        return lines
    }

    private func references(_ exchanges: [Int]) -> String {
        exchanges.isEmpty ? "" : " [\(exchanges.map { String($0 + 1) }.joined(separator: ", "))]"
    }

    private var findings: [String] {
        let open = result.target.findings.filter {
            $0.severity != .blocking && ($0.severity == .warning || verdict.cause != .healthy || look.detail == .verbose)
        }
        guard !open.isEmpty else { return [] }
        return ["", style(.strong, "Noticed")] + open.flatMap { item("-", $0.text) }
    }

    // MARK: Requests

    private var requests: [String] {
        guard !result.exchanges.isEmpty else { return [] }
        return ["", style(.strong, "Requests")]
            + result.exchanges.enumerated().flatMap {
                RequestLines(exchange: $1, vendor: result.target.vendor, look: look).lines(number: $0 + 1)
            }
    }

    private var nextSteps: [String] {
        guard verdict.cause != .healthy else { return [] }
        var lines = ["", style(.strong, "Next") + (verdict.turn.map { ": \($0)" } ?? "")]
        for (index, step) in verdict.nextSteps.enumerated() { lines += item("\(index + 1).", step) }
        if look.offersCommands, look.detail != .verbose, !result.exchanges.isEmpty {
            let again = look.command.map { TerminalText.escaped($0) + " --verbose" } ?? "the same command with --verbose"
            let line = "Everything that was said: " + again
            // A style cannot be broken by a line end, so that a line that is broken has none.
            let isShort = TerminalText.width(line) + 2 <= look.width
            lines += [""]
            lines +=
                isShort ? ["  Everything that was said: \(style(.strong, again))"] : TerminalText.wrapped(line, to: look.width, indent: 2)
            if look.keepsReport, Self.evidenceReaders.contains(verdict.owner) {
                lines.append("  The page to send to them: \(style(.strong, "sonde evidence"))")
            }
        }
        return lines
    }

    /// Who acts on what others write to them.
    private static let evidenceReaders: Set<Owner> = [.vendorSupport, .vendor, .accountAdmin, .network]

    private func item(_ mark: String, _ text: String) -> [String] {
        let body = wrapped(text, indent: 3 + mark.count)
        return body.enumerated().map { index, line in index == 0 ? "  \(mark) " + line.dropFirst(3 + mark.count) : line }
    }

    private func wrapped(_ text: String, indent: Int) -> [String] {
        TerminalText.wrapped(TerminalText.escaped(text), to: look.width, indent: indent)
    }
}

extension Verdict {
    /// Whose turn it is, or that waiting will do; nil where the steps alone can say.
    var turn: String? {
        owner == .nobody && !isRetryable ? nil : owner.turn
    }
}

extension Gate.Finding {
    /// Whose turn it is, or that waiting will do; nil where nobody's is, and where the text alone can say.
    var turn: String? {
        guard outcome != .pass, outcome != .warn, let owner else { return nil }
        return owner == .nobody && outcome == .inconclusive ? nil : owner.turn
    }
}

extension Owner {
    fileprivate var turn: String { self == .nobody ? "wait" : phrase }
}
