@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// The laws that name a cause.
extension LawTests {
    @Test func `unusable-before-asking: a blocking finding is the cause, for certain`() throws {
        let finding = Finding("key", .blocking, cause: .keyMalformed, reason: "key_quoted", "Quoted.")
        let weighing = try apply("unusable-before-asking", evidence([], target: Sample.target(findings: [finding])))
        #expect(weighing.conclusion == conclusion(.keyMalformed, reason: "key_quoted", .certain, at: nil))
        #expect(weighing.because.first?.text == "Quoted. Nothing was sent.")
    }

    @Test func `unusable-before-asking: a warning is none`() throws {
        let finding = Finding("key", .warning, reason: "unfamiliar_prefix", "Odd.")
        #expect(try apply("unusable-before-asking", evidence([], target: Sample.target(findings: [finding]))).conclusion == nil)
    }

    @Test func `asked-for-besides: what was asked for and fails is the state, where plain inference works`() throws {
        let refused = exchange(.responses, .responses, 403, .permissionDenied, .likely, model: "m")
        let weighing = try apply("asked-for-besides", evidence([listed, served, refused]))
        #expect(weighing.conclusion?.cause == .permissionDenied)
        #expect(weighing.because.first?.exchanges == [2])
        #expect(try apply("asked-for-besides", evidence([listed, barred(.inference, .inference), refused])).conclusion == nil)
        let fine = exchange(.responses, .responses, 200, .healthy, .certain, model: "m")
        #expect(try apply("asked-for-besides", evidence([listed, served, fine])).conclusion == nil)
    }

    @Test func `inference-answered: health, whatever else failed`() throws {
        let weighing = try apply("inference-answered", evidence([barred(.key, .key), served]))
        #expect(weighing.conclusion?.cause == .healthy)
        #expect(weighing.because.first?.exchanges == [1])
    }

    @Test func `inference-answered: another model that answers is not the target's health`() throws {
        let other = exchange(.otherModel, .inference, 200, .healthy, .certain, model: "n")
        #expect(try apply("inference-answered", evidence([barred(.inference, .inference), other])).conclusion == nil)
        #expect(try apply("inference-answered", evidence([listed, proven])).conclusion == nil)
    }

    @Test func `dead-at-the-same-step: nothing was answered`() throws {
        let weighing = try apply(
            "dead-at-the-same-step",
            evidence([dead(.models, .models, .nameResolution, .dnsFailure), dead(.key, .key, .nameResolution, .dnsFailure)]))
        #expect(weighing.conclusion?.cause == .dnsFailure)
        #expect(weighing.because.first?.exchanges == [0])
    }

    @Test func `dead-at-the-same-step: the surest failure speaks, not the last`() throws {
        let weighing = try apply(
            "dead-at-the-same-step",
            evidence([dead(.models, .models, .timeout, .timeout, .likely), dead(.key, .key, .connect, .connectFailure)]))
        #expect(weighing.conclusion?.cause == .connectFailure)
    }

    @Test func `dead-at-the-same-step: one answer is enough to silence it`() throws {
        #expect(
            try apply("dead-at-the-same-step", evidence([dead(.models, .models, .connect, .connectFailure), barred(.key, .key)])).conclusion
                == nil)
        #expect(try apply("dead-at-the-same-step", evidence([])).conclusion == nil)
        #expect(try apply("dead-at-the-same-step", evidence([dead(.models, .models, .cancelled, .inconclusive)])).conclusion == nil)
    }

    @Test func `key-proof-refuses-the-key: no other refusal counts`() throws {
        let weighing = try apply("key-proof-refuses-the-key", evidence([barred(.inference, .inference), unknown(.key, .key)]))
        #expect(weighing.conclusion == conclusion(.keyRejected, reason: "unknown_key", .likely, at: 1))
    }

    @Test func `key-proof-refuses-the-key: a list that wants no key is no proof, nor a bare guess`() throws {
        #expect(try apply("key-proof-refuses-the-key", evidence([unknown(.models, .models)])).conclusion == nil)
        let guess = exchange(.key, .key, 400, .keyRejected, .possible)
        #expect(try apply("key-proof-refuses-the-key", evidence([guess])).conclusion == nil)
        let token = try Sample.target(key: "eyJhbGciOiJSUzI1NiJ9.e30.c2ln")
        #expect(try apply("key-proof-refuses-the-key", evidence([unknown(.key, .key)], target: token)).conclusion == nil)
    }

    @Test func `most-telling-refusal: a refusal of inference first, then certainty, then the proof before the list`() throws {
        let vague = exchange(.inference, .inference, 403, .permissionDenied, .possible)
        let clear = exchange(.key, .key, 402, .billingBlocked, .certain)
        #expect(try apply("most-telling-refusal", evidence([clear, vague])).conclusion?.cause == .permissionDenied)
        #expect(
            try apply("most-telling-refusal", evidence([clear, dead(.inference, .inference, .timeout, .timeout)])).conclusion?.cause
                == .billingBlocked)
        #expect(
            try apply("most-telling-refusal", evidence([exchange(.models, .models, 402, .billingBlocked, .certain), barred(.key, .key)]))
                .conclusion?.cause == .billingBlocked)
        #expect(
            try apply("most-telling-refusal", evidence([unknown(.models, .models), barred(.key, .key)])).conclusion?.cause == .accountDenied
        )
        #expect(
            try apply("most-telling-refusal", evidence([unknown(.key, .key), barred(.inference, .inference)])).conclusion?.exchange == 1)
    }

    @Test func `most-telling-refusal: health and what is unknown are no refusals`() throws {
        #expect(
            try apply("most-telling-refusal", evidence([listed, proven, exchange(.inference, .inference, 418, .inconclusive)])).conclusion
                == nil)
        #expect(try apply("most-telling-refusal", evidence([exchange(.badKey, .key, 401, .keyRejected)])).conclusion == nil)
    }

    @Test func `nothing-decides: what was not tested is not claimed`() throws {
        var options = Diagnosis.Options()
        options.infers = false
        #expect(
            try apply("nothing-decides", evidence([listed, proven], options: options)).conclusion
                == conclusion(.inconclusive, reason: "inference_not_tested", .possible, at: nil))
        #expect(try apply("nothing-decides", evidence([])).conclusion?.reason == "nothing_sent")
        #expect(try apply("nothing-decides", evidence([listed])).conclusion?.reason == "no_model")
        let odd = exchange(.inference, .inference, 418, .inconclusive, reason: "unknown_answer", .possible)
        #expect(try apply("nothing-decides", evidence([odd])).conclusion == conclusion(.inconclusive, reason: "unknown_answer", .possible))
    }

    @Test func `nothing-decides: a conclusion stands`() throws {
        #expect(isSilent(try apply("nothing-decides", evidence([]), after: conclusion(.timeout))))
    }
}
