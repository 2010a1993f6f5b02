@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// Inference in the form that today's models take.
@Suite struct TokenLimitTests {
    private let unsupported = Rehearsal.Reply.error(
        400, message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        type: "invalid_request_error",
        code: "unsupported_parameter", param: "max_tokens")
    private func forbidden(_ field: String) -> Rehearsal.Reply {
        .json(422, ["detail": [["type": "extra_forbidden", "loc": ["body", .string(field)], "msg": "Extra inputs are not permitted"]]])
    }

    private func run(_ rules: JSON = [:], _ options: Diagnosis.Options = .init(), reply: (InferenceShape) -> Rehearsal.Reply) throws
        -> Rehearsal
    {
        let target = try Sample.target(["inference": rules], model: "small-1")
        return try Rehearsal(target, options: options) { probe, _ in
            switch probe.endpoint {
            case .models: .models("small-1")
            case .key: .json(200, ["balance": 5])
            default: reply(probe.shape ?? target.vendor.inference.shape)
            }
        }
    }

    private func shapes(_ run: Rehearsal) -> [InferenceShape?] { run.probes.filter { $0.kind == .inference }.map(\.shape) }

    @Test func `a field that is not supported is replaced by the other one, once, and the target is healthy`() throws {
        let run = try run { $0.tokenLimitField == "max_tokens" ? unsupported : .completion() }
        #expect(shapes(run) == [nil, InferenceShape(tokenLimitField: "max_completion_tokens", tokenLimit: 16)])
        #expect(run.verdict.cause == .healthy)
        #expect(run.verdict.confidence == .certain)
        #expect(run.outcome("inference") == .pass)
        #expect(run.checks.first { $0.id == "inference" }?.summary.contains("with max_completion_tokens 16") == true)
        #expect(run.verdict.because.contains { $0.law == "served-in-another-form" && $0.text.contains("Unsupported parameter") })
        #expect(run.exchanges.contains { $0.answer?.status == 400 }, "the first refusal is evidence")
        #expect(run.followUps.isEmpty)
    }

    @Test func `it works the other way round as well`() throws {
        let run = try run(["token_limit_field": "max_completion_tokens"]) {
            $0.tokenLimitField == "max_tokens" ? .completion() : forbidden("max_completion_tokens")
        }
        #expect(shapes(run).last == InferenceShape(tokenLimitField: "max_tokens", tokenLimit: 16))
        #expect(run.verdict.cause == .healthy)
    }

    @Test(arguments: [
        "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 4 instead.",
        "max_tokens must be at least 16",
        "max_tokens: Input should be greater than or equal to 16",
    ])
    func `a minimum that is named is taken`(message: String) throws {
        let run = try run(["token_limit": 4]) {
            $0.tokenLimit < 16 ? .error(400, message: message, code: "integer_below_min_value") : .completion()
        }
        #expect(shapes(run) == [nil, InferenceShape(tokenLimitField: "max_tokens", tokenLimit: 16)])
        #expect(run.verdict.cause == .healthy)
    }

    @Test func `a minimum that costs too much is not paid`() throws {
        let run = try run { _ in .error(400, message: "max_tokens must be at least 1024", code: "integer_below_min_value") }
        #expect(shapes(run) == [nil])
        #expect(run.verdict.cause == .requestRejected)
    }

    @Test func `a limit is left out only where neither field is taken`() throws {
        let run = try run { shape in shape.tokenLimitField.map(forbidden) ?? .completion() }
        #expect(shapes(run).map { $0?.tokenLimitField } == [nil, "max_completion_tokens", nil])
        #expect(run.verdict.cause == .healthy)
        #expect(run.checks.first { $0.id == "inference" }?.summary.contains("no token limit") == true)
    }

    @Test func `a service that refuses every form is asked three times and then rejected`() throws {
        let run = try run { shape in
            shape.tokenLimitField.map(forbidden) ?? .error(400, message: "max_tokens is required, unsupported value")
        }
        #expect(shapes(run).count == 3)
        #expect(run.verdict.cause == .requestRejected)
    }

    @Test func `the last form counts, whatever the first was refused for`() throws {
        let run = try run {
            $0.tokenLimitField == "max_tokens" ? unsupported : .error(402, message: "Insufficient funds", type: "insufficient_funds")
        }
        #expect(run.verdict.cause == .billingBlocked)
        #expect(run.outcome("inference") == .fail)
    }

    @Test func `a refusal of anything else is not tried again`() throws {
        for answer in [
            Rehearsal.Reply.error(400, message: "temperature is not supported", code: "unsupported_value", param: "temperature"),
            .error(403, message: "max_tokens is not supported"), .error(400, message: "This model's maximum context length is 4097 tokens"),
            .json(422, ["detail": [["type": "extra_forbidden", "loc": ["body", "store"], "msg": "Extra inputs are not permitted"]]]),
        ] {
            #expect(try shapes(run { _ in answer }) == [nil], "\(answer)")
        }
    }

    @Test func `a body of the user's own is sent as it is`() throws {
        var options = Diagnosis.Options()
        options.hasOwnBody = true
        #expect(try shapes(run([:], options) { _ in unsupported }) == [nil])
    }
}
