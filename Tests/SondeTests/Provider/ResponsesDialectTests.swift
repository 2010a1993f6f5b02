import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct ResponsesDialectTests {
    private let rules: JSON = ["form": "responses"]

    private func json(_ text: String) throws -> JSON { try #require(JSON.lenient(Array(text.utf8))) }

    @Test func `the smallest request has an input, its own limit, and is not stored`() throws {
        let vendor = try Sample.vendor(["inference": rules])
        let body = Sample.Provider().inferenceBody(model: "m", vendor: vendor)
        #expect(JSON.object(body).text() == #"{"model":"m","input":"Reply with: ok","max_output_tokens":16,"store":false}"#)
    }

    @Test(arguments: [
        (#"{"status":"completed","model":"m","output":[{"type":"message","content":[{"type":"output_text","text":"ok"}]}]}"#, true, "stop"),
        (#"{"status":"completed","output":[{"type":"reasoning"},{"content":[{"text":"ok"}]}]}"#, true, "stop"),
        (#"{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[{"type":"reasoning"}]}"#, false, "length"),
        (#"{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}"#, false, "content_filter"),
    ])
    func `an answer has an output, and perhaps text`(body: String, hasText: Bool, finish: String) throws {
        let inference = ResponsesDialect.inference(in: try json(body))
        #expect(inference?.hasText == hasText)
        #expect(inference?.finishReason == finish)
    }

    @Test(arguments: [
        "{}", #"{"output":[]}"#, #"{"status":"failed","output":[]}"#, #"{"status":"completed"}"#,
        #"{"status":"incomplete","incomplete_details":{"reason":"something"},"output":[]}"#,
    ])
    func `what has not the shape of an answer is none`(body: String) throws {
        #expect(ResponsesDialect.inference(in: try json(body)) == nil)
    }

    @Test func `only a vendor that speaks this form is read by it, and the common form still holds there`() throws {
        let provider = Sample.Provider()
        let probe = Probe(.inference, endpoint: .inference)
        let answer = try json(#"{"status":"completed","output":[{"content":[{"text":"ok"}]}],"usage":{"input_tokens":7}}"#)
        let speaks = try Sample.vendor(["inference": rules])
        #expect(provider.facts(in: answer, for: probe, vendor: speaks).inference?.inputTokens == 7)
        #expect(provider.facts(in: answer, for: probe, vendor: try Sample.vendor()).inference == nil)
        let chat = try json(#"{"choices":[{"message":{"content":"ok"}}]}"#)
        #expect(provider.facts(in: chat, for: probe, vendor: speaks).inference?.hasText == true)
    }
}
