import Foundation
import SondeSimulator
import Testing

/// `sonde gate`, as a pipeline runs it.
struct GateTests {
    private static let key = Scenario.gatewayKey

    /// A profile with a target for each scenario, checked as the gateway.
    private func gate(
        _ scenarios: [String], policy: String? = nil, _ options: String..., key: String? = Self.key
    ) async throws -> (run: Finished, user: User) {
        let user = try User()
        let simulators = try scenarios.map { try Simulator.start(scenario: #require(Scenario.builtIn($0))) }
        defer { for simulator in simulators { simulator.stop() } }
        let targets = zip("abc", simulators).map { name, simulator in
            #"{"name": "\#(name)", "vendor": "vercel", "base_url": "\#(simulator.baseURL)", "model": "openai/gpt-5.4-nano", "key": "env:CI_KEY"}"#
        }
        let policy = policy.map { ", \"policy\": \($0)" } ?? ""
        try user.writes("{\"targets\": [\(targets.joined(separator: ", "))]\(policy)}", to: "release.json")
        let run = try await user.runs(
            ["gate", "release.json", "-o", "json=report.json"] + options, with: key.map { ["CI_KEY": $0] } ?? [:])
        return (run, user)
    }

    @Test func `a healthy service passes, and the last line says so`() async throws {
        let (run, _) = try await gate(["healthy"])
        #expect(run.status == 0, "\(run.text)")
        #expect(run.text.hasSuffix("\nsonde: pass (exit 0): gate: 1 rule holds\n"))
    }

    @Test func `what failed and whose turn it is stand in the last line`() async throws {
        let (run, _) = try await gate(["healthy", "vercel-no-credit"])
        #expect(run.status == 1)
        #expect(run.text.hasSuffix("\nsonde: fail (exit 1): gate: b billing_blocked, next: the account's admin\n"), "\(run.text)")
    }

    @Test func `an empty secret is told with its usual reasons in CI`() async throws {
        let (run, _) = try await gate(["healthy"], key: "")
        #expect(run.status == 1)
        #expect(run.text.unwrapped.contains("In CI a secret is empty in pull requests from forks"))
        #expect(run.text.contains("a key_missing, next: you"))
    }

    @Test func `a limit that does not hold has an exit status of its own`() async throws {
        let (run, _) = try await gate(["healthy"], policy: #"{"limits": {"min_balance_usd": 1000000}}"#)
        #expect(run.status == 4)
        #expect(run.text.contains("BREACH  a: the balance is"))
    }

    @Test func `a chain of fallbacks goes out while one works`() async throws {
        let policy = #"{"groups": [{"name": "chat", "any": ["a", "b"]}]}"#
        let (run, _) = try await gate(["healthy", "vercel-account-denied"], policy: policy)
        #expect(run.status == 0, "\(run.text)")
        #expect(run.text.contains("sonde: pass with warnings (exit 0)"))
        let (strict, _) = try await gate(["healthy", "vercel-account-denied"], policy: policy, "--fail-on", "warn")
        #expect(strict.status == 1)
    }

    @Test func `samples are measured, counted and kept`() async throws {
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { simulator.stop() }
        let user = try User()
        try user.writes(
            #"{"targets": [{"name": "a", "vendor": "vercel", "base_url": "\#(simulator.baseURL)", "model": "openai/gpt-5.4-nano", "key": "env:CI_KEY"}], "policy": {"samples": {"count": 4, "succeed": 3}}}"#,
            to: "release.json")
        let run = try await user.runs(["gate", "release.json", "-o", "json=report.json"], with: ["CI_KEY": Self.key])
        #expect(run.status == 0, "\(run.text)")
        // The check's own, one to warm up, and four.
        #expect(simulator.requests.count { $0.method == "POST" } == 6)
        let report = try #require(JSONSerialization.jsonObject(with: Data(user.bytes(of: "report.json") ?? [])) as? [String: Any])
        let target = try #require((report["targets"] as? [[String: Any]])?.first)
        #expect(((target["samples"] as? [String: Any])?["total_ms"] as? [Double])?.count == 4)
    }

    @Test func `a report made before is judged without any request, and the same`() async throws {
        let policy = #"{"limits": {"min_balance_usd": 1000000}}"#
        let (first, user) = try await gate(["healthy"], policy: policy)
        let again = try await user.runs("gate", "release.json", "--from", "report.json")
        #expect(again.status == first.status)
        #expect(again.text == first.text)
    }

    @Test func `a report of other targets measured nothing of these`() async throws {
        let (_, user) = try await gate(["healthy"])
        try user.writes(
            try #require(user.text(of: "release.json")).replacing("\"name\": \"a\"", with: "\"name\": \"z\""), to: "release.json")
        let run = try await user.runs("gate", "release.json", "--from", "report.json")
        #expect(run.status == 3)
        #expect(run.text.contains("z is not in the report"))
    }

    // MARK: Bad input

    @Test(arguments: [
        (
            #"{"targets": [{"vendor": "vercel"}], "policy": {"limits": {"max_latencyms": 1}}}"#,
            #"release.json:1:59: policy.limits.max_latencyms: unknown key "max_latencyms"; did you mean "max_latency_ms"?"#
        ),
        (
            #"{"targets": [{"vendor": "vercel"}], "policy": {"groups": [{"name": "g", "any": ["vercl"]}]}}"#,
            "Unknown target 'vercl'. Did you mean 'vercel'?"
        ),
        (#"{"extends": "release.json"}"#, "the profile extends itself"),
        (#"{"extends": "../other.json"}"#, "a profile extends a file beside it"),
        (
            #"{"targets": [{"vendor": "vercel", "model": "${AI_GATEWAY_API_KEY}"}]}"#,
            "AI_GATEWAY_API_KEY holds a key, which a profile never takes in"
        ),
        (#"{"targets": [{"vendor": "vercel", "model": "${MODEL_NAME}"}]}"#, "the variable MODEL_NAME is not set"),
        (#"{"targets": [{"vendor": "vercel"}], "policy": {"baseline": {"report": "gone.json"}}}"#, "Cannot read the report"),
    ])
    func `a broken profile ends before any request`(_ pair: (text: String, message: String)) async throws {
        let user = try User()
        try user.writes(pair.text, to: "release.json")
        let run = try await user.runs(["gate", "release.json"], with: ["AI_GATEWAY_API_KEY": Self.key])
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains(pair.message), "\(run.errorText)")
        #expect(run.text.isEmpty)
        #expect(!run.errorText.contains(Self.key))
    }

    @Test func `a baseline of another schema is refused`() async throws {
        let user = try User()
        try user.writes(#"{"schema_version": 99, "targets": []}"#, to: "before.json")
        try user.writes(#"{"targets": [{"vendor": "vercel"}], "policy": {"baseline": {"report": "before.json"}}}"#, to: "release.json")
        let run = try await user.runs(["gate", "release.json"], with: ["AI_GATEWAY_API_KEY": Self.key])
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("version 99"))
    }

    @Test func `a profile takes what it does not say from the one it extends`() async throws {
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { simulator.stop() }
        let user = try User()
        try user.writes(
            #"{"defaults": {"vendor": "vercel", "key": "env:CI_KEY"}, "targets": [{"name": "a", "base_url": "\#(simulator.baseURL)", "vendor": "vercel"}], "policy": {"limits": {"min_balance_usd": 1000000}}}"#,
            to: "base.json")
        try user.writes(
            #"{"extends": "base.json", "defaults": {"model": "openai/gpt-5.4-nano"}, "policy": {"limits": {"min_balance_usd": 1}}}"#,
            to: "release.json")
        let run = try await user.runs(["gate", "release.json"], with: ["CI_KEY": Self.key])
        #expect(run.status == 0, "\(run.text)\(run.errorText)")
        #expect(run.text.contains("at least 1 USD"))
    }

    // MARK: Profiles

    @Test func `a profile is written from the keys that are there, holds none, and is good`() async throws {
        let user = try User()
        let made = try await user.runs(["profile", "init", "sonde.json"], with: ["AI_GATEWAY_API_KEY": Self.key])
        #expect(made.status == 0, "\(made.errorText)")
        let text = try #require(user.text(of: "sonde.json"))
        #expect(text.contains("\"env:AI_GATEWAY_API_KEY\""))
        #expect(!text.contains(Self.key))
        let tried = try await user.runs("profile", "check", "sonde.json")
        #expect(tried.status == 0, "\(tried.errorText)")
        let again = try await user.runs(["profile", "init", "sonde.json"], with: ["AI_GATEWAY_API_KEY": Self.key])
        #expect(again.status == 2)
        #expect(again.errorText.contains("is there already"))
    }

    @Test func `somebody at a terminal is asked, and may say no`() async throws {
        let user = try User()
        let tool = try user.starts(
            ["profile", "init", "sonde.json"],
            with: ["AI_GATEWAY_API_KEY": Self.key, "OPENAI_API_KEY": "sk-proj-" + String(repeating: "Ab1", count: 20)],
            on: .terminal(columns: 80), patience: .seconds(15))
        #expect(await tool.prints("Check Vercel AI Gateway"))
        tool.type("n\n")
        #expect(await tool.prints("Check OpenAI API"))
        tool.type("\n")
        let finished = await tool.finished()
        #expect(finished.status == 0)
        let text = try #require(user.text(of: "sonde.json"))
        #expect(text.contains("\"openai\"") && !text.contains("\"vercel\""))
    }
}
