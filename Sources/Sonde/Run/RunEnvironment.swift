/// What every target of a run shares.
public final class RunEnvironment: Sendable {
    public let limits: RunLimits
    let transport: any Transport
    let capture: Capture
    let judge: Judge
    let clock: RunClock
    let observer: @Sendable (RunEvent) -> Void
    /// The random end of this run's made-up keys, so that no log takes two runs for one.
    let controlTail: String

    /// - Parameter observer: Called from any thread while the run goes on.
    public init(
        limits: RunLimits = RunLimits(), transport: any Transport, capture: Capture, judge: Judge, clock: RunClock,
        observer: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.limits = limits
        self.transport = transport
        self.capture = capture
        self.judge = judge
        self.clock = clock
        self.observer = observer
        controlTail = clock.randomTail()
    }
}
