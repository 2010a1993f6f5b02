/// What an answer of success states, as far as the engine uses it.
public struct Facts: Sendable, Hashable {
    public var models: Models?
    public var inference: Inference?
    public var balance: Balance?

    public init(models: Models? = nil, inference: Inference? = nil, balance: Balance? = nil) {
        self.models = models
        self.inference = inference
        self.balance = balance
    }

    public var isEmpty: Bool { models == nil && inference == nil && balance == nil }

    /// A list of models.
    public struct Models: Sendable, Hashable {
        /// How many the service listed.
        public var count: Int
        /// Their names; in a saved report only the first ones and the one that was asked for.
        public var ids: [String]

        public init(count: Int, ids: [String]) {
            self.count = count
            self.ids = ids
        }
    }

    /// One generated answer.
    public struct Inference: Sendable, Hashable {
        /// The model that the service says it used.
        public var model: String?
        public var finishReason: String?
        /// Says whether any text came; none with `finishReason` `length` is healthy: the budget went into reasoning.
        public var hasText: Bool
        public var inputTokens: Int?
        public var outputTokens: Int?

        public init(model: String? = nil, finishReason: String? = nil, hasText: Bool, inputTokens: Int? = nil, outputTokens: Int? = nil) {
            self.model = model
            self.finishReason = finishReason
            self.hasText = hasText
            self.inputTokens = inputTokens
            self.outputTokens = outputTokens
        }
    }

    /// What is left on an account.
    public struct Balance: Sendable, Hashable {
        public var remaining: Double?
        public var used: Double?
        /// ISO 4217, such as `USD`.
        public var currency: String

        public init(remaining: Double?, used: Double? = nil, currency: String) {
            self.remaining = remaining
            self.used = used
            self.currency = currency
        }
    }
}
