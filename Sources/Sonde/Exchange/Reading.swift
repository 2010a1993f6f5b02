/// What one exchange says by itself.
public struct Reading: Sendable, Hashable {
    public var speaker: Speaker
    /// Nil when the exchange points to nothing.
    public var cause: Cause?
    public var reason: String?
    public var certainty: Confidence
    /// The telling detail, such as a missing scope's name or the origin of a redirect.
    public var detail: String?
    /// How long the server asks to wait.
    public var retryAfter: Duration?
    /// Where the vendor's network took the connection and ran the request.
    public var edge: EdgeLocation?

    public init(
        speaker: Speaker = .unknown, cause: Cause? = nil, reason: String? = nil, certainty: Confidence = .possible, detail: String? = nil,
        retryAfter: Duration? = nil, edge: EdgeLocation? = nil
    ) {
        self.speaker = speaker
        self.cause = cause
        self.reason = reason
        self.certainty = certainty
        self.detail = detail
        self.retryAfter = retryAfter
        self.edge = edge
    }

    public var isHealthy: Bool { cause == .healthy }
}

/// Where a vendor's network took a request, as its own header tells.
public struct EdgeLocation: Sendable, Hashable {
    /// The code of the place that took the caller's connection, such as `fra1`: near the caller's egress.
    public var edge: String
    /// The code of the place in which the service ran, if it is told.
    public var region: String?
    /// The service's own clock.
    public var time: Timestamp?

    public init(edge: String, region: String? = nil, time: Timestamp? = nil) {
        self.edge = edge
        self.region = region
        self.time = time
    }
}
