/// Everything that a run found out, as one value; every output is a rendering of it.
public struct Report: Sendable {
    /// Grows by one when a reader of the old form would misunderstand the new one; members are added without.
    public static let schemaVersion = 1

    public var startedAt: Timestamp
    /// Seconds east of UTC of the place in which it ran.
    public var zoneOffsetSeconds: Int
    public var duration: Duration
    public var network: NetworkFacts
    public var targets: [TargetResult]
    /// Says which signal ended the run early, if one did.
    public var interruption: ExitStatus?
    public var failsOnWarning: Bool

    public init(
        startedAt: Timestamp, zoneOffsetSeconds: Int = 0, duration: Duration, network: NetworkFacts, targets: [TargetResult],
        interruption: ExitStatus? = nil, failsOnWarning: Bool = false
    ) {
        self.startedAt = startedAt
        self.zoneOffsetSeconds = zoneOffsetSeconds
        self.duration = duration
        self.network = network
        self.targets = targets
        self.interruption = interruption
        self.failsOnWarning = failsOnWarning
    }

    /// What is known of the way out of this machine.
    public struct NetworkFacts: Sendable, Hashable {
        /// Proxy variables that are set, by name.
        public var proxyVariables: [String]
        /// `libcurl/7.88.1 OpenSSL/3.0.15 …`.
        public var library: String

        public init(proxyVariables: [String] = [], library: String = "") {
            self.proxyVariables = proxyVariables
            self.library = library
        }
    }

    /// Says whether this machine, not any service, is what failed: two hosts or more were asked and none was reached.
    public var isOffline: Bool {
        let dead = targets.filter { !$0.exchanges.isEmpty }
        guard Set(dead.map(\.target.baseURL.host)).count >= 2 else { return false }
        return dead.allSatisfy { result in
            [.dnsFailure, .connectFailure].contains(result.verdict.cause) && result.exchanges.allSatisfy { $0.answer == nil }
                && !result.target.baseURL.isLoopback
        }
    }

    /// The outcome of all targets together.
    public var outcome: CheckResult.Outcome {
        let outcomes = targets.map(\.outcome)
        if outcomes.isEmpty || isOffline { return .inconclusive }
        for worst in [CheckResult.Outcome.fail, .inconclusive, .warn] where outcomes.contains(worst) { return worst }
        return outcomes.contains(.pass) ? .pass : .inconclusive
    }

    /// The exit status: the first that applies in the order the command line promises.
    public var exitStatus: ExitStatus {
        if let interruption { return interruption }
        let failed = targets.filter { $0.outcome == .fail || (failsOnWarning && $0.outcome == .warn) }
        if isOffline { return .inconclusive }
        if failed.contains(where: { !$0.verdict.isRetryable }) { return .checkFailed }
        if !failed.isEmpty { return .retryable }
        return outcome == .inconclusive ? .inconclusive : .pass
    }

    /// Every host a request went to, with its port, in the order in which they were first asked.
    public var hostsContacted: [String] {
        var seen: Set<String> = []
        return targets.filter { !$0.exchanges.isEmpty }.map { "\($0.target.baseURL.host):\($0.target.baseURL.port)" }.filter { seen.insert($0).inserted }
    }
}
