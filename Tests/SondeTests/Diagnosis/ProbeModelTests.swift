import Sonde
import SondeJSON
import TestSupport
import Testing

/// A model that is gone is the model's matter: never the key's, and only the user's own choice is a failure.
@Suite struct ProbeModelTests {
    private let gone = Rehearsal.Reply.error(404, message: "The model does not exist", code: "model_not_found")

    private func run(model: String?, listed: [String], served: Set<String>, refusal: Rehearsal.Reply? = nil) throws -> Rehearsal {
        try Rehearsal(Sample.target(model: model)) { probe, _ in
            switch probe.endpoint {
            case .models: .json(200, ["data": .array(listed.map { ["id": .string($0)] })])
            case .key: .json(200, ["balance": 5])
            default: served.contains(probe.model ?? "") ? .completion(model: probe.model ?? "") : refusal ?? gone
            }
        }
    }

    @Test func `a retired model that we chose is replaced by one that is listed, and the target is healthy`() throws {
        let run = try run(model: nil, listed: ["small-1", "small-2"], served: ["small-2"])
        #expect(run.followUps.map(\.model) == ["small-2"])
        #expect(run.verdict.cause == .healthy)
        #expect(run.outcome("inference") == .pass)
        #expect(run.outcome("model") == .warn)
        let summary = try #require(run.checks.first { $0.id == "model" }?.summary)
        #expect(summary.contains("small-1") && summary.contains("small-2"))
    }

    @Test func `the user's own model is not replaced, and the nearest names are offered`() throws {
        let run = try run(model: "smal-1", listed: ["small-1", "small-2", "other/smal-1", "unlike-any"], served: ["small-1", "small-2"])
        #expect(run.verdict.cause == .modelUnavailable)
        #expect(run.outcome("model") == .fail)
        #expect(run.verdict.nextSteps.first == "Did you mean other/smal-1, small-1, small-2?")
    }

    @Test func `where nothing is like it nothing is offered`() throws {
        let run = try run(model: "quite-different", listed: ["small-1"], served: ["small-1"])
        #expect(!run.verdict.nextSteps.contains { $0.contains("Did you mean") })
    }

    @Test func `where no model of ours is served the model is what is wrong`() throws {
        #expect(try run(model: nil, listed: ["small-1", "small-2"], served: []).verdict.cause == .modelUnavailable)
    }

    @Test(arguments: [400, 401, 403, 404, 422])
    func `a model error is no key error, whatever its status`(status: Int) throws {
        for refusal in [
            Rehearsal.Reply.error(status, message: "The model `small-9` does not exist or you do not have access to it."),
            .error(status, message: "model small-9 not found"), .error(status, message: "x", code: "model_not_found"),
            .error(status, message: "Unknown model: small-9"),
        ] {
            let run = try run(model: "small-9", listed: ["small-1"], served: [], refusal: refusal)
            #expect(run.verdict.cause == .modelUnavailable, "\(refusal)")
            #expect(run.outcome("auth") != .fail)
        }
    }
}
