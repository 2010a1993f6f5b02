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
    /// The public beginning of the key that was used.
    public var keyPrefix: String?
    public var model: String?
    public var calls: [Call]
    /// Hosts of the URLs in a text, in order: a message often links to a page of the service that wrote it.
    public var mentionedHosts: [String] = []

    public init(
        id: String? = nil, vendor: String? = nil, baseURL: String? = nil, host: String? = nil, keyPrefix: String? = nil, model: String? = nil, calls: [Call] = []
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
        public var path: String?
        public var status: Int?
        public var headers: Headers
        public var body: Body?
        /// What failed where no answer came, in a client's words.
        public var transportError: String?

        public init(
            purpose: String? = nil, method: String? = nil, path: String? = nil, status: Int? = nil, headers: Headers = Headers(), body: Body? = nil,
            transportError: String? = nil
        ) {
            self.purpose = purpose
            self.method = method
            self.path = path
            self.status = status
            self.headers = headers
            self.body = body
            self.transportError = transportError
        }
    }

    public enum Body: Sendable, Hashable {
        case json(JSON)
        case text(String)
    }
}
