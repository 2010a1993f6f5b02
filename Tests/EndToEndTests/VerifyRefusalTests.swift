import Foundation
import SondeSimulator
import TestSupport
import Testing

/// `sonde verify` compares one thing at a time: whatever differs is refused before anything is sent, unless told.
struct VerifyRefusalTests {
    private static let same = ["--key", "env:SERVICE_KEY"]

    /// Expects a refusal that sends nothing and names what differs, and none with the option that allows it.
    private func expectRefusal(
        _ report: EarlierReport, saying words: [String], _ options: [String] = same, with variables: [String: String] = [:],
        location: SourceLocation = #_sourceLocation
    ) async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("vercel-account-denied")))
        defer { service.stop() }
        let all = ["SERVICE_KEY": EarlierReport.key].merging(variables) { $1 }
        let run = try await report.verifies(service, options, with: all)
        #expect(run.finished.status == 2, sourceLocation: location)
        #expect(run.finished.output == [], sourceLocation: location)
        #expect(service.requests.isEmpty, sourceLocation: location)
        for word in words + ["--despite-differences"] {
            #expect(run.refusal.contains(word), "\(run.refusal)", sourceLocation: location)
        }
        let told = try await report.verifies(
            service, options + ["--despite-differences", "--connect-timeout", "2s", "--retry", "0"], with: all)
        #expect(told.finished.status != 2, "\(told.refusal)", sourceLocation: location)
        #expect((told.record["differences"] as? [Any])?.isEmpty == false, sourceLocation: location)
    }

    private func report() async throws -> EarlierReport { try await EarlierReport(User(), of: "vercel-account-denied") }

    @Test func `another model`() async throws {
        try await expectRefusal(
            report(), saying: ["model: then openai/gpt-5.4-nano, now openai/gpt-5.4"], Self.same + ["--model", "openai/gpt-5.4"])
    }

    @Test func `another key: none, from elsewhere, of another length`() async throws {
        let report = try await report()
        try await expectRefusal(report, saying: ["key: then env:SERVICE_KEY (vck_…, 61 characters), now none", "--key"], [])
        try await expectRefusal(
            report, saying: ["now env:OTHER_KEY (vck_…, 61 characters)"], ["--key", "env:OTHER_KEY"], with: ["OTHER_KEY": EarlierReport.key]
        )
        try await expectRefusal(
            report, saying: ["now env:SERVICE_KEY (vck_…, 64 characters)"], with: ["SERVICE_KEY": EarlierReport.key + "abc"])
    }

    @Test func `another route: a proxy, an address family, an override`() async throws {
        let report = try await report()
        try await expectRefusal(
            report, saying: ["route: then env, now proxy http://127.0.0.1:9", "give the option again yourself"],
            Self.same + ["--proxy", "http://127.0.0.1:9"])
        try await expectRefusal(report, saying: ["route: then env, now ipv4"], Self.same + ["-4"])
        try await expectRefusal(
            report, saying: ["overrides llm.test:443:127.0.0.1"], Self.same + ["--resolve", "llm.test:443:127.0.0.1"])
    }

    @Test func `a route of the report that needs an option of the user's own`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied", "--interface", "127.0.0.1")
        try await expectRefusal(report, saying: ["route: then interface 127.0.0.1, now env", "give the option again yourself"])
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let again = try await report.verifies(service, Self.same + ["--interface", "127.0.0.1"])
        #expect(again.finished.status == 0, "\(again.refusal)")
    }

    @Test func `proxy variables that are in force now and were not`() async throws {
        try await expectRefusal(
            report(), saying: ["proxy variables: then none, now http_proxy, no_proxy"],
            with: ["http_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1"])
    }

    @Test func `an organization that is sent along now and was not`() async throws {
        try await expectRefusal(report(), saying: ["organization, project or team: then none, now team"], Self.same + ["--team", "t-1"])
    }

    @Test func `a request of the tool that has other words now`() async throws {
        var report = try await report()
        var exchanges = try #require(report.target["exchanges"] as? [[String: Any]])
        for index in exchanges.indices {
            guard var request = exchanges[index]["request"] as? [String: Any], var body = request["body"] as? [String: Any] else {
                continue
            }
            body["messages"] = [["role": "user", "content": "Hello"]]
            request["body"] = body
            exchanges[index]["request"] = request
        }
        report.target["exchanges"] = exchanges
        try await expectRefusal(report, saying: ["the tool's request: then", "make a new report"])
    }

    @Test func `a base URL variable that leads elsewhere now`() async throws {
        var report = try await EarlierReport(User(), of: "openai-bad-key")
        report.target["base_url"] = "https://api.openai.com/v1"
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await report.verifies(
            nil,
            with: ["SERVICE_KEY": try #require(Scenario.builtIn("openai-bad-key")?.callers[0].key), "OPENAI_BASE_URL": service.baseURL])
        #expect(run.finished.status == 2)
        #expect(run.refusal.contains("base URL: then https://api.openai.com/v1, now \(service.baseURL)"), "\(run.refusal)")
        #expect(run.refusal.contains("OPENAI_BASE_URL"))
        #expect(service.requests.isEmpty)
    }

    @Test func `a report of another version, which no option allows`() async throws {
        var report = try await report()
        report.document["schema_version"] = 2
        let run = try await report.verifies(nil, Self.same + ["--despite-differences"])
        #expect(run.finished.status == 2)
        #expect(run.refusal.contains("version 2, and only version 1 can be read"))
    }

    @Test func `a report of the demo, whose services are gone`() async throws {
        let user = try User()
        _ = try await user.runs("demo", "vercel-account-denied", "-o", "report.json")
        let run = try await user.runs("verify", "report.json")
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("key: then demo (vck_…, 61 characters), now none"))
    }

    @Test func `calls that were made elsewhere and only explained`() async throws {
        let user = try User()
        _ = try await user.runs(
            ["explain", "-", "--vendor", "vercel", "-o", "report.json"],
            on: .pipes(
                input: Array("HTTP/1.1 403 Forbidden\ncontent-type: application/json\n\n{\"error\":{\"type\":\"access_denied\"}}".utf8)))
        let run = try await user.runs("verify", "report.json")
        #expect(run.status == 2)
        #expect(run.errorText.contains("made elsewhere"), "\(run.errorText)")
    }
}
