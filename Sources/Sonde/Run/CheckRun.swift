import Synchronization

/// Checks many targets, a number of them at the same time, within one deadline.
public struct CheckRun: Sendable {
    private let options: Diagnosis.Options
    private let environment: RunEnvironment

    public init(options: Diagnosis.Options = .init(), environment: RunEnvironment) {
        self.options = options
        self.environment = environment
    }

    /// The results in the order of the targets. Cancelling the task ends every request at once; what was found until then is reported.
    ///
    /// - Parameter further: Ids of checks that a target is to answer besides those of all.
    public func results(for targets: [Target], further: (Target) -> Set<String> = { _ in [] }) async -> [TargetResult] {
        await results(count: targets.count) { index in
            var own = options
            own.checks.formUnion(further(targets[index]))
            return Diagnosis(target: targets[index], options: own)
        }
    }

    /// The results of diagnoses that were begun with something known already, in their order, each with the options of its own.
    public func results(of diagnoses: [Diagnosis]) async -> [TargetResult] {
        await results(count: diagnoses.count) { diagnoses[$0] }
    }

    /// The results of verifications, in their order, each with the options of its own.
    public func results(of verifications: [Verification]) async -> [TargetResult] {
        await results(count: verifications.count) { verifications[$0] }
    }

    private func results(count: Int, inquiry: (Int) -> any Inquiry) async -> [TargetResult] {
        let deadline = ContinuousClock.now + environment.limits.deadline
        let slots = Slots(count: count)
        let capacity = RunCapacity(targets: environment.limits.jobs)
        await withDiscardingTaskGroup { group in
            for index in 0..<count {
                let share = await capacity.take()
                let run = TargetRun(inquiry(index), environment: environment, deadline: deadline, share: share)
                group.addTask {
                    slots.fill(index, await run.run())
                    share.giveBack()
                }
            }
        }
        return slots.results
    }

    /// A place for each result, filled as they come.
    private final class Slots: Sendable {
        private let places: Mutex<[TargetResult?]>

        init(count: Int) {
            places = Mutex(Array(repeating: nil, count: count))
        }

        func fill(_ index: Int, _ result: TargetResult) {
            places.withLock { $0[index] = result }
        }

        var results: [TargetResult] { places.withLock { $0.compactMap(\.self) } }
    }
}
