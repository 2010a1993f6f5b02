/// What came back for one request: every status is a response, also 500.
public struct Response: Sendable {
    /// The HTTP status.
    public var status: Int
    /// `1.0`, `1.1`, `2` or `3`.
    public var httpVersion: String
    /// The header fields of the final answer, in order.
    public var headers: Headers
    /// The decompressed body, at most `Request.Limits.bodyBytes` of it.
    public var body: [UInt8]
    /// Says whether the body was longer than the limit and cut off here. A cut body is never held against the server.
    public var isBodyCut: Bool
    /// When each piece of the body arrived, for streaming: time since the transfer began, and bytes in that piece.
    public var chunks: [Chunk]
    /// When each phase ended.
    public var timings: Timings
    /// The connection it came over.
    public var connection: Connection

    public init(
        status: Int, httpVersion: String = "1.1", headers: Headers = Headers(), body: [UInt8] = [], isBodyCut: Bool = false,
        chunks: [Chunk] = [], timings: Timings = Timings(), connection: Connection = Connection()
    ) {
        self.status = status
        self.httpVersion = httpVersion
        self.headers = headers
        self.body = body
        self.isBodyCut = isBodyCut
        self.chunks = chunks
        self.timings = timings
        self.connection = connection
    }

    /// A piece of the body as it arrived.
    public struct Chunk: Sendable, Hashable {
        /// Time since the transfer began.
        public var at: Duration
        /// Bytes in it.
        public var count: Int

        public init(at: Duration, count: Int) {
            self.at = at
            self.count = count
        }
    }
}

/// Who was connected to whom, and how.
public struct Connection: Sendable, Hashable {
    /// The address at the other end: the proxy's, when there is one. Nil when no connection stood.
    public var peerAddress: String?
    /// The port at the other end.
    public var peerPort: Int?
    /// The address at this end: the source address of the route.
    public var localAddress: String?
    /// Says whether the request went over a connection that an earlier request had opened.
    public var isReused: Bool
    /// The handshake; nil without TLS and on a reused connection.
    public var tls: TLSSession?

    public init(
        peerAddress: String? = nil, peerPort: Int? = nil, localAddress: String? = nil, isReused: Bool = false,
        tls: TLSSession? = nil
    ) {
        self.peerAddress = peerAddress
        self.peerPort = peerPort
        self.localAddress = localAddress
        self.isReused = isReused
        self.tls = tls
    }
}

/// What the TLS handshake showed. Filled in on the request that made the connection.
public struct TLSSession: Sendable, Hashable {
    /// `TLSv1.3` and the like.
    public var version: String?
    /// The certificate that the server presented.
    public var certificate: Certificate?

    public init(version: String? = nil, certificate: Certificate? = nil) {
        self.version = version
        self.certificate = certificate
    }
}

/// The leaf certificate that a server presented, valid or not.
public struct Certificate: Sendable, Hashable {
    /// Distinguished names as OpenSSL prints them, such as `CN=api.example.com`.
    public var subject: String
    /// Who signed it, in the same form.
    public var issuer: String
    /// Start of its validity.
    public var notBefore: Timestamp?
    /// End of its validity.
    public var notAfter: Timestamp?

    public init(subject: String, issuer: String, notBefore: Timestamp? = nil, notAfter: Timestamp? = nil) {
        self.subject = subject
        self.issuer = issuer
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
