/// A target with everything that was found out about it.
public struct TargetResult: Sendable {
    public var target: Target
    /// What the user allowed to be asked.
    public var options: Diagnosis.Options
    /// In the order in which they ended, retries included; of long lists of models only the beginning is kept.
    public var exchanges: [Exchange] {
        didSet { exchanges = kept(exchanges) }
    }
    /// What was not sent for its price, or since enough was sent.
    public var withheld: [Withheld]
    public var checks: [CheckResult]
    public var verdict: Verdict
    /// Further requests that only measured; nil where none were wanted, or nothing was served.
    public var samples: Samples?
    public var startedAt: Timestamp
    public var duration: Duration
    /// Says whether something proved the key, whichever checks were asked for.
    public let isKeyProven: Bool
    /// What is told of the way there; of a saved report only this is known of it.
    public var routeFacts: RouteFacts
    /// Why a saved verdict was taken as it stood; nil where this tool judged the exchanges itself.
    public var notJudgedAgain: String?

    /// - Parameters:
    ///   - options: What the user allowed to be asked.
    ///   - exchanges: In the order in which they ended; of long lists of models only the beginning is kept.
    public init(
        target: Target, options: Diagnosis.Options = .init(), exchanges: [Exchange], withheld: [Withheld] = [], checks: [CheckResult],
        verdict: Verdict,
        startedAt: Timestamp,
        duration: Duration
    ) {
        var evidence = Evidence(target: target, options: options)
        for exchange in exchanges { evidence.add(exchange) }
        isKeyProven = evidence.proofOfKey != nil || checks.contains { $0.id == AuthCheck.id && $0.outcome == .pass }
        routeFacts = RouteFacts(target.route)
        self.target = target
        self.options = options
        self.exchanges = []
        self.withheld = withheld
        self.checks = checks
        self.verdict = verdict
        self.startedAt = startedAt
        self.duration = duration
        self.exchanges = kept(exchanges)
    }

    private func kept(_ exchanges: [Exchange]) -> [Exchange] {
        let wanted = Set(exchanges.compactMap(\.probe.model) + (withheld.map(\.model) + [target.model]).compactMap(\.self))
        let compared = target.comparedModels
        return exchanges.map { exchange in
            exchange.keepingFewModels { id in wanted.contains(id) || compared.contains { ModelNames.areAlike(id, $0) } }
        }
    }

    /// The model of the first request that generated text.
    public var askedModel: String? {
        let kinds: [Probe.Kind] = [.inference, .streaming, .responses]
        return kinds.lazy.compactMap { kind in exchanges.first { $0.probe.kind == kind }?.probe.model }.first
    }

    /// What the run cost: requests sent, samples included, and tokens as the service counted them. A bare handshake is no request.
    public var usage: Usage {
        let checks = Usage(of: exchanges.filter { !$0.isCarried }, price: evidence.price)
        return samples.map { checks + $0.usage } ?? checks
    }

    /// Calls of this run that may be charged for, repetitions included.
    public var paidCalls: Int { RunCost.calls(in: exchanges, of: target.vendor) }

    /// When inference was last asked, here or in an earlier round; nil where it was not.
    public var inferredAt: Timestamp? { exchanges.lazy.filter(\.probe.isPaid).map(\.startedAt).max() }

    /// What is left of the service's rate limits, as its last answer told.
    public var rateLimits: [RateLimit] { RateLimit.last(in: exchanges, vendor: target.vendor) }

    /// What is known of the target without its samples.
    var evidence: Evidence {
        var evidence = Evidence(target: target, options: options)
        for exchange in exchanges { evidence.add(exchange) }
        return evidence
    }

    /// Says whether a request that was asked for was not sent for its price.
    public var isRefusedForPrice: Bool { withheld.contains { !$0.kind.isFollowUp && $0.reason.isPrice } }

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
        guard isKeyProven, !checks.contains(where: { $0.outcome == .fail || $0.outcome == .inconclusive }) else { return .inconclusive }
        return checks.contains { $0.outcome == .warn } ? .warn : .pass
    }

    /// Requests sent, retries and follow-ups included, and tokens.
    public struct Usage: Sendable, Hashable {
        public var requests: Int
        public var inputTokens: Int
        public var outputTokens: Int
        /// In US dollars; nil where it is not known.
        public var cost: Double?

        public init(requests: Int, inputTokens: Int, outputTokens: Int, cost: Double? = nil) {
            self.requests = requests
            self.inputTokens = inputTokens
            self.outputTokens = outputTokens
            self.cost = cost
        }

        /// Of no request.
        public init() {
            self.init(requests: 0, inputTokens: 0, outputTokens: 0, cost: 0)
        }

        /// Of some exchanges, at the prices of their models.
        init(of exchanges: [Exchange], price: (String?) -> Price?) {
            let facts = exchanges.compactMap(\.answer?.facts)
            self.init(
                requests: exchanges.count { $0.probe.kind != .handshake },
                inputTokens: Self.sum(facts.compactMap { $0.inference?.inputTokens ?? $0.embedding?.inputTokens }),
                outputTokens: Self.sum(facts.compactMap(\.inference?.outputTokens)), cost: RunCost.of(exchanges, price: price))
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
            let received =
                exchange.startedAt.microseconds / 1_000_000 + (exchange.timings.firstByte ?? exchange.timings.total).components.seconds
            return received - date.seconds
        }
        return nil
    }
}

extension Exchange {
    /// Bytes of model names that are kept of one answer.
    private static let nameBudget = 2_048

    /// The exchange with the first names of a list of models, and those of the wanted ones that are further down; the count stays.
    ///
    /// A gateway lists hundreds, and each target of a run would hold them to the end.
    fileprivate func keepingFewModels(_ isWanted: (String) -> Bool) -> Exchange {
        guard case .answer(var answer) = outcome, let ids = answer.facts.models?.ids else { return self }
        var budget = Self.nameBudget
        let first = ids.prefix { id in
            budget -= id.utf8.count + 4
            return budget >= 0
        }
        answer.facts.models?.ids = Array(first) + ids.dropFirst(first.count).filter(isWanted)
        if let prices = answer.facts.models?.prices { answer.facts.models?.prices = prices.filter { isWanted($0.key) } }
        var exchange = self
        exchange.outcome = .answer(answer)
        return exchange
    }
}
