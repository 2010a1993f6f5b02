import SondeJSON
import TestSupport
import Testing

@testable import Sonde

/// What counts as a clean refusal of the request that must fail.
@Suite struct ControlledFailureTests {
    private func outcome(_ kind: Probe.Kind, _ reply: Rehearsal.Reply) throws -> ControlledFailure.Outcome {
        let now: Verifying.Reply = { $0.kind == .badKey || $0.kind == .badField ? reply : Verifying.healthy($0) }
        return try Verifying.verified(Verifying.noCredit, now, Self.target(kind)).control.outcome
    }

    private static func target(_ kind: Probe.Kind) throws -> Target {
        try kind == .badKey
            ? Sample.target(model: "small-1") : Sample.target(["key": ["env": ["SAMPLE_API_KEY"], "optional": true]], model: "small-1")
    }

    @Test func `a made-up key that is refused in the API's words is clean`() throws {
        #expect(try outcome(.badKey, Verifying.madeUp) == .refused)
        #expect(try outcome(.badKey, .error(403, message: "No.", type: "forbidden")) == .refused)
        #expect(try outcome(.badKey, .body(401, "", "text/plain")) == .refused)
    }

    @Test func `a made-up key that is accepted is not`() throws {
        #expect(try outcome(.badKey, .json(200, ["balance": "4.5"])) == .accepted)
    }

    @Test func `a limit, an outage, a page or silence refuses nothing cleanly`() throws {
        #expect(try outcome(.badKey, .error(429, message: "Slow down.", type: "rate_limit_error")) == .unclear)
        #expect(try outcome(.badKey, .error(503, message: "Later.", type: "server_error")) == .unclear)
        #expect(try outcome(.badKey, .page(403, title: "Just a moment...")) == .unclear)
        #expect(try outcome(.badKey, .page(401, title: "Sign in")) == .unclear)
        #expect(try outcome(.badKey, .failure(TransportFailure(.timeout, phase: .firstByte, message: "timed out"))) == .unclear)
        #expect(try outcome(.badKey, .json(200, ["error": ["message": "No."]])) == .unclear)
    }

    @Test func `an invalid field is refused by 400 or 422 in the API's words`() throws {
        #expect(try outcome(.badField, .error(400, message: "messages must be a list", type: "invalid_request_error")) == .refused)
        #expect(try outcome(.badField, .error(422, message: "not a list", type: "validation_error")) == .refused)
        #expect(try outcome(.badField, .error(401, message: "Unknown key.", type: "invalid_key")) == .unclear)
        #expect(try outcome(.badField, .error(500, message: "oops", type: "server_error")) == .unclear)
        #expect(try outcome(.badField, Verifying.chat) == .accepted)
    }
}
