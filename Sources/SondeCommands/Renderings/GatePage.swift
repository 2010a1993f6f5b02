import Sonde

/// The page about a gate: every rule with what it found, what is not well first.
struct GatePage {
    let gate: Gate
    let look: TextLook

    var lines: [String] {
        let shown = look.detail == .quiet ? gate.findings.filter { $0.outcome != .pass } : gate.findings
        let ordered = Gate.Outcome.inOrderOfWeight.flatMap { outcome in shown.filter { $0.outcome == outcome } }
        guard !ordered.isEmpty else { return [] }
        return [look.style(.heading, "Gate")] + ordered.flatMap(lines)
    }

    private func lines(_ finding: Gate.Finding) -> [String] {
        let (word, role) = finding.outcome.mark
        var text = TerminalText.escaped(finding.text)
        if let turn = finding.turn { text += " Next: \(turn)." }
        let body = TerminalText.wrapped(text, to: look.width, indent: 10)
        let label = "  " + look.style(role, word) + String(repeating: " ", count: 8 - word.count)
        return body.enumerated().map { index, line in index == 0 ? label + line.dropFirst(10) : line }
    }

    /// What the last line says besides the status: what failed, and whose turn it is.
    var summary: String {
        let bad = Gate.Outcome.inOrderOfWeight.prefix(3).lazy.map { outcome in gate.findings.filter { $0.outcome == outcome } }.first {
            !$0.isEmpty
        }
        guard let bad else {
            let warned = gate.findings.count { $0.outcome == .warn }
            return "gate: \(gate.findings.count) \(gate.findings.count == 1 ? "rule holds" : "rules hold")"
                + (warned > 0 ? ", \(warned) with a warning" : "")
        }
        let all = bad.map { finding in
            // A rule on checks or members says nothing that its cause does not say.
            let isPlain = finding.rule == "checks" || finding.rule == "group"
            let rule = isPlain ? finding.cause == nil ? finding.outcome.rawValue : nil : TerminalText.escaped(finding.rule)
            let what = [rule, finding.cause?.rawValue].compactMap(\.self).joined(separator: " ")
            let checks = finding.checks.isEmpty ? "" : " (\(TerminalText.escaped(finding.checks.joined(separator: ", "))))"
            return "\(finding.subject.map { TerminalText.escaped($0) + " " } ?? "")\(what)\(checks)"
                + (finding.turn.map { ", next: \($0)" } ?? "")
        }.unique
        return "gate: " + all.prefix(3).joined(separator: "; ") + (all.count > 3 ? "; and \(all.count - 3) more" : "")
    }
}

extension Gate.Outcome {
    fileprivate var mark: (word: String, role: Style.Role) {
        switch self {
        case .pass: ("pass", .pass)
        case .warn: ("warn", .warn)
        case .fail: ("FAIL", .fail)
        case .breach: ("BREACH", .fail)
        case .inconclusive: ("????", .warn)
        }
    }
}
