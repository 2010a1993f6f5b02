import Foundation
import SondeJSON
import SondeSimulator
import Testing

extension User {
    /// The targets of a report in the working folder.
    fileprivate func targets(of name: String) throws -> [[String: Any]] {
        let report = try JSONSerialization.jsonObject(with: Data(bytes(of: name) ?? [])) as? [String: Any]
        return report?["targets"] as? [[String: Any]] ?? []
    }
}

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
        #expect(
            run.text.hasSuffix("\nsonde: fail (exit 1): gate: b billing_blocked (inference, billing), next: the account's admin\n"),
            "\(run.text)")
    }

    @Test func `what is worse than in the baseline, and whose turn it is, stand in the last line`() async throws {
        let (_, user) = try await gate(["healthy"])
        try user.writes(try #require(user.text(of: "report.json")), to: "before.json")
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("vercel-no-credit")))
        defer { service.stop() }
        let profile = #"""
            {"targets": [{"name": "a", "vendor": "vercel", "base_url": "\#(service.baseURL)", "key": "env:CI_KEY"}],
             "policy": {"baseline": {"report": "before.json"}, "tolerate": [{"cause": "billing_blocked"}]}}
            """#
        try user.writes(profile, to: "release.json")
        let run = try await user.runs(["gate", "release.json"], with: ["CI_KEY": Self.key])
        #expect(run.status == 4, "\(run.text)")
        #expect(
            run.text.hasSuffix("\nsonde: breach (exit 4): gate: a baseline_cause billing_blocked, next: the account's admin\n"),
            "\(run.text)")
    }

    @Test func `a line for the gate follows the lines for its targets`() async throws {
        let (run, user) = try await gate(["healthy", "vercel-no-credit"], "--format", "ndjson")
        #expect(run.status == 1)
        let lines = run.text.split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        let report = try JSON.parse(user.bytes(of: "report.json") ?? [])
        #expect(try JSON.parse(Array(lines[2].utf8)) == ["gate": #require(report["gate"])])
    }

    @Test func `an empty secret is told with its usual reasons in CI`() async throws {
        let (run, _) = try await gate(["healthy"], key: "")
        #expect(run.status == 1)
        #expect(run.text.unwrapped.contains("In CI a secret is empty in pull requests from forks"))
        #expect(run.text.contains("a key_missing (auth), next: you"))
    }

    @Test func `a limit that does not hold has an exit status of its own`() async throws {
        let (run, _) = try await gate(["healthy"], policy: #"{"limits": {"min_balance_usd": 1000000}}"#)
        #expect(run.status == 4)
        #expect(run.text.contains("BREACH  a: the account's balance is"))
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
        #expect(
            run.errorText.unwrapped.contains(
                "Measuring sends up to 5 paid requests more: 4 samples of a, and one for each target to warm up."))
        let target = try #require(user.targets(of: "report.json").first)
        let samples = try #require(target["samples"] as? [String: Any])
        #expect((samples["total_ms"] as? [Double])?.count == 4)
        #expect((samples["usage"] as? [String: Any])?["requests"] as? Int == 5)
        #expect((target["usage"] as? [String: Any])?["requests"] as? Int == simulator.requests.count)
        // What was measured stays part of the cost where the report is read again.
        let again = try await user.runs("gate", "release.json", "--from", "report.json", "-o", "json=again.json")
        #expect(again.status == 0)
        #expect(try NSDictionary(dictionary: target).isEqual(to: #require(user.targets(of: "again.json").first)))
    }

    /// A profile with healthy targets `a`, `b` … of one service, and a policy.
    private func profile(_ service: Simulator, _ count: Int = 1, policy: String, for user: User) throws {
        let targets = "abcd".prefix(count).map {
            #"{"name": "\#($0)", "vendor": "openai-compatible", "base_url": "\#(service.baseURL)", "model": "llama-3.1-8b-instruct", "key": "env:CI_KEY"}"#
        }
        try user.writes(#"{"targets": [\#(targets.joined(separator: ", "))], "policy": \#(policy)}"#, to: "release.json")
    }

    @Test func `more samples than are allowed are refused with their number, before any request`() async throws {
        let simulator = try Simulator.start(scenario: .asked([]))
        defer { simulator.stop() }
        let user = try User()
        try profile(simulator, 2, policy: #"{"samples": {"count": 100}}"#, for: user)
        let run = try await user.runs(["gate", "release.json"], with: ["CI_KEY": Scenario.askedKey])
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("the samples of 2 targets are 202 paid requests, and 200 are allowed"))
        #expect(run.errorText.contains("--max-requests 202"))
        #expect(run.errorText.contains("release.json:1:"))
        #expect(simulator.requests.isEmpty)
        try profile(simulator, policy: #"{"samples": {"count": 3}}"#, for: user)
        #expect(try await user.runs(["gate", "release.json", "--max-requests", "3"], with: ["CI_KEY": Scenario.askedKey]).status == 2)
        #expect(try await user.runs(["gate", "release.json", "--max-requests", "4"], with: ["CI_KEY": Scenario.askedKey]).status == 0)
    }

    @Test func `samples end with the run, and those that are missing are a breach`() async throws {
        // The check's own request, one to warm up and one sample are answered.
        let stall: [String: Any] = [
            "method": "POST", "path": "/v1/*", "when": ["call": "4-99"], "answer": ["fault": ["kind": "stall", "at": "start"]],
        ]
        let simulator = try Simulator.start(scenario: .asked([stall]))
        defer { simulator.stop() }
        let user = try User()
        try profile(simulator, policy: #"{"samples": {"count": 5, "succeed": 1}, "limits": {"max_latency_p95_ms": 30000}}"#, for: user)
        let run = try await user.runs(["gate", "release.json", "--deadline", "2s"], with: ["CI_KEY": Scenario.askedKey])
        #expect(
            run.text.unwrapped.contains("a: 1 of 1 samples succeeded, and 1 of 5 must. The time was over before the others"), "\(run.text)")
        #expect(run.text.unwrapped.contains("95th percentile of the latency was not measured"))
        #expect(run.status == 4)
    }

    @Test func `only the target whose limit needs a stream is asked for one`() async throws {
        let simulators = try (0..<2).map { _ in try Simulator.start(scenario: .asked([])) }
        defer { for simulator in simulators { simulator.stop() } }
        let user = try User()
        let targets = zip("ab", simulators).map { name, simulator in
            #"{"name": "\#(name)", "vendor": "openai-compatible", "base_url": "\#(simulator.baseURL)", "model": "llama-3.1-8b-instruct", "key": "env:CI_KEY"}"#
        }
        try user.writes(
            #"{"targets": [\#(targets.joined(separator: ", "))], "policy": {"targets": {"b": {"limits": {"max_time_to_first_token_ms": 60000}}}}}"#,
            to: "release.json")
        let run = try await user.runs(["gate", "release.json", "-o", "json=report.json"], with: ["CI_KEY": Scenario.askedKey])
        #expect(run.status == 0, "\(run.text)")
        func posts(_ simulator: Simulator) -> [String] {
            simulator.requests.filter { $0.method == "POST" }.map {
                String(decoding: $0.body, as: UTF8.self).contains("\"stream\":true") ? "stream" : $0.path
            }.sorted()
        }
        #expect(posts(simulators[0]) == ["/v1/chat/completions"])
        #expect(posts(simulators[1]) == ["/v1/chat/completions", "stream"])
        let checks = try user.targets(of: "report.json").map {
            ($0["checks"] as? [[String: Any]])?.compactMap { $0["id"] as? String } ?? []
        }
        #expect(checks.map { $0.contains("streaming") } == [false, true])
    }

    // MARK: Keys in names

    @Test func `a key in a name or a reason is in no output of any format`() async throws {
        let key = "sk-proj-" + "Zx81Kq" + String(repeating: "f4Tn", count: 8)
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn("vercel-no-credit")))
        defer { simulator.stop() }
        let user = try User()
        try user.writes(
            #"{"targets": [{"name": "prod \#(key)", "vendor": "vercel", "base_url": "\#(simulator.baseURL)", "model": "openai/gpt-5.4-nano", "key": "env:CI_KEY"}], "policy": {"groups": [{"name": "group \#(key)", "any": ["prod \#(key)"]}], "tolerate": [{"cause": "billing_blocked", "targets": ["prod \#(key)"], "because": "waits for \#(key)"}], "targets": {"prod \#(key)": {"limits": {"max_cost_usd": 1}}}}}"#,
            to: "profiles/release.json")
        var runs = [try await user.runs("profile", "check", "profiles/release.json", with: ["CI_KEY": Self.key])]
        var outputs = ["json=report.json"]
        for format in ["html", "junit", "tap", "markdown", "github", "sarif", "prometheus", "nagios", "text", "ndjson", "evidence"] {
            outputs.append("\(format)=report.\(format)")
        }
        runs.append(
            try await user.runs(["gate", "profiles/release.json"] + outputs.flatMap { ["-o", $0] }, with: ["CI_KEY": Self.key]))
        #expect(runs[1].status == 0, "\(runs[1].errorText)")
        #expect(runs[1].text.unwrapped.contains("It is tolerated: waits for [redacted API key]."))
        for format in ["text", "github", "prometheus", "nagios"] {
            runs.append(
                try await user.runs(
                    "gate", "profiles/release.json", "--from", "report.json", "--format", format, with: ["CI_KEY": Self.key]))
        }
        try FileManager.default.removeItem(atPath: user.workingFolder + "/profiles/release.json")
        #expect(user.leaks(of: KeySearch(key: key, publicPrefix: "sk-proj-"), in: runs) == [])
        // Two that would be called the same must not be judged by each other.
        let other = "sk-proj-" + String(repeating: "Qw3r", count: 10)
        try user.writes(
            #"{"targets": [{"name": "\#(key)", "vendor": "vercel"}, {"name": "\#(other)", "vendor": "vercel"}]}"#, to: "two.json")
        let refused = try await user.runs("gate", "two.json", with: ["CI_KEY": Self.key])
        #expect(refused.status == 2)
        #expect(refused.errorText.unwrapped.contains("two targets are called"))
        #expect(!refused.errorText.contains(key) && !refused.errorText.contains(other))
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

    @Test(arguments: ["report.json", "base.json"])
    func `a file beside the profile is no symbolic link, which may lead anywhere`(name: String) async throws {
        let user = try User()
        try user.writes("{}", to: "elsewhere/secret.json")
        try FileManager.default.createSymbolicLink(
            atPath: user.workingFolder + "/" + name, withDestinationPath: "elsewhere/secret.json")
        try user.writes(
            name == "base.json"
                ? #"{"extends": "base.json"}"#
                : #"{"targets": [{"vendor": "vercel"}], "policy": {"baseline": {"report": "report.json"}}}"#, to: "release.json")
        let run = try await user.runs(["gate", "release.json"], with: ["AI_GATEWAY_API_KEY": Self.key])
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("'\(name)' is a symbolic link, which may lead anywhere"))
        #expect(run.errorText.contains("release.json:1:"))
    }

    // MARK: Bad input

    @Test(arguments: [
        (
            #"{"targets": [{"vendor": "vercel"}], "policy": {"limits": {"max_latencyms": 1}}}"#,
            #"release.json:1:59: policy.limits.max_latencyms: unknown key "max_latencyms"; did you mean "max_latency_ms"?"#
        ),
        (
            #"{"targets": [{"vendor": "vercel"}], "policy": {"groups": [{"name": "g", "any": ["vercl"]}]}}"#,
            "release.json:1:59: Unknown target 'vercl'. Did you mean 'vercel'?"
        ),
        (#"{"extends": "release.json"}"#, "the profile extends itself"),
        (#"{"extends": "../other.json"}"#, "a profile extends a file beside it"),
        (
            #"{"targets": [{"vendor": "vercel", "model": "${AI_GATEWAY_API_KEY}"}]}"#,
            "AI_GATEWAY_API_KEY holds a key, which a profile never takes in"
        ),
        (#"{"targets": [{"vendor": "vercel", "model": "${MODEL_NAME}"}]}"#, "the variable MODEL_NAME is not set"),
        (
            #"{"targets": [{"vendor": "vercel"}], "policy": {"baseline": {"report": "gone.json"}}}"#,
            "release.json:1:71: Cannot read the report 'gone.json'"
        ),
        (#"{"extends": "gone.json", "targets": []}"#, "release.json:1:13: Cannot read the profile 'gone.json'"),
        (#"{"targets": [{"vendor": "vercel", "route": "driect"}]}"#, "release.json:1:44: Unknown route 'driect'. Did you mean 'direct'?"),
        (#"{"routes": {"my way": "bogus=1"}, "targets": []}"#, "release.json:1:23: Unknown route 'bogus'"),
        (#"{"targets": [{"vendor": "vercel", "key": "env:${NAME}"}]}"#, "release.json:1:42: '${NAME}' is not the name of a variable"),
        (#"{"targets": [{"vendor": "vercel", "key": "command:id"}]}"#, "release.json:1:42: a profile may not run a command"),
        (#"{"defaults": {"key": "vault"}, "targets": [{"vendor": "vercel"}]}"#, "release.json:1:22: this is not a key source"),
        (
            #"{"defaults": {"vendor": "vercl"}, "targets": [{"base_url": "http://127.0.0.1:9"}]}"#,
            "release.json:1:25: Unknown vendor 'vercl'"
        ),
        (#"{"targets": [{"base_url": "ftp://a.example"}]}"#, "release.json:1:27: the base URL must begin with https://"),
        (
            #"{"targets": [{"vendor": "vercel"}], "policy": {"tolerate": [{"cause": "rate_limit"}]}}"#,
            "release.json:1:71: policy.tolerate[0].cause: unknown value \"rate_limit\"; did you mean \"rate_limited\"?"
        ),
        (#"{"targets": [{"vendor": "vercel", "model": "${SOME_TOKEN}"}]}"#, "what SOME_TOKEN holds looks like a key"),
    ])
    func `a broken profile ends before any request`(_ pair: (text: String, message: String)) async throws {
        let user = try User()
        try user.writes(pair.text, to: "release.json")
        let run = try await user.runs(["gate", "release.json"], with: ["AI_GATEWAY_API_KEY": Self.key, "SOME_TOKEN": Self.key])
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

    @Test func `what is wrong in a file that is extended is placed there`() async throws {
        let user = try User()
        try user.writes(#"{"targets": [{"vendor": "vercel", "route": "driect"}]}"#, to: "base.json")
        try user.writes(#"{"extends": "base.json"}"#, to: "release.json")
        let target = try await user.runs("gate", "release.json")
        #expect(target.errorText.unwrapped.contains("base.json:1:44: Unknown route 'driect'"), "\(target.errorText)")
        try user.writes(#"{"targets": [{"vendor": "vercel"}], "policy": {"groups": [{"name": "g", "any": ["x"]}]}}"#, to: "base.json")
        let policy = try await user.runs("gate", "release.json")
        #expect(policy.errorText.unwrapped.contains("base.json:1:59: Unknown target 'x'"), "\(policy.errorText)")
    }

    @Test func `a default vendor is behind every address that no vendor has`() async throws {
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { simulator.stop() }
        let user = try User()
        try user.writes(
            #"{"defaults": {"vendor": "vercel", "key": "env:CI_KEY"}, "targets": [{"name": "a", "base_url": "\#(simulator.baseURL)"}]}"#,
            to: "release.json")
        let run = try await user.runs(["gate", "release.json", "-o", "json=report.json"], with: ["CI_KEY": Self.key])
        #expect(run.status == 0, "\(run.text)\(run.errorText)")
        #expect((try user.targets(of: "report.json").first)?["vendor"] as? String == "vercel")
    }

    @Test func `a report with one name twice decides nothing`() async throws {
        let (_, user) = try await gate(["healthy", "vercel-no-credit"])
        try user.writes(try #require(user.text(of: "report.json")).replacing("\"name\": \"b\"", with: "\"name\": \"a\""), to: "twice.json")
        let run = try await user.runs("gate", "release.json", "--from", "twice.json")
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("twice.json: two targets are called 'a'"), "\(run.errorText)")
    }

    @Test func `a report about another model measured nothing of this one`() async throws {
        let (_, user) = try await gate(["healthy"])
        try user.writes(
            try #require(user.text(of: "release.json")).replacing("openai/gpt-5.4-nano", with: "openai/gpt-5.4"), to: "release.json")
        let run = try await user.runs("gate", "release.json", "--from", "report.json")
        #expect(run.status == 3)
        #expect(run.text.unwrapped.contains("a is another service or model in the report"), "\(run.text)")
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
