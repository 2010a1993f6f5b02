internal import CMicrohttpd

/// An address that only this machine can reach: any of 127.0.0.0/8 (RFC 1122), or `::1` (RFC 4291).
struct LoopbackAddress: Sendable, Hashable {
    let text: String
    let isIPv6: Bool

    /// Reads an address in numbers, or `localhost` for 127.0.0.1; nil for every other text.
    init?(_ address: String) {
        text = address == "localhost" ? "127.0.0.1" : address
        let family = unsafe Self.withSocketAddress(text, port: 0) { family, _ in family }
        guard family != 0 else { return nil }
        isIPv6 = family == AF_INET6
    }

    /// The address as it stands in a URL.
    var urlHost: String { isIPv6 ? "[\(text)]" : text }

    /// Calls `body` with the socket address of this address and a port.
    func withSocketAddress<Result>(port: UInt16, _ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
        unsafe Self.withSocketAddress(text, port: port) { _, address in unsafe body(address) }
    }

    private static func withSocketAddress<Result>(
        _ text: String, port: UInt16, _ body: (Int32, UnsafePointer<sockaddr>) -> Result
    ) -> Result {
        var storage = sockaddr_storage()
        // Safe: the storage is large enough for every family, and is bound to the general type as the C library has it.
        let family = unsafe cmicrohttpd_loopback(text, port, &storage)
        return unsafe withUnsafePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body(family, $0) }
        }
    }
}
