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

extension RunEnvironment {
    /// What came of a request: without secrets, and read.
    ///
    /// - Parameters:
    ///   - sent: What the request was, as reports tell it.
    ///   - startedAt: When it was sent.
    func exchange(
        _ probe: Probe, attempt: Int = 1, sent: Exchange.SentRequest, to target: Target, readBy reader: AnswerReader, startedAt: Timestamp,
        _ outcome: Result<Response, TransportFailure>
    ) -> Exchange {
        var exchange = Exchange(probe: probe, attempt: attempt, request: sent, startedAt: startedAt, outcome: .handshake)
        capture.take(outcome, into: &exchange, of: target)
        exchange.reading = reader.read(exchange)
        return exchange
    }
}

extension Capture {
    /// Puts into an exchange what came of it, without secrets.
    package func take(_ outcome: Result<Response, TransportFailure>, into exchange: inout Exchange, of target: Target) {
        switch outcome {
        case .success(let response):
            exchange.outcome = .answer(answer(from: response, probe: exchange.probe, target: target))
            exchange.timings = response.timings
            exchange.connection = connection(response.connection)
        case .failure(let failure):
            exchange.outcome = .failure(self.failure(from: failure))
            exchange.timings = failure.timings
            exchange.connection = connection(failure.connection)
        }
    }
}
