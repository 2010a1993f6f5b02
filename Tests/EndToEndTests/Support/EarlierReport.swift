import Foundation
import SondeSimulator
import TestSupport
import Testing

/// A report of a check, as a user keeps it or as somebody else made it up.
struct EarlierReport {
    static let key = Scenario.gatewayKey

    let user: User
    var document: [String: Any]

    /// Checks a service that fails, with the key in a variable of the user's own.
    init(_ user: User, of scenario: Scenario, _ options: String...) async throws {
        let simulator = try Simulator.start(scenario: scenario)
        defer { simulator.stop() }
        let check = try await user.checks(simulator, options)
        #expect(check.finished.status != 0)
        try self.init(user, check.finished, at: simulator.baseURL)
    }

    init(_ user: User, of scenario: String, _ options: String...) async throws {
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn(scenario)))
        defer { simulator.stop() }
        let check = try await user.checks(simulator, options)
        try self.init(user, check.finished, at: simulator.baseURL)
    }

    private init(_ user: User, _ run: Finished, at address: String) throws {
        let bytes = try #require(user.bytes(of: "report.json"), "no report: \(run.errorText)")
        self.user = user
        document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    /// The first target, to be spoiled.
    var target: [String: Any] {
        get { (document["targets"] as? [[String: Any]])?.first ?? [:] }
        set {
            var targets = document["targets"] as? [[String: Any]] ?? []
            targets[0] = newValue
            document["targets"] = targets
        }
    }

    /// The same service at another address, for it is another simulator that answers now.
    mutating func move(to simulator: Simulator) { target["base_url"] = simulator.baseURL }

    func write() throws {
        let bytes = try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys])
        try user.writes(String(decoding: bytes, as: UTF8.self), to: "report.json")
    }

    /// Verifies it against a service; the key is named again unless the options say otherwise.
    func verifies(
        _ simulator: Simulator? = nil, _ options: [String] = ["--key", "env:SERVICE_KEY"],
        with variables: [String: String] = ["SERVICE_KEY": key], on streams: ChildProcess.Streams = .pipes()
    ) async throws -> VerifyRun {
        var report = self
        if let simulator { report.move(to: simulator) }
        try report.write()
        let finished = try await user.runs(
            ["verify", "report.json", "-o", "json=verified.json"] + options, with: variables, on: streams)
        let bytes = user.bytes(of: "verified.json")
        let document = try bytes.flatMap { try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] }
        return VerifyRun(finished: finished, document: document ?? [:], requests: simulator?.requests ?? [])
    }
}

/// What `sonde verify` said and did.
struct VerifyRun {
    var finished: Finished
    var document: [String: Any]
    var requests: [Simulator.Request]

    var record: [String: Any] { document["verification"] as? [String: Any] ?? [:] }
    var targets: [[String: Any]] { record["targets"] as? [[String: Any]] ?? [] }
    var results: [String] { targets.compactMap { $0["result"] as? String } }
    var prose: String { finished.text.unwrapped }
    var refusal: String { finished.errorText.unwrapped }
    /// The requests that carried a credential other than Sonde's own made-up one.
    var withKey: [Simulator.Request] {
        requests.filter { $0.credential != nil && $0.credential?.contains("SONDE0CONTROL") == false }
    }
}

extension Scenario {
    /// A gateway that answers everything, whatever the key.
    static var letsAnybodyIn: Scenario {
        get throws {
            let chat: [String: Any] = [
                "id": "c1", "object": "chat.completion", "model": "{model}",
                "choices": [["index": 0, "message": ["role": "assistant", "content": "ok"], "finish_reason": "stop"]],
                "usage": ["prompt_tokens": 3, "completion_tokens": 1, "total_tokens": 4],
            ]
            return try Scenario([
                "name": "lets-anybody-in", "summary": "Any key will do.", "vendor": "vercel", "base_path": "/v1", "key": gatewayKey,
                "model": "openai/gpt-5.4-nano", "expect": "healthy",
                "routes": [
                    ["method": "GET", "path": "/v1/credits", "answer": ["body": ["balance": "4.50", "total_used": "1"]]],
                    ["method": "POST", "path": "/v1/*", "answer": ["body": chat]],
                ],
            ])
        }
    }

    /// A gateway that works again, but answers a made-up key with a limit.
    static var limitsStrangers: Scenario {
        get throws {
            let limit: [String: Any] = ["error": ["message": "Slow down.", "type": "rate_limit_exceeded"]]
            return try Scenario([
                "name": "limits-strangers", "summary": "Strangers are limited.", "vendor": "vercel", "base_path": "/v1", "key": gatewayKey,
                "model": "openai/gpt-5.4-nano", "expect": "healthy", "otherwise": "healthy",
                "routes": [["path": "/v1/credits", "when": ["key": "other"], "answer": ["status": 429, "body": limit]]],
            ])
        }
    }
}
