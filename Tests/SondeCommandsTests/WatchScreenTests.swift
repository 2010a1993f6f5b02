import Sonde
import TestSupport
import Testing

@testable import SondeCommands

/// The screen of a watch, as a terminal shows it that is made narrower and wider meanwhile.
struct WatchScreenTests {
    /// A watch of two targets on a terminal.
    private struct Scene {
        let terminal: TerminalModel
        let screen: WatchScreen
        var watch = Watch(targets: 2)
        var number = 0
        let targets: [Target]

        init(columns: Int, reflows: Bool) throws {
            let terminal = TerminalModel(columns: columns, reflows: reflows)
            let console = Console(
                output: terminal, error: terminal, environment: [:], terminals: .init(input: true, output: true, error: true),
                width: columns)
            self.terminal = terminal
            screen = WatchScreen(
                console: console, plan: WatchPlan(every: .seconds(60), inferEvery: 10, ceiling: 200, paidCallsPerRound: 2), form: .table,
                detail: .normal, style: Style(hasColors: true), size: { (terminal.width, 24) })
            targets = try ["ai-gateway-production-west-1", "ai-gateway-production-west-2"].map { name in
                var target = try Sample.target(model: "small-1")
                target.name = name
                return target
            }
        }

        mutating func ask(_ cause: Cause) throws {
            number += 1
            screen.ask(number)
            let results = try targets.map { target in
                var result = try Rehearsal(target) { probe, _ in probe.isPaid ? .completion(model: "small-1") : .models("small-1") }
                    .result(target)
                (result.verdict.cause, result.verdict.reason) = (cause, nil)
                return result
            }
            let moment = Timestamp(microseconds: System.now())
            let changes = watch.take(results, outcomes: [cause == .healthy ? .pass : .fail, .pass], startedAt: moment)
            let report = Report(startedAt: moment, duration: .zero, network: .init(), targets: results)
            let round = WatchRounds.Round(
                number: number, startedAt: moment, duration: .zero, hasInferred: true, isOverCeiling: false, hasAskedPaid: true,
                results: results, changes: changes, tally: .init(rounds: number))
            screen.show(round, report, watch)
            screen.wait(until: .seconds(60 * 60))
        }
    }

    @Test(arguments: [(true, 40), (true, 60), (true, 30), (false, 40), (false, 60), (true, 120), (false, 120)])
    func `a table is drawn over the one before, however wide the terminal became meanwhile`(reflows: Bool, width: Int) throws {
        var scene = try Scene(columns: 80, reflows: reflows)
        scene.screen.note("Watching.")
        try scene.ask(.healthy)
        scene.terminal.resize(to: 100)
        scene.terminal.resize(to: width)
        scene.screen.tick()
        try scene.ask(.healthy)
        scene.terminal.resize(to: 80)
        try scene.ask(.healthy)
        let lines = scene.terminal.lines
        #expect(lines.first == "Watching.")
        #expect(lines.count == 5, "\(lines.joined(separator: "\n"))")
        #expect(lines.count { $0.contains("target") } == 1)
        #expect(lines.last?.hasPrefix("  round 3, next in") == true)
    }

    @Test(arguments: [true, false])
    func `what is said stands above the table and is broken to the width that the terminal has now`(reflows: Bool) throws {
        var scene = try Scene(columns: 100, reflows: reflows)
        try scene.ask(.healthy)
        scene.terminal.resize(to: 50)
        scene.screen.note("Error: Cannot write 'out/report.json': no such folder is there, or it went away. The watch goes on.")
        try scene.ask(.keyRejected)
        scene.screen.end(.pass, scene.watch, .init(rounds: 2), isDone: false, report: nil)
        let lines = scene.terminal.lines
        #expect(
            lines.prefix(2) == ["Error: Cannot write 'out/report.json': no such", "  folder is there, or it went away. The watch goes"])
        #expect(lines.count { $0.contains("healthy → key_rejected") } == 2, "\(lines.joined(separator: "\n"))")
        #expect(lines.count { $0.contains("  target ") } == 1)
        #expect(lines.suffix(2) == ["sonde: ended (exit 0): 2 rounds, 0 changes, 0 paid", "  calls"])
        #expect(lines.allSatisfy { TerminalText.width($0) <= 50 })
    }

    @Test func `a name that is longer than a line is cut in a change, so that both ends of it are there`() throws {
        var scene = try Scene(columns: 40, reflows: true)
        try scene.ask(.healthy)
        try scene.ask(.keyRejected)
        let lines = scene.terminal.lines
        #expect(lines.contains { $0.hasSuffix("  ai-gateway-…tion-west-1:") }, "\(lines.joined(separator: "\n"))")
        #expect(lines.allSatisfy { TerminalText.width($0) <= 40 })
    }

    /// Some terminals are narrower for a while before they say so.
    @Test(arguments: [true, false])
    func `no line of a table is left to the terminal to be broken`(reflows: Bool) throws {
        var scene = try Scene(columns: 80, reflows: reflows)
        try scene.ask(.healthy)
        scene.terminal.resize(to: 60, isTold: false)
        scene.screen.tick()
        scene.terminal.resize(to: 60)
        scene.screen.tick()
        #expect(scene.terminal.lines.count == 4, "\(scene.terminal.lines.joined(separator: "\n"))")
    }
}
