@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct ResponsesCheckTests {
    private func responses(_ changes: [String: JSON] = Sample.everything, _ reply: Rehearsal.Reply = .response()) throws -> CheckCase {
        try CheckCase(changes, with: ["responses"], retries: 0) { probe, _ in
            probe.kind == .responses ? reply : CheckCase.healthy(probe)
        }
    }

    @Test func `passes where the API answers with text, or reached the limit`() throws {
        #expect(try responses().said("responses") == "pass: answered in 0 ms, 11 tokens in, 2 out")
        let cut = Rehearsal.Reply.json(
            200, ["object": "response", "status": "incomplete", "incomplete_details": ["reason": "max_output_tokens"], "output": []])
        #expect(try responses(Sample.everything, cut).said("responses").hasPrefix("pass"))
    }

    @Test func `warns where nothing was said`() throws {
        #expect(try responses(Sample.everything, .response(text: "")).said("responses").hasSuffix("but without any text"))
    }

    @Test func `fails with the words of the refusal, and the verdict is about this API`() throws {
        let run = try responses(
            Sample.everything, .error(403, message: "You have insufficient permissions. Missing scopes: api.responses.write"))
        #expect(run.said("responses").hasPrefix("fail: 403"))
        #expect(run.run.verdict.cause == .permissionDenied)
        #expect(run.said("inference").hasPrefix("pass"))
    }

    @Test func `skips where the vendor has no such API, or has no other`() throws {
        #expect(try responses([:]).said("responses") == "skip: not tested: no Responses API of Sample Service is known")
        let only = try responses(["inference": ["form": "responses"]])
        #expect(only.said("responses") == "skip: the inference check asks this API already: Sample Service has no other")
    }

    @Test func `asks for no fewer tokens than are accepted`() throws {
        let builder = RequestBuilder(target: try Sample.target(Sample.everything), limits: RunLimits(), controlTail: "x")
        let body = builder.sent(for: Probe(.responses, endpoint: .responses, model: "small-1")).body
        #expect(body?["max_output_tokens"] == 16)
    }
}
