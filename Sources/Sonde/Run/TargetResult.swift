/// A target with everything that was found out about it.
public struct TargetResult: Sendable {
    public var target: Target
    /// What the user allowed to be asked.
    public var options: Diagnosis.Options
    public var exchanges: [Exchange]
    public var checks: [CheckResult]
    public var verdict: Verdict
    public var startedAt: Timestamp
    public var duration: Duration

    public init(
        target: Target, options: Diagnosis.Options = .init(), exchanges: [Exchange], checks: [CheckResult], verdict: Verdict, startedAt: Timestamp,
        duration: Duration
    ) {
        self.target = target
        self.options = options
        self.exchanges = exchanges
        self.checks = checks
        self.verdict = verdict
        self.startedAt = startedAt
        self.duration = duration
    }

    /// What the run cost: requests sent, tokens as the service counted them.
    public var usage: Usage {
        let facts = exchanges.compactMap(\.answer?.facts.inference)
        return Usage(
            requests: exchanges.count, inputTokens: facts.compactMap(\.inputTokens).reduce(0, +), outputTokens: facts.compactMap(\.outputTokens).reduce(0, +))
    }

    /// Worst of the checks: fail before inconclusive before warn; everything skipped is inconclusive.
    ///
    /// A verdict other than healthy is never a pass, whatever the checks say.
    public var outcome: CheckResult.Outcome {
        if verdict.cause != .healthy { return verdict.cause == .inconclusive ? inconclusiveOutcome : .fail }
        if checks.contains(where: { $0.outcome == .fail }) { return .fail }
        if checks.contains(where: { $0.outcome == .inconclusive }) || checks.allSatisfy({ $0.outcome == .skip }) { return .inconclusive }
        return checks.contains { $0.outcome == .warn } ? .warn : .pass
    }

    /// Without inference nothing is healthy, but what was asked for may have passed: then something must have proved the key.
    private var inconclusiveOutcome: CheckResult.Outcome {
        guard verdict.reason == "inference_not_tested" else { return .inconclusive }
        let isKeyProven = checks.contains { $0.id == AuthCheck.id && $0.outcome == .pass }
        guard isKeyProven, !checks.contains(where: { $0.outcome == .fail || $0.outcome == .inconclusive }) else { return .inconclusive }
        return checks.contains { $0.outcome == .warn } ? .warn : .pass
    }

    public struct Usage: Sendable, Hashable {
        public var requests: Int
        public var inputTokens: Int
        public var outputTokens: Int

        public init(requests: Int, inputTokens: Int, outputTokens: Int) {
            self.requests = requests
            self.inputTokens = inputTokens
            self.outputTokens = outputTokens
        }
    }
}

extension TargetResult {
    /// Seconds by which this machine's clock is ahead of the service's, from the first answer's `Date`; nil without one.
    ///
    /// Below two seconds it is noise: the header counts whole seconds.
    public var clockSkew: Int64? {
        for exchange in exchanges {
            guard let date = exchange.answer?.headers["date"].flatMap(Timestamp.init(httpDate:)) else { continue }
            let received = exchange.startedAt.microseconds / 1_000_000 + (exchange.timings.firstByte ?? exchange.timings.total).components.seconds
            return received - date.seconds
        }
        return nil
    }
}
