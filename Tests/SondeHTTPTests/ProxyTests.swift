import Foundation
import Sonde
import SondeHTTP
import TestSupport
import Testing

/// Proxies: what they see, and how their failures are told from the server's.
struct ProxyTests {
    /// A port on which nothing listens.
    private func deadPort() throws -> Int {
        let server = try ScriptedServer([])
        server.stop()
        return server.port
    }

    @Test(arguments: [Proxy.Scheme.http, .https, .socks5, .socks5h])
    func `a proxy that cannot be reached is the proxy's failure at connect`(scheme: Proxy.Scheme) async throws {
        let failure = try await send("https://127.0.0.1:1/", over: .through(scheme, port: deadPort())).failure()
        #expect(failure.kind == .proxy && failure.phase == .connect && failure.proxyStatus == nil)
    }

    @Test func `a proxy's name that does not resolve has its own kind`() async throws {
        let route = Route(name: "p", proxy: .fixed(Proxy(scheme: .http, host: "sonde.invalid", port: 3128)))
        let failure = try await send("https://127.0.0.1:1/", over: route).failure()
        #expect(failure.kind == .proxyNameResolution && failure.phase == .nameLookup)
    }

    @Test func `CONNECT shows the proxy neither our headers nor our key, only its own credentials`() async throws {
        let proxy = try ScriptedServer([.readRequest, .respond(403)])
        let request = Request(.get, "https://api.example/", headers: [.init("Authorization", .secret(prefix: "Bearer ", Secret("sk-1")))])
        let failure = try await send(request, over: .through(.http, port: proxy.port, credentials: "u%s@r:p:a%s s")).failure()
        #expect(failure.kind == .proxy && failure.phase == .proxy && failure.proxyStatus == 403)
        let head = try #require(proxy.received.first?.head)
        #expect(head.hasPrefix("CONNECT api.example:443 HTTP/1.1\r\n"))
        #expect(!head.contains("sk-1") && !head.lowercased().contains("\r\nauthorization:"))
        #expect(head.contains("Proxy-Authorization: Basic \(Data("u%s@r:p:a%s s".utf8).base64EncodedString())\r\n"))
    }

    static let brokenProxies: [(String, [ScriptedServer.Step], TransportFailure.Kind, status: Int?)] = [
        ("407", [.readRequest, .respond(407)], .proxy, 407),
        ("502", [.readRequest, .respond(502, body: "no route")], .proxy, 502),
        ("closes", [.readRequest, .close], .proxy, nil),
        ("resets", [.readRequest, .reset], .proxy, nil),
        ("garbage", [.readRequest, .send("what?\r\n\r\n"), .close], .proxy, nil),
        ("stalls", [.readRequest, .stall], .timeout, nil),
        ("tunnel without TLS behind it", [.readRequest, .send("HTTP/1.1 200 OK\r\n\r\n"), .close], .tlsHandshake, nil),
    ]

    @Test(arguments: brokenProxies)
    func `a proxy that breaks CONNECT is told from a server that breaks`(
        name: String, steps: [ScriptedServer.Step], kind: TransportFailure.Kind, status: Int?
    ) async throws {
        let proxy = try ScriptedServer(steps)
        let failure = try await send(.short("https://api.example/"), over: .through(.http, port: proxy.port)).failure()
        #expect(failure.kind == kind && failure.proxyStatus == status, "\(name): \(failure.kind) \(failure.curlCode) \(failure.message)")
        #expect(failure.phase == (kind == .tlsHandshake ? .tls : .proxy), "\(name)")
    }

    @Test(arguments: [Proxy.Scheme.socks5, .socks5h])
    func `a SOCKS proxy that breaks off or stalls is the proxy's failure`(scheme: Proxy.Scheme) async throws {
        let closing = try ScriptedServer([.close])
        let failure = try await send(.short("https://127.0.0.1:1/"), over: .through(scheme, port: closing.port)).failure()
        #expect(failure.kind == .proxy && failure.phase == .proxy, "\(failure.curlCode) \(failure.message)")
        let stalling = try ScriptedServer([.stall])
        let timeout = try await send(.short("https://127.0.0.1:1/"), over: .through(scheme, port: stalling.port)).failure()
        #expect(timeout.kind == .timeout && timeout.phase == .proxy)
    }

    @Test func `a SOCKS proxy that cannot reach the server reports a connect failure`() async throws {
        // Version 5, no password; then reply 5, connection refused (RFC 1928 section 6).
        let proxy = try ScriptedServer([.sendBytes([5, 0]), .sendBytes([5, 5, 0, 1, 0, 0, 0, 0, 0, 0]), .stall])
        let failure = try await send(.short("https://127.0.0.1:1/"), over: .through(.socks5h, port: proxy.port)).failure()
        #expect(failure.kind == .connect && failure.phase == .connect, "\(failure.curlCode) \(failure.message)")
    }

    @Test func `plain http is never shown to a proxy unless asked for`() async throws {
        let proxy = try ScriptedServer([.readRequest, .respond()])
        let failure = try await send("http://127.0.0.1:1/", over: .through(.http, port: proxy.port)).failure()
        #expect(failure.kind == .plainHTTPRefused && proxy.connectionCount == 0)
        var request = Request(.get, "http://127.0.0.1:1/")
        request.plainHTTP = .anywhere
        #expect(try await send(request, over: .through(.http, port: proxy.port)).get().status == 200)
    }

    @Test func `a direct route ignores the proxy variables, and a fixed one the exceptions`() async {
        // In a process of its own, since the environment is everybody's.
        await #expect(processExitsWith: .success) {
            for (name, value) in [("http_proxy", "http://127.0.0.1:1"), ("ALL_PROXY", "http://127.0.0.1:1"), ("no_proxy", "*")] {
                unsafe setenv(name, value, 1)
            }
            let (server, proxy) = (try ScriptedServer([.readRequest, .respond()]), try ScriptedServer([.readRequest, .respond(403)]))
            #expect(try await send(server.url()).get().status == 200)
            #expect(try await send("https://api.example/", over: .through(.http, port: proxy.port)).failure().proxyStatus == 403)
        }
    }
}

/// The same against proxies that people run.
@Suite(.enabled(if: Program.nginx.isInstalled && Program.openssl.isInstalled, "needs nginx and openssl"))
final class RealProxyTests: Sendable {
    let certificate: SelfSigned
    let server: RealServer
    var url: String { "https://localhost:\(server.port)/" }

    init() throws {
        certificate = try SelfSigned()
        server = try .nginx(certificate)
    }

    deinit { certificate.remove() }

    private func get(_ route: Route) async -> Result<Response, TransportFailure> {
        await send(url, over: route, authorities: certificate.certificate)
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `a tunnel through tinyproxy carries HTTP 2`() async throws {
        let proxy = try RealServer.tinyproxy()
        let response = try await get(.through(.http, port: proxy.port)).get()
        #expect(response.status == 200 && response.httpVersion == "2")
        #expect(response.connection.peerPort == proxy.port && response.connection.tls?.certificate != nil)
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `tinyproxy's password is asked for and taken`() async throws {
        let proxy = try RealServer.tinyproxy(user: "user", password: "pass")
        let failure = try await get(.through(.http, port: proxy.port)).failure()
        #expect(failure.kind == .proxy && failure.proxyStatus == 401 || failure.proxyStatus == 407)
        #expect(try await get(.through(.http, port: proxy.port, credentials: "user:pass")).get().status == 200)
        #expect(try await get(.through(.http, port: proxy.port, credentials: "user:wrong")).failure().kind == .proxy)
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `a port that tinyproxy forbids is the proxy's refusal`() async throws {
        let proxy = try RealServer.tinyproxy(connectPort: 1)
        let failure = try await get(.through(.http, port: proxy.port)).failure()
        #expect(failure.kind == .proxy && failure.proxyStatus == 403)
    }

    @Test(.enabled(if: Program.microsocks.isInstalled, "needs microsocks"), arguments: [Proxy.Scheme.socks5, .socks5h])
    func `microsocks carries a request, with and without password`(scheme: Proxy.Scheme) async throws {
        let open = try RealServer.microsocks()
        #expect(try await get(.through(scheme, port: open.port)).get().status == 200)
        let closed = try RealServer.microsocks(user: "user", password: "p:s")
        #expect(try await get(.through(scheme, port: closed.port, credentials: "user:p:s")).get().status == 200)
        #expect(try await get(.through(scheme, port: closed.port, credentials: "user:wrong")).failure().kind == .proxy)
        #expect(try await get(.through(scheme, port: closed.port)).failure().kind == .proxy)
    }

    @Test(.enabled(if: Program.microsocks.isInstalled, "needs microsocks"))
    func `a server that microsocks cannot reach is a connect failure`() async throws {
        let (proxy, dead) = (try RealServer.microsocks(), try ScriptedServer([]))
        dead.stop()
        let failure = try await send("https://127.0.0.1:\(dead.port)/", over: .through(.socks5h, port: proxy.port)).failure()
        #expect(failure.kind == .connect, "\(failure.curlCode) \(failure.message)")
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `an untrusted certificate behind a tunnel is the server's`() async throws {
        let proxy = try RealServer.tinyproxy()
        let stranger = try SelfSigned("/CN=stranger")
        defer { stranger.remove() }
        let route = Route.through(.http, port: proxy.port)
        #expect(try await send(url, over: route, authorities: stranger.certificate).failure().kind == .certificate)
        let session = await withCurlTransport(TransportSettings(certificateAuthorities: stranger.certificate)) { transport in
            await transport.inspectCertificate(of: self.url, over: route, limits: .init())
        }
        #expect(try session.get().certificate?.issuer.contains("localhost") == true)
    }

    @Test func `a proxy with TLS whose certificate is not trusted is the proxy's failure`() async throws {
        let stranger = try SelfSigned("/CN=stranger")
        defer { stranger.remove() }
        let failure = try await send("https://127.0.0.1:1/", over: .through(.https, port: server.port), authorities: stranger.certificate)
            .failure()
        #expect(failure.kind == .proxy && failure.phase == .proxy, "\(failure.curlCode) \(failure.message)")
    }
}
