/// What a report says of a verification as a whole.
public struct VerificationRecord: Sendable {
    /// When the earlier report was made.
    public var reportStartedAt: Timestamp
    /// The targets that had failed there, in order.
    public var targets: [Verified]
    /// Targets of the earlier report that had not failed.
    public var healthyCount: Int
    public var differences: [Difference]
    /// Every time that the targets were asked.
    public var rounds: [Round]
    /// Set when it waited, `--wait`.
    public var waited: Waited?

    public struct Round: Sendable, Hashable {
        public var startedAt: Timestamp
        /// Targets asked, and of these how many were found fixed.
        public var asked: Int
        public var fixed: Int

        public init(startedAt: Timestamp, asked: Int, fixed: Int) {
            (self.startedAt, self.asked, self.fixed) = (startedAt, asked, fixed)
        }
    }

    public struct Waited: Sendable, Hashable {
        public var limit: Duration
        /// Requests that are charged for which it could have sent at most.
        public var mostPaidRequests: Int

        public init(limit: Duration, mostPaidRequests: Int) { (self.limit, self.mostPaidRequests) = (limit, mostPaidRequests) }
    }

    public init(
        reportStartedAt: Timestamp, targets: [Verified] = [], healthyCount: Int = 0, differences: [Difference] = [], rounds: [Round] = [],
        waited: Waited? = nil
    ) {
        self.reportStartedAt = reportStartedAt
        self.targets = targets
        self.healthyCount = healthyCount
        self.differences = differences
        self.rounds = rounds
        self.waited = waited
    }

    /// The outcome of all: one that is not fixed counts before one that is undecided. Nothing to verify is nothing measured.
    public var outcome: CheckResult.Outcome {
        if targets.contains(where: { $0.change == .unchanged || $0.change == .changed }) { return .fail }
        if targets.isEmpty || targets.contains(where: { $0.change == .undecided }) { return .inconclusive }
        return .pass
    }

    var exitStatus: ExitStatus {
        switch outcome {
        case .fail: .checkFailed
        case .pass, .warn: .pass
        case .skip, .inconclusive: .inconclusive
        }
    }

    /// The result in one word, as the last line and the JSON report have it.
    public var result: String {
        guard !targets.isEmpty else { return "nothing_to_verify" }
        let changes = Set(targets.map(\.change))
        if changes.count == 1, let only = changes.first { return only.rawValue }
        return outcome == .fail ? "not_fixed" : Verified.Change.undecided.rawValue
    }
}
