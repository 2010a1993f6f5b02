import Foundation
import Sonde
@testable import SondeHTTP
import TestSupport
import Testing

/// Source, family, overrides, and where plain http may go.
struct RouteTests {
    @Test func `the source address is the route's`() async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        let route = Route(name: "second", proxy: .direct, interface: "127.0.0.2")
        #expect(try await send(server.url(), over: route).get().connection.localAddress == "127.0.0.2")
        #expect(try await send(server.url()).get().connection.localAddress == "127.0.0.1")
    }

    @Test(arguments: ["no-such-interface", "192.0.2.77"])
    func `a source that this machine lacks is named`(interface: String) async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        let failure = try await send(server.url(), over: Route(name: "odd", proxy: .direct, interface: interface)).failure()
        #expect(failure.kind == .interface, "\(failure.curlCode) \(failure.message)")
        #expect(server.connectionCount == 0)
    }

    @Test func `the address family is the route's`() async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        let url = "http://localhost:\(server.port)/"
        #expect(try await send(url, over: Route(name: "4", proxy: .direct, family: .ipv4)).get().connection.peerAddress == "127.0.0.1")
        #expect(try await send(url, over: Route(name: "6", proxy: .direct, family: .ipv6)).failure().kind == .connect)
    }

    @Test(.enabled(if: (try? ScriptedServer(on: "::1", [])) != nil, "needs IPv6 on loopback"))
    func `IPv6 loopback is loopback`() async throws {
        let server = try ScriptedServer(on: "::1", [.readRequest, .respond()])
        #expect(try await send(server.url()).get().connection.peerAddress == "::1")
    }

    @Test func `names and connections can be overridden`() async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        let resolve = Route(name: "r", proxy: .direct, resolve: ["api.example:\(server.port):127.0.0.1"])
        #expect(try await send("http://api.example:\(server.port)/", over: resolve).get().status == 200)
        let connect = Route(name: "c", proxy: .direct, connectTo: ["api.example:80:127.0.0.1:\(server.port)"])
        #expect(try await send("http://api.example/", over: connect).get().status == 200)
        #expect(server.received.map { $0.head.contains("Host: api.example") } == [true, true])
    }

    @Test func `an override of one route is unknown to the other`() async throws {
        let server = try ScriptedServer([.readRequest, .respond(), .readRequest, .respond()])
        let url = "http://sonde.invalid:\(server.port)/"
        let (with, without) = await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            let route = Route(name: "r", proxy: .direct, resolve: ["sonde.invalid:\(server.port):127.0.0.1"])
            return (await transport.send(Request(.get, url), over: route), await transport.send(Request(.get, url), over: .direct("r")))
        }
        #expect(try with.get().status == 200)
        #expect(try without.failure().kind == .nameResolution)
        #expect(server.received.count == 1)
    }

    @Test(arguments: ["nonsense", "a:b:c"])
    func `an override that cannot be read is not sent`(text: String) async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        let failure = try await send(server.url(), over: Route(name: "r", proxy: .direct, resolve: [text])).failure()
        #expect(failure.kind == .unsendable, "\(failure.curlCode) \(failure.message)")
    }

    @Test func `no plain route takes another's connection`() async throws {
        let server = try ScriptedServer([.readRequest, .respond(), .readRequest, .respond()])
        let reused = try await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            var reused: [Bool] = []
            for name in ["a", "b", "a"] {
                reused.append(try await transport.send(Request(.get, server.url()), over: .direct(name)).get().connection.isReused)
            }
            return reused
        }
        #expect(reused == [false, false, true])
        #expect(server.connectionCount == 2)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.0.3", true), ("::1", true), ("::ffff:127.0.0.1", true), ("10.0.0.1", false),
        ("::ffff:10.0.0.1", false), ("128.0.0.1", false), ("::", false), ("0.0.0.0", false), ("fe80::1", false),
    ])
    func `loopback is told by the numeric address`(address: String, isLoopback: Bool) {
        #expect(Loopback.contains(address) == isLoopback)
    }

    @Test(.enabled(if: HostAddress.first != nil, "needs an address besides loopback"))
    func `plain http to another machine's address is refused before anything is sent, unless asked for`() async throws {
        let host = try #require(HostAddress.first)
        let server = try ScriptedServer(on: host, [.readRequest, .respond()])
        let failure = try await send(server.url()).failure()
        #expect(failure.kind == .plainHTTPRefused && server.received.isEmpty)
        #expect(failure.message.contains(host))
        var request = Request(.get, server.url())
        request.plainHTTP = .anywhere
        #expect(try await send(request).get().status == 200)
    }
}

/// Addresses of this machine that are not loopback ones.
enum HostAddress {
    static let first = Host.current().addresses.first { $0.hasPrefix("127.") == false && !$0.contains(":") }
}
