/// One request with a purpose.
public struct Probe: Sendable, Hashable {
    /// What a probe is for; the word in reports.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The list of models, with the target's key.
        case models
        /// The endpoint that proves the key.
        case key
        /// The smallest paid request.
        case inference
        /// The balance, where it has an endpoint of its own.
        case balance
        /// The smallest paid request whose answer comes in pieces; on request only.
        case streaming
        /// The smallest paid request by the Responses API; on request only.
        case responses
        /// A vector for one word; on request only.
        case embeddings
        /// An earlier request again, with a made-up key: is a refusal about the key at all?
        case badKey = "bad-key"
        /// An earlier request again, without a key: is the header stripped, is the list public?
        case noKey = "no-key"
        /// An earlier inference request again, with a field that no such API accepts: does it look at what it is sent?
        case badField = "bad-field"
        /// The smallest paid request with another model: is a refusal about the model?
        case otherModel = "other-model"
        /// The smallest paid request to another API of the vendor: is a refusal about this one alone?
        case otherAPI = "other-api"
        /// The list of models at another path of the same origin: is the API there?
        case baseURL = "base-url"
        /// Who signed the certificate that was not accepted? A bare handshake, no request.
        case handshake
        /// What the vendor's edge says of the caller: from which country does it come?
        case edgeTrace = "edge-trace"
        /// What the vendor's status page admits.
        case statusPage = "status-page"

        /// Says whether it is sent only after a failure.
        public var isFollowUp: Bool {
            switch self {
            case .models, .key, .inference, .balance, .streaming, .responses, .embeddings: false
            default: true
            }
        }
    }

    /// Where a request goes.
    public enum Place: Sendable, Hashable {
        /// To the endpoint below the target's base URL.
        case target
        /// To the endpoint below another path of the same origin.
        case below(path: String)
        /// To a path of the same origin, which is none of the API's.
        case path(String)
        /// To somebody else: nothing of the user's goes there, neither key nor header.
        case elsewhere(url: String)
    }

    public var kind: Kind
    /// Which of the vendor's endpoints it goes to.
    public var endpoint: Vendor.EndpointName
    public var model: String?
    /// What sets a recorded call apart from others of its kind, such as its path; nil for probes of our own.
    public var variant: String?
    public var place: Place
    /// The form in which inference is asked, where it is not the vendor's usual one.
    public var shape: InferenceShape?
    /// Says that a stream is asked for without its count of tokens, where the service does not take the option.
    public var omitsUsage = false

    public init(
        _ kind: Kind, endpoint: Vendor.EndpointName, model: String? = nil, variant: String? = nil, place: Place = .target,
        shape: InferenceShape? = nil
    ) {
        self.kind = kind
        self.endpoint = endpoint
        self.model = model
        self.variant = variant
        self.place = place
        self.shape = shape
    }

    /// Which key goes with it.
    public var keyUse: KeyUse {
        switch kind {
        case .badKey: .madeUp
        case .noKey, .handshake, .edgeTrace, .statusPage: .none
        default: .own
        }
    }

    public enum KeyUse: String, Sendable, Hashable, CaseIterable {
        case own
        case madeUp = "made_up"
        case none
        /// A recording does not show what was sent.
        case untold
    }

    /// Says whether the request has a body and generates something.
    public var generates: Bool { endpoint.generates && place == .target && kind != .handshake }

    /// Says whether the request is charged for.
    public var isPaid: Bool { generates && keyUse == .own }

    /// Says whether the answer is read as the API's; what an edge or a status page says is none.
    public var asksAPI: Bool {
        switch place {
        case .target, .below: true
        case .path, .elsewhere: false
        }
    }

    /// `GET` or `POST`.
    public var method: Request.Method { generates ? .post : .get }
}
