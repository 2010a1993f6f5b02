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
        /// Says whether something was asked that is charged for.
        var hasAskedPaid: Bool
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
        // What seems to be over is asked about only as far as no turn of inference has to be left out for it.
        var spare = PaidDay(ceiling: plan.sparePaidCalls)
        var tally = Tally()
        while !Task.isCancelled, !world.isUnheard() {
            let targets = await world.targets()
            var current = watch ?? Watch(targets: targets.count)
            let number = current.rounds + 1
            try await note(.asking(round: number), current)
            let (startedAt, start, due) = (world.moment(), world.elapsed(), schedule.due)
            let demand = Demand(
                targets, plan: plan, watch: current, spare: spare.left(at: due), options: options, limits: limits)
            let allowance = demand.allowance(left: paid.left(at: due))
            let results = await world.ask(demand.diagnoses(allowance), demand.limits(allowance))
            paid.note(results.reduce(0) { $0 + $1.paidCalls }, at: due)
            spare.note(zip(results, demand.reasons).reduce(0) { $0 + ($1.1 == .recovery ? $1.0.paidCalls : 0) }, at: due)
            (tally.paidCalls, tally.allPaidCalls) = (paid.used(at: due), paid.total)
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
                        hasInferred: results.contains(where: \.hasInferred), isOverCeiling: allowance == .none && demand.calls > 0,
                        hasAskedPaid: results.contains { $0.hasInferred && $0.target.vendor.kind != .local },
                        results: results, changes: changes, tally: tally)), current)
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
        /// Each paid request once, and none that a failure calls for.
        case once
        case none
    }

    let targets: [Target]
    let recollections: [[Recollection]]
    /// For each target why inference is asked of it; nil where it is not.
    let reasons: [Watch.InferenceReason?]
    /// For each target the paid calls that it takes where nothing fails; 0 where none is due.
    private let costs: [Int]
    private let options: Diagnosis.Options
    private let limits: RunLimits

    /// - Parameter spare: Paid calls that are left for what seems to be over before its turn.
    init(_ targets: [Target], plan: WatchPlan, watch: Watch, spare: Int, options: Diagnosis.Options, limits: RunLimits) {
        self.targets = targets
        self.options = options
        self.limits = limits
        recollections = targets.indices.map { watch.recollections(of: targets[$0], at: $0) }
        var (reasons, costs, spare) = ([Watch.InferenceReason?](), [Int](), spare)
        for (index, target) in targets.enumerated() {
            var reason = watch.reasonToInfer(target, at: index, by: plan)
            let cost = reason == nil ? 0 : RequestPlan.paidCalls(for: target, options: options, limits: limits)
            if reason == .recovery, cost > spare { reason = nil }
            if reason == .recovery { spare -= cost }
            reasons.append(reason)
            costs.append(reason == nil ? 0 : cost)
        }
        (self.reasons, self.costs) = (reasons, costs)
    }

    /// Those that are charged for.
    var calls: Int { costs.reduce(0, +) }

    /// Paid requests of one target that failures may call for: another form, another model, another API.
    private static let further = 3

    /// The most that this can come to: all of these, each repeated as often as allowed.
    private var most: Int { costs.reduce(0) { $0 + ($1 > 0 ? most($1) : 0) } }

    private func most(_ cost: Int) -> Int { (cost + Self.further) * (1 + limits.retries) }

    func allowance(left: Int) -> Allowance {
        calls == 0 || most <= left ? .all : calls <= left ? .once : .none
    }

    func diagnoses(_ allowance: Allowance) -> [Diagnosis] {
        targets.indices.map { index in
            var options = options
            // Software of one's own costs nothing, whatever the others may cost.
            let isAsked = reasons[index] != nil && (allowance != .none || costs[index] == 0)
            if !isAsked { (options.infers, options.pays) = (false, false) }
            // The last request that still fits may be repeated, too.
            if isAsked { options.paidLimit = allowance == .once ? costs[index] : most(costs[index]) - limits.retries }
            return Diagnosis(target: targets[index], options: options, recalling: recollections[index])
        }
    }

    func limits(_ allowance: Allowance) -> RunLimits {
        var limits = limits
        limits.repeatsPaid = allowance != .once
        return limits
    }
}

extension TargetResult {
    /// Says whether inference was asked in this very round.
    fileprivate var hasInferred: Bool { exchanges.contains { $0.probe.isPaid && !$0.isCarried } }
}
