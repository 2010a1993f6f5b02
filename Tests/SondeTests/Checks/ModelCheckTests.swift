import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct ModelCheckTests {
    @Test func `passes where the model answers, listed or without a list`() throws {
        #expect(try CheckCase { probe, _ in CheckCase.healthy(probe) }.said("model") == "pass: small-1 answers, one of 2 listed")
        #expect(
            try CheckCase { probe, _ in probe.kind == .models ? .error(404) : CheckCase.healthy(probe) }.said("model")
                == "pass: small-1 answers")
    }

    @Test func `passes where the model is listed and was not tested`() throws {
        #expect(
            try CheckCase(infers: false) { probe, _ in CheckCase.healthy(probe) }.said("model")
                == "pass: small-1 is one of 2 listed (not tested)")
    }

    @Test func `warns where the model answers without being listed, or is not listed`() throws {
        #expect(
            try CheckCase(model: "hidden") { probe, _ in CheckCase.healthy(probe) }.said("model")
                == "warn: hidden answers, though it is not in the list of 2")
        #expect(
            try CheckCase(model: "hidden", infers: false) { probe, _ in CheckCase.healthy(probe) }.said("model")
                == "warn: hidden is not among the 2 listed")
    }

    @Test func `fails where the service says that the model is missing`() throws {
        let run = try CheckCase(model: "gone") { probe, _ in
            probe.model == "gone" ? .error(404, message: "no such model", code: "model_not_found") : CheckCase.healthy(probe)
        }
        #expect(run.said("model") == "fail: gone is not available to this key")
    }

    @Test func `skips where no model was named or no list came`() throws {
        #expect(
            try CheckCase(model: nil, infers: false) { probe, _ in CheckCase.healthy(probe) }.said("model")
                == "skip: 2 models listed, none chosen")
        #expect(try CheckCase(model: nil, infers: false) { _, _ in .dead(.connect) }.said("model") == "skip: no model was named")
        #expect(try CheckCase(infers: false) { _, _ in .dead(.connect) }.said("model") == "skip: not tested: no list of models")
    }

    @Test func `warns where the list is empty`() throws {
        #expect(
            try CheckCase(model: nil, infers: false) { probe, _ in probe.kind == .models ? .models() : CheckCase.healthy(probe) }.said(
                "model") == "warn: 0 models listed, none chosen")
    }
}
