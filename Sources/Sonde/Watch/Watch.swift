/// What is known of each target while it is asked again and again, and what changes.
///
/// A state machine without I/O or clock: the results of a round go in, changes come out. It keeps the last result of each target and
/// nothing older, so its size does not grow.
public struct Watch: Sendable {
    /// What makes two verdicts different ones: not their words, confidence or timings.
    public struct State: Sendable, Hashable {
        /// That of the verdict.
        public var cause: Cause
        /// That of the verdict.
        public var reason: String?
        /// What the target counted as in its round; inconclusive while this machine was offline.
        public var outcome: CheckResult.Outcome

        /// A state by its parts.
        public init(cause: Cause, reason: String? = nil, outcome: CheckResult.Outcome) {
            self.cause = cause
            self.reason = reason
            self.outcome = outcome
        }
    }

    /// A target that is not as it was.
    public struct Change: Sendable {
        /// The place of the target in their order.
        public var target: Int
        /// Nil where nothing was known before: in the first round.
        public var before: State?
        /// What holds from this round on.
        public var after: State
        /// When the state before began; nil in the first round.
        public var lastedSince: Timestamp?
    }

    /// One target, as the last round left it.
    public struct Standing: Sendable {
        /// That of the last round.
        public var state: State
        /// When the round began that first found it so.
        public var since: Timestamp
        /// The last round's result; in part, maybe, from an earlier one, see ``Exchange/isCarried``.
        public var result: TargetResult
        /// The last one that asked inference and is no health: it stands until inference says otherwise, whatever came between.
        var failure: TargetResult?
        /// The round that last asked inference with this key; nil where none did.
        var inferredIn: Int?
        /// The most money that was told to be left while inference was refused for it, by the endpoint that told it.
        var refusedWith: [Vendor.EndpointName: Double] = [:]
        /// Says whether a failure seems to be over, of which inference has not been asked since.
        var isRecovering = false
        /// How often it changed, the first round not counted.
        public var changes = 0
    }

    /// One for each target; nil before its first round.
    public private(set) var standings: [Standing?]
    /// Rounds that were taken in.
    public private(set) var rounds = 0

    /// - Parameter targets: How many there are; every round hands in a result of each.
    public init(targets: Int) {
        standings = Array(repeating: nil, count: targets)
    }

    /// What a round may count without asking again, newest first; nothing where nothing is known, or it was known of another key.
    public func recollections(of target: Target, at index: Int) -> [Recollection] {
        guard let standing = standings[index], standing.hasKey(of: target) else { return [] }
        return [standing.result, standing.failure].compactMap(\.self).map(Recollection.init)
    }

    /// Why inference is asked of a target in a round.
    public enum InferenceReason: Sendable, Hashable {
        /// It is its turn, or has been since inference was last asked; or nothing is known of the key.
        case turn
        /// What failed seems to be over, as far as that shows without inference.
        case recovery
    }

    /// Why inference is to be asked of a target in the coming round; nil where it is not.
    ///
    /// - Parameter target: As it is now: its key may be another one than before.
    public func reasonToInfer(_ target: Target, at index: Int, by plan: WatchPlan) -> InferenceReason? {
        guard let turn = plan.turn(upTo: rounds + 1) else { return nil }
        guard let standing = standings[index], standing.hasKey(of: target), let last = standing.inferredIn, last >= turn else {
            return .turn
        }
        return standing.isRecovering ? .recovery : nil
    }

    /// Takes a whole round: one that was cut short proves nothing, and is not to be handed in.
    ///
    /// - Parameters:
    ///   - results: Of every target, in their order.
    ///   - outcomes: What they count as in their round; see ``Report/outcomes``.
    ///   - startedAt: When the round began.
    /// - Returns: The targets whose state is another than before, in their order.
    public mutating func take(_ results: [TargetResult], outcomes: [CheckResult.Outcome], startedAt: Timestamp) -> [Change] {
        rounds += 1
        var changes: [Change] = []
        for (index, result) in results.enumerated() {
            let state = State(cause: result.verdict.cause, reason: result.verdict.reason, outcome: outcomes[index])
            let before = standings[index]
            var standing = before ?? Standing(state: state, since: startedAt, result: result)
            standing.take(result, in: rounds)
            if standing.state != state {
                (standing.state, standing.since) = (state, startedAt)
                standing.changes += 1
            }
            standings[index] = standing
            if before?.state != state {
                changes.append(Change(target: index, before: before?.state, after: state, lastedSince: before?.since))
            }
        }
        return changes
    }
}

extension Watch.Standing {
    /// Says whether what is known is of the key that the target has now.
    fileprivate func hasKey(of target: Target) -> Bool { result.target.credential?.secret == target.credential?.secret }

    /// Takes the result of a round, and notes what it means for inference.
    fileprivate mutating func take(_ new: TargetResult, in round: Int) {
        let earlier = result
        // Another key has no past.
        if !hasKey(of: new.target) { (failure, inferredIn, refusedWith) = (nil, nil, [:]) }
        result = new
        if new.exchanges.contains(where: { $0.probe.isPaid && !$0.isCarried }) {
            inferredIn = round
            failure = new.verdict.cause == .healthy ? nil : new
            // What looked like a recovery and was none is no sign of one the next time.
            let known = isRecovering ? refusedWith.merging(earlier.balances, uniquingKeysWith: max) : refusedWith
            refusedWith = new.verdict.cause == .billingBlocked ? known.merging(new.balances, uniquingKeysWith: max) : [:]
            isRecovering = false
        } else if new.verdict.reason == Self.notTested {
            isRecovering = isRecovering || earlier.verdict.reason != Self.notTested
        } else {
            isRecovering = hasMoreLeft
        }
    }

    private static let notTested = "inference_not_tested"

    /// Says whether more money is left than there ever was while inference was refused for it, so that a balance which goes up and down is
    /// asked about once.
    private var hasMoreLeft: Bool {
        guard result.verdict.cause == .billingBlocked else { return false }
        return result.balances.contains { endpoint, left in left > 0 && refusedWith[endpoint].map { left > $0 } ?? false }
    }
}

extension TargetResult {
    /// What is left of the account or of the key's own limit, by the endpoint that told it in this run.
    fileprivate var balances: [Vendor.EndpointName: Double] {
        exchanges.reduce(into: [:]) { balances, exchange in
            guard !exchange.isCarried, let left = exchange.answer?.facts.balance?.remaining else { return }
            balances[exchange.probe.endpoint] = left
        }
    }
}
