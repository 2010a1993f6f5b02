import Foundation
import SondeSimulator
import TestSupport

/// Whoever a target leads to, how it is named on the command line, and every request that really arrived there.
struct Peer {
    /// The target and the options that go with it.
    var arguments: [String]
    var variables: [String: String] = [:]
    /// Every request that arrived, as `GET /v1/models key`; the last word is the kind of credential: `key`, `made-up` or `none`.
    var arrived: () -> [String] = { [] }
    /// Ends it.
    var stop: () -> Void = {}

    static let key = Scenario.askedKey

    /// A target at a URL, with a key of the user's.
    init(at url: String, key: String? = Peer.key, _ options: [String]) {
        arguments = [url] + options
        guard let key else { return }
        arguments += ["--key", "env:SERVICE_KEY"]
        variables["SERVICE_KEY"] = key
    }

    /// A simulated service.
    ///
    /// - Parameter key: Another one than the scenario's.
    static func simulated(_ scenario: Scenario, as vendor: String? = nil, key: String? = nil, _ options: [String] = []) throws -> Peer {
        let service = try Simulator.start(scenario: scenario)
        let caller = scenario.callers.first { $0.vendor == vendor } ?? scenario.callers[0]
        // A model of the caller's own says which one to ask for; the options come last and so may say otherwise.
        var peer = Peer(
            at: service.baseURL, key: key ?? caller.key,
            ["--vendor", vendor ?? caller.vendor, "--model", caller.model] + scenario.arguments + options)
        peer.arrived = { service.requests.map { "\($0.line) \(credential($0.credential))" } }
        peer.stop = { service.stop() }
        return peer
    }

    static func simulated(_ name: String, as vendor: String? = nil, key: String? = nil, _ options: [String] = []) throws -> Peer {
        guard let scenario = Scenario.builtIn(name) else { throw Unknown(scenario: name) }
        return try simulated(scenario, as: vendor, key: key, options)
    }

    struct Unknown: Error {
        var scenario: String
    }

    /// A simulated service whose vendor has this machine for its own host, with an edge and a status page.
    static func onOwnHost(_ user: User, _ routes: [[String: Any]], _ options: [String] = []) throws -> Peer {
        let service = try Simulator.start(scenario: .asked(routes))
        try user.writesOwnVendor(at: service)
        var peer = Peer(
            at: service.baseURL, ["--vendor", "mine", "--vendor-dir", "vendors", "--model", "llama-3.1-8b-instruct"] + options)
        peer.arrived = { service.requests.map { "\($0.line) \(credential($0.credential))" } }
        peer.stop = { service.stop() }
        return peer
    }

    /// A raw socket that does what a script says.
    static func scripted(_ steps: [ScriptedServer.Step], _ options: [String] = []) throws -> Peer {
        let server = try ScriptedServer(steps)
        var peer = Peer(at: server.url("/v1"), ["--model", "m"] + options)
        peer.arrived = {
            server.received.map { request in
                let lines = request.head.split(separator: "\r\n")
                let header = lines.first { $0.lowercased().hasPrefix("authorization:") }
                let line = lines.first?.split(separator: " ").prefix(2).joined(separator: " ") ?? ""
                return "\(line) \(credential(header.map { $0.dropFirst("authorization:".count).drop { $0 == " " } }.map(String.init)))"
            }
        }
        peer.stop = { server.stop() }
        return peer
    }

    /// A port on which nobody listens any more.
    static func closedPort() throws -> Peer {
        let server = try ScriptedServer([])
        server.stop()
        return Peer(at: server.url("/v1"), ["--model", "m"])
    }

    /// A name, as a ``StandInResolver`` knows it.
    static func named(_ name: String, _ user: User, _ options: [String] = []) throws -> Peer {
        var peer = Peer(at: "https://\(name)/v1", ["--model", "m"] + options)
        peer.variables["LD_PRELOAD"] = try user.standInResolver()
        return peer
    }

    /// nginx with a certificate that nobody else knows.
    static func selfSigned() throws -> Peer {
        let certificate = try SelfSigned()
        let server = try RealServer.nginx(certificate)
        var peer = Peer(at: "https://localhost:\(server.port)/v1", ["--model", "m"])
        peer.arrived = {
            let log = (try? String(contentsOf: server.directory.appendingPathComponent("access.log"), encoding: .utf8)) ?? "no log"
            return log.split(separator: "\n").map(String.init)
        }
        peer.stop = { certificate.remove() }
        return peer
    }

    /// A service behind tinyproxy, which lets through only what these arguments say.
    static func proxied(user: String? = nil, password: String? = nil, connectPort: Int? = nil) throws -> Peer {
        let proxy = try RealServer.tinyproxy(user: user, password: password, connectPort: connectPort)
        let service = try ScriptedServer([.receive, .close])
        var peer = Peer(
            at: "https://127.0.0.1:\(service.port)/v1", ["--model", "m", "--proxy", "http://127.0.0.1:\(proxy.port)"])
        peer.arrived = { withExtendedLifetime(proxy) { (0..<service.connectionCount).map { "connection \($0)" } } }
        peer.stop = { service.stop() }
        return peer
    }

    /// Which kind of credential a request carries: the user's key as it is, one of Sonde's own invention, or none.
    private static func credential(_ text: String?) -> String {
        guard let text else { return "none" }
        return text.contains("SONDE0CONTROL0NOT0A0KEY") ? "made-up" : text.contains("DEMO") ? "key" : "something else: \(text)"
    }
}
