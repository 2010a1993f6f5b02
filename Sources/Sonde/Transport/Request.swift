/// One HTTP request, complete: nothing is added to it on the way but what HTTP itself needs.
public struct Request: Sendable {
    /// The methods that probes use.
    public enum Method: String, Sendable, Hashable {
        case get = "GET"
        case post = "POST"
    }

    /// A header to send. A secret value is prefixed, such as with `Bearer `, only inside the transport.
    public enum HeaderValue: Sendable, Hashable {
        case plain(String)
        case secret(prefix: String, Secret)
    }

    /// A header field to send.
    public struct Header: Sendable, Hashable {
        public var name: String
        public var value: HeaderValue

        public init(_ name: String, _ value: HeaderValue) {
            self.name = name
            self.value = value
        }
    }

    /// How the URL is asked.
    public var method: Method
    /// The absolute URL, percent-encoded, without user information and without a fragment.
    public var url: String
    /// Sent in this order.
    public var headers: [Header]
    /// Sent as it is; the content type is one of `headers`.
    public var body: [UInt8]?
    /// When the transfer is given up.
    public var limits: Limits
    /// Where this request may travel without TLS.
    public var plainHTTP: PlainHTTP

    public init(
        _ method: Method, _ url: String, headers: [Header] = [], body: [UInt8]? = nil,
        limits: Limits = Limits(), plainHTTP: PlainHTTP = .loopback
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.plainHTTP = plainHTTP
    }

    /// Where a request may travel without TLS.
    public enum PlainHTTP: Sendable, Hashable {
        /// Only to a peer whose address is a loopback one, checked once connected and before anything is sent.
        case loopback
        /// Anywhere: the user asked for it with `--allow-http`.
        case anywhere
    }

    /// What one request may cost at most; every limit ends the transfer, none is silent.
    public struct Limits: Sendable, Hashable {
        /// Time to be connected, TLS included.
        public var connect: Duration = .seconds(5)
        /// Time for the whole transfer.
        public var total: Duration = .seconds(15)
        /// Body bytes kept after decompression; what lies beyond is not read and the answer says so.
        public var bodyBytes: Int = 1 << 20
        /// Bytes of all header lines of the answer together; beyond it the transfer fails.
        public var headerBytes: Int = 64 << 10

        public init() {}
    }
}
