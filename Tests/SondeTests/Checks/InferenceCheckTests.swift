import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct InferenceCheckTests {
    @Test func `passes where an answer came, with its tokens`() throws {
        #expect(try CheckCase { probe, _ in CheckCase.healthy(probe) }.said("inference") == "pass: answered in 0 ms, 11 tokens in, 2 out")
    }

    @Test func `warns where only a later attempt passed`() throws {
        let run = try CheckCase { probe, attempt in
            probe.kind == .inference && attempt < 3 ? .error(503, type: "server_error") : CheckCase.healthy(probe)
        }
        #expect(run.said("inference").hasPrefix("warn: passed on attempt 3"))
    }

    @Test func `fails with the words of the refusal`() throws {
        let run = try CheckCase { probe, _ in
            probe.kind == .inference ? .error(402, message: "Insufficient funds", type: "insufficient_funds") : CheckCase.healthy(probe)
        }
        #expect(run.said("inference") == "fail: 402 insufficient_funds “Insufficient funds”")
    }

    @Test func `is inconclusive where the answer says nothing that is known`() throws {
        let run = try CheckCase { probe, _ in probe.kind == .inference ? .error(418, message: "teapot") : CheckCase.healthy(probe) }
        #expect(run.said("inference") == "inconclusive: 418 “teapot”")
    }

    @Test func `skips where it was not asked for, could not be, or nothing was sent`() throws {
        #expect(
            try CheckCase(infers: false) { probe, _ in CheckCase.healthy(probe) }.said("inference")
                == "skip: not asked for (--no-inference)")
        #expect(
            try CheckCase(findings: [CheckCase.blocked]) { probe, _ in CheckCase.healthy(probe) }.said("inference")
                == "skip: not asked: nothing was sent")
        #expect(try CheckCase(model: nil) { _, _ in .dead(.connect) }.said("inference") == "skip: not tested: the API did not answer")
        let none = try CheckCase(["probe_models": []], model: nil) { probe, _ in
            probe.kind == .models ? .models() : CheckCase.healthy(probe)
        }
        #expect(none.said("inference") == "skip: not tested: no model is known (--model)")
    }
}
