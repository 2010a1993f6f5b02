import Foundation
import SondeSimulator
import Testing

/// What a run costs and may cost, with the built tool. The gateway lists its prices: 256 and 16 tokens of the model are 0.0000712 USD.
struct CostTests {
    private func usage(_ user: User) throws -> [String: Any] {
        let bytes = try #require(user.bytes(of: "report.json"))
        let report = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        return try #require((report["targets"] as? [[String: Any]])?.first)
    }

    @Test func `the cost of the run is in the report and on the screen`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let user = try User()
        let check = try await user.checks(service, vendor: "vercel")
        #expect(check.report.targets[0].check("billing")?.summary.hasSuffix("this run cost 0.0000028 USD") == true)
        let cost = try #require((usage(user)["usage"] as? [String: Any])?["cost_usd"] as? Double)
        #expect(abs(cost - 0.00000285) < 1e-12)
    }

    @Test func `where no price is known the cost is unknown, and limits are told`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let user = try User()
        let check = try await user.checks(service, vendor: "openai")
        let said = try #require(check.report.targets[0].check("billing")?.summary)
        #expect(said.contains("rate limits: 499 of 500 requests, 199992 of 200000 tokens left; what this run cost is unknown"))
        #expect(try (usage(user)["usage"] as? [String: Any])?["cost_usd"] == nil)
        let limits = try #require(usage(user)["rate_limits"] as? [[String: Any]])
        #expect(limits.map { $0["of"] as? String } == ["requests", "tokens"])
        #expect(limits[0]["remaining"] as? Int == 499)
        #expect(limits[0]["reset_ms"] as? Int == 120)
    }

    @Test func `below a ceiling that fits everything is as usual`() async throws {
        let check = try await User().checks("healthy", "--max-cost", "0.001", vendor: "vercel")
        #expect(check.finished.status == 0)
        #expect(check.verdict.cause == "healthy")
        #expect(check.requests.map(\.line).sorted() == ["GET /v1/credits", "GET /v1/models", "POST /v1/chat/completions"])
    }

    @Test func `what could cost more is not sent, and the status says that it was refused`() async throws {
        // Three attempts may each be charged for.
        let check = try await User().checks("healthy", "--max-cost", "0.0002", vendor: "vercel")
        #expect(check.finished.status == 2)
        #expect(!check.requests.contains { $0.method == "POST" })
        #expect(check.verdict.reason == "over_cost_limit")
        #expect(check.prose.contains("not sent: it could cost 0.00021 USD, more than --max-cost allows"))
        #expect(check.finished.text.contains("refused for the price (exit 2)"))
        #expect(try await User().checks("healthy", "--max-cost", "0.0002", "--retry", "0", vendor: "vercel").finished.status == 0)
    }

    @Test func `a price that is in no list is refused beforehand`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await User().runs(
            ["check", service.baseURL, "--vendor", "openai", "--model", "gpt-5.4-nano", "--key", "env:K", "--max-cost", "1"],
            with: ["K": #require(service.scenario.callers.first { $0.vendor == "openai" }?.key)])
        #expect(run.status == 2)
        #expect(run.errorText.contains("is not known"))
        #expect(service.requests.isEmpty)
        let free = try await User().checks("healthy", "--max-cost", "0", "--no-inference", vendor: "openai")
        #expect(free.finished.status == 0)
    }

    @Test func `several targets share the ceiling`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let arguments = [
            "check", service.baseURL, service.baseURL, "--vendor", "vercel", "--model", "openai/gpt-5.4-nano", "--key", "env:K", "--retry",
            "0",
            "--max-cost",
        ]
        #expect(try await User().runs(arguments + ["0.0001"], with: ["K": Scenario.gatewayKey]).status == 2)
        #expect(try await User().runs(arguments + ["0.00015"], with: ["K": Scenario.gatewayKey]).status == 0)
    }
}
