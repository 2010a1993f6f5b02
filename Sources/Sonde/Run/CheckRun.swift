/// Checks many targets, a number of them at the same time, within one deadline.
public struct CheckRun: Sendable {
    public var options: Diagnosis.Options
    public var limits: RunLimits
    private let transport: any Transport
    private let capture: Capture
    private let judge: Judge
    private let clock: RunClock

    public init(options: Diagnosis.Options = .init(), limits: RunLimits = RunLimits(), transport: any Transport, capture: Capture, judge: Judge, clock: RunClock) {
        self.options = options
        self.limits = limits
        self.transport = transport
        self.capture = capture
        self.judge = judge
        self.clock = clock
    }

    /// The results in the order of the targets. Cancelling the task ends every request at once; what was found until then is reported.
    public func results(for targets: [Target], observer: @escaping @Sendable (RunEvent) -> Void = { _ in }) async -> [TargetResult] {
        let deadline = ContinuousClock.now + limits.deadline
        return await withTaskGroup(of: (Int, TargetResult).self) { group in
            var results: [TargetResult?] = Array(repeating: nil, count: targets.count)
            var next = 0
            func add() {
                guard next < targets.count else { return }
                let (index, target) = (next, targets[next])
                next += 1
                group.addTask {
                    let run = TargetRun(
                        target: target, options: options, limits: limits, transport: transport, capture: capture, judge: judge, clock: clock, observer: observer)
                    return (index, await run.run(until: deadline))
                }
            }
            for _ in 0..<max(1, limits.jobs) { add() }
            for await (index, result) in group {
                results[index] = result
                add()
            }
            return results.compactMap(\.self)
        }
    }
}
