import Foundation
import SondeSimulator
import TestSupport
import Testing

/// Comparisons over real proxies, TLS and HTTP/2.
@Suite(.enabled(if: Program.nginx.isInstalled && Program.openssl.isInstalled, "needs nginx and openssl"))
final class ComparedWaysTests {
    private let user: User
    private let certificate: SelfSigned
    private let service: Simulator
    /// In front of the service, with TLS and HTTP/2.
    private let server: RealServer

    init() throws {
        user = try User()
        certificate = try SelfSigned()
        service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        server = try .nginx(certificate, upstream: "http://127.0.0.1:\(service.port)")
    }

    deinit {
        certificate.remove()
        service.stop()
    }

    private func compare(_ routes: [String], _ options: String..., with variables: [String: String] = [:]) async throws -> Finished {
        try await user.runs(
            [
                "compare", "https://localhost:\(server.port)/v1", "--vendor", "openai", "--model", "gpt-5.4-nano", "--key",
                "env:SERVICE_KEY",
                "--cacert", certificate.certificate, "-o", "json=report.json",
            ]
                + routes.flatMap { ["--route", $0] } + options, with: variables.merging(["SERVICE_KEY": ComparedServices.key]) { $1 })
    }

    private func laws() throws -> [String] { try Compared.laws(in: #require(user.bytes(of: "report.json"))) }

    /// Causes of the cells, in order.
    private func causes() throws -> [String] { try ReportFacts(#require(user.bytes(of: "report.json"))).targets.map(\.verdict.cause) }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `through a proxy that lets everybody pass nothing is different`() async throws {
        let proxy = try RealServer.tinyproxy()
        let run = try await compare(["direct", "proxy=http://127.0.0.1:\(proxy.port)"])
        #expect(run.status == 0)
        #expect(try causes() == ["healthy", "healthy"])
        #expect(try laws() == ["nothing-differs"])
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `a password for the proxy is read from a variable, and a missing one is the proxy's refusal`() async throws {
        let proxy = try RealServer.tinyproxy(user: "user", password: "correct-horse-7")
        let way = "proxy=http://127.0.0.1:\(proxy.port)"
        _ = try await compare(["direct", way])
        #expect(try causes() == ["healthy", "proxy_failure"])
        #expect(try laws() == ["way-without-the-password"])
        let refused = try await compare(["direct", way], "--proxy-user", "env:PROXY_USER", with: ["PROXY_USER": "user:wrong-horse-7"])
        #expect(try causes() == ["healthy", "proxy_failure"])
        #expect(refused.text.unwrapped.contains("over \(way) the proxy refuses the user name or the password that it was given"))
        let run = try await compare(["direct", way], "--proxy-user", "env:PROXY_USER", with: ["PROXY_USER": "user:correct-horse-7"])
        #expect(try causes() == ["healthy", "healthy"])
        #expect(try laws() == ["nothing-differs"])
        #expect(
            !run.text.contains("correct-horse-7")
                && !String(decoding: user.bytes(of: "report.json") ?? [], as: UTF8.self).contains("correct-horse-7"))
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"), arguments: [nil, "user:wrong-horse-7"])
    func `over plain http, too, a proxy that wants a password is the proxy, and nobody who intercepts`(credentials: String?) async throws {
        let proxy = try RealServer.tinyproxy(user: "user", password: "correct-horse-7")
        let way = "proxy=http://127.0.0.1:\(proxy.port)"
        let run = try await user.runs(
            [
                "compare", service.baseURL, "--vendor", "openai", "--model", "gpt-5.4-nano", "--key", "env:SERVICE_KEY", "--allow-http",
                "--route", "direct", "--route", way, "-o", "json=report.json",
            ] + (credentials == nil ? [] : ["--proxy-user", "env:PROXY_USER"]),
            with: ["SERVICE_KEY": ComparedServices.key, "PROXY_USER": credentials ?? ""])
        #expect(try causes() == ["healthy", "proxy_failure"])
        #expect(try laws() == ["way-without-the-password"])
        let text = run.text.unwrapped
        #expect(text.contains(credentials == nil ? "proxy_password)" : "proxy_password_refused)"), "\(run.text)")
        #expect(text.contains("it is the proxy, and neither the key nor the service") && !text.contains("intercept"))
        // Judged again, a saved report says the same.
        let page = try await user.runs("render", "report.json", "--format", "text")
        #expect(page.text.contains(credentials == nil ? "proxy_password)" : "proxy_password_refused)"), "\(page.text)")
    }

    @Test func `plain http is not shown to a proxy, and the words are about that`() async throws {
        let run = try await user.runs(
            ["check", service.baseURL, "--vendor", "openai", "--key", "env:SERVICE_KEY", "-x", "http://127.0.0.1:9"],
            with: ["SERVICE_KEY": ComparedServices.key])
        #expect(run.status == 1 && run.text.contains("(plain_http_through_proxy)"), "\(run.text)")
        #expect(run.text.unwrapped.contains("plain http, which a proxy can read") && !run.text.contains("another machine"))
    }

    @Test(.enabled(if: Program.microsocks.isInstalled, "needs microsocks"))
    func `a SOCKS proxy is a way as any other`() async throws {
        let proxy = try RealServer.microsocks()
        _ = try await compare(["direct", "proxy=socks5h://127.0.0.1:\(proxy.port)"])
        #expect(try causes() == ["healthy", "healthy"])
        #expect(try laws() == ["nothing-differs"])
    }

    @Test(.enabled(if: Program.microsocks.isInstalled, "needs microsocks"))
    func `a SOCKS proxy that wants a password is what fails`() async throws {
        let proxy = try RealServer.microsocks(user: "user", password: "correct-horse-7")
        _ = try await compare(["direct", "proxy=socks5h://127.0.0.1:\(proxy.port)"])
        #expect(try causes() == ["healthy", "proxy_failure"])
        #expect(try laws() == ["way-with-a-bad-proxy"])
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `a proxy that forbids the port is what fails, not the service`() async throws {
        let proxy = try RealServer.tinyproxy(connectPort: 1)
        let run = try await compare(["direct", "proxy=http://127.0.0.1:\(proxy.port)"])
        #expect(run.status == 1)
        #expect(try causes() == ["healthy", "proxy_failure"])
        #expect(try laws() == ["way-with-a-bad-proxy"])
        #expect(run.text.unwrapped.contains("over proxy=http://127.0.0.1:\(proxy.port) the proxy fails or refuses: it is the proxy"))
    }

    @Test(.enabled(if: Program.tinyproxy.isInstalled, "needs tinyproxy"))
    func `where no law concludes, each verdict is told with whose turn it is and what to do`() async throws {
        // Nothing works: the account has no credit, and one way there wants a password.
        let poor = try Simulator.start(scenario: #require(Scenario.builtIn("vercel-no-credit")))
        defer { poor.stop() }
        let proxy = try RealServer.tinyproxy(user: "user", password: "correct-horse-7")
        let run = try await user.runs(
            [
                "compare", poor.baseURL, "--vendor", "vercel", "--model", "openai/gpt-5.4-nano", "--key", "env:GATE", "--allow-http",
                "--route", "direct", "--route", "proxy=http://127.0.0.1:\(proxy.port)", "-o", "json=report.json",
            ], with: ["GATE": Scenario.gatewayKey])
        #expect(run.status == 1)
        #expect(try causes() == ["billing_blocked", "proxy_failure"])
        #expect(try laws().isEmpty)
        let text = run.text.unwrapped
        let name = "127.0.0.1:\(poor.port)"
        #expect(
            text.contains("\(name) over direct: billing_blocked (insufficient_funds), certain; next: the account's admin The account that"))
        #expect(
            text.contains("\(name) over proxy=http://127.0.0.1:\(proxy.port): proxy_failure (proxy_password), likely; next: you"))
        #expect(text.contains("1. Add credit to the team that owns the key"))
        #expect(text.contains("1. Give it with --proxy-user env:NAME"))
        #expect(text.contains("from 127.0.0.1 to 127.0.0.1 (IPv4)"))
    }

    @Test func `no cell uses another's connection or TLS session, though the way is the same`() async throws {
        _ = try await compare(["direct", "env", "ipv4"])
        let log = try String(contentsOf: server.directory.appendingPathComponent("connections.log"), encoding: .utf8)
        let lines = log.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(Set(lines.map { $0[0] }).count >= 3, "\(log)")
        #expect(lines.allSatisfy { $0[1] == "." }, "a TLS session was used again: \(log)")
    }
}
