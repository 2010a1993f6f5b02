import SondeSimulator
import TestSupport
import Testing

/// A key goes nowhere its owner did not mean.
struct KeyBindingTests {
    @Test func `a vendor's key is not sent to another host, and the option that would is named`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await User().runs(
            ["check", service.baseURL, "--vendor", "vercel"], with: ["AI_GATEWAY_API_KEY": KeyHygieneTests.Mistake.key])
        #expect(run.status == 1)
        #expect(service.requests.allSatisfy { $0.credential == nil })
        #expect(run.text.contains("Verdict: key_missing"))
        #expect(run.text.unwrapped.contains("was not sent to http://127.0.0.1:\(service.port)"))
        #expect(run.text.unwrapped.contains("--key env:AI_GATEWAY_API_KEY"))
    }

    @Test func `no key of any vendor goes to an address that nobody claims`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("key-ignored")))
        defer { service.stop() }
        let run = try await User().runs(
            ["check", service.baseURL],
            with: ["AI_GATEWAY_API_KEY": KeyHygieneTests.Mistake.key, "OPENAI_API_KEY": "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5"])
        #expect(run.status == 0)
        #expect(!service.requests.isEmpty)
        #expect(service.requests.allSatisfy { request in request.headers.allSatisfy { !$0.value.contains("DEMO") } })
    }

    @Test func `a base URL in a variable is obeyed and shown, and the key stays here`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let variables = ["OPENAI_API_KEY": "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5", "OPENAI_BASE_URL": service.baseURL]
        let run = try await User().runs(["check", "openai"], with: variables)
        #expect(run.status == 1)
        #expect(service.requests.allSatisfy { $0.credential == nil })
        #expect(run.text.contains("OPENAI_BASE_URL"))
        #expect(run.text.unwrapped.contains("--key env:OPENAI_API_KEY"))
    }

    @Test func `the option that was named sends it`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await User().runs(
            ["check", service.baseURL, "--vendor", "vercel", "--key", "env:AI_GATEWAY_API_KEY"],
            with: ["AI_GATEWAY_API_KEY": KeyHygieneTests.Mistake.key])
        #expect(run.status == 0)
        #expect(service.requests.contains { $0.credential == "Bearer \(KeyHygieneTests.Mistake.key)" })
    }

    @Test func `one key is not sent to two services`() async throws {
        let services = try (0..<2).map { _ in try Simulator.start(scenario: #require(Scenario.builtIn("healthy"))) }
        defer { for service in services { service.stop() } }
        let run = try await User().runs(
            ["check"] + services.map(\.baseURL) + ["--vendor", "vercel", "--key", "env:SERVICE_KEY"],
            with: ["SERVICE_KEY": KeyHygieneTests.Mistake.key])
        #expect(run.status == 2)
        #expect(services.allSatisfy { $0.requests.isEmpty })
        #expect(run.errorText.unwrapped.contains("would send the key to all of them"))
    }

    @Test func `plain http to another machine is refused before anything is sent`() async throws {
        let proxy = try ScriptedServer([.readRequest, .close])
        let run = try await User().runs(
            ["check", "http://llm.example.com/v1", "--key", "env:SERVICE_KEY"],
            with: ["SERVICE_KEY": "key-DEMO5rT8wQ2zN6vH9bL3", "http_proxy": proxy.url("")])
        #expect(run.status == 1)
        #expect(proxy.connectionCount == 0)
        #expect(run.text.unwrapped.contains("--allow-http"))
    }

    @Test func `a redirect to another origin is not followed, and both origins are named`() async throws {
        let other = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { other.stop() }
        let first = try Simulator.start(scenario: .redirect(to: "http://127.0.0.1:\(other.port)"))
        defer { first.stop() }
        let check = try await User().checks(first)
        #expect(other.requests.isEmpty)
        #expect(!first.requests.isEmpty)
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "wrong_endpoint")
        #expect(check.verdict.reason == "redirected")
        #expect(check.prose.contains("http://127.0.0.1:\(first.port)"))
        #expect(check.prose.contains("http://127.0.0.1:\(other.port)"))
        #expect(check.verdict.summary.contains("the key was not sent there"))
    }
}

extension Scenario {
    /// Sends every request on to the same path at another origin.
    static func redirect(to origin: String) throws -> Scenario {
        try Scenario([
            "name": "sent-on", "summary": "Sent on.", "vendor": "openai-compatible", "base_path": "/v1",
            "key": "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f",
            "model": "llama-3.1-8b-instruct", "expect": "wrong_endpoint",
            "routes": [["path": "*", "answer": ["status": 307, "headers": ["Location": "\(origin){path}"]]]],
        ])
    }
}
