import TestSupport
import Testing

/// A resolver that never answers must not keep anybody.
@Suite(.enabled(if: Program.cc.isInstalled, "a C compiler is needed to make a resolver that hangs"))
struct ResolverTests {
    @Test func `a resolver that hangs costs no more than the limit for connecting`() async throws {
        let user = try User()
        let resolver = try user.standInResolver()
        let run = try await user.runs(
            [
                "check", "https://\(StandInResolver.hungName)/v1", "--model", "m", "--connect-timeout", "1", "--max-time", "2",
                "--deadline", "6", "-o",
                "json=report.json",
            ],
            with: ["LD_PRELOAD": resolver], patience: .seconds(15))
        #expect(!run.wasKilled)
        #expect([1, 3, 5].contains(run.status))
        let verdict = try ReportFacts(#require(user.bytes(of: "report.json"))).targets[0].verdict
        #expect(["dns_failure", "timeout"].contains(verdict.cause))
        #expect(verdict.owner == "network")
    }

    @Test func `Ctrl-C ends a run that waits for a resolver`() async throws {
        let user = try User()
        let resolver = try user.standInResolver()
        let tool = try user.starts(
            ["check", "https://\(StandInResolver.hungName)/v1", "--model", "m", "--connect-timeout", "30", "--max-time", "30"],
            with: ["LD_PRELOAD": resolver],
            on: .terminal(columns: 80), patience: .seconds(15))
        #expect(await tool.prints(StandInResolver.mark))
        tool.type("\u{3}")
        let finished = await tool.finished()
        #expect(!finished.wasKilled)
        #expect(finished.status == 130)
    }
}
