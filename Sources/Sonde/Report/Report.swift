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
        var hosts: Set<String> = []
        for result in targets where !result.exchanges.isEmpty {
            guard result.verdict.cause == .dnsFailure || result.verdict.cause == .connectFailure, !result.target.baseURL.isLoopback,
                result.exchanges.allSatisfy({ $0.answer == nil })
            else { return false }
            hosts.insert(result.target.baseURL.host)
        }
        return hosts.count >= 2
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
        if isOffline { return .inconclusive }
        var failed: (lasting: Bool, any: Bool) = (false, false)
        for result in targets {
            let outcome = result.outcome
            guard outcome == .fail || (failsOnWarning && outcome == .warn) else { continue }
            failed = (failed.lasting || !result.verdict.isRetryable, true)
        }
        if failed.any { return failed.lasting ? .checkFailed : .retryable }
        return outcome == .inconclusive ? .inconclusive : .pass
    }

    /// Every host a request went to, with its port, in the order in which they were first asked.
    public var hostsContacted: [String] {
        var seen: Set<String> = []
        var hosts: [String] = []
        for result in targets where !result.exchanges.isEmpty {
            let elsewhere = result.exchanges.compactMap { exchange -> BaseURL? in
                if case .elsewhere(let url) = exchange.probe.place { try? BaseURL(parsing: url) } else { nil }
            }
            for url in [result.target.baseURL] + elsewhere where seen.insert("\(url.host):\(url.port)").inserted { hosts.append("\(url.host):\(url.port)") }
        }
        return hosts
    }
}
