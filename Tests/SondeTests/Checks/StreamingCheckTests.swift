@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct StreamingCheckTests {
    private func streaming(_ reply: Rehearsal.Reply) throws -> CheckCase {
        try CheckCase(with: ["streaming"], retries: 0) { probe, _ in probe.kind == .streaming ? reply : CheckCase.healthy(probe) }
    }

    @Test func `is not asked unless somebody asks for it`() throws {
        let run = try CheckCase { probe, _ in CheckCase.healthy(probe) }
        #expect(run.said("streaming") == "nothing")
        #expect(!run.run.probes.contains { $0.kind == .streaming })
    }

    @Test func `passes with the time to the first token and the tokens a second after it`() throws {
        // 15 tokens after the first one, in 50 ms.
        let run = try streaming(.stream(["One", ", two"], finish: "length", tokens: 16))
        #expect(run.said("streaming") == "pass: first token after 200 ms, 300.0 tokens/s, 16 tokens in 4 events")
        #expect(run.run.verdict.cause == .healthy)
        #expect(run.run.probes.map(\.kind) == [.models, .key, .inference, .streaming])
    }

    @Test func `a speed that cannot be known is said to be unknown`() throws {
        #expect(
            try streaming(.stream(["One", ", two"])).said("streaming")
                == "pass: first token after 200 ms, tokens/s unknown (the stream does not count them), 3 events")
        #expect(
            try streaming(.stream(["One"], tokens: 1)).said("streaming")
                == "pass: first token after 200 ms, tokens/s unknown (too few), 1 token in 3 events")
    }

    @Test func `warns where the whole answer comes at once, as a body or in one go`() throws {
        #expect(try streaming(.completion()).said("streaming").hasPrefix("warn: answered with one whole body in place of a stream"))
        let buffered = try streaming(.stream(["a", "b", "c", "d"], tokens: 4, pause: .zero))
        #expect(buffered.said("streaming").hasPrefix("pass"), "200 ms are not worth a word")
        guard case .response(var response) = Rehearsal.Reply.stream(["a", "b", "c", "d"], tokens: 4) else { return }
        response.chunks = [Response.Chunk(at: .seconds(2), count: response.body.count)]
        #expect(try streaming(.response(response)).said("streaming").contains("all 4 pieces arrived at once"))
    }

    @Test func `warns where the end is not marked, or has no reason`() throws {
        #expect(try streaming(.stream(["a"], tail: "")).said("streaming").hasSuffix(", but the end was never marked ([DONE])"))
        #expect(try streaming(.stream(["a"], finish: nil)).said("streaming").hasSuffix(", but no finish reason was given"))
        #expect(try streaming(.stream([])).said("streaming").hasSuffix(", but without any text"))
    }

    @Test func `fails where the stream ends early, and the verdict says so`() throws {
        let run = try streaming(.stream(["One", ", two"], finish: nil, tail: ""))
        #expect(run.said("streaming") == "fail: the stream ended after 2 events, without a finish reason and without [DONE]")
        #expect(run.run.verdict.cause == .responseInvalid)
        #expect(run.run.verdict.reason == "stream_cut_short")
        #expect(run.run.verdict.because.first?.law == "asked-for-besides")
        #expect(run.said("inference").hasPrefix("pass"))
    }

    @Test func `fails where events cannot be read`() throws {
        let run = try streaming(.stream(["One"], tail: "data: {\"choices\": [\n\n<html>\ndata: [DONE]\n\n"))
        #expect(run.said("streaming") == "fail: 2 of 4 events cannot be read")
        #expect(run.run.verdict.reason == "broken_events")
    }

    @Test func `an error within the stream is read as a refusal would be`() throws {
        let error = #"data: {"error": {"message": "The server is overloaded", "type": "server_error", "code": "server_is_overloaded"}}"#
        let run = try streaming(.stream(["One"], finish: nil, tail: error + "\n\n"))
        #expect(run.said("streaming").hasPrefix("fail: an error within the stream: 200 server_is_overloaded “The server is overloaded”"))
        #expect(run.run.verdict.cause == .providerOutage)
        let named = try streaming(
            .stream(["One"], finish: nil, tail: "event: error\ndata: {\"message\": \"x\", \"code\": \"rate_limit_exceeded\"}\n\n"))
        #expect(named.run.verdict.cause == .rateLimited)
    }

    @Test func `a refusal to stream is the verdict, though plain inference works`() throws {
        let run = try streaming(
            .error(400, message: "Your organization must be verified to stream this model.", type: "account_barred", param: "stream"))
        #expect(run.said("streaming").hasPrefix("fail: 400 account_barred"))
        #expect(run.run.verdict.cause == .accountDenied)
        #expect(run.run.followUps.isEmpty, "plain inference shows all that follow-ups could")
    }

    @Test func `a stream whose options are refused is asked again without them`() throws {
        let run = try CheckCase(with: ["streaming"]) { probe, _ in
            probe.kind == .streaming && !probe.omitsUsage
                ? .error(400, message: "Unknown parameter: 'stream_options'.", code: "unknown_parameter", param: "stream_options")
                : CheckCase.healthy(probe)
        }
        #expect(run.said("streaming").hasPrefix("pass"))
        #expect(run.run.verdict.cause == .healthy)
        #expect(run.run.probes.filter { $0.kind == .streaming }.map(\.omitsUsage) == [false, true])
    }

    @Test func `is not tried where plain inference does not work, and says why it was not`() throws {
        let refused = try CheckCase(with: ["streaming"]) { probe, _ in
            probe.kind == .inference ? .error(402, type: "insufficient_funds") : CheckCase.healthy(probe)
        }
        #expect(refused.said("streaming") == "skip: not tested: plain inference does not work")
        let free = try CheckCase(infers: false, with: ["streaming"], change: { $0.pays = false }) { probe, _ in CheckCase.healthy(probe) }
        #expect(free.said("streaming") == "skip: not asked for (--no-inference)")
        let dead = try CheckCase(infers: false, with: ["streaming"]) { _, _ in .dead(.connect) }
        #expect(dead.said("streaming") == "skip: not tested: the API did not answer")
    }

    @Test func `alone it shows health as inference does`() throws {
        let run = try CheckCase(infers: false, change: { $0.checks = ["streaming"] }) { probe, _ in CheckCase.healthy(probe) }
        #expect(run.run.verdict.cause == .healthy)
        #expect(run.run.probes.map(\.kind) == [.models, .key, .streaming])
    }

    @Test func `a model that was found in the place of a retired one is streamed, too`() throws {
        let run = try CheckCase(model: nil, with: ["streaming"]) { probe, _ in
            probe.endpoint == .inference && probe.model == "small-1" ? .error(404, code: "model_not_found") : CheckCase.healthy(probe)
        }
        #expect(run.run.probes.last?.kind == .streaming)
        #expect(run.run.probes.last?.model == "small-2")
        #expect(run.said("streaming").hasPrefix("pass"))
    }
}
