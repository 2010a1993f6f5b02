internal import CSpawn

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A call of the system that failed in a test's own machinery.
struct SystemFailure: Error {
    var call: String
    var number = errno
}

/// A file descriptor that is closed with the value; no child inherits it.
final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32, from call: String) throws {
        guard number >= 0 else { throw SystemFailure(call: call) }
        self.number = number
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(number) }

    static func writing(_ path: String) throws -> Descriptor {
        try Descriptor(unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600), from: "open")
    }

    /// A pseudo-terminal: the end to read and type at, and the name of the other one.
    static func terminal(columns: Int) throws -> (controller: Descriptor, name: String) {
        var name = [CChar](repeating: 0, count: 128)
        // The buffer is a local array of the length that is passed with it.
        let controller = try Descriptor(unsafe cspawn_open_terminal(UInt16(columns), &name, name.count), from: "openpt")
        return (controller, String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// The places in the list of those that have something to read, or have ended.
    static func ready(_ descriptors: [Descriptor], within milliseconds: Int32) -> [Int] {
        var polled = descriptors.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        guard unsafe poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return [] }
        return polled.indices.filter { polled[$0].revents != 0 }
    }

    /// Some bytes; empty at the end, and when the other side of a terminal is gone.
    func read() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            // The system writes at most the buffer's size.
            count = unsafe max(0, systemRead(number, buffer.baseAddress, buffer.count))
        }
    }

    /// Writes all, as far as somebody reads.
    func writeAll(_ bytes: [UInt8], thenCloses: Bool = true) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// Its name is taken by the method above.
private let systemRead = unsafe read

/// Two ends, neither of which a child inherits unless it is connected.
struct Pipe {
    let reading: Descriptor
    let writing: Descriptor

    init() throws {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw SystemFailure(call: "pipe") }
        reading = try Descriptor(ends[0], from: "pipe")
        writing = try Descriptor(ends[1], from: "pipe")
    }
}
