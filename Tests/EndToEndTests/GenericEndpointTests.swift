import Foundation
import SondeSimulator
import Testing

/// Any base URL that speaks the common dialect.
struct GenericEndpointTests {
    @Test func `a server that ignores keys is healthy, and nothing is claimed about the key`() async throws {
        let check = try await User().checks("key-ignored")
        #expect(check.finished.status == 0)
        #expect(check.verdict.cause == "healthy")
        #expect(check.report.targets[0].check("auth")?.outcome == "skip")
        #expect(check.report.targets[0].check("inference")?.outcome == "pass")
        #expect(check.requests.allSatisfy { $0.credential == nil })
        #expect(check.requests.count == 2)
    }

    @Test func `a key that such a server was sent is accepted, not proven`() async throws {
        let check = try await User().checks("key-ignored", key: "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f")
        #expect(check.finished.status == 0)
        #expect(check.verdict.cause == "healthy")
        #expect(check.report.targets[0].check("auth")?.outcome == "skip")
        #expect(check.prose.contains("accepted, not proven"))
        #expect(check.requests.allSatisfy { $0.credential?.contains("SONDE0CONTROL") == false })
    }

    @Test func `a made-up key on demand shows that keys are ignored`() async throws {
        let check = try await User().checks("key-ignored", "--prove-key", key: "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f")
        #expect(check.verdict.cause == "healthy")
        #expect(check.requests.count { $0.credential?.contains("SONDE0CONTROL") == true } == 1)
        #expect(check.report.targets[0].check("auth")?.outcome != "pass")
    }

    @Test func `the model is found in the list when none is named`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("key-ignored")))
        defer { service.stop() }
        let run = try await User().runs("check", service.baseURL)
        #expect(run.status == 0)
        #expect(run.text.contains("Verdict: healthy"))
        #expect(service.requests.map(\.line) == ["GET /v1/models", "POST /v1/chat/completions"])
    }

    @Test func `a server that wants a key says so to whoever has none, and does not call it rejected`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let user = try User()
        let run = try await user.runs("check", service.baseURL, "-o", "json=report.json")
        #expect(run.status == 1)
        let verdict = try ReportFacts(#require(user.bytes(of: "report.json"))).targets[0].verdict
        #expect(verdict.cause == "key_missing")
        #expect(verdict.reason == "key_not_sent")
        #expect(run.text.unwrapped.contains("--key env:NAME"))
        #expect(service.requests.allSatisfy { $0.credential == nil })
    }

    @Test func `without inference nothing is healthy`() async throws {
        let check = try await User().checks("key-ignored", "--no-inference")
        #expect(check.finished.status == 3)
        #expect(check.verdict.cause == "inconclusive")
        #expect(check.verdict.reason == "inference_not_tested")
        #expect(check.requests.map(\.line) == ["GET /v1/models"])
    }

    @Test func `a failure that a repetition mends passes as a warning`() async throws {
        let check = try await User().checks(Simulator.start(scenario: .overloadedAtFirst))
        #expect(check.finished.status == 0)
        #expect(check.verdict.cause == "healthy")
        #expect(check.report.outcome == "warn")
        #expect(check.prose.contains("attempt 2"))
        #expect(check.report.targets[0].check("inference")?.outcome == "warn")
        #expect(check.requests.count { $0.method == "POST" } == 2)
        let strict = try await User().checks(Simulator.start(scenario: .overloadedAtFirst), "--fail-on", "warn")
        #expect(strict.finished.status == 1)
    }
}

extension Scenario {
    /// The first inference request gets 503.
    fileprivate static var overloadedAtFirst: Scenario {
        get throws {
            let overloaded = ["error": ["message": "The server is overloaded or not ready yet.", "type": "server_error"]]
            return try Scenario([
                "name": "overloaded-at-first", "summary": "Overloaded at first.", "vendor": "openai-compatible", "base_path": "/v1",
                "key": "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f",
                "model": "llama-3.1-8b-instruct", "expect": "healthy", "otherwise": "healthy",
                "routes": [["method": "POST", "path": "*", "when": ["call": 1], "answer": ["status": 503, "body": overloaded]]],
            ])
        }
    }
}
