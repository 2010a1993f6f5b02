internal import CMicrohttpd

extension Connection {
    /// Hands a reply to libmicrohttpd; `call` gives the bytes of it where they cannot go in one piece.
    ///
    /// - Returns: False when libmicrohttpd did not take it, and the connection is to be closed.
    func send(_ reply: Reply, playedBy call: Call) -> Bool {
        guard let response = unsafe reply.isPlain ? plainResponse(reply) : playedResponse(reply, call) else { return false }
        for header in reply.headers {
            // Refused are only values that no header may have, such as those with a line end.
            _ = unsafe MHD_add_response_header(response, header.name, header.value)
        }
        defer { unsafe MHD_destroy_response(response) }
        return unsafe queue(response, status: reply.status)
    }

    private func plainResponse(_ reply: Reply) -> OpaquePointer? {
        var body = reply.body
        // Safe: the bytes are copied before the call returns.
        return unsafe MHD_create_response_from_buffer(body.count, &body, .RESPMEM_MUST_COPY)
    }

    private func playedResponse(_ reply: Reply, _ call: Call) -> OpaquePointer? {
        let context = PlayedAnswer(call: call, connection: self)
        let length = reply.promisesLength ? UInt64(reply.body.count) : .max  // MHD_SIZE_UNKNOWN
        // Safe: libmicrohttpd reads as long as the connection lives, then frees the context, which is retained until then.
        return unsafe MHD_create_response_from_callback(
            length, 16_384,
            { context, _, buffer, room in
                guard let context = unsafe context, let buffer = unsafe buffer else { return -2 }
                let answer = unsafe Unmanaged<PlayedAnswer>.fromOpaque(context).takeUnretainedValue()
                return unsafe answer.call.play(answer.connection, into: UnsafeMutableRawBufferPointer(start: buffer, count: room))
            },
            unsafe Unmanaged.passRetained(context).toOpaque(),
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<PlayedAnswer>.fromOpaque(context).release()
            })
    }
}

/// What libmicrohttpd gives back when it asks for bytes.
private final class PlayedAnswer {
    let call: Call
    let connection: Connection

    init(call: Call, connection: Connection) {
        self.call = call
        self.connection = connection
    }
}
