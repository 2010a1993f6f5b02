import Sonde
import SondeHTTP

/// A run from targets to outputs, shared by the commands that check something.
struct CheckSession: Sendable {
    let console: Console
    let outputs: ReportOutputs
    let options: Diagnosis.Options
    let limits: RunLimits
    var secrets: [ProtectedSecret]
    var keepsBodies = false
    var keepsIdentifiers = false
    var failsOnWarning = false
    var isExitZero = false
    var showsProgress = true
    /// What else shapes the run, for the report.
    var settings: [String] = []
    /// Set where the targets are the cells of a comparison.
    var comparison: ComparisonPlan?
    /// What the measurements of each cell may cost.
    var sampleCostLimit: Double?
    /// Ids of checks that a target is to answer besides those of all, by its name.
    var furtherChecks: @Sendable (String) -> Set<String> = { _ in [] }
    /// Measurements that a target is to get besides its checks, by its name.
    var samples: @Sendable (String) -> Int = { _ in 0 }
    /// Set where a policy decides.
    var gate: (@Sendable (Report) -> Gate)?

    /// Checks the targets, writes the report everywhere it is wanted, and says how it went.
    func run(_ targets: [Target], catalog: VendorCatalog, interruption: @Sendable () -> ExitStatus?) async throws -> ExitStatus {
        console.guardOutput(against: secrets)
        let patterns = catalog.patterns
        let report = try await report(on: targets, catalog: catalog, patterns: patterns, interruption: interruption)
        try outputs.write(report, protection: PageProtection(secrets: secrets, patterns: patterns), to: console)
        return outputs.status(of: report)
    }

    private func report(
        on targets: [Target], catalog: VendorCatalog, patterns: [Pattern], interruption: @Sendable () -> ExitStatus?
    ) async throws -> Report {
        let capture = Capture(
            redactor: Redactor(secrets: secrets, patterns: patterns, keepsIdentifiers: keepsIdentifiers), keepsBodies: keepsBodies)
        let judge = try Judge(vendors: catalog.vendors)
        let (startedAt, start) = (Timestamp(microseconds: System.now()), ContinuousClock.now)
        let clock = RunClock(now: { Timestamp(microseconds: System.now()) })
        let progress = RunProgress(line: console.progress, total: targets.count)
        if showsProgress { console.progress.enable() }
        progress.begin()
        let (results, latency) = await withCurlTransport(TransportSettings(environment: console.environment)) { transport in
            let environment = RunEnvironment(limits: limits, transport: transport, capture: capture, judge: judge, clock: clock) {
                progress.note($0)
            }
            var results = await CheckRun(options: options, environment: environment).results(for: targets) { furtherChecks($0.name) }
            let measured = results.indices.filter { samples(results[$0].target.name) > 0 }
            let requests = measured.reduce(0) { $0 + SampleRun.requests(cells: 1, rounds: samples(results[$1].target.name)) }
            let end = limits.samplesWithinRun ? start + limits.deadline : .now + limits.sampling(requests)
            for index in measured {
                results[index].samples = await SampleRun(environment: environment).samples(
                    of: results[index], count: samples(results[index].target.name), until: end)
            }
            guard let rounds = comparison?.rounds else { return (results, LatencyComparison?.none) }
            let latency = await SampleRun(environment: environment, costLimit: sampleCostLimit).latency(
                of: &results, rounds: rounds, until: limits.samplesWithinRun ? start + limits.deadline : nil)
            return (results, latency)
        }
        console.progress.clear()
        let own = Redactor.ownWords(secrets: secrets, patterns: patterns)
        var report = report(of: results, startedAt: startedAt, duration: ContinuousClock.now - start, own: own)
        report.interruption = Task.isCancelled ? interruption() ?? .interrupted : nil
        report.comparison = comparison?.comparison(of: report.targets, latency: latency, redactor: own)
        report.gate = gate?(report)
        return report
    }

    /// The report on what was found, with what is known of this machine.
    ///
    /// - Parameter own: Takes secrets out of what users wrote themselves.
    func report(of results: [TargetResult], startedAt: Timestamp, duration: Duration, own: Redactor) -> Report {
        var report = Report(
            of: results.map { $0.redacted(by: own) }, startedAt: startedAt, duration: duration, on: console, own: own,
            keepsIdentifiers: keepsIdentifiers)
        (report.failsOnWarning, report.exitsZero) = (failsOnWarning, isExitZero)
        report.settings = settings
        return report
    }
}

extension Console {
    /// Withholds from now on whatever holds one of these secrets.
    func guardOutput(against secrets: [ProtectedSecret]) {
        let scanner = SecretScanner(secrets: secrets)
        guardOutput { scanner.firstLeak(in: $0) != nil }
    }
}

extension Redactor {
    /// For what users wrote themselves: secrets and whatever has the shape of a key go, names and addresses of theirs stay readable.
    static func ownWords(secrets: [ProtectedSecret], patterns: [Pattern] = Pattern.common) -> Redactor {
        Redactor(secrets: secrets, patterns: patterns, keepsIdentifiers: true)
    }
}
