import Sonde

extension VerifyPlan {
    /// What would be sent, to whom, and what differs: `--dry-run`.
    func dryRun(_ notice: WaitNotice, own: Redactor, width: Int) -> String {
        var lines: [String] = []
        for verification in verifications {
            let target = verification.evidence.target.redacted(by: own)
            lines.append("\(target.name): \(target.baseURL.origin)")
            if let finding = target.blockingFinding {
                lines += TerminalText.wrapped("Nothing: \(finding.text)", to: width, indent: 2)
                continue
            }
            for probe in verification.repeated {
                let cost = probe.isPaid ? "paid, model \(own.redact(probe.model ?? "as before"))" : "free"
                lines.append("  \(probe.method.rawValue) \(target.url(of: probe).dropFirst(target.baseURL.origin.count)) (\(cost))")
            }
            lines += TerminalText.wrapped(
                "then, only if all of it works: inference, where the report did not come so far, and one request that must fail", to: width,
                indent: 2, hanging: 4)
        }
        if verifications.isEmpty { lines.append("Nothing: no target of the report had failed.") }
        for difference in differences {
            let name = difference.target.map { "\($0), " } ?? ""
            lines += TerminalText.wrapped(
                own.redact("Differs: \(name)\(difference.subject.phrase): then \(difference.before), now \(difference.now)"), to: width,
                hanging: 2)
        }
        lines += TerminalText.wrapped(notice.text, to: width)
        return lines.map(TerminalText.escaped).joined(separator: "\n") + "\n"
    }
}

/// How often a verification may ask, and what it may cost: said before anything is sent.
struct WaitNotice {
    let limit: Duration?
    /// In all rounds together.
    let mostPaidRequests: Int
    private let mostRounds: Int
    /// Says whether anything is sent at all; waiting changes nothing about what keeps this tool from it.
    private let isAsking: Bool

    init(limit: Duration?, plan: VerifyPlan, retries: Int) {
        self.limit = limit
        isAsking = plan.verifications.contains { $0.evidence.target.blockingFinding == nil }
        mostRounds = limit.map(WaitSchedule.mostRounds) ?? 1
        mostPaidRequests = mostRounds * plan.verifications.reduce(0) { $0 + $1.paidRequests(retries: retries) }
    }

    var text: String {
        guard isAsking else { return "No request is sent." }
        let paid = "at most \(mostPaidRequests) paid request\(mostPaidRequests == 1 ? "" : "s")"
        guard let limit else { return "One round, \(paid)." }
        return
            "Waiting up to \(DurationText.words(limit)): at most \(mostRounds) rounds, pauses of 5 min and more between them, \(paid) in all. Ctrl-C ends it with what is known by then."
    }
}
