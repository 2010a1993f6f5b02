import Foundation
import Sonde
import SondeHTTP
import TestSupport
import Testing

/// TLS and HTTP/2, against nginx.
@Suite(.enabled(if: Program.nginx.isInstalled && Program.openssl.isInstalled, "needs nginx and openssl"))
final class TLSTests: Sendable {
    let certificate: SelfSigned
    let server: RealServer
    var url: String { "https://localhost:\(server.port)/" }

    init() throws {
        certificate = try SelfSigned()
        server = try .nginx(certificate)
    }

    deinit { certificate.remove() }

    private func transport<Value: Sendable>(_ body: (CurlTransport) async throws -> sending Value) async rethrows -> Value {
        try await withCurlTransport(TransportSettings(certificateAuthorities: certificate.certificate)) { try await body($0) }
    }

    @Test func `two requests at once share one HTTP 2 connection`() async throws {
        let (first, second) = try await transport { transport in
            async let first = transport.send(Request(.get, self.url), over: .direct())
            async let second = transport.send(Request(.get, self.url), over: .direct())
            return try await (first.get(), second.get())
        }
        #expect(first.httpVersion == "2" && second.httpVersion == "2")
        #expect(first.text == second.text)
        #expect([first, second].filter(\.connection.isReused).count == 1)
        #expect([first, second].filter { $0.connection.tls == nil }.count == 1)
    }

    @Test func `the handshake's facts stand on the request that made it`() async throws {
        let response = try await transport { try await $0.send(Request(.get, self.url), over: .direct()).get() }
        let tls = try #require(response.connection.tls)
        #expect(tls.version?.hasPrefix("TLSv1.") == true)
        let leaf = try #require(tls.certificate)
        #expect(leaf.subject == "O=Sonde Tests; CN=localhost" || leaf.subject == "O=Sonde Tests, CN=localhost")
        #expect(leaf.issuer == leaf.subject)
        let now = Date().timeIntervalSince1970
        let (begin, end) = (try #require(leaf.notBefore), try #require(leaf.notAfter))
        #expect(abs(Double(begin.seconds) - now) < 3600 && end.seconds - begin.seconds == 2 * 86_400)
        let timings = response.timings
        #expect(try #require(timings.tls) > #require(timings.connect) && #require(timings.pretransfer) >= #require(timings.tls))
    }

    @Test func `an untrusted certificate is told apart from a broken handshake`() async throws {
        let stranger = try SelfSigned("/CN=stranger")
        defer { stranger.remove() }
        let failure = try await send(url, authorities: stranger.certificate).failure()
        #expect(failure.kind == .certificate && failure.phase == .tls && failure.curlCode == 60)
        #expect(failure.timings.connect != nil && failure.timings.tls == nil && failure.connection.tls == nil)
    }

    @Test func `a certificate for another name is not trusted`() async throws {
        let route = Route(name: "other", proxy: .direct, resolve: ["other.example:\(server.port):127.0.0.1"])
        let failure = try await send("https://other.example:\(server.port)/", over: route, authorities: certificate.certificate).failure()
        #expect(failure.kind == .certificate)
    }

    @Test func `the route's authorities replace the settings'`() async throws {
        let stranger = try SelfSigned("/CN=stranger")
        defer { stranger.remove() }
        let route = Route(name: "own", proxy: .direct, certificateAuthorities: stranger.certificate)
        #expect(try await send(url, over: route, authorities: certificate.certificate).failure().kind == .certificate)
        let back = Route(name: "own", proxy: .direct, certificateAuthorities: certificate.certificate)
        #expect(try await send(url, over: back, authorities: stranger.certificate).get().status == 200)
    }

    @Test func `files of ours that cannot be used are our failure, not the server's`() async throws {
        let missing = "/nonexistent/sonde.pem"
        #expect(try await send(url, authorities: missing).failure().kind == .localCertificate)
        let client = Route(name: "mtls", proxy: .direct, clientCertificate: .init(certificate: missing, key: missing))
        #expect(try await send(url, over: client, authorities: certificate.certificate).failure().kind == .localCertificate)
    }

    @Test func `an inspection tells who signed, and lends its unverified connection to nobody`() async throws {
        let stranger = try SelfSigned("/CN=stranger")
        defer { stranger.remove() }
        let (session, before, after) = await withCurlTransport(TransportSettings(certificateAuthorities: stranger.certificate)) {
            transport in
            let before = await transport.send(Request(.get, self.url), over: .direct())
            let session = await transport.inspectCertificate(of: self.url, over: .direct(), limits: .init())
            return (session, before, await transport.send(Request(.get, self.url), over: .direct()))
        }
        #expect(try session.get().certificate?.issuer.contains("CN=localhost") == true)
        #expect(try session.get().version?.hasPrefix("TLSv1.") == true)
        #expect(try before.failure().kind == .certificate && after.failure().kind == .certificate)
    }

    @Test func `an inspection sends nothing after the handshake and fails as a request does`() async throws {
        let plain = try ScriptedServer([.readRequest, .close])
        let url = plain.url().replacingOccurrences(of: "http:", with: "https:")
        let (broken, refused) = await transport { transport in
            (
                await transport.inspectCertificate(of: url, over: .direct(), limits: .init()),
                await transport.inspectCertificate(of: plain.url(), over: .direct(), limits: .init())
            )
        }
        guard case .failure(let failure) = broken else { Issue.record("a session without TLS"); return }
        #expect([.tlsHandshake, .timeout].contains(failure.kind) && plain.received.isEmpty)
        guard case .failure(let failure) = refused else { Issue.record("a session without TLS"); return }
        #expect(failure.kind == .unsendable)
    }

    @Test func `no route takes another's connection or TLS session`() async throws {
        let routes = [
            Route.direct("a"), .direct("b"), Route(name: "a", proxy: .direct, family: .ipv4),
            Route(name: "a", proxy: .direct, resolve: ["localhost:\(server.port):127.0.0.1"]),
            Route(name: "a", proxy: .direct, connectTo: ["localhost:\(server.port):127.0.0.1:\(server.port)"]),
            Route(name: "a", proxy: .direct, interface: "127.0.0.1"),
        ]
        let answers = try await transport { transport in
            var answers: [Response] = []
            for route in routes { answers.append(try await transport.send(Request(.get, self.url), over: route).get()) }
            // The first route still has its own.
            answers.append(try await transport.send(Request(.get, self.url), over: routes[0]).get())
            return answers
        }
        #expect(Set(answers.dropLast().map(\.text)).count == routes.count)
        #expect(answers.dropLast().allSatisfy { !$0.connection.isReused && $0.text.hasSuffix(".") })
        #expect(try #require(answers.last).connection.isReused)
    }
}
