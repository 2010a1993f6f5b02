/// Sends the smallest inference request to several targets in turn, again and again, and measures how long each takes.
///
/// The rounds are interleaved (A B A B), so that what changes with time hits all alike; the first round warms up connections and
/// caches and does not count. Each target keeps one connection of its own.
public struct SampleRun: Sendable {
    private let environment: RunEnvironment

    public init(environment: RunEnvironment) {
        self.environment = environment
    }

    /// Requests that this will send, the warm-up included.
    public static func requests(cells: Int, rounds: Int) -> Int { cells * (rounds + 1) }

    /// Measures one target by itself, after a request to warm up.
    ///
    /// - Returns: Nil where no inference was served, so that there is nothing to measure.
    public func samples(of result: TargetResult, count: Int) async -> [LatencyComparison.Sample]? {
        guard let sampler = Sampler(cell: 0, result, environment) else { return nil }
        var samples: [LatencyComparison.Sample] = []
        for round in 0...count {
            guard !Task.isCancelled else { break }
            environment.observer(.sampling(round: round, of: count))
            let sample = await sampler.sample()
            if round > 0 { samples.append(sample) }
        }
        return samples
    }

    /// Measures the targets whose inference works; none where those are fewer than two.
    ///
    /// - Parameters:
    ///   - results: Of the cells of a comparison, in their order.
    ///   - rounds: Measurements of each.
    /// - Returns: Fewer rounds where the task was cancelled.
    public func latency(of results: [TargetResult], rounds: Int) async -> LatencyComparison {
        let samplers = results.enumerated().compactMap { Sampler(cell: $0, $1, environment) }
        guard samplers.count > 1 else { return LatencyComparison(rounds: rounds, series: []) }
        var series = samplers.map { LatencyComparison.Series(cell: $0.cell, samples: []) }
        for round in 0...rounds {
            environment.observer(.sampling(round: round, of: rounds))
            var samples: [LatencyComparison.Sample] = []
            for sampler in samplers {
                guard !Task.isCancelled else { return LatencyComparison(rounds: rounds, series: series) }
                samples.append(await sampler.sample())
            }
            guard round > 0 else { continue }
            for index in samples.indices { series[index].samples.append(samples[index]) }
        }
        return LatencyComparison(rounds: rounds, series: series)
    }
}

/// Measures one target, one request at a time.
private struct Sampler {
    let cell: Int
    private let target: Target
    private let probe: Probe
    private let builder: RequestBuilder
    private let reader: AnswerReader
    private let environment: RunEnvironment

    /// Nil where no inference was served: there is nothing to measure then.
    init?(cell: Int, _ result: TargetResult, _ environment: RunEnvironment) {
        let healthy = result.exchanges.filter { $0.probe.place == .target && $0.reading.isHealthy }
        // Where the check asked for a stream, streams are measured: they tell the time to the first token, too.
        let kinds: [Probe.Kind] = [.streaming, .inference, .otherModel]
        guard let served = kinds.lazy.compactMap({ kind in healthy.last { $0.probe.kind == kind } }).first else { return nil }
        self.cell = cell
        self.environment = environment
        target = result.target
        probe = served.probe
        builder = RequestBuilder(target: target, limits: environment.limits, controlTail: environment.controlTail)
        reader = environment.judge.reader(for: target)
    }

    func sample() async -> LatencyComparison.Sample {
        guard case .success(let response) = await environment.transport.send(builder.request(for: probe), over: builder.route(for: probe))
        else { return LatencyComparison.Sample() }
        var exchange = Exchange(
            probe: probe, request: builder.sent(for: probe), startedAt: environment.clock.now(),
            outcome: .answer(environment.capture.answer(from: response, probe: probe, target: target)))
        exchange.reading = reader.read(exchange)
        guard exchange.reading.isHealthy else { return LatencyComparison.Sample() }
        return LatencyComparison.Sample(
            total: response.timings.total - (response.timings.pretransfer ?? .zero), firstToken: exchange.answer?.facts.stream?.firstToken)
    }
}
