import Sonde
import SondeHTTP
import Synchronization

/// What a watch asks with, and what keeps its secrets: made once, but for what a new key changes.
final class WatchEngine: Sendable {
    let targets: WatchTargets
    private let catalog: VendorCatalog
    private let environment: [String: String]
    private let transport: TransportSettings
    private let patterns: [Pattern]
    private let judge: Judge
    private let current: Mutex<Current>

    /// What depends on the keys.
    private struct Current: Sendable {
        var check: CheckSession
        var capture: Capture
        var own: Redactor

        init(_ check: CheckSession, patterns: [Pattern]) {
            self.check = check
            capture = Capture(
                redactor: Redactor(secrets: check.secrets, patterns: patterns, keepsIdentifiers: check.keepsIdentifiers),
                keepsBodies: check.keepsBodies)
            own = Redactor.ownWords(secrets: check.secrets, patterns: patterns)
        }
    }

    init(targets: WatchTargets, check: CheckSession, catalog: VendorCatalog, environment: [String: String]) throws {
        self.targets = targets
        self.catalog = catalog
        self.environment = environment
        transport = TransportSettings(environment: check.console.environment)
        patterns = catalog.patterns
        judge = try Judge(vendors: catalog.vendors)
        current = Mutex(Current(check, patterns: patterns))
    }

    /// Reads the keys in files again, and hides a new one as well as the one before it.
    ///
    /// - Returns: What is wrong with them, once until it is mended.
    func refresh() async -> UsageError? {
        guard targets.mayChange else { return nil }
        let failure = await targets.refresh()
        let check = current.withLock { $0.check }
        let found = RunSecrets.collect(targets: targets.targets, catalog: catalog, environment: environment)
        let known = Set(check.secrets.map(\.secret))
        guard found.contains(where: { !known.contains($0.secret) }) else { return failure }
        let new = Set(found.map(\.secret))
        var changed = check
        changed.secrets = found + lastSecrets(check, except: new)
        check.console.guardOutput(against: changed.secrets)
        current.withLock { $0 = Current(changed, patterns: patterns) }
        return failure
    }

    /// Of the keys that are no longer used only the latest stay hidden: a watch that runs for years must not grow.
    private func lastSecrets(_ check: CheckSession, except new: Set<Secret>) -> [ProtectedSecret] {
        Array(check.secrets.filter { !new.contains($0.secret) }.prefix(64))
    }

    /// Asks over new connections: a round must see whether names resolve and connections come about.
    func ask(_ diagnoses: [Diagnosis], _ limits: RunLimits) async -> [TargetResult] {
        let capture = current.withLock { $0.capture }
        let clock = RunClock(now: { Timestamp(microseconds: System.now()) })
        return await withCurlTransport(transport) { transport in
            let environment = RunEnvironment(limits: limits, transport: transport, capture: capture, judge: judge, clock: clock)
            return await CheckRun(environment: environment).results(of: diagnoses)
        }
    }

    /// The report of a round, with nothing in it that is not to be seen.
    func report(on round: WatchRounds.Round) -> Report {
        let (check, own) = current.withLock { ($0.check, $0.own) }
        return check.report(of: round.results, startedAt: round.startedAt, duration: round.duration, own: own)
    }

    /// A name as it may be shown.
    func shown(_ target: Target) -> Target {
        target.redacted(by: current.withLock { $0.own })
    }

    /// Writes the files of a round.
    func write(_ report: Report) -> [(path: String, error: UsageError?)] {
        let check = current.withLock { $0.check }
        return check.outputs.writeFiles(
            report, protection: PageProtection(secrets: check.secrets, patterns: patterns), to: check.console)
    }
}
