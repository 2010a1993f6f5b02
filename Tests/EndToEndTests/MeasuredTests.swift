import Foundation
import SondeSimulator
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Measurements of `sonde compare --samples`: bounded in time and price, and like with like.
struct MeasuredTests {
    private struct Document: Decodable {
        struct Target: Decodable {
            struct Usage: Decodable { var requests: Int }
            var usage: Usage
        }
        struct Comparison: Decodable { var latency: Latency }
        struct Latency: Decodable {
            struct Series: Decodable { var total_ms: [Double?]; var first_token_ms: [Double?]? }
            struct Difference: Decodable { var measure: String }
            struct Exclusion: Decodable, Equatable { var cell: Int; var measure: String?; var reason: String }
            var requests: Int
            var series: [Series]
            var differences: [Difference]
            var not_compared: [Exclusion]?
            var ended_by: String?
        }
        var comparison: Comparison
        var targets: [Target]
    }

    private func latency(_ user: User) throws -> Document.Latency {
        try JSONDecoder().decode(Document.self, from: Data(#require(user.bytes(of: "report.json")))).comparison.latency
    }

    private func arguments(_ service: Simulator, _ options: [String]) -> [String] {
        [
            "compare", service.baseURL, "--vendor", "openai", "--model", "gpt-5.4-nano", "--key", "env:SERVICE_KEY", "-o",
            "json=report.json", "--retry", "0",
        ] + options
    }

    private let variables = ["SERVICE_KEY": ComparedServices.key]

    /// Serves so many inference requests, and then none.
    private func stallingService(after count: Int) throws -> Simulator {
        try Simulator.start(
            scenario: ComparedServices.scenario(
                "stalls",
                [
                    [
                        "method": "POST", "path": "/v1/chat/completions", "when": ["call": "\(count + 1)-1000000"],
                        "answer": ["fault": ["kind": "stall", "at": "start"]],
                    ]
                ]))
    }

    /// Two for the checks, two to warm up, and then seven rounds of two and a half.
    private static let sevenRounds = 2 + 2 + 14 + 1

    @Test func `an interrupted measurement reports the rounds that are whole`() async throws {
        let user = try User()
        let service = try stallingService(after: Self.sevenRounds)
        defer { service.stop() }
        let tool = try user.starts(
            arguments(service, ["--route", "direct", "--route", "ipv4", "--samples", "20"]), with: variables)
        let limit = ContinuousClock.now + .seconds(30)
        while service.requests.count(where: { $0.method == "POST" }) <= Self.sevenRounds, ContinuousClock.now < limit { await Task.yield() }
        tool.signal(SIGINT)
        let run = await tool.finished()
        #expect(run.status == 130)
        let latency = try latency(user)
        #expect(latency.series.map(\.total_ms.count) == [7, 7])
        #expect(latency.series.allSatisfy { $0.total_ms.allSatisfy { $0 != nil } })
        #expect(latency.ended_by == "interrupted")
        #expect(run.text.unwrapped.contains("7 of 20 rounds in turn, after one to warm up, then interrupted"))
        #expect(run.text.contains("median") && run.text.contains("exit 130"))
    }

    @Test func `a measurement ends with its time, which is said before`() async throws {
        let user = try User()
        let service = try stallingService(after: Self.sevenRounds)
        defer { service.stop() }
        let run = try await user.runs(
            arguments(service, ["--route", "direct", "--route", "ipv4", "--samples", "20", "--deadline", "2"]), with: variables)
        #expect(run.status == 0)
        #expect(run.errorText.unwrapped.contains("Measuring sends up to 42 paid requests more"))
        #expect(run.errorText.unwrapped.contains("It ends after 2 s at the latest (--deadline)."))
        let latency = try latency(user)
        #expect(latency.series.map(\.total_ms.count) == [7, 7])
        #expect(latency.ended_by == "time_over")
        // Two requests for inference were checks, and what was sent in the round that was cut short counts, too.
        let sent = service.requests.count { $0.method == "POST" } - 2
        #expect(latency.requests == sent && sent == Self.sevenRounds - 1)
        let usage = try JSONDecoder().decode(Document.self, from: Data(#require(user.bytes(of: "report.json")))).targets.map(\.usage)
        #expect(usage.reduce(0) { $0 + $1.requests } == service.requests.count)
        let page = try await user.runs("render", "report.json", "--format", "markdown").text
        #expect(page.contains("7 of 20 rounds in turn") && page.contains("ended when its time was over"))
        #expect(run.text.unwrapped.contains("ended when its time was over"))
        let planned = try await user.runs(
            arguments(service, ["--route", "direct", "--route", "ipv4", "--samples", "50", "--dry-run"]), with: variables)
        #expect(
            planned.text.unwrapped.contains("102 paid requests more") && planned.text.unwrapped.contains("after 5 min 6 s at the latest"))
    }

    @Test func `streams are not compared with whole answers`() async throws {
        let user = try User()
        let chunk: [String: Any] = [
            "id": "chatcmpl-1", "object": "chat.completion.chunk", "model": "gpt-5.4-nano",
            "choices": [["index": 0, "delta": ["content": "One, "], "finish_reason": NSNull()] as [String: Any]],
        ]
        let service = try Simulator.start(
            scenario: ComparedServices.scenario(
                "cuts",
                [
                    [
                        "method": "POST", "path": "/v1/chat/completions", "when": ["stream": true, "source": "127.0.0.3"] as [String: Any],
                        "answer": ["events": [["data": chunk]]],
                    ]
                ]))
        defer { service.stop() }
        let run = try await user.runs(
            arguments(
                service,
                ["--route", "interface=127.0.0.2", "--route", "interface=127.0.0.3", "--with", "streaming", "--samples", "6"]),
            with: variables)
        #expect(run.status == 5)
        let latency = try latency(user)
        #expect(latency.series.map(\.total_ms.count) == [6, 6])
        #expect(latency.series.allSatisfy { $0.first_token_ms == nil })
        #expect(latency.differences.map(\.measure) == ["total"])
        #expect(latency.not_compared == [.init(cell: 1, measure: "first_token", reason: "not_streamed")])
        #expect(
            run.text.unwrapped.contains(
                "Time to first token not compared: 127.0.0.1:\(service.port) over interface=127.0.0.3, whose stream failed"))
        // After the checks nothing was streamed any more.
        let asked = service.requests.filter { $0.method == "POST" }.suffix(14)
        #expect(asked.allSatisfy { !String(decoding: $0.body, as: UTF8.self).contains("\"stream\"") })
    }

    @Test func `a monitoring system does not wait for measurements`() async throws {
        let user = try User()
        let service = try stallingService(after: Self.sevenRounds)
        defer { service.stop() }
        let start = ContinuousClock.now
        let run = try await user.runs(
            arguments(service, ["--route", "direct", "--route", "ipv4", "--samples", "20", "--format", "nagios"]), with: variables)
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(run.status == 0 && run.text.hasPrefix("SONDE OK: 2 targets: 2 OK"), "\(run.text)")
        #expect(run.errorText.unwrapped.contains("It ends with the run, 9 s after its start (--deadline)."))
        #expect(try latency(user).ended_by == "time_over")
    }

    @Test func `no difference is told with the size that would have shown`() async throws {
        let user = try User()
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await user.runs(
            arguments(service, ["--route", "direct", "--route", "ipv4", "--samples", "20"]), with: variables)
        let text = run.text.unwrapped
        #expect(
            text.contains("No difference found between") && text.contains("would have shown (95 % interval")
                || text.contains("too small to matter (95 % interval"), "\(text)")
    }

    // MARK: Price

    /// The gateway lists its prices: one request is 0.0000712 USD at most.
    private func run(_ user: User, _ service: Simulator, _ options: String...) async throws -> Finished {
        try await user.runs(
            [
                "compare", service.baseURL, "--vendor", "vercel", "--model", "openai/gpt-5.4-nano", "--key", "env:GATE", "--route",
                "direct", "--route", "ipv4", "--retry", "0", "-o", "json=report.json",
            ] + options, with: ["GATE": Scenario.gatewayKey])
    }

    @Test(arguments: [("0.00016", true), ("0.00013", false)])
    func `all combinations share the ceiling`(ceiling: String, fits: Bool) async throws {
        let (user, service) = (try User(), try Simulator.start(scenario: #require(Scenario.builtIn("healthy"))))
        defer { service.stop() }
        let run = try await run(user, service, "--max-cost", ceiling)
        #expect(run.status == (fits ? 0 : 2))
        #expect(service.requests.count { $0.method == "POST" } == (fits ? 2 : 0))
    }

    @Test(arguments: [("0.0012", true), ("0.0011", false)])
    func `measurements count, too`(ceiling: String, fits: Bool) async throws {
        let (user, service) = (try User(), try Simulator.start(scenario: #require(Scenario.builtIn("healthy"))))
        defer { service.stop() }
        // Two combinations, a check, a warm-up and six rounds each: sixteen requests, 0.00114 USD.
        let run = try await run(user, service, "--max-cost", ceiling, "--samples", "6")
        #expect(run.status == (fits ? 0 : 2))
        #expect(service.requests.count { $0.method == "POST" } == (fits ? 16 : 0))
        if !fits { #expect(run.text.contains("refused for the price (exit 2)")) }
    }

    @Test func `a price that is in no list is refused beforehand`() async throws {
        let (user, service) = (try User(), try Simulator.start(scenario: #require(Scenario.builtIn("healthy"))))
        defer { service.stop() }
        let run = try await user.runs(
            arguments(service, ["--route", "direct", "--route", "ipv4", "--max-cost", "1"]), with: variables)
        #expect(run.status == 2)
        #expect(run.errorText.contains("is not known") && service.requests.isEmpty)
        let merged = try await user.runs("compare", "--from", "a", "--from", "b", "--max-cost", "1")
        #expect(merged.status == 2 && merged.errorText.contains("'--max-cost' has no meaning"))
    }
}
