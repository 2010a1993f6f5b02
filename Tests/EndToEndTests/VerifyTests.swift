import Foundation
import SondeSimulator
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// `sonde verify`: what failed again, and what became of it.
struct VerifyTests {
    private func service(_ name: String) throws -> Simulator { try .start(scenario: #require(Scenario.builtIn(name))) }

    // MARK: Results

    @Test func `an account that works again is fixed, with both sides, and what to undo`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try service("healthy")
        defer { now.stop() }
        let run = try await report.verifies(now)
        #expect(run.finished.status == 0, "\(run.finished.errorText)")
        #expect(run.results == ["fixed"])
        #expect(now.requests.map(\.line).sorted() == ["GET /v1/credits", "GET /v1/credits", "POST /v1/chat/completions"])
        #expect(run.requests.count { $0.credential?.contains("SONDE0CONTROL") == true } == 1)
        let request = try #require(run.targets.first?["requests"] as? [[String: Any]])
        for side in ["before", "now"] {
            #expect(request.allSatisfy { ($0[side] as? [String: Any])?["request_id"] is String })
            #expect(request.allSatisfy { ($0[side] as? [String: Any])?["started_at"] is String })
        }
        #expect(request.compactMap { ($0["before"] as? [String: Any])?["status"] as? Int } == [403, 403])
        #expect(request.compactMap { ($0["now"] as? [String: Any])?["status"] as? Int } == [200, 200])
        #expect(run.finished.text.contains("Undo what was only for the trouble"))
        #expect(run.finished.text.hasSuffix("is healthy, was account_denied\n"))
        #expect(run.document["exit_code"] as? Int == 0)
    }

    @Test func `an account that is still barred is unchanged, and no made-up key is sent`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try service("vercel-account-denied")
        defer { now.stop() }
        let run = try await report.verifies(now)
        #expect(run.finished.status == 1)
        #expect(run.results == ["unchanged"])
        #expect(now.requests.count == 2)
        #expect(run.prose.contains("Result: unchanged"))
        #expect(run.prose.contains("sonde verify report.json, with the same --key"))
    }

    @Test func `another failure is changed, and names itself`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try service("vercel-no-credit")
        defer { now.stop() }
        let run = try await report.verifies(now)
        #expect(run.finished.status == 1)
        #expect(run.results == ["changed"])
        #expect(run.finished.text.hasSuffix("is billing_blocked, was account_denied\n"))
    }

    @Test func `where a made-up key is accepted, fixed is not claimed`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try Simulator.start(scenario: .letsAnybodyIn)
        defer { now.stop() }
        let run = try await report.verifies(now)
        #expect(run.finished.status == 3)
        #expect(run.results == ["undecided"])
        #expect(run.prose.contains("with a made-up key is accepted (200), so success proves nothing here"))
        #expect(!run.finished.text.contains("Undo"))
    }

    @Test func `where a made-up key is not refused cleanly, fixed is not claimed`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try Simulator.start(scenario: .limitsStrangers)
        defer { now.stop() }
        let run = try await report.verifies(now, ["--key", "env:SERVICE_KEY", "--retry", "0"])
        #expect(run.finished.status == 3)
        #expect(run.prose.contains("did not get a clean refusal: 429"))
    }

    @Test func `without a made-up key the inference request with an invalid field must fail`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try service("healthy")
        defer { now.stop() }
        let run = try await report.verifies(now, ["--key", "env:SERVICE_KEY", "--no-control"])
        #expect(now.requests.allSatisfy { $0.credential?.contains("SONDE0CONTROL") != true })
        let spoiled = now.requests.filter { String(decoding: $0.body, as: UTF8.self).contains("\"messages\":0") }
        #expect(spoiled.count == 1)
        // The simulator takes any conversation, as a mock does.
        #expect(run.results == ["undecided"])
        #expect(run.prose.contains("with an invalid field is accepted"))
    }

    @Test func `a key that had a line end is fixed once it has none`() async throws {
        let user = try User()
        let before = try service("healthy")
        defer { before.stop() }
        _ = try await user.checks(before, vendor: "vercel", key: EarlierReport.key + "\n")
        let run = try await user.runs(
            ["verify", "report.json", "--key", "env:SERVICE_KEY"], with: ["SERVICE_KEY": EarlierReport.key])
        #expect(run.status == 0, "\(run.errorText)")
        #expect(run.text.contains("is healthy, was key_malformed"))
        #expect(run.text.unwrapped.contains("Not as it was"))
    }

    @Test func `healthy targets leave nothing to verify`() async throws {
        let report = try await EarlierReport(User(), of: "healthy")
        let now = try service("healthy")
        defer { now.stop() }
        let run = try await report.verifies(now)
        #expect(run.finished.status == 3)
        #expect(now.requests.isEmpty)
        #expect(run.finished.text == "sonde: nothing to verify (exit 3): the report's target was healthy\n")
        #expect(run.record["result"] as? String == "nothing_to_verify")
    }

    @Test func `of several targets all that failed are verified, and the one that still fails decides`() async throws {
        let user = try User()
        let names = ["healthy", "vercel-account-denied", "vercel-no-credit"]
        let services = try names.map { try service($0) }
        defer { for service in services { service.stop() } }
        let profile = zip(["good", "barred", "poor"], services).map {
            "{\"name\": \"\($0)\", \"vendor\": \"vercel\", \"base_url\": \"\($1.baseURL)\", \"key\": \"env:SERVICE_KEY\"}"
        }
        try user.writes("{\"targets\": [\(profile.joined(separator: ", "))]}", to: "profile.json")
        let variables = ["SERVICE_KEY": EarlierReport.key]
        _ = try await user.runs(["check", "--profile", "profile.json", "-o", "report.json"], with: variables)
        let keys = ["barred", "poor"].flatMap { ["--key", "\($0)=env:SERVICE_KEY"] }
        let run = try await user.runs(["verify", "report.json", "--format", "ndjson"] + keys, with: variables)
        #expect(run.status == 1, "\(run.errorText)")
        let lines = try run.text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.compactMap { $0["id"] as? String } == ["barred", "poor"])
        #expect(lines.compactMap { ($0["verification"] as? [String: Any])?["result"] as? String } == ["unchanged", "unchanged"])
        #expect(services[0].requests.count == 3)
    }

    // MARK: The report

    @Test func `at a terminal the last report is kept, verify takes it, and the screen of the check says so`() async throws {
        let user = try User()
        let barred = try service("vercel-account-denied")
        defer { barred.stop() }
        let check = try await user.runs(
            ["check", barred.baseURL, "--vendor", "vercel", "--key", "env:SERVICE_KEY", "--color", "never"],
            with: ["SERVICE_KEY": EarlierReport.key], on: .terminal(columns: 100))
        #expect(check.text.contains("When it is mended: sonde verify, with the same --key"))
        let run = try await user.runs(["verify", "--key", "env:SERVICE_KEY"], with: ["SERVICE_KEY": EarlierReport.key])
        #expect(run.status == 1, "\(run.errorText)")
        #expect(run.text.contains("sonde: unchanged (exit 1)"))
    }

    @Test func `without a report the message says how to make one`() async throws {
        let run = try await User().runs("verify")
        #expect(run.status == 2)
        #expect(run.errorText.contains("none is kept here") && run.errorText.contains("-o FILE.json"))
    }

    @Test func `a report comes from a pipe as well`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        try report.write()
        let bytes = try #require(report.user.bytes(of: "report.json"))
        let run = try await report.user.runs(
            ["verify", "-", "--key", "env:SERVICE_KEY"], with: ["SERVICE_KEY": EarlierReport.key], on: .pipes(input: bytes))
        // Nobody listens there any more.
        #expect(run.status == 1 && run.text.contains("is connect_failure, was account_denied"))
        let twice = try await report.user.runs("verify", "-", "--key", "stdin")
        #expect(twice.status == 2)
    }

    // MARK: Waiting

    @Test func `a wait says beforehand what it may cost, and Ctrl-C ends it with what was learned`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        for (signal, status) in [(SIGINT, Int32(130)), (SIGTERM, 143)] {
            let now = try service("vercel-account-denied")
            defer { now.stop() }
            var moved = report
            moved.move(to: now)
            try moved.write()
            let tool = try report.user.starts(
                ["verify", "report.json", "--key", "env:SERVICE_KEY", "--wait", "2h", "-o", "verified.json"],
                with: ["SERVICE_KEY": EarlierReport.key])
            #expect(await tool.prints("next in 5 min"))
            #expect(tool.printed.unwrapped.contains("at most 8 rounds"))
            #expect(tool.printed.unwrapped.contains("at most 8 paid requests in all"))
            tool.signal(signal)
            let finished = await tool.finished()
            #expect(finished.status == status)
            #expect(finished.text.contains("sonde: interrupted (exit \(status)): "))
            #expect(finished.text.contains("Result: unchanged"))
            #expect(now.requests.count == 2)
            #expect(report.user.text(of: "verified.json")?.contains("\"result\": \"unchanged\"") == true)
        }
    }

    @Test func `a wait ends at once with what is fixed already`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try service("healthy")
        defer { now.stop() }
        let run = try await report.verifies(now, ["--key", "env:SERVICE_KEY", "--wait", "24h"])
        #expect(run.finished.status == 0)
        #expect((run.record["rounds"] as? [Any])?.count == 1)
        #expect((run.record["waited"] as? [String: Any])?["limit_ms"] as? Int == 86_400_000)
    }

    @Test func `a wait shorter than the shortest pause is refused`() async throws {
        let run = try await User().runs("verify", "report.json", "--wait", "4m")
        #expect(run.status == 2)
        #expect(run.errorText.contains("5 minutes"))
    }

    @Test func `a dry run sends nothing and says what would be sent`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try service("healthy")
        defer { now.stop() }
        let run = try await report.verifies(now, ["--dry-run"])
        #expect(run.finished.status == 0)
        #expect(now.requests.isEmpty)
        #expect(run.prose.contains("Nothing:") || run.prose.contains("POST /v1/chat/completions"))
        #expect(run.prose.contains("Differs: ") && run.prose.contains("key: then env:SERVICE_KEY (vck_…, 61 characters), now none"))
        // Without a key nothing is asked, however long one waits.
        let waiting = try await report.verifies(now, ["--dry-run", "--wait", "2h"])
        #expect(waiting.prose.contains("No request is sent.") && !waiting.prose.contains("rounds"))
    }
}
