public import SondeJSON

/// Calls that somebody made and wrote down: a transcript, pasted output, or the text an SDK threw.
///
/// Anything may be missing; what is missing is nil and never made up.
public struct Recording: Sendable, Hashable {
    /// How the source calls it, or the line it stood on.
    public var id: String?
    /// The vendor, as the source names it.
    public var vendor: String?
    public var baseURL: String?
    public var host: String?
    /// Hosts that a text speaks of in passing; one that is a vendor's tells the vendor where nothing else does.
    public var mentionedHosts: [String] = []
    /// Variables for keys that a text names; one that is a vendor's tells the vendor where no host does.
    public var mentionedVariables: [String] = []
    /// The public beginning of the key that was used.
    public var keyPrefix: String?
    public var model: String?
    /// What is known of the way: `proxy`, `vpn`.
    public var network: String?
    public var calls: [Call]

    public init(
        id: String? = nil, vendor: String? = nil, baseURL: String? = nil, host: String? = nil, keyPrefix: String? = nil,
        model: String? = nil, calls: [Call] = []
    ) {
        self.id = id
        self.vendor = vendor
        self.baseURL = baseURL
        self.host = host
        self.keyPrefix = keyPrefix
        self.model = model
        self.calls = calls
    }

    /// One call.
    public struct Call: Sendable, Hashable {
        /// What it was for, as the source says: `chat`, `models`, `bad-key` …
        public var purpose: String?
        public var method: String?
        /// Where it went, in lower case, as far as the source shows it.
        public var host: String?
        public var path: String?
        /// Says whether the source shows that a key went with it.
        public var showsKey = false
        public var status: Int?
        public var headers: Headers
        public var body: Body?
        /// `1.1`, `2`.
        public var httpVersion: String?
        /// What failed where no answer came, in a client's words.
        public var transportError: String?
        /// What a proxy answered to CONNECT.
        public var proxyStatus: Int?
        /// The line on which it stands in its source, from 1.
        var line = 1
        /// Says whether the answer is that of a proxy that was asked for a tunnel.
        var isTunnel = false

        public init(
            purpose: String? = nil, method: String? = nil, host: String? = nil, path: String? = nil, status: Int? = nil,
            headers: Headers = Headers(),
            body: Body? = nil,
            httpVersion: String? = nil, transportError: String? = nil, proxyStatus: Int? = nil
        ) {
            self.purpose = purpose
            self.method = method
            self.host = host
            self.path = path
            self.status = status
            self.headers = headers
            self.body = body
            self.httpVersion = httpVersion
            self.transportError = transportError
            self.proxyStatus = proxyStatus
        }
    }

    public enum Body: Sendable, Hashable {
        case json(JSON)
        case text(String)
    }
}
