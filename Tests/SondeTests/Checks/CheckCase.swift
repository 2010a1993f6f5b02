@testable import Sonde
import SondeJSON
import TestSupport

/// One rehearsed target, and what its checks said.
struct CheckCase {
    let run: Rehearsal

    init(
        _ changes: [String: JSON] = [:], key: String? = Sample.key, model: String? = "small-1", findings: [Finding] = [],
        infers: Bool = true, provesKey: Bool = false, with optional: [String] = [], change: (inout Diagnosis.Options) -> Void = { _ in },
        retries: Int = 2, reply: (Probe, Int) -> Rehearsal.Reply
    ) throws {
        var options = Diagnosis.Options()
        options.infers = infers
        options.provesKey = provesKey
        options.checks.formUnion(optional)
        change(&options)
        run = try Rehearsal(
            Sample.target(changes, key: key, model: model, findings: findings), options: options, retries: RetryPolicy(limit: retries),
            reply: reply)
    }

    /// `pass: the summary`.
    func said(_ check: String) -> String {
        run.checks.first { $0.id == check }.map { "\($0.outcome.rawValue): \($0.summary)" } ?? "nothing"
    }

    /// Everything works.
    static func healthy(_ probe: Probe) -> Rehearsal.Reply {
        switch probe.endpoint {
        case .models: .models("small-1", "small-2")
        case .responses: .response()
        case .embeddings: .json(200, ["data": [["embedding": [0.1]]]])
        case .key, .balance:
            probe.keyUse == .own
                ? .json(200, ["balance": "12.5", "used": 1]) : .error(401, message: "Invalid API key", type: "authentication_error")
        case .inference where probe.kind == .streaming: .stream(["One", ", two"], finish: "length", tokens: 16)
        case .inference:
            probe.keyUse == .own
                ? .completion(model: probe.model ?? "?") : .error(401, message: "Invalid API key", type: "authentication_error")
        }
    }

    /// A vendor without a key proof.
    static let unproven: [String: JSON] = [
        "endpoints": ["models": ["path": "/models", "needs_key": false], "inference": ["path": "/chat/completions"]]
    ]

    static let blocked = Finding("key", .blocking, cause: .keyMalformed, reason: "key_quoted", "The key is quoted.")
}
