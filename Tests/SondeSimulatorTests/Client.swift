import Glibc
import Testing

/// One raw connection to a simulator: what is written is what goes out, what is read is what came in.
final class Client {
    private let socket: Int32
    private(set) var received: [UInt8] = []

    enum End: Equatable {
        case closed, reset, silent
    }

    /// Connects to 127.0.0.1 (or `::1`), from `source` where given.
    init(port: UInt16, source: String? = nil, ipv6: Bool = false) throws {
        socket = Glibc.socket(ipv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(socket >= 0)
        // Nothing here takes long; a test that waits in vain fails in the end.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if let source {
            let status = unsafe Self.withAddress(source, port: 0) { unsafe bind(socket, $0, $1) }
            try #require(status == 0)
        }
        let status = unsafe Self.withAddress(ipv6 ? "::1" : "127.0.0.1", port: port) { unsafe connect(socket, $0, $1) }
        try #require(status == 0)
    }

    deinit {
        close(socket)
    }

    private static func withAddress(_ text: String, port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var storage = sockaddr_storage()
        return unsafe withUnsafeMutablePointer(to: &storage) { storage in
            if text.contains(":") {
                return unsafe storage.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                    unsafe address.pointee.sin6_family = sa_family_t(AF_INET6)
                    unsafe address.pointee.sin6_port = port.bigEndian
                    unsafe inet_pton(AF_INET6, text, &address.pointee.sin6_addr)
                    return unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        unsafe body($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
                    }
                }
            }
            return unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                unsafe address.pointee.sin_family = sa_family_t(AF_INET)
                unsafe address.pointee.sin_port = port.bigEndian
                unsafe inet_pton(AF_INET, text, &address.pointee.sin_addr)
                return unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Writes a whole request.
    func request(
        _ method: String, _ path: String, key: String? = nil, headers: [(String, String)] = [], body: String? = nil
    ) {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: simulator\r\n"
        if let key { text += "Authorization: Bearer \(key)\r\n" }
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        write(text + "\r\n" + (body ?? ""))
    }

    /// Reads until the text received contains `mark`; false when the connection ended before.
    func read(until mark: String) -> Bool {
        while !String(decoding: received, as: UTF8.self).contains(mark) {
            if readSome() != nil { return false }
        }
        return true
    }

    /// Reads a whole answer, as its own headers tell its length; the connection stays open for the next.
    func answer() throws -> Answer {
        while true {
            if let answer = Answer(received) {
                received.removeFirst(answer.length)
                return answer
            }
            if let end = readSome() {
                return try #require(Answer(received, hasEnded: true), "no answer before the connection was \(end)")
            }
        }
    }

    /// Reads all there is until the connection ends.
    func readToEnd() -> End {
        while true {
            if let end = readSome() { return end }
        }
    }

    /// Says whether nothing comes for a short while, the connection being open.
    var isSilent: Bool {
        var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&polled, 1, 50) == 0
    }

    private func readSome() -> End? {
        var buffer: [UInt8] = Array(repeating: 0, count: 65_536)
        let count = unsafe recv(socket, &buffer, buffer.count, 0)
        if count > 0 { received += buffer[..<count] }
        if count > 0 { return nil }
        return count == 0 ? .closed : errno == EAGAIN ? .silent : .reset
    }
}
