import Foundation
import Sonde
import SondeHTTP
import TestSupport
import Testing

/// Servers that break off, stall or talk nonsense.
struct BrokenAnswerTests {
    @Test func `nothing listening is a connect failure`() async throws {
        let server = try ScriptedServer([])
        server.stop()
        let failure = try await send(server.url()).failure()
        #expect(failure.kind == .connect && failure.phase == .connect && failure.curlCode == 7)
        #expect(!failure.message.isEmpty && failure.connection == Connection())
        #expect(failure.timings.connect == nil && failure.timings.firstByte == nil)
    }

    @Test func `a name that does not resolve is a name resolution failure`() async throws {
        // The invalid domain never resolves (RFC 6761), with or without a network.
        let failure = try await send("https://sonde.invalid/").failure()
        #expect(failure.kind == .nameResolution && failure.phase == .nameLookup)
    }

    static let endings: [(String, [ScriptedServer.Step], TransportFailure.Kind)] = [
        ("closed at once", [.close], .closed),
        ("closed after the request", [.readRequest, .close], .closed),
        ("reset after the request", [.readRequest, .reset], .closed),
        ("half a status line, closed", [.readRequest, .send("HTTP/1.1 2"), .close], .closed),
        ("half a header, reset", [.readRequest, .send("HTTP/1.1 200 OK\r\nContent-Le"), .reset], .cut),
        ("headers, reset", [.readRequest, .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), .reset], .cut),
        ("half a body, closed", [.readRequest, .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"), .close], .cut),
        ("half a chunk, closed", [.readRequest, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), .close], .cut),
        ("garbage", [.readRequest, .send("SSH-2.0-OpenSSH_9.2\r\n"), .close], .protocolViolation),
        ("binary garbage", [.readRequest, .sendBytes([0, 255, 13, 10, 0]), .close], .protocolViolation),
        ("a bad chunk length", [.readRequest, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), .close], .cut),
        ("broken gzip", [.readRequest, .respond(headers: ["Content-Encoding: gzip"], body: "this is not gzip")], .badEncoding),
        ("an unknown coding", [.readRequest, .respond(headers: ["Content-Encoding: rot13"], body: "uryyb")], .badEncoding),
    ]

    @Test(arguments: endings)
    func `an answer that breaks has its own kind`(name: String, steps: [ScriptedServer.Step], kind: TransportFailure.Kind) async throws {
        let server = try ScriptedServer(steps)
        let failure = try await send(server.url()).failure()
        #expect(failure.kind == kind, "\(name): \(failure.curlCode) \(failure.message)")
        #expect(!failure.message.isEmpty)
        #expect(failure.connection.peerAddress == "127.0.0.1", "\(name)")
    }

    @Test func `a request that dies with its kept connection is not sent again behind our back`() async throws {
        let server = try ScriptedServer([.readRequest, .respond(), .readRequest, .reset])
        let answers = await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            [
                await transport.send(Request(.get, server.url()), over: .direct()),
                await transport.send(Request(.post, server.url(), body: Array("{}".utf8)), over: .direct()),
            ]
        }
        _ = try answers[0].get()
        let failure = try answers[1].failure()
        #expect(failure.kind == .closed && failure.phase == .firstByte)
        #expect(server.received.count == 2)
    }

    static let stalls: [(String, [ScriptedServer.Step], TransportFailure.Phase, status: Int?, body: String?)] = [
        ("before reading", [.stall], .firstByte, nil, nil),
        ("after the request", [.readRequest, .stall], .firstByte, nil, nil),
        ("in the status line", [.readRequest, .send("HTTP/1.1 2"), .stall], .firstByte, nil, nil),
        ("in the headers", [.readRequest, .send("HTTP/1.1 200 OK\r\nX-A: 1\r\nX-B"), .stall], .firstByte, 200, ""),
        ("after an interim answer", [.readRequest, .send("HTTP/1.1 103 Early Hints\r\n\r\n"), .stall], .firstByte, 103, ""),
        ("after the headers", [.readRequest, .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), .stall], .body, 200, ""),
        ("in the body", [.readRequest, .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"), .stall], .body, 200, "ab"),
    ]

    @Test(arguments: stalls)
    func `a stall at any step is a timeout within the limit`(
        name: String, steps: [ScriptedServer.Step], phase: TransportFailure.Phase, status: Int?, body: String?
    ) async throws {
        let server = try ScriptedServer(steps)
        let failure = try await send(.short(server.url())).failure()
        #expect(failure.kind == .timeout && failure.phase == phase, "\(name)")
        #expect(failure.partial?.status == status && failure.partial?.text == body, "\(name)")
        #expect(failure.timings.total >= .milliseconds(190) && failure.timings.total < .seconds(2), "\(name)")
    }

    @Test func `a TLS handshake that stalls is a timeout of the TLS phase`() async throws {
        let server = try ScriptedServer([.stall])
        let url = server.url().replacingOccurrences(of: "http://", with: "https://")
        let failure = try await send(.short(url, total: .seconds(10))).failure()
        #expect(failure.kind == .timeout && failure.phase == .tls)
        #expect(failure.timings.connect != nil && failure.timings.tls == nil && failure.timings.total < .seconds(2))
    }

    @Test func `a request that waits for another's connection keeps its own limit`() async throws {
        let server = try ScriptedServer([.stall])
        let url = server.url().replacingOccurrences(of: "http://", with: "https://")
        let failures = await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            async let patient = transport.send(.short(url, connect: .seconds(2), total: .seconds(2)), over: .direct())
            async let hasty = transport.send(.short(url), over: .direct())
            return await [patient, hasty]
        }
        for failure in failures { #expect(try failure.failure().kind == .timeout) }
        #expect(try failures[1].failure().timings.total < .seconds(1))
    }

    @Test func `requests that wait for a connection which stalls died at the step at which that stalls`() async throws {
        let server = try ScriptedServer([.stall])
        let url = server.url().replacingOccurrences(of: "http://", with: "https://")
        let failures = await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            async let first = transport.send(.short(url, total: .seconds(10)), over: .direct())
            async let second = transport.send(.short(url, total: .seconds(10)), over: .direct())
            async let third = transport.send(.short(url, total: .seconds(10)), over: .direct())
            return await [first, second, third]
        }
        for failure in failures { #expect(try failure.failure().phase == .tls) }
    }

    @Test(arguments: [[ScriptedServer.Step.send("HTTP/1.1 400 Bad Request\r\n\r\n"), .close], [.close], [.receive, .reset]])
    func `a peer that does not speak TLS is a handshake failure`(steps: [ScriptedServer.Step]) async throws {
        let server = try ScriptedServer(steps)
        let failure = try await send(server.url().replacingOccurrences(of: "http://", with: "https://")).failure()
        #expect(failure.kind == .tlsHandshake && failure.phase == .tls)
    }

    @Test func `an answer cut at any byte is never taken for a whole one`() async throws {
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)
        try await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            for length in 0..<answer.count {
                let server = try ScriptedServer([.readRequest, .sendBytes(Array(answer.prefix(length))), .close])
                let failure = try await transport.send(Request(.get, server.url()), over: .direct()).failure()
                #expect([.closed, .cut, .protocolViolation].contains(failure.kind), "cut after \(length) bytes: \(failure.kind)")
                // "HTTP/1.1 200 OK\r\n" is 17 bytes long; the body begins after 38.
                #expect((failure.kind == .cut) == (length >= 17), "cut after \(length) bytes: \(failure.kind) \(failure.message)")
                #expect(
                    failure.partial?.text == (length < 17 ? nil : String("ok".prefix(max(0, length - 38)))), "cut after \(length) bytes")
            }
        }
    }
}
