/// What must hold before something goes out: which checks, how fast, how sure, and what is tolerated for now.
public struct Policy: Sendable, Hashable {
    /// What is asked of every target, unless its own entry says otherwise.
    public var rules: Rules
    /// Target name to what is asked of it in the place of the common rules, member by member.
    public var targets: [String: Rules]
    public var groups: [Group]
    public var tolerations: [Toleration]
    public var baseline: Baseline?
    /// How old a report may be that is judged in the place of a run.
    public var maxAge: Duration?

    /// What is asked of one target.
    public struct Rules: Sendable, Hashable {
        /// Ids of the checks that must pass; nil leaves it to the verdict.
        public var required: [String]?
        public var limits: [Metric: Double]
        /// Requests to measure with, and how many of them must succeed.
        public var samples: Samples?

        public init(required: [String]? = nil, limits: [Metric: Double] = [:], samples: Samples? = nil) {
            self.required = required
            self.limits = limits
            self.samples = samples
        }

        /// These rules with what they leave unsaid taken from others.
        func extending(_ base: Rules) -> Rules {
            Rules(
                required: required ?? base.required, limits: limits.merging(base.limits) { own, _ in own },
                samples: samples ?? base.samples)
        }
    }

    public struct Samples: Sendable, Hashable {
        public var count: Int
        public var mustSucceed: Int

        public init(count: Int, mustSucceed: Int) {
            self.count = count
            self.mustSucceed = mustSucceed
        }
    }

    /// Targets of which not every one has to work.
    public struct Group: Sendable, Hashable {
        public var name: String
        public var targets: [String]
        /// How many of them must pass.
        public var needed: Int
    }

    /// A failure that does not count for now.
    public struct Toleration: Sendable, Hashable {
        public var cause: Cause
        /// The targets for which it is tolerated; empty for all.
        public var targets: [String]
        /// The last day, `2026-12-31`, in UTC; nil for always.
        public var until: String?
        public var because: String?
    }

    /// An earlier report, and what may not be worse than in it.
    public struct Baseline: Sendable, Hashable {
        /// The file, beside the profile.
        public var report: String
        /// Whether a model that was listed may be gone.
        public var allowsLostModels: Bool
        /// Whether a target may fail for a cause that it did not have.
        public var allowsNewCauses: Bool
        /// By how much the latency may have grown, in percent; nil for any.
        public var latencyPercent: Double?
    }

    public init(
        rules: Rules = Rules(), targets: [String: Rules] = [:], groups: [Group] = [], tolerations: [Toleration] = [],
        baseline: Baseline? = nil, maxAge: Duration? = nil
    ) {
        self.rules = rules
        self.targets = targets
        self.groups = groups
        self.tolerations = tolerations
        self.baseline = baseline
        self.maxAge = maxAge
    }

    /// The rules for one target.
    public func rules(for target: String) -> Rules { targets[target]?.extending(rules) ?? rules }

    /// This policy with what it leaves unsaid taken from another; lists are taken whole.
    func extending(_ base: Policy) -> Policy {
        Policy(
            rules: rules.extending(base.rules), targets: targets.merging(base.targets) { $0.extending($1) },
            groups: groups.isEmpty ? base.groups : groups, tolerations: tolerations.isEmpty ? base.tolerations : tolerations,
            baseline: baseline ?? base.baseline, maxAge: maxAge ?? base.maxAge)
    }

    /// Requests that measuring sends to a target, besides those of its checks.
    public func samples(for target: String) -> Int { rules(for: target).samples?.count ?? 0 }

    /// Says whether some limit needs a streamed answer.
    public func needsStreaming(for target: String) -> Bool {
        rules(for: target).limits.keys.contains(where: \.needsStreaming)
    }
}

/// What can be measured of a target and held against a limit.
public enum Metric: String, Sendable, Hashable, CaseIterable {
    case latency = "max_latency_ms"
    case latencyP95 = "max_latency_p95_ms"
    case timeToFirstToken = "max_time_to_first_token_ms"
    case tokensPerSecond = "min_tokens_per_second"
    case certificateDays = "min_certificate_days"
    case balance = "min_balance_usd"
    case headroom = "min_headroom_percent"
    case cost = "max_cost_usd"

    /// Says whether the limit is one from above.
    public var isMaximum: Bool { rawValue.hasPrefix("max_") }

    /// Says whether only a streamed answer shows it.
    var needsStreaming: Bool { self == .timeToFirstToken || self == .tokensPerSecond }

    /// As a sentence calls what is measured.
    public var name: String {
        switch self {
        case .latency: "latency"
        case .latencyP95: "95th percentile of the latency"
        case .timeToFirstToken: "time to first token"
        case .tokensPerSecond: "speed"
        case .certificateDays: "certificate"
        case .balance: "account's balance"
        case .headroom: "rate-limit headroom"
        case .cost: "cost of the run, samples included,"
        }
    }

    /// A value with its unit.
    public func text(_ value: Double) -> String {
        switch self {
        case .latency, .latencyP95, .timeToFirstToken: "\(Self.number(value, 0)) ms"
        case .tokensPerSecond: "\(Self.number(value, 1)) tokens/s"
        case .certificateDays: "\(Self.number(value, 0)) days left"
        case .balance: "\(Self.number(value, 2)) USD"
        case .headroom: "\(Self.number(value, 0)) %"
        // A single small call costs less than a millionth.
        case .cost: "\(Self.number(value, abs(value) < 0.000_1 ? 9 : 6)) USD"
        }
    }

    /// With at most so many decimals, and without the zeros at their end.
    private static func number(_ value: Double, _ decimals: Int) -> String {
        let factor = (0..<decimals).reduce(1.0) { factor, _ in factor * 10 }
        let scaled = (abs(value) * factor).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let digits = String(Int64(scaled))
        guard decimals > 0 else { return (value < 0 && scaled > 0 ? "-" : "") + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        return (value < 0 && scaled > 0 ? "-" : "") + padded.dropLast(decimals) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
