internal import CMicrohttpd

/// What libmicrohttpd does about one request, from its first line to the last byte of the answer.
///
/// Made, used and dropped on the polling thread alone, so nothing here is guarded.
final class Call {
    /// How much of a request's body is read, in bytes; the rest is thrown away.
    static let bodyLimit = 1 << 20

    private enum Phase {
        case receiving
        /// The reply is known and its time has not come.
        case waiting(Reply)
        case answering
        /// Nothing more is to come but the end of the connection.
        case ending
    }

    private let service: Service
    /// Path and query as they were sent.
    private let target: String
    private var phase = Phase.receiving
    private var hasBeenAsked = false
    private var body: [UInt8] = []
    /// The bytes that ``playback`` is about.
    private var content: [UInt8] = []
    private var playback = Playback([])

    init(target: String, service: Service) {
        self.target = target
        self.service = service
    }

    /// Notes the first of the many times that libmicrohttpd asks about a request, when only the headers are there.
    func isFirstAsked() -> Bool {
        defer { hasBeenAsked = true }
        return !hasBeenAsked
    }

    /// Keeps a piece of the request's body.
    func receive(_ bytes: UnsafeRawBufferPointer) {
        unsafe body.append(contentsOf: bytes.prefix(Self.bodyLimit - body.count))
    }

    /// Goes on with a request that is there as a whole; called again each time the connection was resumed.
    ///
    /// - Returns: False when the connection is to be closed.
    func proceed(_ connection: Connection, method: String) -> Bool {
        switch phase {
        case .receiving:
            let reply = service.reply(to: request(connection, method: method))
            body = []
            guard reply.delay > 0 else { return begin(reply, connection) }
            phase = .waiting(reply)
            return service.alarm.suspend(connection, milliseconds: reply.delay)
        case .waiting(let reply):
            return begin(reply, connection)
        case .answering:
            return true
        case .ending:
            return false
        }
    }

    private func request(_ connection: Connection, method: String) -> Simulator.Request {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return Simulator.Request(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil,
            headers: connection.headers, source: connection.source, body: body)
    }

    private func begin(_ reply: Reply, _ connection: Connection) -> Bool {
        guard !service.alarm.isClosing else { return false }
        switch reply.opening {
        case .stall:
            phase = .ending
            return service.alarm.suspend(connection, milliseconds: nil)
        case .reset:
            connection.reset()
            return false
        case .cut:
            return false
        case nil:
            phase = .answering
            content = reply.body
            playback = Playback(reply.steps)
            return connection.send(reply, playedBy: self)
        }
    }

    /// Gives the next bytes of the body, as libmicrohttpd wants them: their number, 0 after suspending, or one of its two ends.
    func play(_ connection: Connection, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        if case .ending = phase { return Self.brokenOff }
        let alarm = service.alarm
        switch playback.next(room: buffer.count) {
        case .send(let range):
            unsafe buffer.copyBytes(from: content[range])
            return range.count
        case .wait(let milliseconds):
            return alarm.suspend(connection, milliseconds: milliseconds) ? 0 : Self.brokenOff
        case .stall:
            phase = .ending
            return alarm.suspend(connection, milliseconds: nil) ? 0 : Self.brokenOff
        case .reset:
            connection.reset()
            return Self.brokenOff
        case .cut:
            return Self.brokenOff
        case .end:
            return Self.endOfStream
        }
    }

    /// MHD_CONTENT_READER_END_OF_STREAM, a cast that Swift does not import.
    private static let endOfStream = -1
    /// MHD_CONTENT_READER_END_WITH_ERROR, likewise: closes the connection.
    private static let brokenOff = -2
}
