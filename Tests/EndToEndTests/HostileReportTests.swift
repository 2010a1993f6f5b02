import Foundation
import SondeSimulator
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A report is a file that anybody may have written: it runs nothing, opens nothing, and sends no key anywhere.
struct HostileReportTests {
    private static let vendorKey = ["AI_GATEWAY_API_KEY": EarlierReport.key]

    private func report() async throws -> EarlierReport { try await EarlierReport(User(), of: "vercel-account-denied") }

    // MARK: Keys

    @Test func `a vendor's key does not go to an address that only the report names`() async throws {
        let report = try await report()
        for options in [[], ["--despite-differences"]] {
            let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
            defer { service.stop() }
            let run = try await report.verifies(service, options, with: Self.vendorKey)
            #expect(run.finished.status == (options.isEmpty ? 2 : 3))
            #expect(run.withKey.isEmpty)
            #expect((run.refusal + run.prose).contains("was not sent to http://127.0.0.1:\(service.port)"))
            #expect((run.refusal + run.prose).contains("--key env:AI_GATEWAY_API_KEY"))
        }
    }

    @Test(arguments: [
        ("azure-openai", "https://somebody-elses.openai.azure.com/openai/v1", "AZURE_OPENAI_API_KEY"),
        ("cloudflare-ai-gateway", "https://gateway.ai.cloudflare.com/v1/somebody/else/compat", "CF_AIG_TOKEN"),
        ("vllm", "http://127.0.0.1:9/v1", "VLLM_API_KEY"),
    ])
    func `nor to somebody else's account on a host of the vendor's, or to any port of this machine`(
        vendor: String, address: String, variable: String
    ) async throws {
        var report = try await report()
        (report.target["vendor"], report.target["base_url"]) = (vendor, address)
        let run = try await report.verifies(nil, ["--dry-run"], with: [variable: "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f"])
        #expect(run.finished.status == 0, "\(run.refusal)")
        #expect(run.prose.contains("now none"), "\(run.prose)")
    }

    @Test func `the variable that a report names as its key's source is not read`() async throws {
        var report = try await report()
        report.target["key"] = ["source": "env:AWS_SECRET_ACCESS_KEY", "prefix": "", "length": 40]
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let secret = "wJalrXUtnFEMIDEMOK7MDENGbPxRfiCYEXAMPLEK"
        let run = try await report.verifies(service, ["--despite-differences"], with: ["AWS_SECRET_ACCESS_KEY": secret])
        #expect(service.requests.allSatisfy { request in request.headers.allSatisfy { !$0.value.contains("wJalr") } })
        #expect(!(run.finished.text + run.finished.errorText).contains("wJalr"))
    }

    @Test(arguments: ["command:touch PLACE", "command", "file:PLACE", "stdin"])
    func `no command of a report is run, and no file of it is opened`(source: String) async throws {
        var report = try await report()
        let place = report.user.workingFolder + "/place"
        // To open a pipe that nobody writes to would hang.
        let isFile = source.hasPrefix("file:")
        if isFile { #expect(unsafe mkfifo(place, 0o600) == 0) }
        report.target["key"] = ["source": source.replacing("PLACE", with: place), "prefix": "vck_", "length": 61]
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let refused = try await report.verifies(service, [])
        #expect(refused.finished.status == 2 && !refused.finished.wasKilled)
        let told = try await report.verifies(service, ["--despite-differences"])
        #expect(!told.finished.wasKilled)
        #expect(told.withKey.isEmpty)
        #expect(isFile || !FileManager.default.fileExists(atPath: place))
    }

    @Test func `a target that only calls itself by a vendor's name does not get the key that is meant for the vendor`() async throws {
        var report = try await report()
        report.target["name"] = "vercel"
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await report.verifies(service, ["--key", "vercel=env:SERVICE_KEY", "--despite-differences"])
        #expect(run.finished.status == 2)
        #expect(run.refusal.contains("only for targets on the vendor's own hosts"), "\(run.refusal)")
        #expect(service.requests.isEmpty)
    }

    @Test func `nor does an organization of the environment go to an address that only the report names`() async throws {
        var report = try await EarlierReport(User(), of: "openai-bad-key")
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("openai-bad-key")))
        defer { service.stop() }
        report.target["scopes"] = ["organization"]
        let key = try #require(Scenario.builtIn("openai-bad-key")?.callers[0].key)
        let run = try await report.verifies(
            service, ["--key", "env:SERVICE_KEY", "--despite-differences"],
            with: ["SERVICE_KEY": key, "OPENAI_ORG_ID": "org-DEMO1234567890"])
        #expect(run.finished.status == 1, "\(run.refusal)")
        #expect(!service.requests.isEmpty)
        #expect(service.requests.allSatisfy { $0.header("openai-organization") == nil })
    }

    // MARK: Places

    @Test func `no proxy, override or file of a report is followed`() async throws {
        var report = try await report()
        let proxy = try ScriptedServer([.readRequest, .close])
        report.target["route"] = "proxy=\(proxy.url(""))"
        report.target["route_facts"] = [
            "proxy": proxy.url(""), "overrides": ["127.0.0.1:80:192.0.2.1"], "own_authorities": true, "interface": "eth9",
        ]
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let refused = try await report.verifies(service)
        #expect(refused.finished.status == 2)
        #expect(refused.refusal.contains("no proxy, address, interface or file is taken from a report"))
        let told = try await report.verifies(service, ["--key", "env:SERVICE_KEY", "--despite-differences"])
        #expect(told.finished.status == 0, "\(told.refusal)")
        #expect(proxy.connectionCount == 0)
        #expect(service.requests.count == 3)
    }

    @Test(arguments: [
        ("https://user:hunter2hunter2@api.example.com/v1", "user information"), ("ftp://api.example.com/v1", "https://"),
        ("https://api.example.com/v1?key=1", "query"), ("https://api.example.com/\u{1B}[2J", "control characters"),
        ("", "empty"), ("https://api.example.com/" + String(repeating: "a", count: 3000), "2048 bytes"),
    ])
    func `an address that is none is refused with its place, and nothing of its password is shown`(address: String, words: String)
        async throws
    {
        var report = try await report()
        report.target["base_url"] = address
        let run = try await report.verifies()
        #expect(run.finished.status == 2)
        #expect(run.refusal.contains(words), "\(run.refusal)")
        #expect(run.refusal.contains("base_url"))
        #expect(!run.finished.errorText.contains("hunter2") && !run.finished.errorText.contains("\u{1B}"))
    }

    @Test func `plain http to another machine is refused, also with a key that was named`() async throws {
        var report = try await report()
        report.target["base_url"] = "http://llm.example.com/v1"
        let run = try await report.verifies()
        #expect(run.finished.status == 2)
        #expect(run.refusal.contains("--allow-http"), "\(run.refusal)")
    }

    // MARK: Forms

    @Test func `names that look like options or act on a terminal are shown as text`() async throws {
        var report = try await report()
        report.target["name"] = "--key=env:X \u{1B}[2J\u{202E}\n::error::x"
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await report.verifies(service)
        #expect(run.finished.status == 0, "\(run.refusal)")
        #expect(!run.finished.text.contains("\u{1B}[2J") && !run.finished.text.contains("\u{202E}") && !run.finished.text.contains("\n::"))
        #expect(run.prose.contains("--key=env:X \\x1B[2J\\u{202E}\\n::error::x"))
    }

    @Test func `two targets of one name are refused, named`() async throws {
        var report = try await report()
        let target = report.target
        report.document["targets"] = [target, target]
        let run = try await report.verifies()
        #expect(run.finished.status == 2)
        #expect(run.refusal.contains("two targets are called"))
    }

    @Test func `an unknown vendor is refused, named`() async throws {
        var report = try await report()
        report.target["vendor"] = "nobody-knows"
        let run = try await report.verifies()
        #expect(run.finished.status == 2)
        #expect(run.refusal.contains("nobody-knows") && run.refusal.contains("--vendor-dir"))
    }

    @Test(arguments: [
        ("{", "1:"), ("[]", "no report"), ("{\"schema_version\": 1}", "no report"), ("{\"schema_version\": 1, \"targets\": 7}", "targets"),
        (String(repeating: "[", count: 100_000), "deep"), ("\u{0}\u{1}", "1:1"), ("", "empty"),
        ("{\"schema_version\": 1, \"schema_version\": 1, \"targets\": []}", "schema_version"),
    ])
    func `what is no report, broken or too deep is refused`(text: String, words: String) async throws {
        let user = try User()
        try user.writes(text, to: "report.json")
        let run = try await user.runs("verify", "report.json")
        #expect(run.status == 2)
        #expect(run.output == [])
        #expect(run.errorText.contains("report.json"), "\(run.errorText)")
        #expect(run.errorText.contains(words), "\(run.errorText)")
    }

    @Test func `a report that is cut off is refused`() async throws {
        let report = try await report()
        try report.write()
        let text = try #require(report.user.text(of: "report.json"))
        try report.user.writes(String(text.prefix(text.count / 2)), to: "report.json")
        #expect(try await report.user.runs("verify", "report.json").status == 2)
    }

    @Test func `a report that is too long, or has too much of anything, is refused`() async throws {
        let user = try User()
        #expect(FileManager.default.createFile(atPath: user.workingFolder + "/report.json", contents: nil))
        #expect(unsafe truncate(user.workingFolder + "/report.json", (64 << 20) + 1) == 0)
        let long = try await user.runs("verify", "report.json")
        #expect(long.status == 2 && long.errorText.contains("longer than"))
        var report = try await report()
        let exchanges = try #require(report.target["exchanges"] as? [[String: Any]])
        report.target["exchanges"] = (0..<1001).map { _ in exchanges[0] }
        let run = try await report.verifies()
        #expect(run.finished.status == 2 && run.refusal.contains("more than 1000"))
    }

    @Test func `a key that stands in a report is not repeated, and the reader is told`() async throws {
        var report = try await report()
        report.target["name"] = "call with vck_DEMO9k2Lm4Nb6Vc8Xz1As3Df5Gh7Jk9Qw2Er4Ty6Ui8Op0Lm4Nb6Vc8Xz1As"
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await report.verifies(service)
        #expect(run.refusal.contains("The report held a key"))
        #expect(!(run.finished.text + run.finished.errorText).contains("9k2Lm4Nb6Vc8"))
        #expect(report.user.text(of: "verified.json")?.contains("9k2Lm4Nb6Vc8") == false)
    }
}
