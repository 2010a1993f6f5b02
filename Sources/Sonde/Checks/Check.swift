/// One question a user asks of a target, answered from the evidence.
public protocol Check: Sendable {
    /// The word in options, reports and screens.
    static var id: String { get }
    /// What it asks, in one sentence.
    static var question: String { get }
    /// Says whether it is answered only for who asks for it (`--with`, `--only`): it has a price of its own.
    static var isOptional: Bool { get }

    static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult
}

/// A check's answer.
public struct CheckResult: Sendable, Hashable {
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case pass, warn, fail, skip, inconclusive
    }

    public var id: String
    public var outcome: Outcome
    /// One sentence for people.
    public var summary: String
    /// Indices into the target's exchanges.
    public var exchanges: [Int]

    public init(id: String, _ outcome: Outcome, _ summary: String, exchanges: [Int] = []) {
        self.id = id
        self.outcome = outcome
        self.summary = summary
        self.exchanges = exchanges
    }
}

extension Check {
    public static var isOptional: Bool { false }

    static func result(_ outcome: CheckResult.Outcome, _ summary: String, _ items: Evidence.Item?...) -> CheckResult {
        CheckResult(id: id, outcome, summary, exchanges: items.compactMap { $0?.index })
    }
}

/// Every check, in the order in which screens show them.
public enum CheckList {
    public static let all: [any Check.Type] = [
        ReachabilityCheck.self, AuthCheck.self, ModelCheck.self, InferenceCheck.self, StreamingCheck.self, ResponsesCheck.self,
        EmbeddingsCheck.self, BillingCheck.self,
    ]

    /// The ids of those that are answered unless others are asked for.
    public static let usual = all.filter { !$0.isOptional }.map { $0.id }
    /// The ids of those that are answered on request only.
    public static let optional = all.filter { $0.isOptional }.map { $0.id }
}
