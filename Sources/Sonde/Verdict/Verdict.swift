/// The one cause of a target's state, with its evidence.
public struct Verdict: Sendable, Hashable {
    /// What is the matter, from the closed list.
    public var cause: Cause
    /// A finer word from an open vocabulary, such as `insufficient_funds`; the next steps hang on it.
    public var reason: String?
    /// How sure the evidence makes it.
    public var confidence: Confidence
    /// Who acts first.
    public var owner: Owner
    /// Says whether the same request may pass later with nothing changed.
    public var isRetryable: Bool
    /// One sentence for people.
    public var summary: String
    /// The argument, as the laws that speak make it.
    public var because: [Statement]
    /// What the evidence excludes.
    public var ruledOut: [RuledOut]
    /// The next best explanation, when the evidence leaves two.
    public var runnerUp: RunnerUp?
    /// What to do, in order.
    public var nextSteps: [String]

    public init(
        cause: Cause, reason: String? = nil, confidence: Confidence, owner: Owner, isRetryable: Bool = false, summary: String = "",
        because: [Statement] = [], ruledOut: [RuledOut] = [], runnerUp: RunnerUp? = nil, nextSteps: [String] = []
    ) {
        self.cause = cause
        self.reason = reason
        self.confidence = confidence
        self.owner = owner
        self.isRetryable = isRetryable
        self.summary = summary
        self.because = because
        self.ruledOut = ruledOut
        self.runnerUp = runnerUp
        self.nextSteps = nextSteps
    }

    /// One step of the argument: the law that speaks, what it says here, and the exchanges it rests on.
    public struct Statement: Sendable, Hashable {
        /// A law's name, see ``Law``.
        public var law: String
        /// What it says here, one sentence for people.
        public var text: String
        /// Indices into the target's exchanges.
        public var exchanges: [Int]

        public init(law: String, text: String, exchanges: [Int] = []) {
            self.law = law
            self.text = text
            self.exchanges = exchanges
        }
    }

    /// Causes that the evidence excludes, and how.
    public struct RuledOut: Sendable, Hashable {
        /// The causes that are excluded together.
        public var causes: [Cause]
        /// The law that excludes them, see ``Law``.
        public var law: String
        /// How it does, one sentence for people.
        public var text: String
        /// Indices into the target's exchanges.
        public var exchanges: [Int]

        public init(_ causes: [Cause], law: String, text: String, exchanges: [Int] = []) {
            self.causes = causes
            self.law = law
            self.text = text
            self.exchanges = exchanges
        }
    }

    /// The explanation that is not excluded, and what would separate it from the first.
    public struct RunnerUp: Sendable, Hashable {
        /// The next best cause.
        public var cause: Cause
        /// The probe or the human step that would tell them apart, in words.
        public var separatedBy: String

        public init(cause: Cause, separatedBy: String) {
            self.cause = cause
            self.separatedBy = separatedBy
        }
    }
}
