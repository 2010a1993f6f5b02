public import SondeJSON

/// What a run may take, as the options say.
public struct RunLimits: Sendable {
    public var connect: Duration = .seconds(5)
    /// For a request that generates nothing.
    public var total: Duration = .seconds(15)
    public var inference: Duration = .seconds(30)
    /// For the whole run.
    public var deadline: Duration = .seconds(60)
    /// For measurements, which begin when the run is over; nil for as long as so many usually take.
    public var sampling: Duration?
    /// Says whether measurements end with the run itself, since who waits for it does not wait longer.
    public var samplesWithinRun = false
    public var retries = 2
    /// Says whether what is charged for is repeated, too.
    public var repeatsPaid = true
    /// Targets checked at the same time; one that waits for its last answer counts half, see ``RunCapacity``.
    public var jobs = usualJobs
    /// So many fit into the usual limit of 1,024 descriptors, with three connections each while a target begins.
    public static let usualJobs = 300
    public var plainHTTP = Request.PlainHTTP.loopback
    /// Sent instead of the smallest inference request.
    public var customBody: JSON.Object?

    public init() {}

    public var retryPolicy: RetryPolicy { RetryPolicy(limit: retries, repeatsPaid: repeatsPaid) }

    /// How long so many requests in turn may take: three seconds each, a minute at least.
    public func sampling(_ requests: Int) -> Duration { sampling ?? max(.seconds(60), .seconds(3) * requests) }
}
