/// Everything that a run found out, as one value; every output is a rendering of it.
public struct Report: Sendable {
    /// Grows by one when a reader of the old form would misunderstand the new one; members are added without.
    public static let schemaVersion = 1

    /// When the run began, before the first request.
    public var startedAt: Timestamp
    /// Seconds east of UTC of the place in which it ran.
    public var zoneOffsetSeconds: Int
    /// From the first request to the last answer, pauses before retries included.
    public var duration: Duration
    public var network: NetworkFacts
    /// In the order in which the targets were named.
    public var targets: [TargetResult]
    /// Says which signal ended the run early, if one did.
    public var interruption: ExitStatus?
    /// Says whether a target with warnings counts as failed, `--fail-on warn`.
    public var failsOnWarning: Bool
    /// Says whether failed checks end in the exit status 0, `--exit-zero`; nothing else is changed by it.
    public var exitsZero: Bool
    /// Set when nothing was sent: the calls were made elsewhere and only explained here.
    public var recorded: Recorded?
    /// What shaped the run besides targets and their options: ways, limits. Shown as it is, so without secrets; empty for the usual.
    public var settings: [String] = []
    /// What the targets' difference proves, where they are the cells of a comparison.
    public var comparison: Comparison?
    /// What a policy made of it; it decides then.
    public var gate: Gate?
    /// The system it ran on, `Linux 6.1.0 x86_64`; empty where that was not noted. No name of a machine or a person.
    public var system = ""
    /// Says whether identifiers were left in what services said, `--include-identifiers`.
    public var includesIdentifiers = false
    /// Set when the targets were asked again what had failed in an earlier report.
    public var verification: VerificationRecord?

    public init(
        startedAt: Timestamp, zoneOffsetSeconds: Int = 0, duration: Duration, network: NetworkFacts, targets: [TargetResult],
        interruption: ExitStatus? = nil, failsOnWarning: Bool = false, exitsZero: Bool = false, recorded: Recorded? = nil
    ) {
        self.startedAt = startedAt
        self.zoneOffsetSeconds = zoneOffsetSeconds
        self.duration = duration
        self.network = network
        self.targets = targets
        self.interruption = interruption
        self.failsOnWarning = failsOnWarning
        self.exitsZero = exitsZero
        self.recorded = recorded
    }

    /// What is said of an explanation as a whole.
    public struct Recorded: Sendable, Hashable {
        /// Cases that could not be read.
        public var unreadable: Int

        public init(unreadable: Int = 0) { self.unreadable = unreadable }
    }

    /// What is known of the way out of this machine.
    public struct NetworkFacts: Sendable, Hashable {
        /// Proxy variables that are set, by name.
        public var proxyVariables: [String]
        /// The same with where they lead, `https_proxy=http://proxy.example:3128`, without passwords.
        public var proxies: [String] = []
        /// Interfaces that are up and look like those of a VPN, by name.
        public var tunnels: [String] = []
        /// `libcurl/7.88.1 OpenSSL/3.0.15 …`.
        public var library: String

        public init(proxyVariables: [String] = [], library: String = "") {
            self.proxyVariables = proxyVariables
            self.library = library
        }
    }

    /// Says whether this machine, not any service, is what failed: two hosts or more were asked and none was reached.
    public var isOffline: Bool {
        guard recorded == nil, comparison?.cells.allSatisfy({ $0.place == nil }) ?? true else { return false }
        return Self.isOffline(targets)
    }

    /// The same of some targets, checked on one machine.
    static func isOffline(_ targets: [TargetResult]) -> Bool {
        var hosts: Set<String> = []
        // What could not leave for want of the interface that was named tells nothing of the machine's line.
        for result in targets where result.exchanges.contains(where: { $0.failure?.kind != .interface }) {
            guard result.verdict.cause == .dnsFailure || result.verdict.cause == .connectFailure, !result.target.baseURL.isLoopback,
                result.exchanges.allSatisfy({ $0.answer == nil })
            else { return false }
            hosts.insert(result.target.baseURL.host)
        }
        return hosts.count >= 2
    }

    /// The outcome of each target. One that was asked while this machine was offline has none: no service is blamed then.
    public var outcomes: [CheckResult.Outcome] {
        let isOffline = isOffline
        return targets.map { isOffline && !$0.exchanges.isEmpty ? .inconclusive : $0.outcome }
    }

    /// The outcome of all targets together: the worst of them.
    public var outcome: CheckResult.Outcome {
        if let verification { return verification.outcome }
        let outcomes = outcomes
        for worst in [CheckResult.Outcome.fail, .inconclusive, .warn] where outcomes.contains(worst) { return worst }
        return outcomes.contains(.pass) ? .pass : .inconclusive
    }

    /// The exit status: the first that applies in the order the command line promises.
    public var exitStatus: ExitStatus {
        if let interruption { return interruption }
        if let gate {
            return gate.exitStatus == .pass && failsOnWarning && gate.outcome == .warn ? .checkFailed : gate.exitStatus
        }
        if let verification { return verification.exitStatus }
        if let recorded { return recorded.unreadable > 0 ? .usage : .pass }
        if isRefusedForPrice { return .usage }
        let outcomes = outcomes
        let failed = zip(targets, outcomes).filter { $1 == .fail || (failsOnWarning && $1 == .warn) }
        if !failed.isEmpty {
            if exitsZero { return .pass }
            return failed.allSatisfy { $0.0.verdict.isRetryable } ? .retryable : .checkFailed
        }
        return outcome == .inconclusive ? .inconclusive : .pass
    }

    /// Says whether something that was asked for was not sent, since it could have cost more than was allowed.
    public var isRefusedForPrice: Bool {
        targets.contains(where: \.isRefusedForPrice) || comparison?.latency?.isRefusedForPrice == true
    }

    /// Says whether something in it was found out before its own run, in an earlier round of a watch.
    var hasCarried: Bool { targets.contains { $0.exchanges.contains { $0.isCarried } } }

    /// When the oldest of what it rests on was found out: its own beginning, or an earlier round of a watch.
    var restsOn: Timestamp {
        targets.flatMap(\.exchanges).filter(\.isCarried).map(\.startedAt).min().map { min($0, startedAt) } ?? startedAt
    }

    /// Every place to which a connection was attempted, as `host:port`, each once: proxies and the peers of `--connect-to` and
    /// `--resolve` besides the services themselves, in the order of the targets.
    public var hostsContacted: [String] {
        var seen: Set<String> = []
        guard recorded == nil else { return [] }
        return targets.flatMap { result in
            let asked = result.exchanges.filter { $0.hasAttemptedConnection && !$0.isCarried }
            let elsewhere = asked.compactMap { exchange -> String? in
                guard case .elsewhere(let text) = exchange.probe.place, let url = try? BaseURL(parsing: text) else { return nil }
                return "\(url.host):\(url.port)"
            }
            return (asked.isEmpty ? [] : result.target.peers) + elsewhere
        }.filter { seen.insert($0).inserted }
    }
}

extension Exchange {
    /// Says whether it came so far that a connection was attempted; a name that has no address leads nowhere.
    var hasAttemptedConnection: Bool {
        guard let failure else { return true }
        switch failure.kind {
        case .nameResolution, .proxyNameResolution, .unsendable, .interface, .localCertificate, .resources: return false
        case .timeout, .deadline, .cancelled: return failure.phase != .nameLookup && (failure.phase != nil || connection.peerAddress != nil)
        // Through a proxy it is refused before, else once the peer's address is known.
        case .plainHTTPRefused: return failure.phase != .proxy
        case .connect, .tlsHandshake, .certificate, .proxy, .closed, .cut, .protocolViolation, .headersTooLong, .badEncoding,
            .unexplained:
            return true
        }
    }
}
