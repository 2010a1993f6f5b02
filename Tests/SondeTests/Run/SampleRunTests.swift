import SondeJSON
import Synchronization
import TestSupport
import Testing

@testable import Sonde

/// What measuring sends, and what it holds back.
@Suite struct SampleRunTests {
    /// Answers every request, or none, and counts them.
    private final class CountingTransport: Transport {
        let count = Mutex(0)
        private let answers: Bool
        private let limit: Int?

        /// - Parameter limit: The request with which the task that sends them is cancelled.
        init(answers: Bool = true, stopsAfter limit: Int? = nil) {
            self.answers = answers
            self.limit = limit
        }

        func send(_ request: Request, over route: Route) async -> Result<Response, TransportFailure> {
            let count = count.withLock { count in
                count += 1
                return count
            }
            // The task is that of the caller, which lives as long as this call.
            if count == limit { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
            guard answers else { return .failure(TransportFailure(.timeout, message: "late")) }
            let body = #"{"model":"small-1","choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}"#
            var response = Response(
                status: 200, headers: Headers([HeaderField("content-type", "application/json")]), body: Array(body.utf8))
            response.timings.total = .milliseconds(20)
            return .success(response)
        }

        func inspectCertificate(
            of url: String, over route: Route, limits: Request.Limits
        ) async -> Result<TLSSession, TransportFailure> { .failure(TransportFailure(.connect, message: "none")) }
    }

    /// Two cells that were served; a request costs at most 256 tokens in and 16 out at these prices: 0.000288 USD.
    private func results(hasPrice: Bool) throws -> [TargetResult] {
        let price: JSON = [
            "model": "small-1", "input_usd_per_million": 1, "output_usd_per_million": 2, "date": "2026-11-20",
            "source": "https://sample.test",
        ]
        let prices: [String: JSON] = hasPrice ? ["prices": .array([price])] : [:]
        return try (0..<2).map { _ in
            let target = try Sample.target(prices, model: "small-1")
            let run = try Rehearsal(target) { probe, _ in
                probe.endpoint == .models ? .models("small-1") : probe.endpoint == .key ? .json(200, ["balance": 5]) : .completion()
            }
            return TargetResult(
                target: target, exchanges: run.exchanges, checks: run.checks, verdict: run.verdict, startedAt: Timestamp(seconds: 0),
                duration: .zero)
        }
    }

    private func latency(
        _ results: [TargetResult], _ transport: CountingTransport, rounds: Int = 7, limit: Double?, sampling: Duration? = nil
    ) async throws -> LatencyComparison {
        var results = results
        return try await latency(&results, transport, rounds: rounds, limit: limit, sampling: sampling)
    }

    private func latency(
        _ results: inout [TargetResult], _ transport: CountingTransport, rounds: Int = 7, limit: Double? = nil, sampling: Duration? = nil,
        until deadline: ContinuousClock.Instant? = nil
    ) async throws -> LatencyComparison {
        var limits = RunLimits()
        limits.sampling = sampling
        let environment = RunEnvironment(
            limits: limits, transport: transport, capture: Capture(redactor: Redactor(secrets: [])),
            judge: try Judge(vendors: results.map(\.target.vendor)), clock: RunClock(now: { Timestamp(seconds: 0) }))
        return await SampleRun(environment: environment, costLimit: limit).latency(
            of: &results, rounds: rounds, until: deadline)
    }

    @Test func `without a ceiling every round is sent`() async throws {
        let transport = CountingTransport()
        let latency = try await latency(results(hasPrice: false), transport, limit: nil)
        #expect(transport.count.withLock(\.self) == 16)
        #expect(latency.series.map(\.samples.count) == [7, 7])
        #expect(latency.exclusions.isEmpty && latency.end == nil && !latency.isRefusedForPrice)
    }

    @Test(arguments: [(true, 0.0024, nil), (true, 0.0022, .overLimit), (false, 1, .priceUnknown)] as [(Bool, Double, Refusal?)])
    func `what could cost more, or anything, is not sent`(hasPrice: Bool, limit: Double, refusal: Refusal?) async throws {
        let transport = CountingTransport()
        let latency = try await latency(results(hasPrice: hasPrice), transport, limit: limit)
        #expect(latency.exclusions.map(\.reason) == (refusal.map { [$0, $0] } ?? []))
        #expect(latency.isRefusedForPrice == (refusal != nil))
        #expect(transport.count.withLock(\.self) == (refusal == nil ? 16 : 0))
    }

    @Test func `when the time is over nothing more is sent`() async throws {
        let transport = CountingTransport()
        let latency = try await latency(results(hasPrice: false), transport, limit: nil, sampling: .zero)
        #expect(transport.count.withLock(\.self) == 0)
        #expect(latency.end == .timeOver && latency.series.map(\.samples.count) == [0, 0])
    }

    @Test func `a run that may not wait ends the measurement with itself`() async throws {
        var results = try results(hasPrice: false)
        let transport = CountingTransport()
        let latency = try await latency(&results, transport, sampling: .seconds(60), until: .now)
        #expect(transport.count.withLock(\.self) == 0 && latency.requests == 0)
        #expect(latency.end == .timeOver)
    }

    @Test func `what measuring took is part of each target's usage`() async throws {
        var results = try results(hasPrice: true)
        let before = results.map(\.usage.requests)
        let transport = CountingTransport()
        let latency = try await latency(&results, transport)
        #expect(results.map(\.usage.requests) == before.map { $0 + 8 })
        #expect(latency.requests == 16 && transport.count.withLock(\.self) == 16)
        #expect(results.map { $0.samples?.times } == latency.series.map(\.samples))
    }

    @Test(arguments: [1, 3, 4]) func `requests are counted as they are sent, those of a round that is cut short included`(sent: Int)
        async throws
    {
        let results = try results(hasPrice: false)
        // In a task of its own, since the transport ends the one that it is called in.
        let task = Task { () async throws -> (measured: LatencyComparison, requests: [Int]) in
            var results = results
            let measured = try await self.latency(&results, CountingTransport(stopsAfter: sent))
            return (measured, results.map { $0.samples?.usage.requests ?? 0 })
        }
        let (measured, requests) = try await task.value
        #expect(measured.end == .interrupted && measured.requests == sent)
        #expect(requests == [sent - sent / 2, sent / 2])
    }

    @Test func `a failed request is a failed sample while there is time`() async throws {
        let latency = try await latency(results(hasPrice: false), CountingTransport(answers: false), rounds: 3, limit: nil)
        #expect(latency.end == nil && latency.series.map(\.failures) == [3, 3])
    }

    typealias Refusal = LatencyComparison.Exclusion.Reason
}
