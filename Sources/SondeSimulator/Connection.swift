internal import CMicrohttpd

/// The connection of libmicrohttpd that a callback is about: good until that callback returns, and beyond while suspended.
///
/// Safe to use there, since libmicrohttpd frees it in between only; and to hand to another thread, which may resume it.
@safe struct Connection: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// - Parameter pointer: As a callback got it.
    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    /// The header fields of the request in their order.
    var headers: [Scenario.Header] {
        var headers: [Scenario.Header] = []
        unsafe withUnsafeMutablePointer(to: &headers) { collected in
            // Safe: libmicrohttpd calls back during this call only, with texts of the given sizes.
            _ = unsafe MHD_get_connection_values_n(
                pointer, .HEADER_KIND,
                { context, _, name, nameSize, value, valueSize in
                    guard let context = unsafe context else { return .NO }
                    let header = unsafe Scenario.Header(text(name, nameSize), text(value, valueSize))
                    unsafe context.assumingMemoryBound(to: [Scenario.Header].self).pointee.append(header)
                    return .YES
                }, collected)
        }
        return headers
    }

    /// The caller's address in numbers; empty when it cannot be told.
    var source: String {
        // Safe: the buffer takes the longest address (INET6_ADDRSTRLEN) with its final zero.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
            unsafe buffer.initialize(repeating: 0)
            _ = unsafe buffer.withMemoryRebound(to: CChar.self) { unsafe cmicrohttpd_source(pointer, $0.baseAddress, 64) }
            count = unsafe buffer.firstIndex(of: 0) ?? 0
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The socket, -1 when there is none.
    var socket: Int32 { unsafe cmicrohttpd_socket(pointer) }

    /// Has libmicrohttpd take no notice of the connection; only from within one of its callbacks about it.
    func suspend() {
        unsafe MHD_suspend_connection(pointer)
    }

    /// Undoes ``suspend()``, from any thread, exactly once.
    func resume() {
        unsafe MHD_resume_connection(pointer)
    }

    /// Has libmicrohttpd send a response, which it keeps as long as it needs it.
    func queue(_ response: OpaquePointer, status: Int) -> Bool {
        unsafe MHD_queue_response(pointer, UInt32(status), response) == .YES
    }

    /// Has the kernel send a reset.
    func reset() {
        cmicrohttpd_reset(socket)
    }
}

/// The text of so many bytes; empty without any.
private func text(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> String {
    guard let bytes = unsafe bytes else { return "" }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
}
