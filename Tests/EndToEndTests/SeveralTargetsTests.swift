import SondeSimulator
import TestSupport
import Testing

/// Several targets in one run: a verdict each, and nobody waits for anybody.
struct SeveralTargetsTests {
    private static let key = "vck_DEMO7h3Qm9Wz2KpX5tRb8Ld4Ys6Vn1Jc0Gf7Ea3Ui9Ho2Tx5Bw8Mk4Pr6"

    /// A port on which nobody listens.
    private func closedPort() throws -> UInt16 {
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { simulator.stop() }
        return simulator.port
    }

    @Test(arguments: ["arguments", "profile"])
    func `one healthy, one barred and one unreachable get three verdicts and exit status 1`(way: String) async throws {
        let user = try User()
        let healthy = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        let barred = try Simulator.start(scenario: #require(Scenario.builtIn("vercel-account-denied")))
        defer { for simulator in [healthy, barred] { simulator.stop() } }
        let urls = [healthy.baseURL, barred.baseURL, "http://127.0.0.1:\(try closedPort())/v1"]
        var arguments = ["check", "-o", "json=report.json", "--model", "openai/gpt-5.4-nano"]
        if way == "arguments" {
            arguments += urls + ["--vendor", "vercel"] + urls.flatMap { ["--key", "\($0)=env:SERVICE_KEY"] }
        } else {
            let targets = zip(["good", "barred", "gone"], urls).map {
                "{\"name\": \"\($0)\", \"vendor\": \"vercel\", \"base_url\": \"\($1)\", \"key\": \"env:SERVICE_KEY\"}"
            }
            arguments += ["--profile", try user.writes("{\"targets\": [\(targets.joined(separator: ", "))]}", to: "profile.json")]
        }
        let run = try await user.runs(arguments, with: ["SERVICE_KEY": Self.key])
        #expect(run.status == 1, "\(run.errorText)")
        let report = try ReportFacts(#require(user.bytes(of: "report.json")))
        #expect(report.targets.map(\.verdict.cause) == ["healthy", "account_denied", "connect_failure"])
        #expect(report.exitCode == 1)
        #expect(run.text.contains("sonde: fail (exit 1): 3 targets: 1 pass, 2 fail"))
        if way == "profile" {
            #expect(report.targets.map(\.name) == ["good", "barred", "gone"])
            for name in ["good", "barred", "gone"] { #expect(run.text.contains(name)) }
        }
        #expect(healthy.requests.count == 3)
        #expect(barred.requests.count == 4)
    }

    @Test func `no target waits for another: all have been asked before one is answered`() async throws {
        let user = try User()
        let services = try (0..<3).map { _ in try ScriptedServer([.readRequest, .wait, .respond(500)]) }
        let tool = try user.starts(["check"] + services.map { $0.url("/v1") } + ["--model", "m", "--retry", "0"], patience: .seconds(15))
        for service in services { service.stop(with: tool) }
        for service in services { #expect(await service.receives(1)) }
        for service in services { for _ in 0..<12 { service.release() } }
        let finished = await tool.finished()
        #expect(finished.status == 5)
        #expect(finished.text.contains("3 targets: 3 fail"))
    }

    @Test func `the requests of one target do not wait for each other either`() async throws {
        let service = try ScriptedServer([.readRequest, .wait, .respond(500)])
        let tool = try User().starts(["check", service.url("/v1"), "--model", "m", "--retry", "0"], patience: .seconds(15))
        service.stop(with: tool)
        #expect(await service.receives(2))
        for _ in 0..<12 { service.release() }
        #expect(await tool.finished().status == 5)
    }

    @Test func `hosts of which none is reached are no fault of theirs`() async throws {
        // Names that lead to a closed port; this machine's own addresses would not count.
        let port = try closedPort()
        let hosts = ["one.example", "two.example"]
        let user = try User()
        let run = try await user.runs(
            ["check", "-o", "json=report.json"] + hosts.map { "https://\($0):\(port)/v1" }
                + hosts.flatMap { ["--resolve", "\($0):\(port):127.0.0.1"] } + [
                    "--model", "m",
                ])
        #expect(run.status == 3)
        #expect(run.text.contains("offline"))
        // The table, the last line and the report say the same.
        let rows = run.text.split(separator: "\n").filter { $0.hasPrefix("  ????  ") && $0.contains("connect_failure  certain") }
        #expect(rows.count == 2)
        #expect(run.text.hasSuffix("sonde: inconclusive (exit 3): 2 targets: 2 inconclusive\n"))
        #expect(try ReportFacts(#require(user.bytes(of: "report.json"))).outcome == "inconclusive")
    }
}
