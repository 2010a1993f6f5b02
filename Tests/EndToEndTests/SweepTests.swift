import Foundation
import SondeSimulator
import Testing

/// Every built-in scenario in every output: the right cause, whole documents, and no piece of the key anywhere.
struct SweepTests {
    /// What a sweep over one scenario wrote.
    private func sweep(_ scenario: Scenario, _ user: User) async throws -> [(name: String, run: Finished)] {
        let caller = scenario.callers[0]
        // Shorter than the scenario's own arguments ask for: a stall is one in any time.
        var options =
            ["--vendor", caller.vendor, "--model", caller.model] + (scenario.name == "stall" ? ["--max-time", "1"] : scenario.arguments)
        if caller.key != nil { options += ["--key", "env:SERVICE_KEY"] }
        let outputs: [(String, [String], ChildProcess.Streams)] = [
            ("files", ["-o", "json=plain.json", "-o", "text=plain.txt"], .pipes()),
            ("verbose", ["--verbose", "--keep-bodies", "-o", "bodies.json"], .pipes()),
            ("terminal", ["--keep-bodies", "-o", "terminal.json"], .terminal(columns: 80)),
            ("quiet", ["--quiet"], .pipes()),
            ("json", ["--format", "json"], .pipes()),
        ]
        var runs: [(name: String, run: Finished)] = []
        for (name, arguments, streams) in outputs {
            let service = try Simulator.start(scenario: scenario)
            defer { service.stop() }
            let run = try await user.runs(
                ["check", service.baseURL] + options + arguments, with: caller.key.map { ["SERVICE_KEY": $0] } ?? [:], on: streams)
            runs.append((name, run))
        }
        return runs
    }

    @Test(arguments: Scenario.builtInNames)
    func `a scenario is diagnosed alike in every output, and no piece of the key is in any`(name: String) async throws {
        let user = try User()
        let scenario = try #require(Scenario.builtIn(name))
        let runs = try await sweep(scenario, user)
        #expect(Set(runs.map(\.run.status)).count == 1, "\(runs.map { ($0.name, $0.run.status) })")
        for (output, run) in runs { #expect(!run.wasKilled && run.signal == nil, "\(output)") }
        let documents =
            ["work/plain.json", "work/bodies.json", "work/terminal.json", "state/sonde/last-report.json"].map { ($0, user.files[$0]) }
            + [("json", runs.first { $0.name == "json" }?.run.output)]
        for (document, bytes) in documents {
            let report = try ReportFacts(#require(bytes, "\(document) is missing"))
            #expect(report.targets.map(\.verdict.cause) == [scenario.expect], "\(document)")
            #expect(report.exitCode == runs[0].run.status, "\(document)")
        }
        for (output, run) in runs where ["files", "verbose", "terminal"].contains(output) {
            #expect(run.text.withoutColors.contains("Verdict: \(scenario.expect)"), "\(output)")
        }
        for (output, run) in runs where output != "json" { #expect(run.text.withoutColors.contains(" is \(scenario.expect)"), "\(output)") }
        #expect(user.text(of: "plain.txt") == runs[0].run.text)
        if let key = scenario.key {
            let prefix = ["sk-proj-", "vck_"].first { key.hasPrefix($0) } ?? ""
            #expect(user.leaks(of: KeySearch(key: key, publicPrefix: prefix), in: runs.map(\.run)) == [])
        }
        try expectWidth(runs, user)
    }

    /// Eighty columns hold every line, but for single words that cannot be broken.
    private func expectWidth(_ runs: [(name: String, run: Finished)], _ user: User) throws {
        let texts = runs.filter { $0.name != "json" }.map { ($0.name, $0.run.text) } + [("plain.txt", user.text(of: "plain.txt") ?? "")]
        for (name, text) in texts {
            let lines = text.withoutColors.split(whereSeparator: \.isNewline)
            let wide = lines.filter { $0.count > 80 && $0.split(separator: " ").allSatisfy { $0.count < 60 } }
            #expect(wide == [], "\(name)")
        }
    }

    @Test(arguments: Scenario.builtInNames)
    func `the demo of a scenario shows what the scenario is there to show`(name: String) async throws {
        let scenario = try #require(Scenario.builtIn(name))
        // A real key must never be read, so it can be in no output.
        let run = try await User().runs(
            ["demo", name, "--format", "json"], with: ["AI_GATEWAY_API_KEY": "vck_REAL0", "OPENAI_API_KEY": "sk-REAL0"])
        let report = try ReportFacts(run.output)
        #expect(report.targets.map(\.verdict.cause) == [scenario.expect])
        #expect(run.status == report.exitCode)
        #expect((run.status == 0) == (scenario.expect == "healthy"))
        #expect(!run.text.contains("REAL0"))
    }

    /// Characters that every coding writes differently, which the built-in keys do not have.
    @Test(arguments: ["key-DEMO+5rT/8wQ=2zN&6vH<9bL>3xJ%7cK;1mP~4sD|0f", "key-DEMO.5rT8wQ2zN6vH9bL3xJ:7cK1mP4sD0f@x!y#z"])
    func `a key with signs in it is hidden in every coding`(key: String) async throws {
        let user = try User()
        let text = String(decoding: try #require(Scenario.builtInBytes("echoes-key")), as: UTF8.self)
            .replacing(/"key": "sk-[^"]*"/, with: "\"key\": \"\(key)\"").replacing(
                "\"vendor\": \"openai\"", with: "\"vendor\": \"openai-compatible\"")
        let scenario = try Scenario(parsing: Array(text.utf8))
        let runs = try await sweep(scenario, user)
        #expect(Set(runs.map(\.run.status)) == [1])
        #expect(user.leaks(of: KeySearch(key: key, publicPrefix: ""), in: runs.map(\.run)) == [])
    }

    @Test func `the search finds what it is there to find`() throws {
        let key = "sk-proj-DEMO4uT9_sVx2LqB7nYc-K1mWe6RzHd3"
        let search = KeySearch(key: key, publicPrefix: "sk-proj-")
        let bearer = Data("Bearer \(key)".utf8).base64EncodedString()
        for text in [
            "… \(key) …", "DEMO4uT9", "qB7nYc-K", key.utf8.map { String($0, radix: 16) }.joined(), bearer,
            Data("x\(key)".utf8).base64EncodedString(),
            Data("xy\(key)".utf8).base64EncodedString(), "{\"a\": \"DEMO\\u0034uT9\"}", "DEMO4\n   uT9_s", "DEMO\u{1B}[31m4uT9_",
            "DEMO4uT9%5FsVx2",
        ] {
            #expect(search.findings(in: Array(text.utf8)) != [], "\(text)")
        }
        #expect(
            search.findings(in: Array("sk-proj-… [redacted] DEMO4uT is short \(Data("sk-proj-".utf8).base64EncodedString())".utf8)) == [])
    }

    @Test func `no key is in a process's title while it runs`() async throws {
        let server = try StalledService()
        let user = try User()
        let key = "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f"
        let path = try user.writes(key, to: "key")
        let tool = try user.starts(["check", server.url, "--model", "m", "--key", "file:\(path)"])
        #expect(await server.isAsked(by: tool))
        let search = KeySearch(key: key, publicPrefix: "")
        for file in ["cmdline", "comm", "environ"] { #expect(search.findings(in: tool.kernelFile(file)) == [], "\(file)") }
        #expect(!tool.kernelFile("cmdline").isEmpty)
        tool.signal(15)
        #expect(await tool.finished().status == 143)
    }
}
