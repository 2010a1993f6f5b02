import Sonde
import SondeHTTP

/// A verification from the plan to the outputs.
struct VerifySession {
    let console: Console
    let outputs: ReportOutputs
    let limits: RunLimits
    let secrets: [ProtectedSecret]
    let notice: WaitNotice
    var keepsBodies = false
    var keepsIdentifiers = false
    var showsProgress = true

    /// Asks, writes the report everywhere it is wanted, and says how it went.
    func run(_ plan: VerifyPlan, catalog: VendorCatalog, interruption: @escaping @Sendable () -> ExitStatus?) async throws -> ExitStatus {
        if showsProgress { console.progress.enable() }
        if notice.limit != nil, !plan.verifications.isEmpty {
            console.note(TerminalText.wrapped(notice.text, to: console.width).joined(separator: "\n"))
        }
        let (startedAt, start) = (Timestamp(microseconds: System.now()), ContinuousClock.now)
        let own = Redactor.ownWords(secrets: secrets, patterns: catalog.patterns)
        let rounds = VerifyRounds(
            verifications: plan.verifications, limit: notice.limit, undoing: try UndoBook(), world: try world(catalog: catalog, own: own))
        let outcome = await rounds.run { event in
            if case .paused(let round, let verified, let next) = event { announce(round, verified, next) }
        }
        console.progress.clear()
        let record = VerificationRecord(
            reportStartedAt: plan.report.startedAt, targets: outcome.verified,
            healthyCount: plan.report.targets.count - plan.verifications.count,
            differences: plan.differences.map { $0.redacted(by: own) }, rounds: outcome.rounds,
            waited: notice.limit.map { .init(limit: $0, mostPaidRequests: notice.mostPaidRequests) })
        var report = Report(
            of: record.targets.map(\.now), startedAt: startedAt, duration: ContinuousClock.now - start, on: console, own: own,
            keepsIdentifiers: keepsIdentifiers)
        report.interruption = Task.isCancelled ? interruption() ?? .interrupted : nil
        report.verification = record
        try outputs.write(report, protection: PageProtection(secrets: secrets, patterns: catalog.patterns), to: console)
        return report.exitStatus
    }

    private func world(catalog: VendorCatalog, own: Redactor) throws -> VerifyRounds.World {
        let capture = Capture(
            redactor: Redactor(secrets: secrets, patterns: catalog.patterns, keepsIdentifiers: keepsIdentifiers), keepsBodies: keepsBodies)
        let judge = try Judge(vendors: catalog.vendors)
        let (line, settings, limits) = (console.progress, TransportSettings(environment: console.environment), limits)
        let start = ContinuousClock.now
        return VerifyRounds.World(
            elapsed: { ContinuousClock.now - start }, pause: { try await Task.sleep(for: $0) },
            moment: { Timestamp(microseconds: System.now()) }
        ) { verifications in
            let progress = RunProgress(line: line, total: verifications.count)
            progress.begin()
            let clock = RunClock(now: { Timestamp(microseconds: System.now()) })
            // A transport for each round, so that no connection of an earlier one is used again.
            let results = await withCurlTransport(settings) { transport in
                let environment = RunEnvironment(limits: limits, transport: transport, capture: capture, judge: judge, clock: clock) {
                    progress.note($0)
                }
                return await CheckRun(environment: environment).results(of: verifications)
            }
            line.clear()
            return results.map { $0.redacted(by: own) }
        }
    }

    /// A line a round for whoever reads the log later.
    private func announce(_ round: Int, _ verified: [Verified], _ next: Duration) {
        let open = verified.filter { $0.change != .fixed }
        let named = open.prefix(3).map {
            "\(TerminalText.escaped($0.now.target.name)) \($0.change.rawValue) (\($0.now.verdict.cause.rawValue))"
        }
        let more = open.count > 3 ? ", \(open.count - 3) more" : ""
        let time = Timestamp(microseconds: System.now()).rfc3339
        console.note("\(time) round \(round): \(named.joined(separator: ", "))\(more); next in \(DurationText.words(next))")
        console.progress.show("Waiting for round \(round + 1) …")
    }
}

extension Difference {
    fileprivate func redacted(by redactor: Redactor) -> Difference {
        var difference = self
        difference.target = target.map(redactor.redact)
        (difference.before, difference.now) = (redactor.redact(before), redactor.redact(now))
        return difference
    }
}
