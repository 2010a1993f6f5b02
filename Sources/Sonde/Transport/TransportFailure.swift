/// A request that got no complete answer: where it died and what is known.
public struct TransportFailure: Error, Sendable {
    /// Where a request died.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The host's name could not be resolved.
        case nameResolution = "name_resolution"
        /// The proxy's name could not be resolved.
        case proxyNameResolution = "proxy_name_resolution"
        /// No TCP connection: refused, unreachable, no route.
        case connect
        /// The TLS handshake broke off.
        case tlsHandshake = "tls_handshake"
        /// The handshake worked, the certificate is not to be trusted.
        case certificate
        /// The proxy refused, wants a password, or does not speak its protocol.
        case proxy
        /// A time limit passed; `phase` says in which phase.
        case timeout
        /// The connection closed or was reset before the answer began.
        case closed
        /// The connection closed or was reset within the answer.
        case cut
        /// What came back is not HTTP, or breaks it.
        case protocolViolation = "protocol_violation"
        /// The header lines are longer than the limit.
        case headersTooLong = "headers_too_long"
        /// The body's content coding is broken.
        case badEncoding = "bad_encoding"
        /// Plain http to a peer that is not a loopback address; nothing was sent.
        case plainHTTPRefused = "plain_http_refused"
        /// The request or its route cannot be sent as it is written, such as a header with a line end; nothing was sent.
        case unsendable
        /// The source interface or address cannot be used.
        case interface
        /// A certificate, key or CA file of ours cannot be used.
        case localCertificate = "local_certificate"
        /// This machine ran out of descriptors or memory; never a statement about the network.
        case resources
        /// The run's own deadline passed before the request's time was up; never a statement about the network.
        case deadline
        /// Cancelled by us.
        case cancelled
        /// No answer came, and whoever tells of it does not tell why; only recordings have it.
        case unexplained
    }

    /// The step a transfer was in, for time-outs.
    public enum Phase: String, Sendable, Hashable, CaseIterable {
        case nameLookup = "dns"
        case connect
        case tls
        case proxy
        case firstByte = "first_byte"
        case body
    }

    public var kind: Kind
    /// The step that was under way.
    public var phase: Phase?
    /// libcurl's number for it (`CURLcode`), 0 when it came from us.
    public var curlCode: Int
    /// libcurl's own words, or ours: may quote remote text, to be redacted and escaped like any.
    public var message: String
    /// Status and headers, when they had arrived, and the body so far.
    public var partial: Response?
    /// For ``Kind/proxy``: the status the proxy answered CONNECT with.
    public var proxyStatus: Int?
    public var timings: Timings
    public var connection: Connection

    public init(
        _ kind: Kind, phase: Phase? = nil, curlCode: Int = 0, message: String, partial: Response? = nil, proxyStatus: Int? = nil,
        timings: Timings = Timings(), connection: Connection = Connection()
    ) {
        self.kind = kind
        self.phase = phase
        self.curlCode = curlCode
        self.message = message
        self.partial = partial
        self.proxyStatus = proxyStatus
        self.timings = timings
        self.connection = connection
    }
}
