import Sonde
import SondeJSON
import TestSupport

/// Ways in which the sample service behaves, and what verifying it gives.
enum Verifying {
    typealias Reply = @Sendable (Probe) -> Rehearsal.Reply

    static let list = Rehearsal.Reply.json(200, ["object": "list", "data": [["id": "small-1"], ["id": "small-2"]]])
    static let chat = Rehearsal.Reply.json(
        200, ["model": "small-1", "choices": [["message": ["content": "ok"], "finish_reason": "stop"]]])
    static let madeUp = Rehearsal.Reply.error(401, message: "Unknown key.", type: "invalid_key")

    /// All is well, and what must fail is refused.
    static let healthy: Reply = { probe in
        switch probe.kind {
        case .badKey: madeUp
        case .badField: .error(400, message: "messages must be a list", type: "invalid_request_error")
        default: accepting(probe)
        }
    }

    /// Anything is answered with success.
    static let accepting: Reply = { probe in
        switch probe.endpoint {
        case .models: list
        case .key: .json(200, ["balance": "4.5", "used": 0.25])
        default: chat
        }
    }

    /// The list is there, and nothing else.
    static let barred: Reply = { probe in
        switch probe.kind {
        case .models: list
        case .badKey: madeUp
        default: .error(403, message: "No.", type: "account_barred")
        }
    }

    static let noCredit: Reply = { probe in
        probe.endpoint == .inference ? .error(402, message: "Top up.", type: "insufficient_funds") : healthy(probe)
    }

    static let unreachable: Reply = { _ in .failure(TransportFailure(.nameResolution, phase: .nameLookup, message: "no such host")) }

    /// The earlier report's target.
    static func before(_ target: Target, options: Diagnosis.Options = .init(), _ reply: @escaping Reply) throws -> TargetResult {
        try Rehearsal(target, options: options) { probe, _ in reply(probe) }.result(target, options: options)
    }

    /// Before in one way, now in another.
    static func verified(_ old: @escaping Reply, _ new: @escaping Reply, _ target: Target? = nil, isOffline: Bool = false) throws
        -> Verified
    {
        let target = try target ?? Sample.target(model: "small-1")
        let before = try before(target, old)
        let now = try Rehearsal.verify(Verification(of: before, at: target), reply: new).result
        return Verified(before: before, now: now, isOffline: isOffline, undoing: try UndoBook())
    }
}
