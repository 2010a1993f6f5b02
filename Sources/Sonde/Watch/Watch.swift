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
        /// The last one that rests on inference and is no health: it stands until inference says otherwise, whatever came between.
        var failure: TargetResult?
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
        guard let standing = standings[index] else { return [] }
        return [standing.result, standing.failure].compactMap(\.self).filter {
            $0.target.credential?.secret == target.credential?.secret
        }.map(Recollection.init)
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
            guard let before = standings[index] else {
                standings[index] = Standing(state: state, since: startedAt, result: result)
                standings[index]?.noteFailure()
                changes.append(Change(target: index, before: nil, after: state))
                continue
            }
            standings[index]?.result = result
            standings[index]?.noteFailure()
            guard before.state != state else { continue }
            standings[index]?.state = state
            standings[index]?.since = startedAt
            standings[index]?.changes += 1
            changes.append(Change(target: index, before: before.state, after: state, lastedSince: before.since))
        }
        return changes
    }
}

extension Watch.Standing {
    /// Keeps the last result that rests on inference where it is a failure, and forgets it where it is health.
    fileprivate mutating func noteFailure() {
        guard result.exchanges.contains(where: \.probe.isPaid) else { return }
        failure = result.verdict.cause == .healthy ? nil : result
    }
}
