import Foundation
import Synchronization

/// A server that does to a connection exactly what a script says, byte by byte, however wrong that is.
///
/// ```swift
/// let server = try ScriptedServer([.readRequest, .send("HTTP/1.1 200 OK\r\nContent-Le"), .reset])
/// ```
///
/// It listens on loopback at a port the system chose, on threads of its own. Ends when it is released, or by ``stop()``.
public final class ScriptedServer: Sendable {
    /// One thing to do with a connection. After the last, the connection is closed.
    public enum Step: Sendable {
        /// Reads the head of a request and as much of a body as its `Content-Length` says, and records both.
        case readRequest
        /// Reads some bytes, whatever they are.
        case receive
        /// Reads until the peer closes, and records that as a request without a head: what was sent before has been taken.
        case readEnd
        /// Sends bytes.
        case sendBytes([UInt8])
        /// Sends the same bytes again and again, until the peer has had enough.
        case sendForever([UInt8])
        /// Does nothing until the peer closes.
        case stall
        /// Waits until the test says so, with ``ScriptedServer/release()``.
        case wait
        /// Ends the connection with a reset.
        case reset
        /// Ends the connection in good order.
        case close

        /// Sends text.
        public static func send(_ text: String) -> Step { .sendBytes(Array(text.utf8)) }

        /// Sends a whole answer with its length.
        public static func respond(_ status: Int = 200, headers: [String] = [], body: String = "") -> Step {
            let lines = ["HTTP/1.1 \(status) Scripted", "Content-Length: \(body.utf8.count)"] + headers
            return .send(lines.map { $0 + "\r\n" }.joined() + "\r\n" + body)
        }
    }

    /// A request as it came in.
    public struct Received: Sendable {
        /// Counted from 0: the first connection, the second, …
        public var connection: Int
        /// Request line and header lines, with their line ends.
        public var head: String
        public var body: [UInt8]
    }

    /// The port that the system chose.
    public let port: Int
    private let host: String
    private let scripts: [[Step]]
    private let listener: Socket
    private let state = Mutex(State())
    private let gate = DispatchSemaphore(value: 0)

    private struct State {
        var received: [Received] = []
        /// Who waits for how many requests.
        var waiting: [(count: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var connections: [Socket?] = []
        var isStopped = false
    }

    /// Starts listening. The first connection gets the first script, the second the second; the last serves all further ones.
    ///
    /// - Parameter host: A loopback address, of either family.
    /// - Throws: ``Unavailable`` when the address cannot be listened on.
    public convenience init(on host: String = "127.0.0.1", _ steps: [Step]) throws {
        try self.init(on: host, scripts: [steps])
    }

    /// The same with a script for each connection.
    public init(on host: String = "127.0.0.1", scripts: [[Step]]) throws {
        guard let (listener, port) = Socket.listening(on: host) else { throw Unavailable(host: host) }
        self.host = host
        self.scripts = scripts
        self.listener = listener
        self.port = port
        // The thread holds the listener and not the server, which so can be released while the thread waits.
        Thread.detachNewThread { [weak self] in
            while let connection = listener.accept() {
                guard let self, self.serve(connection) else { connection.close(); break }
            }
            listener.close()
        }
    }

    /// Nothing can listen on this address here.
    public struct Unavailable: Error {
        public var host: String
    }

    deinit { stop() }

    /// `http://127.0.0.1:PORT` followed by the path.
    public func url(_ path: String = "/") -> String {
        "http://\(host.contains(":") ? "[\(host)]" : host):\(port)\(path)"
    }

    /// The requests that ``Step/readRequest`` read so far.
    public var received: [Received] { state.withLock { $0.received } }

    /// Returns once this many requests were read; false when the server was stopped before.
    public func receives(_ count: Int = 1) async -> Bool {
        await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                if state.received.count >= count { return true }
                if state.isStopped { return false }
                state.waiting.append((count, continuation))
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// How many connections there have been.
    public var connectionCount: Int { state.withLock { $0.connections.count } }

    /// Lets one ``Step/wait`` pass, now or when it comes.
    public func release() { gate.signal() }

    /// Ends the listener and all connections.
    public func stop() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            guard !state.isStopped else { return state.waiting }
            state.isStopped = true
            listener.shutDown()
            for connection in state.connections { connection?.shutDown() }
            return state.waiting
        }
        for waiting in waiting { waiting.continuation.resume(returning: false) }
        gate.signal()
    }

    private func record(_ request: Received) {
        let waiting = state.withLock { state in
            state.received.append(request)
            let count = state.received.count
            defer { state.waiting.removeAll { $0.count <= count } }
            return state.waiting.filter { $0.count <= count }
        }
        for waiting in waiting { waiting.continuation.resume(returning: true) }
    }

    /// Plays the script of one connection on a thread of its own; false when the server is stopped.
    private func serve(_ connection: Socket) -> Bool {
        let number: Int? = state.withLock { state in
            guard !state.isStopped else { return nil }
            state.connections.append(connection)
            return state.connections.count - 1
        }
        guard let number else { return false }
        let script = scripts[min(number, scripts.count - 1)]
        Thread.detachNewThread { [weak self, gate] in
            var reader = RequestReader(connection: connection)
            for step in script {
                var goesOn = true
                switch step {
                case .readRequest:
                    if let (head, body) = reader.next() {
                        self?.record(Received(connection: number, head: head, body: body))
                    } else {
                        goesOn = false
                    }
                case .receive: goesOn = !connection.receive().isEmpty
                case .readEnd:
                    while !connection.receive().isEmpty {}
                    self?.record(Received(connection: number, head: "", body: []))
                case .sendBytes(let bytes): goesOn = connection.send(bytes)
                case .sendForever(let bytes): while connection.send(bytes) {}
                case .stall: while !connection.receive().isEmpty {}
                case .wait: gate.wait()
                case .reset:
                    connection.prepareReset()
                    goesOn = false
                case .close: goesOn = false
                }
                guard goesOn else { break }
            }
            // Under the lock, so that a stop does not shut down a descriptor that is somebody else's by then.
            if let self {
                self.state.withLock { state in
                    state.connections[number] = nil
                    connection.close()
                }
            } else {
                connection.close()
            }
        }
        return true
    }
}

/// Takes requests off a connection, one after the other.
private struct RequestReader {
    let connection: Socket
    private var bytes: [UInt8] = []

    init(connection: Socket) {
        self.connection = connection
    }

    /// Nil when the peer closed before a request was whole.
    mutating func next() -> (head: String, body: [UInt8])? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let found = bytes.firstRange(of: end) {
                let head = String(decoding: bytes[..<found.upperBound], as: UTF8.self)
                let length =
                    head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces)) } ?? 0
                while bytes.count < found.upperBound + length {
                    guard fill() else { return nil }
                }
                let body = Array(bytes[found.upperBound..<(found.upperBound + length)])
                bytes.removeFirst(found.upperBound + length)
                return (head, body)
            }
            guard fill() else { return nil }
        }
    }

    private mutating func fill() -> Bool {
        let more = connection.receive()
        bytes += more
        return !more.isEmpty
    }
}
