public import SondeJSON

/// What one probe got: a response or a transport failure, with timings, and what it says by itself.
public struct Exchange: Sendable {
    public var probe: Probe
    /// From 1; a retry of the same probe counts up.
    public var attempt: Int
    public var request: SentRequest
    public var startedAt: Timestamp
    public var outcome: Outcome
    public var timings: Timings
    public var connection: Connection
    public var reading: Reading
    /// Says that it was made in an earlier round of a watch, and still counts.
    public var isCarried = false

    public init(
        probe: Probe, attempt: Int = 1, request: SentRequest, startedAt: Timestamp, outcome: Outcome, timings: Timings = Timings(),
        connection: Connection = Connection(), reading: Reading = Reading()
    ) {
        self.probe = probe
        self.attempt = attempt
        self.request = request
        self.startedAt = startedAt
        self.outcome = outcome
        self.timings = timings
        self.connection = connection
        self.reading = reading
    }

    public enum Outcome: Sendable, Hashable {
        case answer(Answer)
        /// A bare handshake that worked; the certificate stands in `connection`.
        case handshake
        case failure(Failure)
    }

    /// A transport failure as it is kept: redacted.
    public struct Failure: Sendable, Hashable {
        public var kind: TransportFailure.Kind
        public var phase: TransportFailure.Phase?
        public var curlCode: Int
        public var message: String
        /// The status that had arrived before it broke.
        public var status: Int?
        public var proxyStatus: Int?

        public init(
            kind: TransportFailure.Kind, phase: TransportFailure.Phase? = nil, curlCode: Int = 0, message: String, status: Int? = nil,
            proxyStatus: Int? = nil
        ) {
            self.kind = kind
            self.phase = phase
            self.curlCode = curlCode
            self.message = message
            self.status = status
            self.proxyStatus = proxyStatus
        }
    }

    /// What was sent, without any secret.
    public struct SentRequest: Sendable, Hashable {
        public var method: String
        public var url: String
        public var keyUse: Probe.KeyUse
        public var body: JSON?

        public init(method: String, url: String, keyUse: Probe.KeyUse, body: JSON? = nil) {
            self.method = method
            self.url = url
            self.keyUse = keyUse
            self.body = body
        }
    }

    public var answer: Answer? {
        if case .answer(let answer) = outcome { answer } else { nil }
    }

    public var failure: Failure? {
        if case .failure(let failure) = outcome { failure } else { nil }
    }

    /// Says whether it is told when it was: of a recording only the answer's own header tells, and nothing how long it took.
    public var isTimed: Bool { timings.total > .zero || probe.variant == nil || isTimedByServer }

    /// Says whether its time is what the server's clock said, since a recording tells no other.
    public var isTimedByServer: Bool {
        probe.variant != nil && answer?.headers["date"].flatMap(Timestamp.init(httpDate:)) == startedAt
    }
}
