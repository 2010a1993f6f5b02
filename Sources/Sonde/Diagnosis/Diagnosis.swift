/// Finds out what is wrong with one target: exchanges go in, probes to send come out, until a verdict stands.
///
/// A state machine without I/O or clock. A live run feeds it from the network, a saved report from its exchanges.
///
/// ```
/// start ── baseline ── inference with a model from the list ── inference in the form it asks for
///       ── what is asked on request only ── follow-ups ── verdict
/// ```
public struct Diagnosis: Sendable {
    /// What a user allows.
    public struct Options: Sendable, Hashable {
        /// The checks to answer, by id.
        public var checks = Set(CheckList.usual)
        /// Send a paid inference request.
        public var infers = true
        /// Send anything at all that is charged for.
        public var pays = true
        /// What the target may cost at most; then nothing is sent of which the price is not known.
        public var costLimit: CostLimit?
        /// How many calls that may be charged for the target may take; nil for as many as there is reason for.
        public var paidLimit: Int?
        /// The inference request is the user's own, so that another model cannot be tried with it.
        public var hasOwnBody = false
        /// Send requests beyond the baseline when a failure leaves causes open.
        public var followsUp = true
        /// Send a made-up key after a refusal.
        public var usesControl = true
        /// Ask others than the API, where the base URL is the vendor's own: its status page, its edge.
        public var asksThirdParties = true
        /// Ask the vendor's edge from where it sees requests come, also without a failure; for comparisons of ways.
        public var tracesEgress = false
        /// Send a made-up key even without a refusal, to see whether the service looks at keys at all.
        public var provesKey = false

        public init() {}

        /// Says whether anything beyond the way there is asked about: only then a made-up key tells something.
        var asksAboutKey: Bool { provesKey || checks != [ReachabilityCheck.id] }
    }

    public enum Action: Sendable, Equatable {
        /// Send these, all at once, and hand each one's last exchange to ``receive(_:)``.
        case send([Probe])
        /// Other probes are still under way.
        case wait
        /// Nothing more to ask: ``verdict`` stands.
        case finish
    }

    private enum Stage {
        case idle, baseline, discovery, shaping, optional, followUps, done
    }

    public private(set) var evidence: Evidence
    private var stage = Stage.idle
    private var outstanding = 0
    private var followUps = 0
    /// What the requests so far may cost at most, in US dollars.
    private var committed = 0.0
    /// Of the requests that are being sent, those that may be charged for.
    private var paidUnderWay = 0
    /// What earlier rounds found out, until it is seen which of it still holds.
    private var recollections: [Recollection] = []
    /// The one of them that holds.
    private var recollection: Recollection?
    /// Follow-ups that one target may cost, at most.
    static let followUpLimit = 6

    public init(target: Target, options: Options = Options()) {
        evidence = Evidence(target: target, options: options)
    }

    /// A diagnosis that need not ask again what an earlier one did, as long as the first answers say the same.
    ///
    /// - Parameter recollections: Of diagnoses of the same target with the same key; the first that holds counts.
    public init(target: Target, options: Options, recalling recollections: [Recollection]) {
        self.init(target: target, options: options)
        self.recollections = recollections
    }

    /// A diagnosis of exchanges that are there already; nothing will be asked.
    public init(target: Target, options: Options = Options(), recorded exchanges: [Exchange], withheld: [Withheld] = []) {
        self.init(target: target, options: options)
        for refused in withheld { evidence.withhold(refused) }
        for exchange in exchanges { evidence.add(exchange) }
        stage = .done
    }

    /// The first requests, or `.finish` where asking is pointless.
    public mutating func start() -> Action {
        stage = .baseline
        guard evidence.target.blockingFinding == nil else {
            stage = .done
            return .finish
        }
        return send(Baseline.probes(for: evidence.target, options: evidence.options))
    }

    /// Takes an attempt that will be repeated; it stays in the evidence.
    public mutating func note(_ exchange: Exchange) { evidence.add(exchange) }

    /// Takes the last attempt of a probe.
    public mutating func receive(_ exchange: Exchange) -> Action {
        evidence.add(exchange)
        outstanding -= 1
        return outstanding > 0 ? .wait : next()
    }

    private mutating func next() -> Action {
        switch stage {
        case .baseline:
            stage = .discovery
            if let probe = ModelChoice.inferenceProbe(evidence) { return send([probe]) }
            return next()
        case .discovery, .shaping:
            stage = .shaping
            if let probe = evidence.inferenceInAnotherShape, evidence.withheld(probe.kind) == nil { return send([probe]) }
            stage = .optional
            return send(OptionalProbes.probes(evidence))
        case .optional:
            if let probe = evidence.streamInAnotherForm, evidence.withheld(probe.kind) == nil {
                return send([probe])
            }
            stage = .followUps
            recall()
            return next()
        case .followUps:
            let wanted = FollowUp.choose(evidence).prefix(Self.followUpLimit - followUps)
            if wanted.isEmpty {
                // A follow-up may have found the model that is served.
                let optional = OptionalProbes.probes(evidence)
                guard !optional.isEmpty else {
                    stage = .done
                    settle()
                    return .finish
                }
                stage = .optional
                return send(optional)
            }
            followUps += wanted.count
            return send(Array(wanted))
        case .idle, .done:
            return .finish
        }
    }

    /// Takes over what need not be asked again, where the first answers are those of the earlier round.
    private mutating func recall() {
        recollection = recollections.first { $0.holds(for: evidence) }
        recollections = []
        guard let earlier = recollection else { return }
        for exchange in earlier.exchanges(missingIn: evidence) { evidence.add(exchange) }
    }

    /// What was paid for in an earlier round was allowed then, and is judged as if it had been asked in this one.
    private mutating func settle() {
        if let recollection, evidence.exchanges.contains(where: { $0.isCarried && $0.probe.isPaid }) {
            evidence.options = recollection.options
        }
    }

    private mutating func send(_ wanted: [Probe]) -> Action {
        paidUnderWay = 0
        let probes = wanted.filter { isAffordable($0) }
        guard !probes.isEmpty else { return next() }
        outstanding = probes.count
        return .send(probes)
    }

    /// Says whether a probe fits below the ceiling, and counts it; one that does not is noted as withheld.
    private mutating func isAffordable(_ probe: Probe) -> Bool {
        guard probe.isPaid else { return true }
        if let limit = evidence.options.paidLimit, evidence.target.vendor.kind != .local {
            guard evidence.paidCalls + paidUnderWay < limit else {
                evidence.withhold(Withheld(probe.kind, model: probe.model, reason: .overRequestLimit))
                return false
            }
            paidUnderWay += 1
        }
        guard let limit = evidence.options.costLimit else { return true }
        guard let cost = HighestCost.of(probe, evidence).map({ $0 * Double(max(1, limit.attempts)) }) else {
            evidence.withhold(Withheld(probe.kind, model: probe.model, reason: .priceUnknown))
            return false
        }
        guard (limit.isForEachCall ? 0 : committed) + cost <= limit.amount else {
            evidence.withhold(Withheld(probe.kind, model: probe.model, reason: .overLimit, highestCost: cost))
            return false
        }
        committed += cost
        return true
    }

    /// The evidence weighed by every law.
    public func weigh(laws: [Law] = Law.all) -> Weighing {
        evidence.weighed(by: laws)
    }
}

/// What is always asked, at once, over one connection.
enum Baseline {
    static func probes(for target: Target, options: Diagnosis.Options) -> [Probe] {
        let endpoints = target.vendor.endpoints
        var probes: [Probe] = []
        if endpoints[.models] != nil { probes.append(Probe(.models, endpoint: .models)) }
        if endpoints[.key] != nil, target.credential != nil { probes.append(Probe(.key, endpoint: .key)) }
        if endpoints[.balance] != nil, target.credential != nil { probes.append(Probe(.balance, endpoint: .balance)) }
        // Below a ceiling the list is asked first: it may tell the price.
        if options.infers, options.costLimit == nil, endpoints[.inference] != nil, let model = target.model {
            probes.append(Probe(.inference, endpoint: .inference, model: model))
        }
        if options.tracesEgress, options.asksThirdParties, target.isOnVendorHost, let path = target.vendor.edgeTrace {
            probes.append(Probe(.edgeTrace, endpoint: .models, place: .path(path)))
        }
        return probes
    }
}
