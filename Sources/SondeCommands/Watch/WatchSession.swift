import Sonde

/// A watch from the plan to its end: rounds, what is shown of them, the files.
struct WatchSession {
    let console: Console
    let plan: WatchPlan
    let notice: WatchNotice
    let engine: WatchEngine
    let screen: WatchScreen
    let options: Diagnosis.Options
    let limits: RunLimits

    func run() async throws -> ExitStatus {
        let startedAt = Timestamp(microseconds: System.now())
        screen.begin(notice, targets: engine.targets.targets.map(engine.shown), at: startedAt)
        var files = WatchFiles()
        var last: Report?
        var (isOverCeiling, hasSkipped) = (false, false)
        let rounds = WatchRounds(plan: plan, options: options, limits: limits, world: world)
        let (watch, tally) = try await rounds.run { event, watch in
            switch event {
            case .asking(let round):
                screen.ask(round)
            case .ended(let round):
                let report = engine.report(on: round)
                last = report
                // The file is there before the change is told, for whoever waits for the line to read it.
                for news in files.note(engine.write(report)) { screen.note(news) }
                screen.show(round, report, watch)
                // That no inference is due does not mean that it would fit.
                if round.isOverCeiling ? !isOverCeiling : isOverCeiling && round.hasAskedPaid {
                    isOverCeiling = round.isOverCeiling
                    screen.note(ceiling(isUsedUp: isOverCeiling))
                }
            case .waiting(let next, let skipped):
                if skipped > 0, !hasSkipped, plan.every >= .seconds(1) {
                    hasSkipped = true
                    screen.note(
                        "A round took longer than --every, or this machine slept: a beat that passes meanwhile is left out, and none is made up for."
                    )
                }
                screen.wait(until: next)
            }
        }
        // Whoever ends it before its last round wants no judgement.
        let isDone = tally.rounds == plan.rounds
        let status = files.areWritten ? (isDone ? last?.exitStatus : nil) ?? .pass : ExitStatus.usage
        screen.end(status, watch, tally, isDone: isDone, report: last)
        return status
    }

    private func ceiling(isUsedUp: Bool) -> String {
        isUsedUp
            ? "As many paid calls as allowed (\(plan.ceiling)) were made within a day: inference is left out until it fits again (--max-requests)."
            : "Inference fits below the ceiling of \(plan.ceiling) paid calls a day again."
    }

    private var world: WatchRounds.World {
        let (console, engine, screen) = (console, engine, screen)
        let start = ContinuousClock.now
        screen.start(at: start)
        return WatchRounds.World(
            elapsed: { ContinuousClock.now - start },
            pause: { until in
                while true {
                    let left = until - (ContinuousClock.now - start)
                    guard left > .zero else { return }
                    // A table tells the time that is left, second by second.
                    try await Task.sleep(for: screen.isLive ? min(left, .seconds(1)) : left)
                    screen.tick()
                }
            },
            moment: { Timestamp(microseconds: System.now()) },
            chance: { .random(in: 0...1) },
            targets: {
                if let failure = await engine.refresh() {
                    screen.note("\(failure.message); going on with what was read before.")
                }
                return engine.targets.targets
            },
            ask: { await engine.ask($0, $1) },
            isUnheard: { console.hasLostReader || console.outputFailure != nil || (!console.terminals.output && System.hasLostReader(1)) })
    }
}

/// Which files of a watch could not be written, and what is to be said of it.
struct WatchFiles {
    private var failures: [String: UsageError] = [:]

    /// Says whether every file is as the last round left it.
    var areWritten: Bool { failures.isEmpty }

    /// Takes what came of writing them.
    ///
    /// - Returns: What is new about it, a line each: a failure once, and that it is over.
    mutating func note(_ written: [(path: String, error: UsageError?)]) -> [String] {
        var news: [String] = []
        for (path, error) in written where failures[path] != error {
            failures[path] = error
            if let error {
                news.append("Error: \(error.message). The watch goes on.")
            } else {
                let name: EchoedText = "\(argument: path)"
                news.append("\(name) is written again.")
            }
        }
        return news
    }
}
