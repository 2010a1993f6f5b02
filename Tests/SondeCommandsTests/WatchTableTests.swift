import Sonde
import TestSupport
import Testing

@testable import SondeCommands

/// The table of a watch, as text.
struct WatchTableTests {
    private static let noon = Timestamp(seconds: 1_763_640_000)

    private func table(_ targets: [(name: String, state: Watch.State, minutes: Int64)], ceiling: Int = 200) throws -> WatchTable {
        var watch = Watch(targets: targets.count)
        let plan = WatchPlan(every: .seconds(60), inferEvery: 10, ceiling: ceiling, paidCallsPerRound: 1)
        var table = WatchTable(plan: plan, style: .plain)
        var results: [TargetResult] = []
        for target in targets {
            var named = try Sample.target(model: "small-1")
            named.name = target.name
            var result = try Rehearsal(named) { probe, _ in probe.isPaid ? .completion(model: "small-1") : .models("small-1") }.result(
                named)
            result.verdict.cause = target.state.cause
            result.verdict.reason = target.state.reason
            result.duration = .milliseconds(243)
            result.exchanges = result.exchanges.map { exchange in
                var exchange = exchange
                exchange.startedAt = Timestamp(seconds: Self.noon.seconds - 180)
                return exchange
            }
            results.append(result)
        }
        let began = targets.map(\.minutes).max() ?? 0
        let changes = watch.take(
            results, outcomes: targets.map(\.state.outcome), startedAt: Timestamp(seconds: Self.noon.seconds - began * 60))
        let report = Report(startedAt: Self.noon, duration: .zero, network: .init(), targets: results)
        var tally = WatchRounds.Tally()
        (tally.rounds, tally.changes, tally.paidCalls) = (12, 2, 3)
        table.take(
            WatchRounds.Round(
                number: 12, startedAt: Self.noon, duration: .seconds(1), hasInferred: false, isOverCeiling: false, hasAskedPaid: false,
                results: results,
                changes: changes, tally: tally), report, watch)
        table.phase = .waiting(until: .seconds(100))
        return table
    }

    private func lines(_ table: WatchTable, width: Int, height: Int = 24) -> [String] {
        table.lines(width: width, height: height, elapsed: .seconds(58), now: Self.noon)
    }

    private static let healthy = Watch.State(cause: .healthy, outcome: .pass)
    private static let blocked = Watch.State(cause: .billingBlocked, reason: "insufficient_funds", outcome: .fail)

    @Test func `a row a target, and how it goes on below`() throws {
        let table = try table([("gateway", Self.healthy, 185), ("fallback", Self.blocked, 185)])
        #expect(
            lines(table, width: 100) == [
                "        target    verdict                               for        inference  took",
                "  pass  gateway   healthy                               3 h 5 min  3 min ago  243 ms",
                "  FAIL  fallback  billing_blocked (insufficient_funds)  3 h 5 min  3 min ago  243 ms",
                "  round 12, next in 42 s, 2 changes, 3 of 200 paid calls",
            ])
        #expect(
            lines(table, width: 80) == [
                "        target    verdict                          for        inference  took",
                "  pass  gateway   healthy                          3 h 5 min  3 min ago  243 ms",
                "  FAIL  fallback  billing_blocked (insufficient_…  3 h 5 min  3 min ago  243 ms",
                "  round 12, next in 42 s, 2 changes, 3 of 200 paid calls",
            ])
        #expect(lines(table, width: 60).first?.hasSuffix("verdict                         for") == true)
    }

    @Test(arguments: [40, 50, 60, 70, 80, 100, 200])
    func `no line reaches the last column, and the verdict is the last to go`(width: Int) throws {
        let table = try table([
            ("a-target-with-a-name-that-is-long", Self.blocked, 3), ("日本語の名前日本語の名前日本語の名前", Self.healthy, 5000), ("x", Self.healthy, 0),
        ])
        for line in lines(table, width: width) { #expect(TerminalText.width(line) < width, "\(line)") }
        #expect(lines(table, width: width)[1].contains("billing_blo"))
    }

    @Test(arguments: [28, 40, 60, 80])
    func `names that differ are cut so that they still do`(width: Int) throws {
        let names = [
            "ai-gateway-production-europe-west-1", "ai-gateway-production-europe-west-2", "ai-gateway-staging-europe-west-1",
            "https://llm.example.com/team-a/production/v1", "https://llm.example.com/team-b/production/v1",
        ]
        let table = try table(names.map { ($0, Self.blocked, 3) })
        let lines = lines(table, width: width).dropFirst().prefix(names.count)
        #expect(Set(lines).count == names.count, "\(lines.joined(separator: "\n"))")
        for line in lines { #expect(TerminalText.width(line) < width, "\(line)") }
    }

    @Test func `a name is cut in its middle, and where that is all that differs at its beginning`() {
        #expect(ShortNames.cut(["production-west-1", "production-west-2", "short"], to: 11) == ["produ…est-1", "produ…est-2", "short"])
        #expect(ShortNames.cut(["production-east-of-it", "production-west-of-it"], to: 11) == ["…east-of-it", "…west-of-it"])
        #expect(ShortNames.cut(["same-name-that-is-long", "same-name-that-is-long"], to: 11) == ["same-…-long", "same-…-long"])
        #expect(ShortNames.cut(["日本語の名前一番", "日本語の名前二番"], to: 8) == ["…一番", "…二番"])
    }

    @Test func `of more targets than the terminal has lines those that are not well come first`() throws {
        let many = (1...40).map { (name: "t\($0)", state: $0 == 33 ? Self.blocked : Self.healthy, minutes: Int64(1)) }
        let lines = try lines(table(many), width: 80, height: 12)
        #expect(lines.count <= 12)
        #expect(lines[1].contains("t33"))
        #expect(lines.contains("  … and 32 more"))
    }

    @Test func `a name is harmless`() throws {
        let table = try table([("evil\u{1B}[2J\n", Self.healthy, 1)])
        #expect(lines(table, width: 80).allSatisfy { !$0.contains("\u{1B}") && !$0.contains("\n") })
    }

    @Test(arguments: [
        (0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (11_100, "3 h 5 min"), (86_400, "1 d"),
        (190_800, "2 d 5 h"),
        (-5, "0 s"),
    ])
    func `ages are told in their two greatest units`(seconds: Int, words: String) {
        #expect(DurationText.age(.seconds(seconds)) == words)
    }

    @Test func `ordinals are English`() {
        #expect(
            [1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 111, 1003].map(WatchNotice.ordinal) == [
                "1st", "2nd", "3rd", "4th", "10th", "11th", "12th", "13th", "21st", "22nd", "111th", "1003rd",
            ])
    }
}
