#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A TCP socket with blocking calls, for servers in tests. The owner closes it.
struct Socket: Sendable {
    let descriptor: Int32

    /// A listener on a port that the system chose; nil when the address is not there.
    static func listening(on host: String) -> (socket: Socket, port: Int)? {
        host.contains(":") ? listening(on: sockaddr_in6.self, host) : listening(on: sockaddr_in.self, host)
    }

    private static func listening<Address: SocketAddress>(on type: Address.Type, _ host: String) -> (socket: Socket, port: Int)? {
        guard var address = Address(host) else { return nil }
        let socket = Socket(descriptor: streamSocket(Address.family))
        var length = socklen_t(MemoryLayout<Address>.size)
        // The address is a local variable of the size that is passed with it.
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(socket.descriptor, address, length) == 0 && listen(socket.descriptor, 128) == 0
                    && getsockname(socket.descriptor, address, &length) == 0
            }
        }
        guard isListening else {
            socket.close()
            return nil
        }
        return (socket, address.portNumber)
    }

    private static func streamSocket(_ family: Int32) -> Int32 {
        #if canImport(Glibc)
        socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
        socket(family, SOCK_STREAM, 0)
        #endif
    }

    /// The next connection; nil when the listener was shut down.
    func accept() -> Socket? {
        // No peer address is asked for.
        let descriptor = systemAccept(self.descriptor, nil, nil)
        guard descriptor >= 0 else { return nil }
        return Socket(descriptor: descriptor)
    }

    /// Some bytes; empty at the end of the stream or when the socket was shut down or reset.
    func receive() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
            // The system writes at most the buffer's size.
            count = unsafe max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// Sends all the bytes; false when the peer is gone.
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Glibc)
            let flags = Int32(MSG_NOSIGNAL)
            #else
            let flags: Int32 = 0
            #endif
            let count = unsafe rest.withUnsafeBytes { unsafe systemSend(descriptor, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Ends both directions and wakes every call that waits on this socket.
    func shutDown() {
        #if canImport(Glibc)
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
        #else
        _ = shutdown(descriptor, SHUT_RDWR)
        #endif
    }

    /// Makes the close that follows a reset (RST) instead of an orderly end.
    func prepareReset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    func close() {
        _ = systemClose(descriptor)
    }
}

// Their names are taken by the methods above.
private let systemAccept = unsafe accept
private let systemSend = unsafe send
private let systemClose = close

/// What an IPv4 and an IPv6 address have in common here.
private protocol SocketAddress {
    static var family: Int32 { get }
    init?(_ host: String)
    var portNumber: Int { get }
}

extension sockaddr_in: SocketAddress {
    static var family: Int32 { AF_INET }
    var portNumber: Int { Int(UInt16(bigEndian: sin_port)) }

    init?(_ host: String) {
        self.init()
        sin_family = sa_family_t(AF_INET)
        guard unsafe inet_pton(AF_INET, host, &sin_addr) == 1 else { return nil }
    }
}

extension sockaddr_in6: SocketAddress {
    static var family: Int32 { AF_INET6 }
    var portNumber: Int { Int(UInt16(bigEndian: sin6_port)) }

    init?(_ host: String) {
        self.init()
        sin6_family = sa_family_t(AF_INET6)
        guard unsafe inet_pton(AF_INET6, host, &sin6_addr) == 1 else { return nil }
    }
}
