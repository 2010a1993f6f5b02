public import SondeJSON

/// One concrete service or server software, as its manifest describes it: data only.
public struct Vendor: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The service that runs the models.
        case direct
        /// A service in front of others.
        case gateway
        /// Software that people run themselves.
        case local
    }

    public var id: String
    /// As people write it.
    public var name: String
    public var aliases: [String]
    /// The `id` of the provider module that speaks its API.
    public var provider: String
    public var kind: Kind
    /// Nil for a vendor that lives at any address.
    public var baseURL: BaseURL?
    /// Paths at which servers of this kind often have the API, likeliest first; tried where a base URL turns out wrong.
    public var basePaths: [String]
    /// The base URL of a vendor that gives each customer an address of their own; then `baseURL` is nil.
    public var baseURLTemplate: BaseURLTemplate?
    /// Variables that SDKs obey as the base URL, in order.
    public var baseURLVariables: [String]
    /// The hosts a key found in this vendor's own variable may go to.
    public var hosts: [String]
    public var key: KeyRules
    /// Sent with every request.
    public var requestHeaders: [HeaderField]
    /// Added to every URL.
    public var query: [QueryItem]
    /// Headers that narrow a key to an organization, project or team.
    public var scopes: [ScopeHeader]
    public var endpoints: [EndpointName: Endpoint]
    /// Models to probe with, best first.
    public var probeModels: [String]
    /// For a gateway: vendor id to what it puts in front of that vendor's model names, slash included.
    public var modelPrefixes: [String: String]
    /// Prices that the service does not list itself.
    public var prices: [ListedPrice]
    public var inference: InferenceRules
    public var responseHeaders: ResponseHeaders
    public var signs: [Sign]
    /// Names, in lower case, of the answer headers that are kept for this vendor besides the shared ones.
    public internal(set) var keptHeaders: Set<String>
    /// Advice by reason or cause; it comes before the shared one.
    public var advice: [String: Advice]
    public var links: [String: String]
    public var support: Support?
    public var statusPage: StatusPage?
    /// A path on the vendor's own hosts at which its edge says what it sees of the caller, such as Cloudflare's `/cdn-cgi/trace`.
    public var edgeTrace: String?
    /// What of this vendor's answers identifies a customer.
    public var identifiers: [Pattern]
    public var verified: Verified

    /// Says whether it is known where it lives; what is true of a vendor without a place is true of any server.
    var hasPlace: Bool { baseURL != nil || baseURLTemplate != nil || !hosts.isEmpty }

    /// A parameter of the query, such as the version of the API.
    public struct QueryItem: Sendable, Hashable {
        public var name: String
        /// As it stands in a URL, percent-encoded where needed.
        public var value: String
        /// Only for base URLs whose path holds this; nil means always.
        public var below: String?
    }

    /// A header that narrows a key, and the variable from which SDKs fill it.
    public struct ScopeHeader: Sendable, Hashable {
        /// `organization`, `project` or `team`.
        public var scope: String
        public var header: String
        public var variables: [String]
    }

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

    public struct BalanceFields: Sendable, Hashable {
        /// What a balance is of.
        public enum Subject: String, Sendable, Hashable, CaseIterable {
            case account
            /// A limit of the key's own; the account's balance may be more or less.
            case key
        }

        public var subject: Subject
        public var remaining: String?
        public var used: String?
        /// What there was before anything was used, where what remains is not told itself.
        public var total: String?
        /// The part that was given for nothing, and the part that was paid for.
        public var granted: String?
        public var bought: String?
        /// Where the answer says whether the account never paid.
        public var freeTier: String?
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
        public var model: String
        public var price: Price
        /// The day it was last checked, `YYYY-MM-DD`.
        public var date: String
        public var source: String
    }

    /// The headers that tell of one rate limit.
    public struct RateLimitFields: Sendable, Hashable {
        /// What is limited, such as `requests per day`.
        public var name: String
        public var limit: String?
        public var remaining: String
        public var reset: String?
    }

    /// How the smallest inference request is made.
    public struct InferenceRules: Sendable, Hashable {
        /// Which of the two common APIs the inference endpoint speaks.
        public enum Form: String, Sendable, Hashable, CaseIterable {
            /// Chat completions: `messages` in, `choices` out.
            case chat
            /// The Responses API: `input` in, `output` out.
            case responses
        }

        public var form: Form
        /// `max_tokens`, `max_completion_tokens` or `max_output_tokens`; nil sends no limit.
        public var tokenLimitField: String?
        public var tokenLimit: Int
        public var extraBody: JSON.Object
        /// Where an answer says what it cost in US dollars, as member names separated by dots, or a header that does.
        public var costField: String?
        public var costHeader: String?
    }

    /// Which answer headers carry what.
    public struct ResponseHeaders: Sendable, Hashable {
        public var requestID: [String]
        public var edge: [String]
        /// Kept besides the shared list.
        public var keep: [String]
        /// Seen on every answer of the real API; their presence is no sign of anything else.
        public var normal: [String]
        public var rateLimits: [RateLimitFields]
    }

    public struct Support: Sendable, Hashable {
        public var url: String
        /// What the channel asks for.
        public var asksFor: [String]
    }

    public struct StatusPage: Sendable, Hashable {
        public var url: String
        /// A document in the format of Statuspage's API, or nil when there is none.
        public var api: String?
        public var components: [String]
    }

    public struct Verified: Sendable, Hashable {
        /// The day the facts were last checked, `YYYY-MM-DD`.
        public var date: String
        public var sources: [String]
    }
}
