/// Checks one target: carries out what its diagnosis asks for.
///
/// A class, and every value is put together outside the asynchronous functions: what lives across an `await` is paid for by each of
/// hundreds of requests in flight.
final class TargetRun: Sendable {
    private let inquiry: any Inquiry
    private let environment: RunEnvironment
    private let builder: RequestBuilder
    private let reader: AnswerReader
    private let deadline: ContinuousClock.Instant
    private let share: RunCapacity.Share

    private var target: Target { inquiry.evidence.target }

    init(_ inquiry: any Inquiry, environment: RunEnvironment, deadline: ContinuousClock.Instant, share: RunCapacity.Share) {
        let target = inquiry.evidence.target
        self.inquiry = inquiry
        self.environment = environment
        self.deadline = deadline
        self.share = share
        builder = RequestBuilder(target: target, limits: environment.limits, controlTail: environment.controlTail)
        reader = environment.judge.reader(for: target)
    }

    func run() async -> TargetResult {
        let progress = Progress(inquiry, startedAt: environment.clock.now())
        var action = progress.inquiry.start()
        while case .send(let probes) = action {
            environment.observer(.asking(target: target.name, probes: probes))
            action = progress.take(await send(probes))
        }
        let result = result(of: progress)
        environment.observer(.finished(result))
        return result
    }

    /// What a run has gathered; on the heap, for the same reason as above.
    private final class Progress {
        var inquiry: any Inquiry
        let startedAt: Timestamp
        let start = ContinuousClock.now

        init(_ inquiry: any Inquiry, startedAt: Timestamp) {
            self.inquiry = inquiry
            self.startedAt = startedAt
        }

        /// Hands exchanges over in the order of the probes, so that reports do not depend on chance.
        func take(_ ended: [[Exchange]]) -> Diagnosis.Action {
            var action = Diagnosis.Action.wait
            for attempts in ended {
                for exchange in attempts.dropLast() { inquiry.note(exchange) }
                if let last = attempts.last { action = inquiry.receive(last) }
            }
            return action
        }
    }

    private func result(of progress: Progress) -> TargetResult {
        let evidence = progress.inquiry.evidence
        let (verdict, checks) = environment.judge.judge(evidence)
        return TargetResult(
            target: target, options: evidence.options, exchanges: evidence.exchanges, withheld: evidence.withheld, checks: checks,
            verdict: verdict,
            startedAt: progress.startedAt,
            duration: ContinuousClock.now - progress.start)
    }

    /// Sends probes at once; the attempts of each, in the order of the probes.
    private func send(_ probes: [Probe]) async -> [[Exchange]] {
        if probes.count == 1 { return [await attempts(probes[0])] }
        return await withTaskGroup(of: (Int, [Exchange]).self) { group in
            for index in probes.indices {
                group.addTask { (index, await self.attempts(probes[index])) }
            }
            var ended: [[Exchange]] = Array(repeating: [], count: probes.count)
            for await (index, attempts) in group {
                ended[index] = attempts
                share.giveHalfBack()
            }
            return ended
        }
    }

    /// Sends one probe until it is answered, its retries are used up, or the deadline is near.
    private func attempts(_ probe: Probe) async -> [Exchange] {
        var exchanges: [Exchange] = []
        while true {
            let startedAt = environment.clock.now()
            if probe.kind == .handshake {
                let outcome = await environment.transport.inspectCertificate(
                    of: builder.handshakeURL, over: target.route, limits: limits(of: probe))
                exchanges.append(exchange(probe, startedAt, outcome))
                return exchanges
            }
            let limits = limits(of: probe)
            let outcome =
                deadline <= .now
                ? Self.tooLate : await environment.transport.send(request(for: probe, limits), over: builder.route(for: probe))
            let exchange = exchange(probe, exchanges.count + 1, startedAt, outcome.named(within: limits, of: builder.limits(for: probe)))
            // A retry that the deadline cut off says less than the attempt before it.
            if exchange.failure?.kind == .deadline, !exchanges.isEmpty { return exchanges }
            exchanges.append(exchange)
            guard let pause = pause(after: exchanges) else { return exchanges }
            environment.observer(.retrying(target: target.name, probe: probe, pause: pause))
            do { try await Task.sleep(for: pause) } catch { return exchanges }
        }
    }

    private func pause(after exchanges: [Exchange]) -> Duration? {
        guard !Task.isCancelled, let last = exchanges.last else { return nil }
        let remaining = deadline - ContinuousClock.now
        // After a time-out only a whole new attempt can tell more.
        if last.failure?.kind == .timeout, remaining < builder.limits(for: last.probe).total { return nil }
        return environment.limits.retryPolicy.pause(after: last, remaining: remaining, jitter: .random(in: 0...1))
    }

    private static let tooLate: Result<Response, TransportFailure> = .failure(
        TransportFailure(.deadline, message: "The run's deadline passed before this request could be sent"))

    private func request(for probe: Probe, _ limits: Request.Limits) -> Request {
        var request = builder.request(for: probe)
        request.limits = limits
        return request
    }

    /// The probe's own limits, cut to what is left of the run.
    private func limits(of probe: Probe) -> Request.Limits {
        builder.limits(for: probe).cut(at: deadline)
    }

    private func exchange(_ probe: Probe, _ attempt: Int, _ startedAt: Timestamp, _ outcome: Result<Response, TransportFailure>) -> Exchange
    {
        environment.exchange(
            probe, attempt: attempt, sent: builder.sent(for: probe), to: target, readBy: reader, startedAt: startedAt, outcome)
    }

    private func exchange(_ probe: Probe, _ startedAt: Timestamp, _ outcome: Result<TLSSession, TransportFailure>) -> Exchange {
        var exchange = Exchange(probe: probe, request: builder.sent(for: probe), startedAt: startedAt, outcome: .handshake)
        switch outcome {
        case .success(let tls): exchange.connection = environment.capture.connection(Connection(tls: tls))
        case .failure(let failure): exchange.outcome = .failure(environment.capture.failure(from: failure))
        }
        exchange.reading = reader.read(exchange)
        return exchange
    }
}
