/// Repeats what failed in an earlier report, and what it takes to call it fixed: exchanges go in, probes to send come out.
///
/// A state machine without I/O or clock, as ``Diagnosis`` is one.
///
/// ```
/// start ── what failed ── inference, where it was never reached ── inference in the form it asks for ── one controlled failure
/// ```
///
/// The controlled failure comes last and only when all is well: an answer of success proves little where anything succeeds.
public struct Verification: Inquiry {
    /// The target as the earlier report has it.
    public let before: TargetResult
    /// What is sent first: the requests that failed, each as it was.
    public let repeated: [Probe]
    public private(set) var evidence: Evidence
    private var stage = Stage.idle
    private var outstanding = 0

    private enum Stage {
        case idle, repeating, reaching, shaping, control, done
    }

    /// - Parameters:
    ///   - before: From the report; nothing in it says where a key goes.
    ///   - target: The same target as it can be asked now.
    ///   - options: What the user allows now; what the earlier run left out stays left out.
    public init(of before: TargetResult, at target: Target, options allowed: Diagnosis.Options = .init()) {
        self.before = before
        var options = before.options
        options.infers = before.options.infers && allowed.infers
        options.usesControl = allowed.usesControl
        options.hasOwnBody = allowed.hasOwnBody
        (options.followsUp, options.asksThirdParties, options.provesKey) = (false, false, false)
        evidence = Evidence(target: target, options: options)
        repeated = Self.failedProbes(before, target, options)
    }

    /// The last form of every request that failed, or where none was sent, what would have been.
    private static func failedProbes(_ before: TargetResult, _ target: Target, _ options: Diagnosis.Options) -> [Probe] {
        var old = Evidence(target: before.target, options: before.options)
        for exchange in before.exchanges { old.add(exchange) }
        let failed = old.own.filter { item in
            item.exchange.probe.kind.isRepeatable && !item.reading.isHealthy && !old.isIdleRefusal(item)
                && (options.infers || !item.exchange.probe.generates) && target.vendor.endpoints[item.exchange.probe.endpoint] != nil
        }
        guard !failed.isEmpty else { return Baseline.probes(for: target, options: options) }
        return failed.map { item in
            var probe = item.exchange.probe
            probe.variant = nil
            if probe.generates, let model = target.model { probe.model = model }
            return probe
        }
    }

    public mutating func start() -> Diagnosis.Action {
        stage = .repeating
        guard evidence.target.blockingFinding == nil else {
            stage = .done
            return .finish
        }
        return send(repeated)
    }

    public mutating func note(_ exchange: Exchange) { evidence.add(exchange) }

    public mutating func receive(_ exchange: Exchange) -> Diagnosis.Action {
        evidence.add(exchange)
        outstanding -= 1
        return outstanding > 0 ? .wait : next()
    }

    private mutating func next() -> Diagnosis.Action {
        switch stage {
        case .repeating:
            stage = .reaching
            if isWellSoFar, let probe = inferenceNotReached { return send([probe]) }
            return next()
        case .reaching, .shaping:
            stage = .shaping
            if let probe = evidence.inferenceInAnotherShape { return send([probe]) }
            stage = .control
            guard isWell, let probe = ControlledFailure.probe(for: evidence) else { return next() }
            return send([probe])
        case .control:
            stage = .done
            return .finish
        case .idle, .done:
            return .finish
        }
    }

    private mutating func send(_ probes: [Probe]) -> Diagnosis.Action {
        guard !probes.isEmpty else { return next() }
        outstanding = probes.count
        return .send(probes)
    }

    /// Inference, where the earlier run did not come so far.
    private var inferenceNotReached: Probe? {
        let target = evidence.target
        guard evidence.options.infers, evidence.inference == nil, target.vendor.endpoints[.inference] != nil else { return nil }
        return target.model.map { Probe(.inference, endpoint: .inference, model: $0) } ?? ModelChoice.inferenceProbe(evidence)
    }

    /// Says whether everything that was repeated is answered in success.
    private var isWellSoFar: Bool { !evidence.own.isEmpty && evidence.own.allSatisfy(\.reading.isHealthy) }

    /// Says whether the target serves what was asked of it: inference, or what stands for it where none is wanted.
    private var isWell: Bool {
        evidence.optionalIsWell && (evidence.inference.map(\.reading.isHealthy) ?? (!evidence.options.infers && isWellSoFar))
    }
}

extension Verification {
    /// Requests that are charged for, at most, when it is carried out once with so many repetitions of a failed request.
    public func paidRequests(retries: Int) -> Int {
        guard evidence.target.blockingFinding == nil, evidence.options.infers, evidence.target.vendor.endpoints[.inference] != nil else {
            return 0
        }
        // What is refused for the form of its token limit costs nothing; inference itself is sent once, if not with the first requests.
        let isControlPaid = ControlledFailure.kind(for: evidence) == .invalidField
        let isReachedLater = !repeated.contains { $0.kind == .inference }
        return (retries + 1) * (repeated.count(where: \.isPaid) + (isReachedLater ? 1 : 0) + (isControlPaid ? 1 : 0))
    }
}

extension Evidence {
    /// Says whether what is asked besides inference (a stream, another API, vectors) is answered, as far as it was asked.
    var optionalIsWell: Bool {
        own.allSatisfy { item in
            switch item.exchange.probe.kind {
            case .streaming, .responses, .embeddings: item.reading.isHealthy
            default: true
            }
        }
    }
}

extension Probe.Kind {
    /// Says whether it asks what the user asks, so that its failure is worth repeating.
    fileprivate var isRepeatable: Bool {
        switch self {
        case .models, .key, .balance, .inference, .streaming, .responses, .embeddings: true
        default: false
        }
    }
}
