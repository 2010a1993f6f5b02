/// How often a watch asks, and what a day of it may cost: known before the first request.
public struct WatchPlan: Sendable, Hashable {
    /// From the beginning of one round to that of the next.
    public var every: Duration
    /// Inference is asked in the first round and in every so-many-th after it; nil for never.
    public var inferEvery: Int?
    /// How many rounds there will be; nil for no end.
    public var rounds: Int?
    /// The most paid calls within a day.
    public var ceiling: Int
    /// What one round with inference sends that is charged for, all targets together, where nothing fails.
    public var paidCallsPerRound: Int

    /// - Parameter inferEvery: 1 or more, or nil for never.
    public init(every: Duration, inferEvery: Int?, rounds: Int? = nil, ceiling: Int, paidCallsPerRound: Int) {
        self.every = every
        self.inferEvery = inferEvery
        self.rounds = rounds
        self.ceiling = ceiling
        self.paidCallsPerRound = paidCallsPerRound
    }

    static let day = Duration.seconds(86_400)

    /// The last round up to this one in which it is the turn of inference; nil where there is none. The first round is 1.
    public func turn(upTo round: Int) -> Int? {
        inferEvery.map { (round - 1) / $0 * $0 + 1 }
    }

    /// Paid calls that a day takes at most, where nothing fails: no repetitions, no requests that a failure calls for.
    public var paidCallsPerDay: Int { paidCalls(every: every, inferEvery: inferEvery) }

    /// Says whether a day's paid calls are allowed; where not, nothing is to be sent.
    public var isWithinCeiling: Bool { paidCallsPerDay <= ceiling }

    /// Of the ceiling, what no turn of inference takes: for what seems to be over before its turn.
    public var sparePaidCalls: Int { max(0, ceiling - paidCallsPerDay) }

    /// The same with inference so seldom that a day stays below the ceiling, a tenth of it to spare; nil where not even one round fits.
    public var spaced: WatchPlan? {
        guard !isWithinCeiling else { return self }
        var (plan, lower) = (self, self)
        lower.ceiling -= ceiling / 10
        guard let inferEvery = lower.fittingInferEvery ?? fittingInferEvery else { return nil }
        plan.inferEvery = inferEvery
        return plan
    }

    /// The smallest other `--infer-every` that stays below the ceiling; nil where none does.
    public var fittingInferEvery: Int? {
        let rounds = roundsPerDay(every)
        guard paidCallsPerRound > 0, ceiling >= paidCallsPerRound, rounds > 0 else { return nil }
        let inferring = ceiling / paidCallsPerRound
        return (rounds + inferring - 1) / inferring
    }

    /// The smallest other `--every`, in whole seconds, that stays below the ceiling; nil where none does.
    public var fittingEvery: Duration? {
        guard let inferEvery, paidCallsPerRound > 0 else { return nil }
        let inferring = ceiling / paidCallsPerRound
        guard inferring > 0 else { return nil }
        let (most, _) = inferring.multipliedReportingOverflow(by: inferEvery)
        let seconds = (86_400 + most - 1) / max(1, most)
        return seconds <= 86_400 ? .seconds(seconds) : nil
    }

    private func paidCalls(every: Duration, inferEvery: Int?) -> Int {
        guard let inferEvery else { return 0 }
        let inferring = (roundsPerDay(every) + inferEvery - 1) / inferEvery
        return inferring.multipliedReportingOverflow(by: paidCallsPerRound).overflow ? .max : inferring * paidCallsPerRound
    }

    /// Rounds that begin within a day.
    private func roundsPerDay(_ every: Duration) -> Int {
        let exact = Int((Self.day / every).rounded(.up))
        return min(rounds ?? exact, exact)
    }
}

extension RequestPlan {
    /// Calls that may be charged for in one check of a target where nothing fails.
    public static func paidCalls(for target: Target, options: Diagnosis.Options, limits: RunLimits) -> Int {
        guard target.vendor.kind != .local, target.blockingFinding == nil else { return 0 }
        return baseline(for: target, options: options, limits: limits).count(where: \.isPaid)
    }
}
