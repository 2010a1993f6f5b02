/// When each phase of a transfer ended, counted from its start.
///
/// ```
/// start ── nameLookup ── connect ── tls ── pretransfer ── firstByte ── total
///          DNS           TCP        TLS    request goes   service      body
/// ```
///
/// A value is nil when the phase was not reached, and zero-length when a connection was reused. With several requests
/// on one connection the second's `pretransfer` holds the first's handshake: the time the service took is
/// ``service``, never `firstByte` alone.
public struct Timings: Sendable, Hashable {
    /// The name was resolved.
    public var nameLookup: Duration?
    /// The TCP connection stood; through a proxy, the one to the proxy.
    public var connect: Duration?
    /// The TLS handshake was done.
    public var tls: Duration?
    /// The request was about to be sent.
    public var pretransfer: Duration?
    /// The first byte of the answer came.
    public var firstByte: Duration?
    /// The transfer ended, well or not.
    public var total: Duration

    public init(
        nameLookup: Duration? = nil, connect: Duration? = nil, tls: Duration? = nil, pretransfer: Duration? = nil,
        firstByte: Duration? = nil, total: Duration = .zero
    ) {
        self.nameLookup = nameLookup
        self.connect = connect
        self.tls = tls
        self.pretransfer = pretransfer
        self.firstByte = firstByte
        self.total = total
    }

    /// From the last byte of the request to the first of the answer: what the service took, network round trip included.
    public var service: Duration? {
        guard let firstByte, let pretransfer, firstByte >= pretransfer else { return nil }
        return firstByte - pretransfer
    }
}
