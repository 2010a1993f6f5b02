@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// Each law fires on the evidence it is about, and keeps silent where it must.
@Suite struct LawTests {
    // MARK: Evidence made by hand

    private func evidence(_ exchanges: [Exchange], target: Target? = nil, options: Diagnosis.Options = .init()) throws -> Evidence {
        var evidence = Evidence(target: try target ?? Sample.target(model: "m"), options: options)
        for exchange in exchanges { evidence.add(exchange) }
        return evidence
    }

    private func exchange(
        _ kind: Probe.Kind, _ endpoint: Vendor.EndpointName, _ status: Int, type: String? = nil, _ cause: Cause?, reason: String? = nil,
        _ certainty: Confidence = .likely, speaker: Speaker = .api, model: String? = nil, body: BodyKind = .json, attempt: Int = 1
    ) -> Exchange {
        let answer = Answer(status: status, bodyKind: body, errors: type.map { [ErrorLayer(message: "…", type: $0)] } ?? [])
        return Exchange(
            probe: Probe(kind, endpoint: endpoint, model: model), attempt: attempt,
            request: .init(method: endpoint == .inference ? "POST" : "GET", url: "https://api.sample.test/v1/\(endpoint.rawValue)", keyUse: .own),
            startedAt: Timestamp(seconds: 0), outcome: .answer(answer), reading: Reading(speaker: speaker, cause: cause, reason: reason, certainty: certainty))
    }

    private func dead(_ kind: Probe.Kind, _ endpoint: Vendor.EndpointName, _ failure: TransportFailure.Kind, _ cause: Cause, _ certainty: Confidence = .certain) -> Exchange {
        var exchange = exchange(kind, endpoint, 0, cause, reason: failure.rawValue, certainty, speaker: .unknown)
        exchange.outcome = .failure(.init(kind: failure, message: "it broke"))
        return exchange
    }

    private var served: Exchange { exchange(.inference, .inference, 200, .healthy, .certain, model: "m") }
    private var listed: Exchange { exchange(.models, .models, 200, .healthy, .certain) }
    private var proven: Exchange { exchange(.key, .key, 200, .healthy, .certain) }
    private func barred(_ kind: Probe.Kind, _ endpoint: Vendor.EndpointName) -> Exchange { exchange(kind, endpoint, 403, type: "account_barred", .accountDenied, reason: "account_blocked") }
    private func unknown(_ kind: Probe.Kind, _ endpoint: Vendor.EndpointName) -> Exchange { exchange(kind, endpoint, 401, type: "authentication_error", .keyRejected, reason: "unknown_key") }

    private func conclusion(_ cause: Cause, reason: String? = nil, _ confidence: Confidence = .likely, at index: Int? = 0) -> Weighing.Conclusion {
        .init(cause: cause, reason: reason, confidence: confidence, exchange: index)
    }

    /// What one law alone makes of the evidence.
    private func apply(_ name: String, _ evidence: Evidence, after conclusion: Weighing.Conclusion? = nil) throws -> Weighing {
        let law = try #require(Law.all.first { $0.name == name })
        var weighing = Weighing()
        weighing.conclusion = conclusion
        law.apply(evidence, &weighing, law.name)
        for statement in weighing.because { #expect(statement.law == name) }
        for excluded in weighing.ruledOut { #expect(excluded.law == name) }
        return weighing
    }

    private func isSilent(_ weighing: Weighing) -> Bool { weighing.because.isEmpty && weighing.ruledOut.isEmpty }

    @Test func `every law has a name of its own, a sentence, and a test here`() {
        #expect(Set(Law.all.map(\.name)).count == Law.all.count)
        for law in Law.all { #expect(law.statement.hasSuffix(".") && !law.name.contains(" ")) }
        let tested: Set = [
            "unusable-before-asking", "inference-answered", "dead-at-the-same-step", "key-proof-refuses-the-key", "most-telling-refusal", "nothing-decides",
            "refused-like-a-made-up-key", "same-refusal-for-any-key", "made-up-key-refused-otherwise", "key-proven", "account-not-model", "model-not-account", "public-list",
            "api-was-reached", "answered-by-other-requests", "page-everywhere", "passed-on-retry",
        ]
        #expect(Set(Law.all.map(\.name)).subtracting(tested).isEmpty, "laws without a test")
        #expect(tested.subtracting(Law.all.map(\.name)).isEmpty, "tests of laws that are gone")
    }

    // MARK: Laws that conclude

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
        let weighing = try apply("dead-at-the-same-step", evidence([dead(.models, .models, .nameResolution, .dnsFailure), dead(.key, .key, .nameResolution, .dnsFailure)]))
        #expect(weighing.conclusion?.cause == .dnsFailure)
        #expect(weighing.because.first?.exchanges == [0])
    }

    @Test func `dead-at-the-same-step: the surest failure speaks, not the last`() throws {
        let weighing = try apply("dead-at-the-same-step", evidence([dead(.models, .models, .timeout, .timeout, .likely), dead(.key, .key, .connect, .connectFailure)]))
        #expect(weighing.conclusion?.cause == .connectFailure)
    }

    @Test func `dead-at-the-same-step: one answer is enough to silence it`() throws {
        #expect(try apply("dead-at-the-same-step", evidence([dead(.models, .models, .connect, .connectFailure), barred(.key, .key)])).conclusion == nil)
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

    @Test func `most-telling-refusal: certainty first, then inference before the proof before the list`() throws {
        let vague = exchange(.inference, .inference, 403, .permissionDenied, .possible)
        let clear = exchange(.key, .key, 402, .billingBlocked, .certain)
        #expect(try apply("most-telling-refusal", evidence([vague, clear])).conclusion?.cause == .billingBlocked)
        #expect(try apply("most-telling-refusal", evidence([unknown(.models, .models), barred(.key, .key)])).conclusion?.cause == .accountDenied)
        #expect(try apply("most-telling-refusal", evidence([unknown(.key, .key), barred(.inference, .inference)])).conclusion?.exchange == 1)
    }

    @Test func `most-telling-refusal: health and what is unknown are no refusals`() throws {
        #expect(try apply("most-telling-refusal", evidence([listed, proven, exchange(.inference, .inference, 418, .inconclusive)])).conclusion == nil)
        #expect(try apply("most-telling-refusal", evidence([exchange(.badKey, .key, 401, .keyRejected)])).conclusion == nil)
    }

    @Test func `nothing-decides: what was not tested is not claimed`() throws {
        var options = Diagnosis.Options()
        options.infers = false
        #expect(try apply("nothing-decides", evidence([listed, proven], options: options)).conclusion == conclusion(.inconclusive, reason: "inference_not_tested", .possible, at: nil))
        #expect(try apply("nothing-decides", evidence([])).conclusion?.reason == "nothing_sent")
        #expect(try apply("nothing-decides", evidence([listed])).conclusion?.reason == "no_model")
        let odd = exchange(.inference, .inference, 418, .inconclusive, reason: "unknown_answer", .possible)
        #expect(try apply("nothing-decides", evidence([odd])).conclusion == conclusion(.inconclusive, reason: "unknown_answer", .possible))
    }

    @Test func `nothing-decides: a conclusion stands`() throws {
        #expect(isSilent(try apply("nothing-decides", evidence([]), after: conclusion(.timeout))))
    }

    // MARK: Laws that confirm, exclude or doubt

    @Test func `refused-like-a-made-up-key: the service does not know the key`() throws {
        let weighing = try apply("refused-like-a-made-up-key", evidence([unknown(.key, .key), unknown(.badKey, .key)]), after: conclusion(.keyRejected))
        #expect(weighing.conclusion?.confidence == .certain)
        #expect(weighing.because.first?.exchanges == [0, 1])
    }

    @Test func `refused-like-a-made-up-key: other words, or another cause, prove nothing`() throws {
        #expect(isSilent(try apply("refused-like-a-made-up-key", evidence([barred(.key, .key), unknown(.badKey, .key)]), after: conclusion(.keyRejected))))
        #expect(isSilent(try apply("refused-like-a-made-up-key", evidence([barred(.key, .key), barred(.badKey, .key)]), after: conclusion(.accountDenied))))
        #expect(isSilent(try apply("refused-like-a-made-up-key", evidence([unknown(.key, .key)]), after: conclusion(.keyRejected))))
    }

    @Test func `same-refusal-for-any-key: not the key, nor the account`() throws {
        let weighing = try apply("same-refusal-for-any-key", evidence([barred(.key, .key), barred(.badKey, .key)]), after: conclusion(.accountDenied))
        #expect(weighing.conclusion?.cause == .intercepted)
        #expect(weighing.conclusion?.confidence == .possible)
        #expect(weighing.runnerUp?.cause == .ipBlocked)
        #expect(Set(weighing.ruledOut.flatMap(\.causes)).contains(.keyRejected))
    }

    @Test func `same-refusal-for-any-key: a country is refused whatever the key, and stays the cause`() throws {
        let refused = exchange(.key, .key, 403, type: "request_forbidden", .regionBlocked)
        let weighing = try apply("same-refusal-for-any-key", evidence([refused, exchange(.badKey, .key, 403, type: "request_forbidden", .regionBlocked)]), after: conclusion(.regionBlocked))
        #expect(weighing.conclusion?.cause == .regionBlocked)
        #expect(!weighing.because.isEmpty)
    }

    @Test func `same-refusal-for-any-key: a rejected key, or other words, is another matter`() throws {
        #expect(isSilent(try apply("same-refusal-for-any-key", evidence([unknown(.key, .key), unknown(.badKey, .key)]), after: conclusion(.keyRejected))))
        #expect(isSilent(try apply("same-refusal-for-any-key", evidence([barred(.key, .key), unknown(.badKey, .key)]), after: conclusion(.accountDenied))))
    }

    @Test func `made-up-key-refused-otherwise: the real key is recognized`() throws {
        let weighing = try apply("made-up-key-refused-otherwise", evidence([barred(.key, .key), unknown(.badKey, .key)]), after: conclusion(.accountDenied))
        #expect(weighing.conclusion?.confidence == .certain)
        #expect(weighing.because.first?.text.contains("recognized") == true)
        #expect(Set(weighing.ruledOut.flatMap(\.causes)) == [.keyMissing, .keyMalformed, .keyRejected])
    }

    @Test func `made-up-key-refused-otherwise: a made-up key that is served, or refused for something else, shows nothing`() throws {
        #expect(isSilent(try apply("made-up-key-refused-otherwise", evidence([barred(.key, .key), exchange(.badKey, .key, 200, .healthy, .certain)]), after: conclusion(.accountDenied))))
        #expect(isSilent(try apply("made-up-key-refused-otherwise", evidence([barred(.key, .key), exchange(.badKey, .key, 503, type: "x", .providerOutage)]), after: conclusion(.accountDenied))))
        #expect(isSilent(try apply("made-up-key-refused-otherwise", evidence([barred(.key, .key), barred(.badKey, .key)]), after: conclusion(.accountDenied))))
    }

    @Test func `key-proven: a refusal elsewhere is not about the key`() throws {
        let weighing = try apply("key-proven", evidence([barred(.inference, .inference), proven]), after: conclusion(.accountDenied))
        #expect(weighing.conclusion?.confidence == .certain)
        #expect(Set(weighing.ruledOut.flatMap(\.causes)) == [.keyMissing, .keyMalformed, .keyRejected, .orgMismatch])
        #expect(try apply("key-proven", evidence([unknown(.inference, .inference), proven]), after: conclusion(.keyRejected, .certain)).conclusion?.confidence == .possible)
    }

    @Test func `key-proven: an account that somebody else refuses is not made certain`() throws {
        let page = exchange(.inference, .inference, 403, type: "x", .accountDenied, speaker: .unknown)
        #expect(try apply("key-proven", evidence([page, proven]), after: conclusion(.accountDenied)).conclusion?.confidence == .likely)
    }

    @Test func `key-proven: a public list proves no key, and without a key there is nothing to prove`() throws {
        #expect(isSilent(try apply("key-proven", evidence([barred(.inference, .inference), listed]), after: conclusion(.accountDenied))))
        #expect(isSilent(try apply("key-proven", evidence([barred(.inference, .inference), proven], target: Sample.target(key: nil)), after: conclusion(.accountDenied))))
        #expect(isSilent(try apply("key-proven", evidence([served, proven]), after: conclusion(.healthy))))
    }

    @Test func `account-not-model: an endpoint without a model refuses in the same words`() throws {
        let weighing = try apply("account-not-model", evidence([barred(.inference, .inference), barred(.key, .key)]), after: conclusion(.accountDenied))
        #expect(Set(weighing.ruledOut.flatMap(\.causes)) == [.modelUnavailable, .requestRejected, .contentFiltered])
        #expect(weighing.because.first?.exchanges == [0, 1])
        let other = try apply("account-not-model", evidence([barred(.inference, .inference), barred(.otherModel, .inference)]), after: conclusion(.accountDenied))
        #expect(other.because.first?.text.contains("Another model") == true)
    }

    @Test func `account-not-model: other words, or a missing path, say nothing of the account`() throws {
        #expect(isSilent(try apply("account-not-model", evidence([barred(.inference, .inference), proven]), after: conclusion(.accountDenied))))
        let gone = exchange(.inference, .inference, 404, type: "not_found", .wrongEndpoint)
        #expect(isSilent(try apply("account-not-model", evidence([gone, exchange(.key, .key, 404, type: "not_found", .wrongEndpoint)]), after: conclusion(.wrongEndpoint))))
    }

    @Test func `model-not-account: another model is served`() throws {
        let other = exchange(.otherModel, .inference, 200, .healthy, .certain, model: "n")
        for cause in [Cause.accountDenied, .permissionDenied, .inconclusive] {
            let refused = exchange(.inference, .inference, 403, type: "x", cause, reason: "r", .likely, model: "m")
            // Another law may have raised the confidence before.
            let weighing = try apply("model-not-account", evidence([refused, other]), after: conclusion(cause, reason: "r", .certain))
            #expect(weighing.conclusion?.cause == .modelUnavailable, "\(cause)")
            #expect(weighing.ruledOut.flatMap(\.causes).contains(.accountDenied))
        }
    }

    @Test func `model-not-account: what the answer said for certain stands, and a second refusal says nothing`() throws {
        let unverified = exchange(.inference, .inference, 403, type: "x", .accountDenied, reason: "unverified", .certain, model: "m")
        let other = exchange(.otherModel, .inference, 200, .healthy, .certain, model: "n")
        #expect(try apply("model-not-account", evidence([unverified, other]), after: conclusion(.accountDenied, reason: "unverified", .certain)).conclusion?.reason == "unverified")
        #expect(isSilent(try apply("model-not-account", evidence([barred(.inference, .inference), barred(.otherModel, .inference)]), after: conclusion(.accountDenied))))
    }

    @Test func `public-list: its 200 says nothing about the key`() throws {
        #expect(try apply("public-list", evidence([listed, unknown(.key, .key)]), after: conclusion(.keyRejected)).because.first?.exchanges == [0])
    }

    @Test func `public-list: a list that wants a key is not public`() throws {
        let endpoints: JSON = ["models": ["path": "/models", "needs_key": true, "proves_key": true], "inference": ["path": "/chat/completions"]]
        #expect(isSilent(try apply("public-list", evidence([listed], target: Sample.target(["endpoints": endpoints])), after: conclusion(.accountDenied))))
        #expect(isSilent(try apply("public-list", evidence([listed], target: Sample.target(key: nil)), after: conclusion(.keyMissing))))
        #expect(isSilent(try apply("public-list", evidence([listed, served]), after: conclusion(.healthy))))
    }

    @Test func `api-was-reached: network, proxy and certificate are sound`() throws {
        let weighing = try apply("api-was-reached", evidence([barred(.key, .key)]), after: conclusion(.accountDenied))
        #expect(Set(weighing.ruledOut.flatMap(\.causes)) == [.dnsFailure, .connectFailure, .tlsFailure, .proxyFailure, .intercepted, .wrongEndpoint])
    }

    @Test func `api-was-reached: a page or a dead request is not the API, and the conclusion is never ruled out`() throws {
        let page = exchange(.key, .key, 403, .intercepted, speaker: .unknown, body: .html)
        #expect(isSilent(try apply("api-was-reached", evidence([page, dead(.models, .models, .closed, .connectFailure)]), after: conclusion(.intercepted))))
        #expect(try !apply("api-was-reached", evidence([barred(.key, .key)]), after: conclusion(.wrongEndpoint)).ruledOut.flatMap(\.causes).contains(.wrongEndpoint))
    }

    @Test func `answered-by-other-requests: the network is not what stops it`() throws {
        let weighing = try apply("answered-by-other-requests", evidence([listed, dead(.inference, .inference, .timeout, .timeout)]), after: conclusion(.timeout, .certain, at: 1))
        #expect(weighing.conclusion?.confidence == .likely)
        #expect(weighing.runnerUp?.cause == .providerOutage)
        #expect(weighing.ruledOut.flatMap(\.causes) == [.dnsFailure, .tlsFailure, .proxyFailure])
    }

    @Test func `answered-by-other-requests: silent when nothing was answered or the cause lies elsewhere`() throws {
        #expect(isSilent(try apply("answered-by-other-requests", evidence([dead(.models, .models, .timeout, .timeout)]), after: conclusion(.timeout))))
        #expect(isSilent(try apply("answered-by-other-requests", evidence([listed, barred(.inference, .inference)]), after: conclusion(.accountDenied))))
    }

    @Test func `page-everywhere: this is not the API`() throws {
        let pages = [exchange(.models, .models, 404, .wrongEndpoint, .possible, speaker: .unknown, body: .html), exchange(.key, .key, 404, .wrongEndpoint, .possible, speaker: .unknown, body: .html)]
        let weighing = try apply("page-everywhere", evidence(pages), after: conclusion(.wrongEndpoint, .possible))
        #expect(weighing.conclusion?.confidence == .likely)
        #expect(weighing.because.first?.exchanges == [0, 1])
    }

    @Test func `page-everywhere: one page, or one word of the API, is not everywhere`() throws {
        let page = exchange(.models, .models, 404, .wrongEndpoint, .possible, speaker: .unknown, body: .html)
        #expect(isSilent(try apply("page-everywhere", evidence([page]), after: conclusion(.wrongEndpoint, .possible))))
        #expect(isSilent(try apply("page-everywhere", evidence([page, barred(.key, .key)]), after: conclusion(.wrongEndpoint, .possible))))
    }

    @Test func `passed-on-retry: the failure before is said`() throws {
        let failed = exchange(.inference, .inference, 503, type: "x", .providerOutage, model: "m")
        let passed = exchange(.inference, .inference, 200, .healthy, .certain, model: "m", attempt: 2)
        #expect(try apply("passed-on-retry", evidence([failed, passed]), after: conclusion(.healthy, .certain, at: 1)).because.first?.exchanges == [0, 1])
    }

    @Test func `passed-on-retry: a first success or a last failure is none`() throws {
        #expect(isSilent(try apply("passed-on-retry", evidence([served]), after: conclusion(.healthy))))
        #expect(isSilent(try apply("passed-on-retry", evidence([exchange(.inference, .inference, 503, type: "x", .providerOutage, model: "m", attempt: 2)]), after: conclusion(.providerOutage))))
    }

    // MARK: The table as a whole

    @Test func `the cause that is concluded is never ruled out`() throws {
        let answers = [served, barred(.inference, .inference), unknown(.inference, .inference), dead(.inference, .inference, .timeout, .timeout)]
        let proofs = [proven, barred(.key, .key), unknown(.key, .key), dead(.key, .key, .timeout, .timeout)]
        let controls = [nil, unknown(.badKey, .key), barred(.badKey, .key), exchange(.badKey, .key, 200, .healthy, .certain)]
        let others = [nil, exchange(.otherModel, .inference, 200, .healthy, .certain, model: "n"), barred(.otherModel, .inference)]
        for answer in answers {
            for proof in proofs {
                for control in controls {
                    for other in others {
                        var weighing = Weighing()
                        let evidence = try evidence([listed, proof, answer, control, other].compactMap(\.self))
                        for law in Law.all { law.apply(evidence, &weighing, law.name) }
                        let concluded = try #require(weighing.conclusion)
                        #expect(!weighing.ruledOut.flatMap(\.causes).contains(concluded.cause), "\(concluded) is ruled out")
                        #expect(!weighing.because.isEmpty)
                    }
                }
            }
        }
    }
}
