/// What an answer of success states, as far as the engine uses it.
public struct Facts: Sendable, Hashable {
    /// What a list of models holds.
    public var models: Models?
    /// What was generated.
    public var inference: Inference?
    /// What is left to pay with.
    public var balance: Balance?
    /// The vector that came.
    public var embedding: Embedding?
    /// How an answer in pieces came.
    public var stream: Stream?
    /// What a status page tells.
    public var status: Status?
    /// The country from which the vendor's edge sees the request come: two letters of ISO 3166.
    public var country: String?
    /// The address from which it sees the request come: cut to a block of addresses, or whole where the user wants identifiers.
    public var egress: String?

    public init(models: Models? = nil, inference: Inference? = nil, balance: Balance? = nil) {
        self.models = models
        self.inference = inference
        self.balance = balance
    }

    public var isEmpty: Bool {
        models == nil && inference == nil && balance == nil && embedding == nil && stream == nil && status == nil && country == nil
    }

    /// A list of models.
    public struct Models: Sendable, Hashable {
        /// How many the service listed.
        public var count: Int
        /// Their names; in a saved report only the first ones and the one that was asked for.
        public var ids: [String]
        /// What each costs, where the list tells; in a saved report only of those whose names are kept.
        public var prices: [String: Price]

        public init(count: Int, ids: [String], prices: [String: Price] = [:]) {
            self.count = count
            self.ids = ids
            self.prices = prices
        }
    }

    /// One generated answer.
    public struct Inference: Sendable, Hashable {
        /// The model that the service says it used.
        public var model: String?
        /// Why it ended, in the API's words: `stop`, `length`, `content_filter` and the like.
        public var finishReason: String?
        /// Says whether any text came; none with `finishReason` `length` is healthy: the budget went into reasoning.
        public var hasText: Bool
        /// Tokens of the request, as the service counts them.
        public var inputTokens: Int?
        /// Tokens of the answer, reasoning included.
        public var outputTokens: Int?
        /// What the service says that the answer cost, in US dollars.
        public var cost: Double?

        public init(model: String? = nil, finishReason: String? = nil, hasText: Bool, inputTokens: Int? = nil, outputTokens: Int? = nil) {
            self.model = model
            self.finishReason = finishReason
            self.hasText = hasText
            self.inputTokens = inputTokens
            self.outputTokens = outputTokens
        }
    }

    /// One vector.
    public struct Embedding: Sendable, Hashable {
        /// How many numbers it has.
        public var dimensions: Int
        public var inputTokens: Int?
        /// What the service says that the answer cost, in US dollars.
        public var cost: Double?

        public init(dimensions: Int, inputTokens: Int? = nil) {
            self.dimensions = dimensions
            self.inputTokens = inputTokens
        }
    }

    /// What a status page says of the components that matter.
    public struct Status: Sendable, Hashable {
        /// In the order of the page.
        public var components: [Component]

        /// One line of a status page.
        public struct Component: Sendable, Hashable {
            /// As the page calls it.
            public var name: String
            /// In Statuspage's words: `operational`, `degraded_performance`, `partial_outage`, `major_outage`, `under_maintenance`.
            public var state: String

            public init(name: String, state: String) {
                self.name = name
                self.state = state
            }
        }

        public init(components: [Component]) { self.components = components }
    }

    /// What is left on an account.
    public struct Balance: Sendable, Hashable {
        /// What is left, in ``currency``; below zero where the service says so.
        public var remaining: Double?
        /// What was used so far.
        public var used: Double?
        /// ISO 4217, such as `USD`.
        public var currency: String
        /// The part that was given for nothing, and the part that was paid for, where they are told apart.
        public var granted: Double?
        public var bought: Double?
        /// Says whether the account is one that never paid.
        public var isFreeTier: Bool?

        public init(remaining: Double?, used: Double? = nil, currency: String) {
            self.remaining = remaining
            self.used = used
            self.currency = currency
        }
    }
}
