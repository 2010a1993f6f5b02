import Foundation
import SondeSimulator
import TestSupport
import Testing

/// Comparisons over real proxies, TLS and HTTP/2.
@Suite(.enabled(if: Program.nginx.isInstalled && Program.openssl.isInstalled, "needs nginx and openssl"))
final class ComparedWaysTests {
    private let user: User
    private let certificate: SelfSigned
    private let server: RealServer

    init() throws {
        user = try User()
        certificate = try SelfSigned()
        server = try .nginx(certificate)
    }

    deinit { certificate.remove() }

    private func compare(_ routes: [String], _ options: String..., with variables: [String: String] = [:]) async throws -> Finished {
        try await user.runs(
            [
                "compare", "https://localhost:\(server.port)/v1", "--model", "m", "--cacert", certificate.certificate, "-o",
                "json=report.json",
            ]
                + routes.flatMap { ["--route", $0] } + options, with: variables)
    }

    private func laws() throws -> [String] { try Compared.laws(in: #require(user.bytes(of: "report.json"))) }

    /// Causes of the cells, in order.
    private func causes() throws -> [String] { try ReportFacts(#require(user.bytes(of: "report.json"))).targets.map(\.verdict.cause) }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `through a proxy that lets everybody pass nothing is different`() async throws {
        let proxy = try RealServer.tinyproxy()
        _ = try await compare(["direct", "proxy=http://127.0.0.1:\(proxy.port)"])
        let causes = try causes()
        #expect(causes.count == 2 && causes[0] == causes[1])
        #expect(try !laws().contains { $0.hasPrefix("way-") })
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `a password for the proxy is read from a variable, and a missing one is the proxy's refusal`() async throws {
        let proxy = try RealServer.tinyproxy(user: "user", password: "correct-horse-7")
        let way = "proxy=http://127.0.0.1:\(proxy.port)"
        _ = try await compare(["direct", way])
        #expect(try causes()[1] == "proxy_failure")
        let run = try await compare(["direct", way], "--proxy-user", "env:PROXY_USER", with: ["PROXY_USER": "user:correct-horse-7"])
        let causes = try causes()
        #expect(causes[0] == causes[1])
        #expect(
            !run.text.contains("correct-horse-7")
                && !String(decoding: user.bytes(of: "report.json") ?? [], as: UTF8.self).contains("correct-horse-7"))
    }

    @Test(.enabled(if: Program.microsocks.isInstalled, "needs microsocks"))
    func `a SOCKS proxy is a way as any other`() async throws {
        let proxy = try RealServer.microsocks()
        _ = try await compare(["direct", "proxy=socks5h://127.0.0.1:\(proxy.port)"])
        let causes = try causes()
        #expect(causes[0] == causes[1] && causes[0] != "proxy_failure")
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `a service that works, and a proxy that forbids its port`() async throws {
        let services = try ComparedServices(for: user)
        let proxy = try RealServer.tinyproxy(connectPort: 1)
        // Plain http to loopback goes through a proxy only where it is allowed; TLS is not what is compared here.
        let run = try await user.runs(
            [
                "compare", "maker", "--profile", services.profile, "--allow-http", "--route", "direct", "--route",
                "proxy=http://127.0.0.1:\(proxy.port)", "-o", "json=report.json",
            ], with: services.variables)
        #expect([0, 1].contains(run.status), "\(run.errorText)")
        #expect(try causes()[0] == "healthy")
    }

    @Test func `no cell uses another's connection or TLS session, though the way is the same`() async throws {
        _ = try await compare(["direct", "env", "ipv4"])
        let log = try String(contentsOf: server.directory.appendingPathComponent("connections.log"), encoding: .utf8)
        let lines = log.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(Set(lines.map { $0[0] }).count >= 3, "\(log)")
        #expect(lines.allSatisfy { $0[1] == "." }, "a TLS session was used again: \(log)")
    }
}
