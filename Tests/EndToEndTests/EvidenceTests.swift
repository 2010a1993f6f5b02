import Foundation
import SondeJSON
import SondeSimulator
import TestSupport
import Testing

/// The page for a support ticket, made by the tool from what services really answered.
struct EvidenceTests {
    /// A page as it is compared: without what differs from run to run.
    private func masked(_ page: String) -> String {
        page.replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?/, with: "TIME").replacing(/`libcurl\/[^`]*`/, with: "`LIBCURL`")
            .replacing(/on `(Linux|Darwin)[^`]*`/, with: "on `SYSTEM`").replacing(/[0-9a-f]{16}-FRA/, with: "CF-RAY")
    }

    private func page(_ user: User, _ arguments: String..., with variables: [String: String] = [:]) async throws -> String {
        let run = try await user.runs(["evidence"] + arguments, with: variables)
        #expect(run.status == 0, "\(run.errorText)")
        return run.text
    }

    // MARK: Whole pages

    @Test(arguments: ["vercel-account-denied", "openai-bad-key", "vercel-wrong-host"])
    func `the page about a failure`(scenario: String) async throws {
        let user = try User()
        _ = try await user.checks(scenario)
        let text = try await page(user, "report.json", "--tried", "new key", "--note", "plan=Pro")
        try Screen("evidence-\(scenario)").expect(masked(text))
    }

    @Test func `the page about a healthy service`() async throws {
        let user = try User()
        _ = try await user.checks("healthy", vendor: "vercel")
        try await Screen("evidence-healthy").expect(masked(page(user, "report.json")))
    }

    @Test func `the page about a name that cannot be resolved`() async throws {
        let user = try User()
        let run = try await user.runs(
            "check", "https://no-such-host.invalid/v1", "--vendor", "openai", "--key", "env:K", "-o", "json=report.json",
            with: ["K": "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5"])
        #expect(run.status == 1)
        try await Screen("evidence-dns").expect(masked(page(user, "report.json")))
    }

    @Test func `the page about several reports`() async throws {
        let user = try User()
        for scenario in ["healthy", "openai-no-quota"] {
            _ = try await user.checks(scenario)
            try FileManager.default.moveItem(
                atPath: user.workingFolder + "/report.json", toPath: user.workingFolder + "/\(scenario).json")
        }
        try await Screen("evidence-several").expect(masked(page(user, "healthy.json", "openai-no-quota.json")))
    }

    // MARK: To repeat it

    private struct Repetition {
        var lines: [String]
        /// Indices of the exchanges, one for each line.
        var exchanges: [Int]

        init(_ page: String) throws {
            let parts = page.components(separatedBy: "```sh\n")
            lines = try #require(parts.dropFirst().first).components(separatedBy: "\n```")[0].components(separatedBy: "\n")
            let introduction = try #require(parts[0].components(separatedBy: "\n").last { $0.hasPrefix("Request") })
            exchanges = introduction.prefix { $0 != "." }.matches(of: /\d+/).compactMap { Int($0.0).map { $0 - 1 } }
        }
    }

    /// The status of each exchange of a report; nil where nothing answered.
    private func statuses(_ report: [UInt8]) throws -> [Int?] {
        let json = try #require(try JSONSerialization.jsonObject(with: Data(report)) as? [String: Any])
        let target = try #require((json["targets"] as? [[String: Any]])?.first)
        return try #require(target["exchanges"] as? [[String: Any]]).map { ($0["response"] as? [String: Any])?["status"] as? Int }
    }

    /// Not those whose answers count the calls, or that never answer.
    @Test(arguments: Scenario.builtInNames.filter { !["flaky", "stall"].contains($0) })
    func `a line that is pasted into a shell gets the same status`(name: String) async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/curl") else {
            print("SKIPPED: there is no curl to run the lines with")
            return
        }
        let user = try User()
        let scenario = try #require(Scenario.builtIn(name))
        let simulator = try Simulator.start(scenario: scenario)
        defer { simulator.stop() }
        let check = try await user.checks(simulator, scenario.arguments + ["-o", "evidence=page.md"])
        #expect(check.finished.errorText.contains(/checked against \d+ keys? and \d+ patterns/) || scenario.key == nil)
        let repetition = try Repetition(#require(user.text(of: "page.md")))
        let expected = try statuses(#require(user.bytes(of: "report.json")))
        #expect(repetition.lines.count == repetition.exchanges.count)
        #expect(repetition.lines.count >= 2)
        for (line, exchange) in zip(repetition.lines, repetition.exchanges) {
            let run = try await user.runs(
                ["-c", line], with: ["API_KEY": scenario.key ?? "", "ORGANIZATION": "org-DEMO4wrong5organization6"], program: "/bin/sh")
            let status = run.text.firstMatch(of: /^HTTP\/[0-9.]+ (\d+)/).flatMap { Int($0.1) }
            #expect(status == expected[exchange], "\(line)\n\(run.errorText)")
        }
    }

    // MARK: Identifiers

    private static let identifiers = [
        "team_9fKq2Lm7Xc4Vb1Nz8Jh3", "org-7Hs2Kd9Lp4Qw1Ze6Xc3v", "proj_5Tg8Yh2Uj7Mk4Nb1Vc9x", "acct_3Rf6Tg9Yh2Uj5Ik8",
        "user-8Jm3Nk6Bv9Cx2Za5Sd7f",
        "jane.doe@customer.example", "203.0.113.77", "2001:db8::8a2e:370:7334",
    ]

    /// A scenario in which every message, a header and the path speak of the customer.
    private func planted(_ name: String) throws -> Scenario {
        let text = String(decoding: try #require(Scenario.builtInBytes(name)), as: UTF8.self)
        let words = Self.identifiers.joined(separator: ", ")
        let team = "team_9fKq2Lm7Xc4Vb1Nz8Jh3"
        return try Scenario(
            parsing: Array(
                text.replacing("\"message\": \"", with: "\"message\": \"\(words). ").replacing("<title>", with: "<title>\(words) ")
                    .replacing("\"/v1", with: "\"/\(team)/v1").replacing("req_{request_id}", with: "\(Self.identifiers[1])")
                    .replacing("\"headers\": {", with: "\"headers\": {\n\"x-cache\": \"\(words)\",").utf8))
    }

    @Test(arguments: Scenario.builtInNames.filter { $0 != "stall" })
    func `no identifier comes out that a service spoke of`(name: String) async throws {
        let user = try User()
        let simulator = try Simulator.start(scenario: planted(name))
        defer { simulator.stop() }
        _ = try await user.checks(simulator, ["--keep-bodies", "--include-identifiers", "-o", "evidence=page.md"])
        let made = try #require(user.text(of: "page.md"))
        let later = try await page(user, "report.json")
        for identifier in Self.identifiers {
            #expect(!made.contains(identifier) && !later.contains(identifier), "\(identifier)")
        }
        #expect(made == later)
        let kept = try await page(user, "report.json", "--include-identifiers")
        #expect(kept.contains(Self.identifiers[0]) && kept.contains("for a private ticket only"))
        try await expectNoneOfAnyVendor(user)
    }

    /// The same report as one about each vendor there is, a few at a time.
    private func expectNoneOfAnyVendor(_ user: User) async throws {
        let text = try #require(user.text(of: "report.json"))
        let vendors = try await user.runs("vendors").text.matches(of: #/(?m)^([a-z][a-z0-9.-]+)[ ]{2}/#).map { String($0.1) }
        #expect(vendors.count > 20)
        for start in stride(from: 0, to: vendors.count, by: 5) {
            let group = vendors[start..<min(start + 5, vendors.count)]
            for vendor in group {
                try user.writes(text.replacing(/"vendor": "[^"]+"/, with: "\"vendor\": \"\(vendor)\""), to: "as-\(vendor).json")
            }
            let run = try await user.runs(["evidence"] + group.map { "as-\($0).json" })
            #expect(run.status == 0, "\(run.errorText)")
            for identifier in Self.identifiers { #expect(!run.text.contains(identifier), "\(identifier) in \(group)") }
        }
    }

    @Test(arguments: [
        ("/v1/9f3b7c21d4e85a60b1c2d3e4f5a69788/my-gw/compat", "9f3b7c21d4e85a60b1c2d3e4f5a69788"),
        ("/teams/acme-widgets/v1", "acme-widgets"),
        ("/2f1c8a4e-77b3-4d0e-9a51-0c6d2be94f13/v1", "2f1c8a4e-77b3-4d0e-9a51-0c6d2be94f13"),
    ])
    func `whose address it is does not come out, whatever service it belongs to`(path: String, name: String) async throws {
        let user = try User()
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { simulator.stop() }
        let origin = simulator.baseURL.replacing("/v1", with: "")
        _ = try await user.runs("check", origin + path, "--no-inference", "--interface", "127.0.0.1", "-o", "evidence=page.md")
        let page = try #require(user.text(of: "page.md"))
        #expect(!page.contains(name))
        #expect(page.contains("Route: `interface 127.0.0.1`"))
    }

    @Test func `a report without identifiers has none to show`() async throws {
        let user = try User()
        _ = try await user.checks(Simulator.start(scenario: planted("vercel-account-denied")))
        let run = try await user.runs("evidence", "report.json", "--include-identifiers")
        #expect(run.status == 0)
        #expect(run.errorText.contains("where 'check' ran without --include-identifiers"))
        #expect(!Self.identifiers.contains { run.text.contains($0) })
    }

    // MARK: What is refused

    @Test(arguments: [
        ("--note", "auth=Bearer abc123abc123def456", "access token"), ("--note", "who=jane@customer.example", "e-mail address"),
        ("--tried", "from 203.0.113.77", "IP address"), ("--tried", "DEMO-kept_elsewhere-3141592653", "the key from env:OPENAI_API_KEY"),
    ])
    func `a page that would hold a key or an identifier is not written`(option: String, value: String, what: String) async throws {
        let user = try User()
        _ = try await user.checks("vercel-account-denied")
        let path = try user.writes("as it was", to: "page.md")
        let run = try await user.runs(
            "evidence", "report.json", option, value, "-o", path, with: ["OPENAI_API_KEY": "DEMO-kept_elsewhere-3141592653"])
        #expect(run.status == 2)
        #expect(run.output == [])
        #expect(run.errorText.unwrapped.contains(/its line \d+ holds/) && run.errorText.unwrapped.contains(what))
        #expect(!run.errorText.contains(value.suffix(9)))
        #expect(user.text(of: "page.md") == "as it was")
    }

    @Test func `a key that a report holds does not come out`() async throws {
        let user = try User()
        let check = try await user.checks("vercel-account-denied")
        let key = "DEMO-kept_elsewhere-3141592653"
        let text = try #require(user.text(of: "report.json")).replacing("Forbidden.", with: "Forbidden: \(key).")
        try user.writes(text, to: "forged.json")
        for arguments in [["--key", "env:OTHER"], ["--key", "file:key"], []] {
            try user.writes(key + "\n", to: "key")
            let run = try await user.runs(
                ["evidence", "forged.json"] + arguments, with: [arguments.isEmpty ? "SERVICE_KEY" : "OTHER": key])
            #expect(run.status == 0)
            #expect(!run.text.contains("elsewhere"))
            #expect(run.errorText.contains("checked against 1 key and"))
        }
        #expect(check.finished.status == 1)
    }

    @Test(arguments: [
        ("", "the text is empty"), ("{\"schema_version\": 1, \"targets\": [", "ends too early"), ("[]", "no report"),
        ("{\"schema_version\": 2, \"targets\": []}", "version 2"),
        ("{\"schema_version\": 1, \"tool\": {\"name\": \"other\"}, \"targets\": []}", "no report of sonde"),
    ])
    func `what is no report is named`(text: String, why: String) async throws {
        let user = try User()
        try user.writes(text, to: "broken.json")
        let run = try await user.runs("evidence", "broken.json", "-o", "page.md")
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("broken.json") && run.errorText.unwrapped.contains(why), "\(run.errorText)")
        #expect(user.bytes(of: "page.md") == nil)
    }

    @Test func `without a report there is none to make a page of, and the same twice is refused`() async throws {
        let user = try User()
        let none = try await user.runs("evidence")
        #expect(none.status == 2 && none.errorText.contains("There is no report of an earlier run"))
        #expect(try await user.runs("evidence", "a.json", "a.json").status == 2)
        let printed = try await user.runs("check", "openai", "-o", "evidence=-")
        #expect(printed.status == 2 && printed.errorText.contains("written to files only"))
        #expect(try await user.runs("check", "openai", "--format", "evidence").status == 2)
    }

    // MARK: The usual way

    @Test func `a failure on a terminal ends with the command that makes the page, and the command makes it`() async throws {
        let user = try User()
        let scenario = try #require(Scenario.builtIn("vercel-account-denied"))
        let simulator = try Simulator.start(scenario: scenario)
        defer { simulator.stop() }
        let check = try await user.runs(
            ["check", simulator.baseURL, "--vendor", "vercel", "--key", "env:K"], with: ["K": scenario.key ?? ""],
            on: .terminal(columns: 80))
        #expect(check.text.withoutColors.contains("The page to send to them: sonde evidence\n"))
        let run = try await user.runs("evidence", "-o", "page.md")
        #expect(run.status == 0 && run.output == [])
        #expect(user.text(of: "page.md")?.hasPrefix("# Vercel AI Gateway") == true)
        #expect(user.leaks(of: KeySearch(key: scenario.key ?? "", publicPrefix: "vck_"), in: [check, run]) == [])
    }
}
