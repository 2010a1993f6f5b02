import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Ctrl-C and SIGTERM end a run at once, and what was done is reported.
struct InterruptionTests {
    private static let key = "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f"

    private func start(
        _ user: User, _ server: ScriptedServer, on streams: ChildProcess.Streams = .pipes(), output: String = "json=report.json"
    ) throws -> ChildProcess {
        try user.starts(
            ["check", server.url("/v1"), "--model", "m", "--key", "env:SERVICE_KEY", "-o", output], with: ["SERVICE_KEY": Self.key],
            on: streams)
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func `a signal during a stalled request ends the run, and the partial report is written`(signal: Int32, status: Int32) async throws {
        let user = try User()
        let server = try ScriptedServer([.readRequest, .stall])
        let tool = try start(user, server)
        server.stop(with: tool)
        #expect(await server.receives(2))
        // The limit of the stalled request is thirty seconds away.
        let asked = ContinuousClock.now
        tool.signal(signal)
        let finished = await tool.finished()
        #expect(ContinuousClock.now - asked < .seconds(5))
        #expect(finished.status == status)
        let report = try ReportFacts(#require(user.bytes(of: "report.json")))
        #expect(report.exitCode == status)
        #expect(report.targets[0].verdict.cause != "healthy")
        #expect(finished.text.contains("interrupted (exit \(status))"))
        #expect(user.files.keys.sorted() == ["work/report.json"])
    }

    @Test func `an answer that came before Ctrl-C is in the report`() async throws {
        let user = try User()
        // One of the two requests is answered, whichever comes first.
        let server = try ScriptedServer(scripts: [
            [
                .readRequest,
                .respond(
                    403, headers: ["Content-Type: application/json", "Connection: close"],
                    body: "{\"error\":{\"message\":\"No.\",\"type\":\"access_denied\"}}"),
                .readEnd,
            ],
            [.readRequest, .stall],
        ])
        let tool = try start(user, server)
        server.stop(with: tool)
        #expect(await server.receives(3))
        tool.signal(SIGINT)
        let finished = await tool.finished()
        #expect(finished.status == 130)
        let report = try ReportFacts(#require(user.bytes(of: "report.json")))
        #expect(report.targets[0].exchanges.count == 2)
        #expect(finished.text.contains("403"))
    }

    @Test func `Ctrl-C on a terminal ends the run and leaves a clean screen`() async throws {
        let user = try User()
        let server = try ScriptedServer([.readRequest, .stall])
        let tool = try start(user, server, on: .terminal(columns: 80))
        server.stop(with: tool)
        #expect(await server.receives(2))
        tool.type("\u{3}")
        let finished = await tool.finished()
        #expect(finished.status == 130)
        #expect(finished.text.contains("exit 130"))
        #expect(user.files.keys.allSatisfy { !$0.hasSuffix(".tmp") })
        #expect(user.files["work/report.json"] != nil)
    }

    @Test func `a second Ctrl-C leaves at once even when the report cannot be got rid of`() async throws {
        let user = try User()
        let server = try ScriptedServer([.readRequest, .stall])
        // Nobody reads at the other end.
        #expect(unsafe mkfifo(user.workingFolder + "/pipe", 0o600) == 0)
        let tool = try start(user, server, output: "json=pipe")
        server.stop(with: tool)
        #expect(await server.receives(2))
        tool.signal(SIGINT)
        // Another number, since two of the same that wait count as one; the lower is taken first.
        tool.signal(SIGTERM)
        let finished = await tool.finished()
        #expect(!finished.wasKilled)
        #expect(finished.status == 143)
        #expect(user.files.isEmpty)
    }

    @Test func `a simulator that is stopped ends well`() async throws {
        for (signal, status) in [(SIGINT, Int32(130)), (SIGTERM, 143)] {
            let tool = try User().starts(["simulate", "healthy"])
            #expect(await tool.prints("Ctrl-C stops it"))
            tool.signal(signal)
            let finished = await tool.finished()
            #expect(finished.status == 0 || finished.status == status)
            #expect(finished.errorText == "")
        }
    }

    @Test func `a simulator that is left running serves checks`() async throws {
        let simulator = try User().starts(["simulate", "vercel-account-denied"])
        #expect(await simulator.prints("Ctrl-C stops it"))
        let url = try #require(simulator.printed.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\/v1/)).output
        let key = try #require(simulator.printed.firstMatch(of: /vck_\w+/)).output
        let run = try await User().runs(
            ["check", String(url), "--vendor", "vercel", "--key", "env:SERVICE_KEY"], with: ["SERVICE_KEY": String(key)])
        #expect(run.status == 1)
        #expect(run.text.contains("Verdict: account_denied"))
        simulator.signal(SIGTERM)
        _ = await simulator.finished()
    }

    @Test func `waiting for a key can be interrupted`() async throws {
        let server = try ScriptedServer([.readRequest, .stall])
        let user = try User()
        let tool = try user.starts(["check", server.url("/v1"), "--key", "command:sleep 30"])
        // Nothing tells that the command runs; a signal at any moment must do.
        tool.signal(SIGINT)
        let finished = await tool.finished()
        #expect(!finished.wasKilled)
        #expect(finished.status == 130 || finished.signal == SIGINT)
        #expect(server.connectionCount == 0)
    }
}
