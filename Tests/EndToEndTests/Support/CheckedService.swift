import Foundation
import SondeSimulator
import TestSupport
import Testing

/// What a check of one service gave: the page, the report, and the requests that really came.
struct CheckedService {
    var finished: Finished
    var report: ReportFacts
    var requests: [Simulator.Request]

    var port: UInt16

    var page: String { finished.text }
    /// The page with every run of blanks as one, so that words can be looked for across line ends.
    var prose: String { page.unwrapped }
    var verdict: ReportFacts.Verdict { report.targets[0].verdict }

    /// The requests that carried a credential other than Sonde's own made-up one.
    var withKey: [Simulator.Request] {
        requests.filter { $0.credential != nil && $0.credential?.contains("SONDE0CONTROL") == false }
    }
}

extension User {
    /// Checks a simulated service as a user with a key in a variable of their own would.
    func checks(
        _ simulator: Simulator, _ options: String..., vendor: String? = nil, key: String? = nil, with variables: [String: String] = [:]
    ) async throws -> CheckedService {
        try await checks(simulator, options, vendor: vendor, key: key, with: variables)
    }

    func checks(
        _ simulator: Simulator, _ options: [String], vendor: String? = nil, key: String? = nil, with variables: [String: String] = [:]
    ) async throws -> CheckedService {
        let caller = simulator.scenario.callers.first { $0.vendor == vendor } ?? simulator.scenario.callers[0]
        var arguments = [
            "check", simulator.baseURL, "--vendor", vendor ?? caller.vendor, "--model", caller.model, "-o", "json=report.json",
        ]
        var variables = variables
        if let key = key ?? caller.key {
            arguments += ["--key", "env:SERVICE_KEY"]
            variables["SERVICE_KEY"] = key
        }
        let finished = try await runs(arguments + options, with: variables)
        let report = try ReportFacts(#require(bytes(of: "report.json"), "no report was written: \(finished.errorText)"))
        return CheckedService(finished: finished, report: report, requests: simulator.requests, port: simulator.port)
    }

    func checks(_ scenario: String, _ options: String..., vendor: String? = nil, key: String? = nil) async throws -> CheckedService {
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn(scenario)))
        defer { simulator.stop() }
        return try await checks(simulator, options, vendor: vendor, key: key)
    }
}

/// What tests ask of a report, read with a reader of its own.
struct ReportFacts: Decodable {
    var targets: [Target]
    var outcome: String
    var exitCode: Int32

    struct Target: Decodable {
        var name: String
        var verdict: Verdict
        var checks: [Check]
        var findings: [Finding]
        var exchanges: [Exchange]

        func check(_ id: String) -> Check? { checks.first { $0.id == id } }
    }

    struct Check: Decodable {
        var id: String
        var outcome: String
        var summary: String
    }

    struct Finding: Decodable {
        var reason: String
        var text: String
    }

    struct Exchange: Decodable {
        var probe: String
        var attempt: Int
        var request: Request
    }

    struct Request: Decodable {
        var method: String
        var url: String
        var key: String
    }

    struct Verdict: Decodable {
        var cause: String
        var reason: String?
        var confidence: String
        var owner: String
        var retryable: Bool
        var summary: String
        var because: [Statement]
        var ruledOut: [RuledOut]
        var nextSteps: [String]

        enum CodingKeys: String, CodingKey {
            case cause, reason, confidence, owner, retryable, summary, because
            case ruledOut = "ruled_out"
            case nextSteps = "next_steps"
        }

        var excluded: Set<String> { Set(ruledOut.flatMap(\.causes)) }
        var argument: String { because.map(\.text).joined(separator: "\n") }
        var advice: String { nextSteps.joined(separator: "\n") }
    }

    struct Statement: Decodable {
        var law: String
        var text: String
    }

    struct RuledOut: Decodable {
        var causes: [String]
    }

    enum CodingKeys: String, CodingKey {
        case targets, outcome
        case exitCode = "exit_code"
    }

    init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    }
}

extension Simulator.Request {
    /// What stands in a header that carries keys.
    var credential: String? { header("authorization") ?? header("x-api-key") ?? header("api-key") }
    var line: String { "\(method) \(path)" }
}

extension String {
    /// What a terminal shows in the end: without colors, and without what a progress line erased.
    var withoutColors: String {
        // Scalars, since a carriage return and a line feed are one character.
        replacing(/[^\n]*\r\u{1B}\[K/.matchingSemantics(.unicodeScalar), with: "")
            .replacing(/\u{1B}\[[0-9;]*m|\r/.matchingSemantics(.unicodeScalar), with: "")
    }

    /// With every run of blanks and line ends as one blank.
    var unwrapped: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
