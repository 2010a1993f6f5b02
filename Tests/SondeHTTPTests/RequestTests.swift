import Sonde
import SondeHTTP
import TestSupport
import Testing

/// What goes out, and what of an answer comes back.
struct RequestTests {
    @Test func `only what the request says is sent`() async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        let request = Request(
            .post, server.url("/v1/x?y=1"),
            headers: [
                .init("Content-Type", .plain("application/json")), .init("Authorization", .secret(prefix: "Bearer ", Secret("sk-1"))),
                .init("X-Empty", .plain("")),
            ], body: Array("{}".utf8))
        _ = try await send(request).get()
        let received = try #require(server.received.first)
        let lines = Set(received.head.split(separator: "\r\n").map(String.init))
        #expect(
            lines == [
                "POST /v1/x?y=1 HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "Content-Length: 2", "Content-Type: application/json",
                "Authorization: Bearer sk-1", "X-Empty:", "Accept-Encoding: gzip, deflate",
            ])
        #expect(received.body == Array("{}".utf8))
    }

    @Test func `a body of megabytes goes without an expectation and a body of nothing with length zero`() async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        let big = [UInt8](repeating: 0x61, count: 3 << 20)
        for body in [big, []] {
            _ = try await send(Request(.post, server.url(), body: body)).get()
        }
        let received = server.received
        #expect(received.map(\.body.count) == [3 << 20, 0])
        #expect(received.allSatisfy { !$0.head.lowercased().contains("expect:") && !$0.head.lowercased().contains("content-type:") })
    }

    @Test func `status, version, headers and body come back as they were`() async throws {
        let server = try ScriptedServer([
            .readRequest,
            .send("HTTP/1.1 503 Busy\r\nX-A: 1\r\nx-a:  2 \r\nContent-Length: 4\r\nX-Folded: a\r\n b\r\n\r\nbusy"),
        ])
        let response = try await send(server.url()).get()
        #expect(response.status == 503)
        #expect(response.httpVersion == "1.1")
        #expect(response.headers.values("x-a") == ["1", "2"])
        #expect(response.headers["x-folded"] == "a b")
        #expect(response.text == "busy")
        #expect(!response.isBodyCut)
        #expect(response.connection.peerAddress == "127.0.0.1" && response.connection.peerPort == server.port)
        #expect(response.connection.localAddress == "127.0.0.1" && !response.connection.isReused && response.connection.tls == nil)
    }

    @Test func `interim answers and trailers are not taken for the answer`() async throws {
        let server = try ScriptedServer([
            .readRequest,
            .send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Real: 1\r\n\r\n"),
            .send("2\r\nhi\r\n0\r\nX-Trailer: 1\r\n\r\n"),
        ])
        let response = try await send(server.url()).get()
        #expect(response.status == 200)
        #expect(response.headers["link"] == nil && response.headers["x-real"] == "1" && response.headers["x-trailer"] == nil)
        #expect(response.text == "hi")
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let server = try ScriptedServer([.readRequest, .respond(302, headers: ["Location: /elsewhere"])])
        let response = try await send(server.url()).get()
        #expect(response.status == 302)
        #expect(server.received.count == 1)
    }

    @Test func `cookies are not kept`() async throws {
        let server = try ScriptedServer([.readRequest, .respond(headers: ["Set-Cookie: a=b"]), .readRequest, .respond()])
        await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            for _ in 1...2 { _ = await transport.send(Request(.get, server.url()), over: .direct()) }
        }
        #expect(server.received.count == 2)
        #expect(server.received.allSatisfy { !$0.head.lowercased().contains("cookie:") })
    }

    @Test(arguments: ["a\r\nX-Smuggled: 1", "a\nb", "a\u{0}b", "a\tb", "\u{7F}"])
    func `a header value with a control character is never sent`(value: String) async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        for header in [Request.HeaderValue.plain(value), .secret(prefix: "Bearer ", Secret(value)), .secret(prefix: value, Secret("k"))] {
            let failure = try await send(Request(.get, server.url(), headers: [.init("X-Test", header)])).failure()
            #expect(failure.kind == .unsendable)
            #expect(failure.message.contains("X-Test") && !failure.message.contains(value))
        }
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: ["", "X Y", "X:Y", "X\r\nY", "Ä"])
    func `a header name that is no token is never sent`(name: String) async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        let failure = try await send(Request(.get, server.url(), headers: [.init(name, .plain("1"))])).failure()
        #expect(failure.kind == .unsendable)
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: [
        "ftp://localhost/", "file:///etc/passwd", "localhost/x", "", "https://", "http://user:pw@127.0.0.1:1/", "http://127.0.0.1:1/a b",
        "http://127.0.0.1:1/\r\n",
    ])
    func `a URL that must not be sent is told apart from a network failure`(url: String) async throws {
        #expect(try await send(url).failure().kind == .unsendable)
    }

    @Test func `a proxy rule that was left to the environment is refused`() async throws {
        let failure = try await send("http://127.0.0.1:1/", over: Route(proxy: .environment)).failure()
        #expect(failure.kind == .unsendable)
    }

    @Test func `a kept connection is reused and its phases take no time`() async throws {
        let server = try ScriptedServer([.readRequest, .respond(), .readRequest, .respond()])
        let responses = await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            var responses: [Response?] = []
            for _ in 1...2 { responses.append(try? await transport.send(Request(.get, server.url()), over: .direct()).get()) }
            return responses
        }
        let first = try #require(responses[0]), second = try #require(responses[1])
        #expect(!first.connection.isReused && second.connection.isReused)
        #expect(server.connectionCount == 1)
        let timings = first.timings
        let (name, connect, sent, byte) = try #require(
            [timings.nameLookup, timings.connect, timings.pretransfer, timings.firstByte].unwrapped)
        #expect(name <= connect && connect <= sent && sent <= byte && byte <= timings.total && name > .zero)
        #expect(timings.tls == nil && timings.service == byte - sent)
        #expect(second.timings.nameLookup == .zero && second.timings.connect == .zero)
    }

    @Test func `each piece of a streamed body is stamped when it arrives`() async throws {
        let server = try ScriptedServer([
            .readRequest, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"), .wait, .send("3\r\ncde\r\n0\r\n\r\n"),
        ])
        async let answer = send(server.url())
        // The first piece is on its way before the second is let go, but may be read together with it.
        server.release()
        let response = try await answer.get()
        #expect(response.text == "abcde")
        #expect(response.chunks.map(\.count) == [2, 3])
        #expect(response.chunks.allSatisfy { $0.at > .zero && $0.at <= response.timings.total + .milliseconds(50) })
        #expect(response.chunks[0].at <= response.chunks[1].at)
    }
}

extension [Duration?] {
    /// Four values, if there are four.
    fileprivate var unwrapped: (Duration, Duration, Duration, Duration)? {
        let values = compactMap(\.self)
        return values.count == 4 ? (values[0], values[1], values[2], values[3]) : nil
    }
}
