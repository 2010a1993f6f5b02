public import SondeJSON

/// One concrete service or server software, as its manifest describes it: data only.
public struct Vendor: Sendable, Hashable {
    /// Where the service stands between a caller and the models.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The service that runs the models.
        case direct
        /// A service in front of others.
        case gateway
        /// Software that people run themselves.
        case local
    }

    /// What a command line and a report call it; lower case, unique among all manifests.
    public var id: String
    /// As people write it.
    public var name: String
    /// Other names under which people ask for it; none of them is another vendor's.
    public var aliases: [String]
    /// The `id` of the provider module that speaks its API.
    public var provider: String
    /// Which sort of service it is; laws that tell direct from gateway go by it.
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
    /// What its keys look like, where SDKs look for them, and the header that carries one.
    public var key: KeyRules
    /// Sent with every request.
    public var requestHeaders: [HeaderField]
    /// Added to every URL.
    public var query: [QueryItem]
    /// Headers that narrow a key to an organization, project or team.
    public var scopes: [ScopeHeader]
    /// Paths of the API by what they are for; what is missing the vendor does not have.
    public var endpoints: [EndpointName: Endpoint]
    /// Models to probe with, best first.
    public var probeModels: [String]
    /// For a gateway: vendor id to what it puts in front of that vendor's model names, slash included.
    public var modelPrefixes: [String: String]
    /// Prices that the service does not list itself.
    public var prices: [ListedPrice]
    /// How its smallest inference request is made.
    public var inference: InferenceRules
    /// Where its answers carry request ids, edge and rate limits.
    public var responseHeaders: ResponseHeaders
    /// Its vocabulary: what an answer that looks so means. It is read before the shared one.
    public var signs: [Sign]
    /// Names, in lower case, of the answer headers that are kept for this vendor besides the shared ones.
    public internal(set) var keptHeaders: Set<String>
    /// Advice by reason or cause; it comes before the shared one.
    public var advice: [String: Advice]
    /// Pages of its console by purpose, such as `billing`; advice names them.
    public var links: [String: String]
    /// Where its support is reached, where it has any.
    public var support: Support?
    /// Where it tells of outages.
    public var statusPage: StatusPage?
    /// A path on the vendor's own hosts at which its edge says what it sees of the caller, such as Cloudflare's `/cdn-cgi/trace`.
    public var edgeTrace: String?
    /// What of this vendor's answers identifies a customer.
    public var identifiers: [Pattern]
    /// When and by what these facts were checked.
    public var verified: Verified
    /// Says whether it came with the tool, so that its hosts are known to everybody.
    public var isBuiltIn = false

    /// Says whether it is known where it lives; what is true of a vendor without a place is true of any server.
    var hasPlace: Bool { baseURL != nil || baseURLTemplate != nil || !hosts.isEmpty }

    /// A parameter of the query, such as the version of the API.
    public struct QueryItem: Sendable, Hashable {
        /// Name of the parameter.
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
        /// The request header that carries it.
        public var header: String
        /// Variables that SDKs read it from, in order.
        public var variables: [String]
    }

    /// The headers that tell of one rate limit.
    public struct RateLimitFields: Sendable, Hashable {
        /// What is limited, such as `requests per day`.
        public var name: String
        /// Header with how much is allowed in all.
        public var limit: String?
        /// Header with how much of it is left.
        public var remaining: String
        /// Header with when it is whole again.
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

        /// The API it speaks.
        public var form: Form
        /// `max_tokens`, `max_completion_tokens` or `max_output_tokens`; nil sends no limit.
        public var tokenLimitField: String?
        /// The most tokens that an answer may have.
        public var tokenLimit: Int
        /// Members added to every request body.
        public var extraBody: JSON.Object
        /// Where an answer says what it cost in US dollars, as member names separated by dots, or a header that does.
        public var costField: String?
        /// The header that tells it.
        public var costHeader: String?
    }

    /// Which answer headers carry what.
    public struct ResponseHeaders: Sendable, Hashable {
        /// Ids under which the vendor finds a request again, best first.
        public var requestID: [String]
        /// Headers that tell the place of the edge that answered.
        public var edge: [String]
        /// Kept besides the shared list.
        public var keep: [String]
        /// Seen on every answer of the real API; their presence is no sign of anything else.
        public var normal: [String]
        /// Headers that tell what is left of each rate limit.
        public var rateLimits: [RateLimitFields]
    }

    /// A channel to people who can act.
    public struct Support: Sendable, Hashable {
        /// Address of the channel.
        public var url: String
        /// What the channel asks for.
        public var asksFor: [String]
    }

    /// A public page about outages.
    public struct StatusPage: Sendable, Hashable {
        /// Address of the page, for people.
        public var url: String
        /// A document in the format of Statuspage's API, or nil when there is none.
        public var api: String?
        /// Names of the components on it that inference depends on.
        public var components: [String]
    }

    /// When facts were last held against their sources.
    public struct Verified: Sendable, Hashable {
        /// The day the facts were last checked, `YYYY-MM-DD`.
        public var date: String
        /// Addresses of the pages, or names of the source files.
        public var sources: [String]
    }
}
