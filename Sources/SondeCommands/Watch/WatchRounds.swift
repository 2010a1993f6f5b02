import Sonde

/// The rounds of a watch: when they begin, what each asks, and what came of it.
struct WatchRounds {
    let plan: WatchPlan
    let options: Diagnosis.Options
    let limits: RunLimits
    let world: World

    /// The outside world, so that tests need neither time nor network.
    struct World: Sendable {
        /// Since the first round began.
        var elapsed: @Sendable () -> Duration
        /// Waits for a moment, counted from the first round.
        var pause: @Sendable (_ until: Duration) async throws -> Void
        var moment: @Sendable () -> Timestamp
        /// From 0 to 1, new each time.
        var chance: @Sendable () -> Double
        /// The targets, with the keys that hold now.
        var targets: @Sendable () async -> [Target]
        var ask: @Sendable (_ diagnoses: [Diagnosis], _ limits: RunLimits) async -> [TargetResult]
        /// Says whether nobody reads any more what comes out of it.
        var isUnheard: @Sendable () -> Bool
    }

    enum Event {
        /// A round begins.
        case asking(round: Int)
        case ended(Round)
        /// The next round begins at this moment, counted from the first; so many beats passed without one.
        case waiting(until: Duration, skipped: Int)
    }

    /// One round that came to its end.
    struct Round {
        var number: Int
        var startedAt: Timestamp
        var duration: Duration
        /// Says whether inference was asked of any target.
        var hasInferred: Bool
        /// Says whether inference was due and left out, since as many calls as allowed were paid for.
        var isOverCeiling: Bool
        var results: [TargetResult]
        var changes: [Watch.Change]
        var tally: Tally
    }

    /// What a watch comes to so far.
    struct Tally: Hashable {
        /// Rounds that came to their end.
        var rounds = 0
        var changes = 0
        /// Within the last day.
        var paidCalls = 0
        /// Since the watch began.
        var allPaidCalls = 0
        /// Beats on which no round could begin.
        var skippedBeats = 0
    }

    /// Asks until the rounds are done, somebody ends it, or nobody listens any more.
    func run(_ note: (Event, Watch) async throws -> Void) async throws -> (watch: Watch, tally: Tally) {
        var watch: Watch?
        var schedule = WatchSchedule(every: plan.every)
        var paid = PaidDay(ceiling: plan.ceiling)
        var tally = Tally()
        while !Task.isCancelled, !world.isUnheard() {
            let targets = await world.targets()
            var current = watch ?? Watch(targets: targets.count)
            let number = current.rounds + 1
            try await note(.asking(round: number), current)
            let (startedAt, start) = (world.moment(), world.elapsed())
            let demand = Demand(targets, plan: plan, round: number, watch: current, options: options, limits: limits)
            let allowance = demand.allowance(left: paid.left(at: start))
            let results = await world.ask(demand.diagnoses(allowance), demand.limits(allowance))
            paid.note(results.reduce(0) { $0 + $1.paidCalls }, at: start)
            (tally.paidCalls, tally.allPaidCalls) = (paid.used(at: start), paid.total)
            // A round that was cut short says nothing about the targets.
            guard !Task.isCancelled else { break }
            let outcomes = Report(startedAt: startedAt, duration: .zero, network: .init(), targets: results).outcomes
            let changes = current.take(results, outcomes: outcomes, startedAt: startedAt)
            watch = current
            tally.rounds = number
            tally.changes += changes.count { $0.before != nil }
            tally.skippedBeats = schedule.skipped
            try await note(
                .ended(
                    Round(
                        number: number, startedAt: startedAt, duration: world.elapsed() - start,
                        hasInferred: results.contains { $0.exchanges.contains { $0.probe.isPaid && !$0.isCarried } },
                        isOverCeiling: allowance == .none && demand.calls > 0, results: results, changes: changes, tally: tally)), current)
            if let rounds = plan.rounds, number >= rounds { break }
            let next = schedule.next(elapsed: world.elapsed(), chance: world.chance())
            tally.skippedBeats = schedule.skipped
            try await note(.waiting(until: next, skipped: schedule.skipped), current)
            do { try await world.pause(next) } catch { break }
        }
        return (watch ?? Watch(targets: 0), tally)
    }
}

/// What a round would ask that is charged for, and how much of it the ceiling lets it have.
private struct Demand {
    /// What the ceiling leaves.
    enum Allowance {
        /// Whatever there is reason for.
        case all
        /// Each request once.
        case once
        case none
    }

    let targets: [Target]
    let recollections: [[Recollection]]
    /// For each target the paid calls that it takes where nothing fails; 0 where none is due.
    let due: [Int]
    let options: Diagnosis.Options
    let limits: RunLimits

    init(_ targets: [Target], plan: WatchPlan, round: Int, watch: Watch, options: Diagnosis.Options, limits: RunLimits) {
        self.targets = targets
        self.options = options
        self.limits = limits
        let recollections = targets.indices.map { watch.recollections(of: targets[$0], at: $0) }
        self.recollections = recollections
        due = targets.indices.map { index in
            // What nothing is known of, as after a change of the key, is asked at once.
            guard options.pays, plan.infers(inRound: round) || (plan.inferEvery != nil && recollections[index].isEmpty) else { return 0 }
            return max(1, RequestPlan.paidCalls(for: targets[index], options: options, limits: limits))
        }
    }

    /// Those that are charged for.
    var calls: Int {
        zip(targets, due).reduce(0) { $0 + ($1.1 > 0 ? RequestPlan.paidCalls(for: $1.0, options: options, limits: limits) : 0) }
    }

    /// The most that this can come to: every request repeated as often as allowed, and another model and another API besides.
    private var most: Int {
        calls == 0 ? 0 : (calls + due.count { $0 > 0 } * 2) * (1 + limits.retries)
    }

    func allowance(left: Int) -> Allowance {
        most <= left ? .all : calls <= left ? .once : .none
    }

    func diagnoses(_ allowance: Allowance) -> [Diagnosis] {
        targets.indices.map { index in
            var options = options
            let isAsked = due[index] > 0 && allowance != .none
            if !isAsked { (options.infers, options.pays) = (false, false) }
            if isAsked, allowance == .once { options.paidLimit = due[index] }
            return Diagnosis(target: targets[index], options: options, recalling: recollections[index])
        }
    }

    func limits(_ allowance: Allowance) -> RunLimits {
        var limits = limits
        if allowance == .once { limits.retries = 0 }
        return limits
    }
}
