/// Sends the smallest inference request to several targets in turn, again and again, and measures how long each takes.
///
/// The rounds are interleaved (A B A B), so that what changes with time hits all alike; the first round warms up connections and
/// caches and does not count. Each target keeps one connection of its own. What is not whole at the end of the time is not counted.
public struct SampleRun: Sendable {
    private let environment: RunEnvironment
    /// What the measurements of one target may cost, in US dollars; nil where it does not matter.
    private let costLimit: Double?

    /// - Parameter costLimit: For the measurements of one target, in US dollars.
    public init(environment: RunEnvironment, costLimit: Double? = nil) {
        self.environment = environment
        self.costLimit = costLimit
    }

    /// Requests that this will send, the warm-up included.
    public static func requests(cells: Int, rounds: Int) -> Int { cells * (rounds + 1) }

    /// Measures one target by itself, after a request to warm up.
    ///
    /// - Parameter deadline: When the run ends; a request that it cut off measured nothing and is none of the samples.
    /// - Returns: Nil where no inference was served, so that there is nothing to measure.
    public func samples(of result: TargetResult, count: Int, until deadline: ContinuousClock.Instant) async -> TargetResult.Samples? {
        let kinds: [Probe.Kind] = [.streaming, .inference, .otherModel]
        guard let sampler = kinds.lazy.compactMap({ Sampler(cell: 0, result, $0, environment) }).first else { return nil }
        var samples = TargetResult.Samples()
        for round in 0...count {
            guard !Task.isCancelled, deadline > .now else { break }
            environment.observer(.sampling(round: round, of: count))
            let measured = await sampler.measure(until: deadline)
            samples.usage = samples.usage + sampler.usage(of: measured)
            guard measured.failure?.kind != .deadline, measured.failure?.kind != .cancelled else { break }
            if round > 0 { samples.times.append(LatencyComparison.Sample(measured)) }
        }
        return samples
    }

    /// Measures the targets whose inference works; none where those are fewer than two.
    ///
    /// Only like is compared with like: all are asked in one form, and whoever does not answer in it is left out, and named.
    ///
    /// - Parameters:
    ///   - results: Of the cells of a comparison, in their order; what was measured, and what that took, is noted in them.
    ///   - rounds: Measurements of each.
    ///   - deadline: When it ends; nil for a time of its own, see ``RunLimits/sampling(_:)``.
    /// - Returns: Fewer rounds where the task was cancelled, or the time was over.
    public func latency(
        of results: inout [TargetResult], rounds: Int, until deadline: ContinuousClock.Instant? = nil
    ) async -> LatencyComparison {
        var exclusions: [LatencyComparison.Exclusion] = []
        let form = SampleForm(results)
        exclusions += form.exclusions
        var samplers = form.cells.compactMap { Sampler(cell: $0, results[$0], form.kind, environment) }
        if let costLimit {
            samplers = samplers.filter { sampler in
                let reason = sampler.objection(to: rounds + 1, costLimit)
                if let reason { exclusions.append(.init(cell: sampler.cell, reason: reason)) }
                return reason == nil
            }
        }
        var latency = LatencyComparison(rounds: rounds, series: [])
        if samplers.count > 1 {
            let end = deadline ?? .now + environment.limits.sampling(Self.requests(cells: samplers.count, rounds: rounds))
            var usage = samplers.map { _ in TargetResult.Usage() }
            latency = await series(of: samplers, rounds: rounds, until: end, &usage)
            latency.requests = usage.reduce(0) { $0 + $1.requests }
            for (series, usage) in zip(latency.series, usage) {
                results[series.cell].samples = TargetResult.Samples(times: series.samples, usage: usage)
            }
        }
        latency.exclusions = exclusions
        return latency
    }

    /// - Parameter usage: What each sampler's requests took, whatever became of their round.
    private func series(
        of samplers: [Sampler], rounds: Int, until deadline: ContinuousClock.Instant, _ usage: inout [TargetResult.Usage]
    ) async -> LatencyComparison {
        var latency = LatencyComparison(
            rounds: rounds, series: samplers.map { LatencyComparison.Series(cell: $0.cell, samples: []) })
        for round in 0...rounds {
            environment.observer(.sampling(round: round, of: rounds))
            var samples: [LatencyComparison.Sample] = []
            for (index, sampler) in samplers.enumerated() {
                latency.end = Self.end(deadline)
                guard latency.end == nil else { return latency }
                let exchange = await sampler.measure(until: deadline)
                usage[index] = usage[index] + sampler.usage(of: exchange)
                samples.append(LatencyComparison.Sample(exchange))
                // What was broken off tells nothing of the service.
                guard samples.last?.total == nil else { continue }
                latency.end = Self.end(deadline)
                guard latency.end == nil else { return latency }
            }
            guard round > 0 else { continue }
            for index in samples.indices { latency.series[index].samples.append(samples[index]) }
        }
        return latency
    }

    /// What ends the measurement before its last round; nil while nothing does.
    private static func end(_ deadline: ContinuousClock.Instant) -> LatencyComparison.End? {
        Task.isCancelled ? .interrupted : deadline <= .now ? .timeOver : nil
    }
}

/// The form of request in which the cells of a comparison can be compared: all streams, or all whole answers.
struct SampleForm {
    var kind = Probe.Kind.inference
    /// Those that answer in this form.
    var cells: [Int] = []
    var exclusions: [LatencyComparison.Exclusion] = []

    init(_ results: [TargetResult]) {
        let kinds: [Probe.Kind] = [.streaming, .inference, .otherModel]
        let served = results.map { result in
            Set(result.exchanges.filter { $0.probe.place == .target && $0.reading.isHealthy }.map(\.probe.kind))
        }
        let able = served.indices.filter { !served[$0].isDisjoint(with: kinds) }
        exclusions = served.indices.filter { !able.contains($0) }.map { .init(cell: $0, reason: .noInference) }
        guard !able.isEmpty else { return }
        let counts = kinds.map { kind in able.count { served[$0].contains(kind) } }
        // The one that all have, else that of most; a stream tells more than a whole answer.
        kind = kinds[counts.firstIndex(of: able.count) ?? counts.firstIndex(of: counts.max() ?? 0) ?? 1]
        cells = able.filter { served[$0].contains(kind) }
        if kind == .otherModel {
            // Two models that were tried in place of what was asked for have different times of their own.
            let model = results[cells[0]].servedModel(.otherModel)
            cells = cells.filter { results[$0].servedModel(.otherModel) == model }
        }
        for cell in able where !cells.contains(cell) {
            exclusions.append(
                .init(cell: cell, reason: served[cell].isDisjoint(with: [.streaming, .inference]) ? .otherModel : .otherForm))
        }
        guard kind != .streaming, counts[0] > 0 else { return }
        exclusions += cells.filter { !served[$0].contains(.streaming) }.map {
            .init(cell: $0, measure: .firstToken, reason: .notStreamed)
        }
    }
}

extension TargetResult {
    fileprivate func servedModel(_ kind: Probe.Kind) -> String? {
        exchanges.last { $0.probe.kind == kind && $0.reading.isHealthy }?.probe.model
    }
}

/// Measures one target, one request at a time.
private struct Sampler {
    let cell: Int
    private let target: Target
    private let probe: Probe
    private let cost: Double?
    private let price: (String?) -> Price?
    private let builder: RequestBuilder
    private let reader: AnswerReader
    private let environment: RunEnvironment

    /// Nil where nothing of the kind was served: there is nothing to measure then.
    init?(cell: Int, _ result: TargetResult, _ kind: Probe.Kind, _ environment: RunEnvironment) {
        let served = result.exchanges.last { $0.probe.kind == kind && $0.probe.place == .target && $0.reading.isHealthy }
        guard let served else { return nil }
        self.cell = cell
        self.environment = environment
        target = result.target
        probe = served.probe
        let evidence = result.evidence
        cost = HighestCost.of(served.probe, evidence)
        price = evidence.price
        builder = RequestBuilder(target: target, limits: environment.limits, controlTail: environment.controlTail)
        reader = environment.judge.reader(for: target)
    }

    /// Why so many requests do not fit below a ceiling; nil when they do.
    func objection(to requests: Int, _ limit: Double) -> LatencyComparison.Exclusion.Reason? {
        guard let cost else { return .priceUnknown }
        return cost * Double(requests) <= limit ? nil : .overLimit
    }

    /// Sends the request once; one that would take longer than to the deadline ends with it.
    func measure(until deadline: ContinuousClock.Instant) async -> Exchange {
        var request = builder.request(for: probe)
        let full = request.limits
        request.limits = full.cut(at: deadline)
        let startedAt = environment.clock.now()
        let outcome = await environment.transport.send(request, over: builder.route(for: probe))
        return exchange(startedAt, outcome.named(within: request.limits, of: full))
    }

    private func exchange(_ startedAt: Timestamp, _ outcome: Result<Response, TransportFailure>) -> Exchange {
        environment.exchange(probe, sent: builder.sent(for: probe), to: target, readBy: reader, startedAt: startedAt, outcome)
    }

    func usage(of exchange: Exchange) -> TargetResult.Usage { TargetResult.Usage(of: [exchange], price: price) }
}

extension LatencyComparison.Sample {
    /// What a request measured: nothing where it failed.
    fileprivate init(_ exchange: Exchange) {
        self.init()
        guard exchange.reading.isHealthy, let answer = exchange.answer else { return }
        total = exchange.timings.total - (exchange.timings.pretransfer ?? .zero)
        firstToken = answer.facts.stream?.firstToken
    }
}
