/// A policy applied to a report: every rule with what it found.
public struct Gate: Sendable, Hashable {
    /// One for each rule that was applied, in the order of targets, groups, and what concerns all.
    public var findings: [Finding]

    public init(findings: [Finding]) { self.findings = findings }

    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case pass
        /// Passes, with something to know: a tolerated failure, a warning of a check.
        case warn
        case fail
        /// A threshold, a baseline or an age is exceeded, or what it is about was not measured.
        case breach
        /// Nothing trustworthy was measured.
        case inconclusive

        /// What stops a pipeline first.
        public static let inOrderOfWeight: [Outcome] = [.fail, .inconclusive, .breach, .warn, .pass]
    }

    /// What came of one rule.
    public struct Finding: Sendable, Hashable {
        /// The target or group; nil for what concerns the whole report.
        public var subject: String?
        /// `checks`, `group`, `samples`, `baseline` (and what of it: `baseline_cause`, `baseline_model`, `baseline_latency`), `age`, or the name of a limit such as `max_latency_ms`.
        public var rule: String
        public var outcome: Outcome
        /// The checks that decided it; empty where all passed, and for other rules.
        public var checks: [String]
        /// One sentence for people.
        public var text: String
        /// What was measured, in the unit of the limit's name; nil where nothing was.
        public var measured: Double?
        public var limit: Double?
        /// The cause of a failure.
        public var cause: Cause?
        /// Who acts first on it.
        public var owner: Owner?
        /// Says whether the same may pass later with nothing changed.
        public var isRetryable: Bool

        public init(
            subject: String?, rule: String, outcome: Outcome, checks: [String] = [], text: String, measured: Double? = nil,
            limit: Double? = nil,
            cause: Cause? = nil, owner: Owner? = nil, isRetryable: Bool = false
        ) {
            self.subject = subject
            self.rule = rule
            self.outcome = outcome
            self.checks = checks
            self.text = text
            self.measured = measured
            self.limit = limit
            self.cause = cause
            self.owner = owner
            self.isRetryable = isRetryable
        }
    }

    /// The worst of what was found, in the order of the exit status.
    public var outcome: Outcome {
        Outcome.inOrderOfWeight.first { outcome in findings.contains { $0.outcome == outcome } } ?? .inconclusive
    }

    /// What a pipeline is told: 1 where something failed for good, 5 where all that failed may pass on a retry, 3, 4, or 0.
    public var exitStatus: ExitStatus {
        switch outcome {
        case .pass, .warn: .pass
        case .fail: findings.filter { $0.outcome == .fail }.allSatisfy(\.isRetryable) ? .retryable : .checkFailed
        case .breach: .thresholdBreached
        case .inconclusive: .inconclusive
        }
    }
}
