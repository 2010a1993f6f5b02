import Foundation
import SondeSimulator
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Watching, with the built tool: what it sends, what it says, and how it ends.
struct WatchTests {
    private static let key = Scenario.gatewayKey

    /// A gateway that is healthy but for some routes.
    private func start(_ routes: [[String: Any]] = []) throws -> Simulator {
        try Simulator.start(
            scenario: .asked(vendor: "vercel", key: Self.key, model: "openai/gpt-5.4-nano", routes))
    }

    /// The key is refused in these calls for the credits.
    private func refused(_ calls: String) -> [[String: Any]] {
        [
            [
                "path": "/v1/credits", "when": ["key": "valid", "call": calls],
                "answer": Answer.refusal(401, "Authentication failed.", type: "authentication_error"),
            ]
        ]
    }

    /// The key is refused for everything that needs one.
    private let refusedThroughout: [[String: Any]] = [
        [
            "path": ["/v1/credits", "/v1/chat/completions"],
            "answer": Answer.refusal(401, "Authentication failed.", type: "authentication_error"),
        ]
    ]

    private func arguments(_ service: Simulator, _ options: String...) -> [String] {
        [
            "watch", service.baseURL, "--vendor", "vercel", "--model", service.scenario.model, "--key", "env:SERVICE_KEY", "--every", "1ms",
            "--infer-every", "1000", "--max-requests", "1000000",
        ] + options
    }

    private static let variables = ["SERVICE_KEY": key]

    private func lines(_ run: Finished) throws -> [[String: Any]] {
        try run.text.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    private func cause(_ state: Any?) -> String? { (state as? [String: Any])?["cause"] as? String }

    // MARK: What it says and sends

    @Test func `each change is a line, and the made-up key goes out once for each`() async throws {
        let service = try start(refused("4-7"))
        defer { service.stop() }
        let run = try await User().runs(
            arguments(service, "--rounds", "12", "--infer-every", "10"), with: Self.variables)
        #expect(run.status == 0)
        #expect(run.errorText == "")
        let lines = try lines(run)
        #expect(lines.map { $0["type"] as? String } == ["watch_started", "change", "change", "change", "change", "watch_ended"])
        let changes = lines.filter { $0["type"] as? String == "change" }
        #expect(changes.map { cause($0["to"]) } == ["healthy", "key_rejected", "inconclusive", "healthy"])
        // What is over is asked about in the next round, not in its turn, which is the eleventh.
        #expect(changes.map { $0["round"] as? Int } == [1, 4, 8, 9])
        #expect(changes.map { cause($0["from"]) } == [nil, "healthy", "key_rejected", "inconclusive"])
        #expect(service.requests.count { $0.credential?.contains("SONDE0CONTROL") == true } <= 1)
        #expect(service.requests.count { $0.method == "POST" } == 3)
    }

    @Test(arguments: [(1, 7), (3, 3), (7, 1), (100, 1)])
    func `inference is asked in its rounds and in no other`(every: Int, count: Int) async throws {
        let service = try start()
        defer { service.stop() }
        let run = try await User().runs(arguments(service, "--rounds", "7", "--infer-every", "\(every)", "-v"), with: Self.variables)
        #expect(run.status == 0)
        #expect(service.requests.count { $0.method == "POST" } == count)
        #expect(service.requests.count { $0.path == "/v1/models" } == 7)
        let rounds = try lines(run).filter { $0["type"] as? String == "round" }
        #expect(rounds.count == 7)
        #expect(rounds.count { $0["inference"] as? Bool == true } == count)
        #expect(rounds.last?["paid_calls"] as? Int == count)
    }

    @Test func `several targets are asked for inference as seldom as the ceiling takes, which is said beforehand`() async throws {
        let (one, other) = (try start(), try start())
        defer { [one, other].forEach { $0.stop() } }
        let user = try User()
        func run(_ options: String...) async throws -> Finished {
            try await user.runs(
                [
                    "watch", one.baseURL, other.baseURL, "--vendor", "vercel", "--key", "\(one.baseURL)=env:SERVICE_KEY", "--key",
                    "\(other.baseURL)=env:SERVICE_KEY", "--every", "60s",
                ] + options, with: Self.variables)
        }
        let words =
            "Inference in the first round and every 16th after it, so that a day stays below what is allowed: up to 180 paid calls a day of 200"
        let dry = try await run("--dry-run")
        #expect(dry.status == 0)
        #expect(dry.text.unwrapped.contains(words))
        // What is named is named by the user, so that nothing else is done instead.
        let explicit = try await run("--infer-every", "10")
        #expect(explicit.status == 2)
        #expect(explicit.errorText.contains("288 paid calls a day, and 200 are allowed"))
        #expect(explicit.errorText.unwrapped.contains("--infer-every 15, or --every 87s. Or allow it: --max-requests 288."))
        let dryAgain = try await run("--infer-every", "10", "--dry-run")
        #expect(dryAgain.status == 0)
        #expect(
            dryAgain.text.unwrapped.contains("would be refused. Inference in the first round and every 10th after it: up to 288 paid calls")
        )
        #expect(one.requests.isEmpty && other.requests.isEmpty)
        let real = try user.starts(
            ["watch", one.baseURL, "--vendor", "vercel", "--key", "env:SERVICE_KEY", "--every", "60s", "--max-requests", "100"],
            with: Self.variables)
        #expect(await real.prints("\"type\":\"change\""))
        real.signal(SIGTERM)
        let finished = await real.finished()
        let started = try #require(try lines(finished).first)
        #expect(started["infer_every"] as? Int == 16)
        #expect(started["paid_calls_a_day"] as? Int == 90)
        #expect(finished.errorText.unwrapped.contains("every 16th after it, so that a day stays below what is allowed"))
    }

    @Test func `the cost of a day is said beforehand and decides how often inference is asked`() async throws {
        let service = try start()
        defer { service.stop() }
        let user = try User()
        let priced = try await user.runs(
            ["watch", "openai", "--key", "env:K", "--model", "gpt-5.4-nano", "--dry-run", "--max-cost", "0.01"],
            with: ["K": "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5"])
        #expect(priced.status == 0)
        #expect(priced.text.unwrapped.contains("every 12th after it, so that a day stays below what is allowed"))
        #expect(priced.text.unwrapped.contains("a day of 140 allowed, for 0.009968 USD at most"))
        // Where the list tells the price, what costs more than its share of the day is not sent.
        let listed = try await user.runs(
            [
                "watch", service.baseURL, "--vendor", "vercel", "--key", "env:SERVICE_KEY", "--rounds", "2", "--every", "1ms", "--max-cost",
                "0.0001",
            ],
            with: Self.variables)
        #expect(listed.status == 2)
        #expect(service.requests.allSatisfy { $0.method == "GET" })
        #expect(try lines(listed).first?["max_cost_usd"] as? Double == 0.0001)
        #expect(cause(try lines(listed).dropFirst().first?["to"]) == "inconclusive")
        let sent = service.requests.count
        let unknown = try await user.runs(
            ["watch", service.baseURL, "--vendor", "openai", "--model", "gpt-5.4-nano", "--key", "env:SERVICE_KEY", "--max-cost", "1"],
            with: ["SERVICE_KEY": "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5"])
        #expect(service.requests.count == sent)
        #expect(unknown.status == 2)
        #expect(unknown.errorText.contains("is not known, so '--max-cost' cannot be kept and nothing was sent"))
    }

    @Test func `money that is back is noticed for nothing, and inference asked in the round after`() async throws {
        let service = try start([
            ["path": "/v1/credits", "when": ["key": "valid", "call": "1-4"], "answer": ["body": ["balance": "0.00"]]],
            [
                "path": "/v1/chat/completions", "when": ["key": "valid", "call": 1],
                "answer": Answer.refusal(402, "Insufficient funds.", type: "insufficient_funds"),
            ],
        ])
        defer { service.stop() }
        let run = try await User().runs(arguments(service, "--rounds", "9"), with: Self.variables)
        #expect(run.status == 0)
        let changes = try lines(run).filter { $0["type"] as? String == "change" }
        #expect(changes.map { cause($0["to"]) } == ["billing_blocked", "healthy"])
        #expect(changes.map { $0["round"] as? Int } == [1, 6])
        #expect(service.requests.count { $0.method == "POST" } == 2)
    }

    @Test func `a real service is not asked without a pause`() async throws {
        let run = try await User().runs("watch", "https://llm.example.com/v1", "--every", "900ms", "--rounds", "1")
        #expect(run.status == 2)
        #expect(run.errorText.contains("shorter than a second"))
    }

    @Test func `after its last round it ends as a check would`() async throws {
        let service = try start(refusedThroughout)
        defer { service.stop() }
        let run = try await User().runs(arguments(service, "--rounds", "2", "--format", "text"), with: Self.variables)
        #expect(run.status == 1)
        #expect(run.text.contains("FAIL  127.0.0.1:\(service.port): key_rejected"))
        #expect(run.text.hasSuffix("sonde: fail (exit 1): 2 rounds, 0 changes, 0 paid calls; last 1 fail\n"))
    }

    @Test func `a key that is replaced in its file is used in the next round, and asked at once`() async throws {
        let service = try start()
        defer { service.stop() }
        let user = try User()
        try user.writes("vck_DEMO0not0the0right0one0at0all0000000000000000000000000000\n", to: "key")
        let tool = try user.starts(
            [
                "watch", service.baseURL, "--vendor", "vercel", "--key", "file:key", "--every", "20ms", "--infer-every", "100",
                "--max-requests", "1000000",
            ])
        #expect(await tool.prints("key_rejected"))
        try user.writes(Self.key + "\n", to: "key")
        #expect(await tool.prints("\"to\":{\"cause\":\"healthy\""))
        try FileManager.default.removeItem(atPath: user.workingFolder + "/key")
        #expect(await tool.prints("going on with what was read before"))
        tool.signal(SIGTERM)
        let run = await tool.finished()
        #expect(run.status == 0)
        #expect(!(run.text + run.errorText).contains("vck_DEMO"))
    }

    @Test func `a ceiling that is reached is not called free again before something was asked`() async throws {
        let service = try start()
        defer { service.stop() }
        let user = try User()
        try user.writes(Self.key + "\n", to: "key")
        let tool = try user.starts(
            [
                "watch", service.baseURL, "--vendor", "vercel", "--key", "file:key", "--every", "20ms", "--rounds", "1000000",
                "--infer-every",
                "1000000", "--max-requests", "1", "-v",
            ])
        #expect(await tool.prints("\"cause\":\"healthy\""))
        // One call was paid for, which is all that is allowed; the new key would be asked at once.
        try user.writes("vck_DEMO0not0the0right0one0at0all0000000000000000000000000000\n", to: "key")
        #expect(await tool.prints("inference is left out until it fits again"))
        let seen = tool.printed.matches(of: /"round":(\d+),/).last.flatMap { Int($0.1) } ?? 0
        #expect(await tool.prints("\"round\":\(seen + 5),"))
        tool.signal(SIGTERM)
        let run = await tool.finished()
        #expect(run.status == 0)
        #expect(!run.errorText.contains("fits below the ceiling"))
        #expect(run.errorText.matches(of: /is left out/).count == 1)
    }

    // MARK: Files

    @Test func `a file is whole whenever it is read, and of the round that was told last`() async throws {
        let service = try start()
        defer { service.stop() }
        let user = try User()
        let tool = try user.starts(
            arguments(
                service, "-v", "-o", "prometheus=sonde.prom", "-o", "report.json", "--infer-every", "100"),
            with: Self.variables)
        for round in [1, 20, 40] {
            #expect(await tool.prints("\"round\":\(round),"))
            for _ in 1...50 {
                let metrics = try #require(user.text(of: "sonde.prom"))
                #expect(metrics.hasPrefix("# HELP sonde_build_info"))
                #expect(metrics.hasSuffix("\n"))
                #expect(
                    metrics.contains("\nsonde_target_cause_info{target=\"127.0.0.1:\(service.port)\",vendor=\"vercel\",cause=\"healthy\""))
                #expect(metrics.contains("\nsonde_balance_remaining{"))
                let report = try ReportFacts(#require(user.bytes(of: "report.json")))
                #expect(report.outcome == "pass")
            }
        }
        tool.signal(SIGTERM)
        #expect(await tool.finished().status == 0)
        #expect(user.files.keys.sorted() == ["work/report.json", "work/sonde.prom"])
        // What a round took over is judged as it was.
        let explained = try await user.runs("explain", "report.json")
        #expect(explained.text.contains("is healthy"))
    }

    @Test func `a file that cannot be written is said once, and decides the status if it stays so`() async throws {
        let service = try start()
        defer { service.stop() }
        let user = try User()
        let folder = user.workingFolder + "/out"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let tool = try user.starts(arguments(service, "-v", "-o", "out/report.json"), with: Self.variables)
        #expect(await tool.prints("\"round\":3,"))
        try FileManager.default.moveItem(atPath: folder, toPath: folder + "-moved")
        #expect(await tool.prints("Cannot write 'out/report.json'"))
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        #expect(await tool.prints("'out/report.json' is written again"))
        try FileManager.default.moveItem(atPath: folder, toPath: folder + "-moved-too")
        #expect(await tool.prints("written again.\nError: Cannot write 'out/report.json'"))
        tool.signal(SIGTERM)
        let run = await tool.finished()
        #expect(run.status == 2)
        #expect(run.errorText.matches(of: /Error:/).count == 2)
        #expect(try lines(run).last?["exit_code"] as? Int == 2)
    }

    // MARK: How it ends

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal ends it while it waits, with its last state and the status 0`(signal: Int32) async throws {
        let service = try start(refusedThroughout)
        defer { service.stop() }
        let tool = try User().starts(arguments(service, "--every", "1h"), with: Self.variables)
        #expect(await tool.prints("key_rejected"))
        // The next round is an hour off: a tool that waited for it would be killed, and have no status.
        tool.signal(signal)
        let run = await tool.finished()
        #expect(run.status == 0)
        let end = try #require(try lines(run).last)
        #expect(end["type"] as? String == "watch_ended")
        #expect(cause(((end["targets"] as? [[String: Any]])?.first)?["state"]) == "key_rejected")
    }

    @Test func `a round that a signal cuts short changes nothing`() async throws {
        let service = try start([["path": "/v1/credits", "when": ["call": "2-"], "answer": ["fault": ["kind": "stall", "at": "start"]]]])
        defer { service.stop() }
        let tool = try User().starts(arguments(service), with: Self.variables)
        #expect(await tool.prints("\"type\":\"change\""))
        tool.signal(SIGTERM)
        let run = await tool.finished()
        #expect(run.status == 0)
        #expect(try lines(run).map { $0["type"] as? String } == ["watch_started", "change", "watch_ended"])
    }

    @Test func `it outlives its terminal when it was told to`() async throws {
        let service = try start()
        defer { service.stop() }
        let command = "trap '' HUP; exec \"$0\" \"$@\""
        let tool = try User().starts(["-c", command, User.tool] + arguments(service, "-v"), with: Self.variables, program: "/bin/sh")
        #expect(await tool.prints("\"round\":1,"))
        tool.signal(SIGHUP)
        #expect(await tool.prints("\"round\":30,"))
        tool.signal(SIGTERM)
        #expect(await tool.finished().status == 0)
    }

    @Test func `it ends when nobody reads it any more, though it has nothing to say`() async throws {
        let service = try start()
        defer { service.stop() }
        let command = "\"$0\" \"$@\" | head -n 1; echo over"
        let run = try await User().runs(["-c", command, User.tool] + arguments(service), with: Self.variables, program: "/bin/sh")
        #expect(!run.wasKilled)
        #expect(run.text.hasSuffix("over\n"))
        #expect(run.errorText == "")
    }

    // MARK: On a terminal

    @Test func `a table stands below the changes and is left whole by Ctrl-C`() async throws {
        let service = try start(refused("3-"))
        defer { service.stop() }
        let user = try User()
        let profile: [String: Any] = [
            "targets": [["name": "gate\u{1B}[2Jway", "vendor": "vercel", "base_url": service.baseURL, "key": "env:SERVICE_KEY"]]
        ]
        try user.writes(String(decoding: JSONSerialization.data(withJSONObject: profile), as: UTF8.self), to: "profile.json")
        let tool = try user.starts(
            ["watch", "--profile", "profile.json", "--every", "50ms", "--infer-every", "100", "--max-requests", "1000000"],
            with: Self.variables,
            on: .terminal(columns: 80))
        #expect(await tool.prints("healthy → key_rejected"))
        #expect(await tool.prints("next in"))
        tool.type("\u{3}")
        let run = await tool.finished()
        #expect(run.status == 0)
        #expect(run.text.contains("Watching 1 target every 50 ms."))
        #expect(run.text.contains("gate\\x1B[2Jway: healthy → key_rejected"))
        #expect(!run.text.contains("\u{1B}[2J"))
        // No other screen, and the cursor never leaves its own lines.
        #expect(!run.text.contains("\u{1B}[?1049h") && !run.text.contains("\u{1B}[H"))
        let end = try #require(run.text.components(separatedBy: "\u{1B}[J").last)
        #expect(end.contains("sonde: ended (exit 0): "))
    }

    @Test func `without a table a terminal gets the changes alone`() async throws {
        let service = try start(refused("2-"))
        defer { service.stop() }
        let run = try await User().runs(
            arguments(service, "--rounds", "2", "--no-progress"), with: Self.variables.merging(["NO_COLOR": "1"]) { $1 },
            on: .terminal(columns: 80))
        #expect(run.status == 1)
        #expect(!run.text.contains("\u{1B}["))
        #expect(run.text.contains("FAIL  127.0.0.1:\(service.port): healthy → key_rejected"))
    }

    // MARK: Memory

    @Test func `hundreds of rounds leave memory and descriptors as they were`() async throws {
        let service = try start()
        defer { service.stop() }
        let user = try User()
        let tool = try user.starts(
            arguments(service, "-v", "-o", "report.json"), with: Self.variables, patience: .seconds(120))
        func measured(atRound round: Int) async -> (memory: Int, descriptors: Int) {
            // The fewest of looks in many rounds: in between there is no connection, and what stays open is there at every look.
            var descriptors: [Int] = []
            for next in round..<(round + 40) {
                #expect(await tool.prints("\"round\":\(next),"))
                descriptors += (1...5).map { _ in
                    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(tool.id)/fd").count) ?? 0
                }
            }
            let status = String(decoding: tool.kernelFile("status"), as: UTF8.self)
            let memory = status.firstMatch(of: /VmRSS:\s+(\d+)/).flatMap { Int($0.1) } ?? 0
            return (memory, descriptors.filter { $0 > 0 }.min() ?? 0)
        }
        let early = await measured(atRound: 100)
        let late = await measured(atRound: 500)
        tool.signal(SIGTERM)
        #expect(await tool.finished().status == 0)
        #expect(early.memory > 0 && early.descriptors > 0)
        #expect(late.memory <= early.memory + 1024, "KiB, after 100 rounds \(early.memory), after 500 \(late.memory)")
        #expect(late.descriptors <= early.descriptors, "after 100 rounds \(early.descriptors), after 500 \(late.descriptors)")
    }
}
