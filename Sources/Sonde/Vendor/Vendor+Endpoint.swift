extension Vendor {
    /// Names under which an endpoint is known to the engine.
    public enum EndpointName: String, Sendable, Hashable, CaseIterable {
        /// The list of models.
        case models
        /// What proves a key at no cost, where that is not the list.
        case key
        /// The smallest paid request.
        case inference
        /// The balance, where that is neither.
        case balance
        /// The newer way of asking for text, where a vendor has both.
        case responses
        /// Vectors for a text.
        case embeddings

        /// Says whether a request there generates something, and so has a body and a price.
        var generates: Bool { self == .inference || self == .responses || self == .embeddings }
    }

    /// One path of the API, and what an answer there proves.
    public struct Endpoint: Sendable, Hashable {
        /// Appended to the base URL; starts with a slash.
        public var path: String
        /// Says whether the path stands directly on the host, whatever path the base URL has.
        public var isBelowOrigin: Bool
        /// A header other than the vendor's that carries the key here, bare.
        public var keyHeader: String?
        /// Says whether the server wants a key here. An endpoint that does not proves nothing about a key.
        public var needsKey: Bool
        /// Says whether an answer of success proves the key.
        public var provesKey: Bool
        /// Where the balance stands in the answer, as member names separated by dots.
        public var balance: BalanceFields?
        /// Where the entries of a list of models tell their price.
        public var prices: PriceFields?
        /// Key prefixes for which a refusal here proves nothing.
        public var inconclusiveFor: [String]
    }

    /// Where an answer tells of money, as member names separated by dots.
    public struct BalanceFields: Sendable, Hashable {
        /// What a balance is of.
        public enum Subject: String, Sendable, Hashable, CaseIterable {
            /// The account that pays.
            case account
            /// A limit of the key's own; the account's balance may be more or less.
            case key
        }

        /// Whose balance it is.
        public var subject: Subject
        /// What is left.
        public var remaining: String?
        /// What was used so far.
        public var used: String?
        /// What there was before anything was used, where what remains is not told itself.
        public var total: String?
        /// The part that was given for nothing, and the part that was paid for.
        public var granted: String?
        public var bought: String?
        /// Where the answer says whether the account never paid.
        public var freeTier: String?
        /// Currency of all amounts, ISO 4217.
        public var currency: String
        /// Where the answer itself names the currency; ``currency`` is for answers that do not.
        public var currencyField: String?
    }

    /// Where an entry of a list tells its price in US dollars, as member names separated by dots.
    public struct PriceFields: Sendable, Hashable {
        /// For one token of the request.
        public var input: String
        /// For one token of the answer.
        public var output: String?
        /// For a request as such.
        public var request: String?
    }

    /// The price of a model, and where it was read.
    public struct ListedPrice: Sendable, Hashable {
        /// The model, by the name that the API uses.
        public var model: String
        /// In US dollars for each token.
        public var price: Price
        /// The day it was last checked, `YYYY-MM-DD`.
        public var date: String
        /// Address of the page it was read on.
        public var source: String
    }
}
