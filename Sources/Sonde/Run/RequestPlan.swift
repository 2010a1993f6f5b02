/// What a run would send to a target, without sending it.
public enum RequestPlan {
    /// Follow-ups that one target may cost at most.
    public static let followUpLimit = Diagnosis.followUpLimit

    /// A request that is always sent.
    public struct Planned: Sendable, Hashable {
        /// Name of the probe.
        public var probe: String
        /// HTTP method.
        public var method: String
        /// Path on the target's host.
        public var path: String
        /// What it costs, in words.
        public var cost: String
        /// Says whether it may be charged for.
        public var isPaid: Bool
    }

    /// A request that a failure may call for.
    public struct PlannedFollowUp: Sendable, Hashable {
        /// Name of the probe.
        public var name: String
        /// What it would tell, one sentence for people.
        public var purpose: String
        /// What it costs, in words.
        public var cost: String
        /// Says whether it may be charged for.
        public var isPaid: Bool
        /// Scheme, host and port it goes to.
        public var origin: String
    }

    /// The requests that are always sent.
    public static func baseline(for target: Target, options: Diagnosis.Options, limits: RunLimits) -> [Planned] {
        var probes = Baseline.probes(for: target, options: options)
        if options.infers, target.vendor.endpoints[.inference] != nil, !probes.contains(where: { $0.kind == .inference }) {
            probes.append(Probe(.inference, endpoint: .inference))
        }
        probes += optional(for: target, options: options)
        let evidence = Evidence(target: target, options: options)
        return probes.map { probe in
            Planned(
                probe: probe.kind.rawValue, method: probe.method.rawValue,
                path: String(target.url(of: probe).dropFirst(target.baseURL.origin.count)),
                cost: cost(of: probe, evidence), isPaid: probe.isPaid)
        }
    }

    /// What the checks send that are answered on request only.
    private static func optional(for target: Target, options: Diagnosis.Options) -> [Probe] {
        guard options.pays, target.blockingFinding == nil else { return [] }
        let evidence = Evidence(target: target, options: options)
        let all: [(Probe.Kind, Vendor.EndpointName, String?)] = [
            (.streaming, .inference, target.model), (.responses, .responses, target.model),
            (.embeddings, .embeddings, ModelChoice.embedding(evidence)),
        ]
        return all.filter { options.checks.contains($0.0.rawValue) && target.vendor.endpoints[$0.1] != nil }.map {
            Probe($0.0, endpoint: $0.1, model: $0.2)
        }
    }

    private static func cost(of probe: Probe, _ evidence: Evidence) -> String {
        guard probe.isPaid else { return "free" }
        let rules = evidence.target.vendor.inference
        let tokens =
            switch probe.kind {
            case .embeddings: "about 2 tokens"
            case .responses: "about 15 tokens in, at most \(ResponsesDialect.leastTokens) out"
            default: "about 15 tokens in, at most \(rules.tokenLimit) out"
            }
        return "paid: \(tokens), model \(probe.model ?? "from the list"), \(price(of: probe, evidence))"
    }

    /// The most it can cost, or why that is not known.
    private static func price(of probe: Probe, _ evidence: Evidence) -> String {
        let target = evidence.target
        if target.vendor.kind == .local { return "nothing to pay at a server of one's own" }
        var likely = probe
        likely.model = probe.model ?? target.vendor.probeModels.first
        if let cost = HighestCost.of(likely, evidence) {
            let words = cost == 0 ? "free of charge" : "at most \(Money.text(cost)) USD"
            return probe.model == nil ? "\(words) if that is \(likely.model ?? "")" : words
        }
        if target.vendor.endpoints[.models]?.prices != nil {
            return probe.model == nil ? "which tells its price" : "priced in the list of models"
        }
        return "price not listed"
    }

    /// What is known of the highest price before anything is sent.
    public enum Ceiling: Sendable, Hashable {
        /// The service may list the price: whether it fits shows once the free list was read.
        case listed
        /// In US dollars.
        case atMost(Double)
        case unknown
    }

    /// The most that the first requests can cost, repetitions included, as far as it is known beforehand.
    public static func ceiling(for target: Target, options: Diagnosis.Options, attempts: Int) -> Ceiling {
        ceiling(for: target, options: options) { $0.reduce(0, +) * Double(max(1, attempts)) }
    }

    /// The most that any of the first requests can cost, sent once, as far as it is known beforehand.
    public static func ceiling(ofEachCallTo target: Target, options: Diagnosis.Options) -> Ceiling {
        ceiling(for: target, options: options) { $0.max() ?? 0 }
    }

    private static func ceiling(for target: Target, options: Diagnosis.Options, of costs: ([Double]) -> Double) -> Ceiling {
        var probes = Baseline.probes(for: target, options: options).filter(\.isPaid)
        if probes.isEmpty, options.infers, target.vendor.endpoints[.inference] != nil {
            probes.append(Probe(.inference, endpoint: .inference, model: target.model))
        }
        probes += optional(for: target, options: options)
        guard target.blockingFinding == nil, !probes.isEmpty else { return .atMost(0) }
        let evidence = Evidence(target: target, options: options)
        if options.hasOwnBody, target.vendor.kind != .local, probes.contains(where: { $0.endpoint == .inference }) { return .unknown }
        // A listed price comes before that of the manifest, and a model that is not named may be any of the list.
        if target.vendor.endpoints[.models]?.prices != nil { return .listed }
        let known = probes.compactMap { HighestCost.of($0, evidence) }
        guard known.count == probes.count else {
            let isOpen = probes.contains { $0.model == nil } && !target.vendor.prices.isEmpty && target.manifestHoldsPrices
            return isOpen ? .listed : .unknown
        }
        return .atMost(costs(known))
    }

    /// The same of requests that only measure.
    public static func ceiling(ofMeasuring target: Target, options: Diagnosis.Options, requests: Int) -> Ceiling {
        var options = options
        // Only the smallest inference is repeated.
        options.checks = options.checks.intersection([InferenceCheck.id])
        return ceiling(for: target, options: options, attempts: requests)
    }

    /// The requests that a failure may call for, each with whom it goes to.
    public static func followUps(for target: Target, options: Diagnosis.Options) -> [PlannedFollowUp] {
        var planned: [PlannedFollowUp] = []
        if options.infers, !options.hasOwnBody, target.vendor.endpoints[.inference] != nil {
            planned.append(
                PlannedFollowUp(
                    name: Probe.Kind.inference.rawValue,
                    purpose: "The same request in the form that a refusal of its token limit asks for.",
                    cost: "paid, at most \(TokenLimitQuirk.attempts) requests: what was refused cost nothing", isPaid: true,
                    origin: target.baseURL.origin))
        }
        for followUp in FollowUp.all where followUp.mayBeSent(target, options) {
            let cost =
                followUp.isPaid
                ? "paid: one more request of the same size" : followUp.count > 1 ? "free, at most \(followUp.count) requests" : "free"
            planned.append(
                PlannedFollowUp(
                    name: followUp.kind.rawValue, purpose: followUp.purpose, cost: cost, isPaid: followUp.isPaid,
                    origin: followUp.origin(target) ?? target.baseURL.origin))
        }
        return planned
    }
}
