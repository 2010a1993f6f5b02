/// Checks one target: carries out what its diagnosis asks for.
struct TargetRun: Sendable {
    let target: Target
    let options: Diagnosis.Options
    let limits: RunLimits
    let transport: any Transport
    let capture: Capture
    let judge: Judge
    let clock: RunClock
    let observer: @Sendable (RunEvent) -> Void

    func run(until deadline: ContinuousClock.Instant) async -> TargetResult {
        let (startedAt, start) = (clock.now(), ContinuousClock.now)
        var diagnosis = Diagnosis(target: target, options: options)
        let builder = RequestBuilder(target: target, limits: limits, controlTail: clock.randomTail())
        var action = diagnosis.start()
        while case .send(let probes) = action {
            observer(.asking(target: target.name, probes: probes))
            action = await send(probes, builder, &diagnosis, until: deadline)
        }
        let (verdict, checks) = judge.judge(diagnosis)
        let result = TargetResult(
            target: target, exchanges: diagnosis.evidence.exchanges, checks: checks, verdict: verdict, startedAt: startedAt, duration: ContinuousClock.now - start)
        observer(.finished(result))
        return result
    }

    /// Sends probes at once and hands their exchanges over in the order of the probes, so that reports do not depend on chance.
    private func send(
        _ probes: [Probe], _ builder: RequestBuilder, _ diagnosis: inout Diagnosis, until deadline: ContinuousClock.Instant
    ) async -> Diagnosis.Action {
        let reader = judge.reader(for: target)
        let ended = await withTaskGroup(of: (Int, [Exchange]).self) { group in
            for (index, probe) in probes.enumerated() {
                group.addTask { (index, await attempts(probe, builder, reader, until: deadline)) }
            }
            var ended: [[Exchange]] = Array(repeating: [], count: probes.count)
            for await (index, attempts) in group { ended[index] = attempts }
            return ended
        }
        var action = Diagnosis.Action.wait
        for attempts in ended {
            for exchange in attempts.dropLast() { diagnosis.note(exchange) }
            if let last = attempts.last { action = diagnosis.receive(last) }
        }
        return action
    }

    /// Sends one probe until it is answered, its retries are used up, or the deadline is near.
    private func attempts(_ probe: Probe, _ builder: RequestBuilder, _ reader: AnswerReader, until deadline: ContinuousClock.Instant) async -> [Exchange] {
        let policy = RetryPolicy(limit: limits.retries)
        var exchanges: [Exchange] = []
        while true {
            var exchange = await attempt(probe, number: exchanges.count + 1, builder, until: deadline)
            exchange.reading = reader.read(exchange)
            exchanges.append(exchange)
            let remaining = deadline - ContinuousClock.now
            guard !Task.isCancelled, let pause = policy.pause(after: exchange, remaining: remaining, jitter: .random(in: 0...1)) else { return exchanges }
            observer(.retrying(target: target.name, probe: probe, pause: pause))
            do { try await Task.sleep(for: pause) } catch { return exchanges }
        }
    }

    private func attempt(_ probe: Probe, number: Int, _ builder: RequestBuilder, until deadline: ContinuousClock.Instant) async -> Exchange {
        var request = builder.request(for: probe)
        let remaining = max(.milliseconds(1), deadline - ContinuousClock.now)
        request.limits.total = min(request.limits.total, remaining)
        request.limits.connect = min(request.limits.connect, remaining)
        let startedAt = clock.now()
        var exchange = Exchange(
            probe: probe, attempt: number, request: builder.sent(request, for: probe), startedAt: startedAt, outcome: .handshake)
        if probe.kind == .handshake {
            switch await transport.inspectCertificate(of: request.url, over: target.route, limits: request.limits) {
            case .success(let tls): exchange.connection = capture.connection(Connection(tls: tls))
            case .failure(let failure): exchange.outcome = .failure(capture.failure(from: failure))
            }
            return exchange
        }
        switch await transport.send(request, over: target.route) {
        case .success(let response):
            exchange.outcome = .answer(capture.answer(from: response, probe: probe, target: target))
            exchange.timings = response.timings
            exchange.connection = capture.connection(response.connection)
        case .failure(let failure):
            exchange.outcome = .failure(capture.failure(from: failure))
            exchange.timings = failure.timings
            exchange.connection = capture.connection(failure.connection)
        }
        return exchange
    }
}
