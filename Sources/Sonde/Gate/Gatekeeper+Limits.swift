extension Gatekeeper {
    /// Each limit on a target with what was measured.
    func limits(of result: TargetResult) -> [Gate.Finding] {
        let limits = policy.rules(for: result.target.name).limits
        let measured = Measurements(result)
        return Metric.allCases.compactMap { metric in
            limits[metric].map {
                metric == .balance ? balance($0, measured.balance, of: result) : limit(metric, $0, measured[metric], of: result)
            }
        }
    }

    /// Holds the account's balance to its limit, and what the key may spend of it where that is less.
    private func balance(_ limit: Double, _ told: Measurements.Balance, of result: TargetResult) -> Gate.Finding {
        let name = result.target.name
        if let key = told.key, key < told.account ?? .infinity, key < limit {
            var finding = self.limit(.balance, limit, key, of: result)
            finding.text = "\(name): \(Metric.balance.text(key)) are left of the key's own limit, and must be \(bound(.balance, limit))."
            return finding
        }
        var finding = self.limit(.balance, limit, told.account, of: result)
        guard told.account == nil else { return finding }
        if let key = told.key {
            finding.text +=
                " What is known is the key's own limit, of which \(Metric.balance.text(key)) are left; the account may have less."
        } else if let (amount, currency) = told.foreign {
            finding.text += " It is told in another currency: \(Money.text(amount)) \(currency)."
        }
        return finding
    }

    private func bound(_ metric: Metric, _ limit: Double) -> String { "\(metric.isMaximum ? "at most" : "at least") \(metric.text(limit))" }

    private func limit(_ metric: Metric, _ limit: Double, _ value: Double?, of result: TargetResult) -> Gate.Finding {
        let name = result.target.name
        let bound = bound(metric, limit)
        guard let value else {
            return Gate.Finding(
                subject: name, rule: metric.rawValue, outcome: .breach,
                text:
                    "\(name): the \(metric.name) was not measured, and must be \(bound).\(isUnstreamed(metric, result) ? Self.unstreamed : "")",
                limit: limit, owner: .you)
        }
        let holds = metric.isMaximum ? value <= limit : value >= limit
        return Gate.Finding(
            subject: name, rule: metric.rawValue, outcome: holds ? .pass : .breach,
            text: "\(name): the \(metric.name) is \(metric.text(value)), \(holds ? "and may be" : "and must be") \(bound).",
            measured: value,
            limit: limit, owner: holds ? nil : metric.usualOwner)
    }

    /// Says whether a limit asks for a stream and none was asked for.
    private func isUnstreamed(_ metric: Metric, _ result: TargetResult) -> Bool {
        metric.needsStreaming && !result.checks.contains { $0.id == StreamingCheck.id }
    }

    private static let unstreamed = " The report was made without: \(remedy(for: [StreamingCheck.id]))."

    func samples(of result: TargetResult) -> [Gate.Finding] {
        guard let wanted = policy.rules(for: result.target.name).samples else { return [] }
        let name = result.target.name
        let missing = " The time was over before the others; --deadline gives them more."
        guard let samples = result.samples?.times, !samples.isEmpty else {
            let why = result.samples == nil ? " They are measured by 'sonde gate' without --from." : missing
            return [
                Gate.Finding(
                    subject: name, rule: "samples", outcome: .breach,
                    text:
                        "\(name): no samples were measured, and \(wanted.mustSucceed) of \(wanted.count) must succeed.\(why)",
                    limit: Double(wanted.mustSucceed), owner: .you)
            ]
        }
        let succeeded = samples.count { $0.total != nil }
        // Fewer than asked for are held against the number that was asked for.
        let holds = succeeded >= wanted.mustSucceed
        // What was not measured for want of time is not the vendor's.
        let couldHold = succeeded + wanted.count - samples.count >= wanted.mustSucceed
        return [
            Gate.Finding(
                subject: name, rule: "samples", outcome: holds ? .pass : .breach,
                text:
                    "\(name): \(succeeded) of \(samples.count) samples succeeded, and \(wanted.mustSucceed) of \(wanted.count) must.\(samples.count < wanted.count ? missing : "")",
                measured: Double(succeeded), limit: Double(wanted.mustSucceed),
                owner: holds ? nil : couldHold ? .you : .vendor)
        ]
    }
}

extension Metric {
    /// Who acts first where the limit does not hold.
    fileprivate var usualOwner: Owner {
        switch self {
        case .latency, .latencyP95, .timeToFirstToken, .tokensPerSecond, .certificateDays: .vendor
        case .balance: .accountAdmin
        case .headroom: .nobody
        case .cost: .you
        }
    }
}
