@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// Each law fires on the evidence it is about, and keeps silent where it must.
@Suite struct LawTests {
    // MARK: Evidence made by hand

    func evidence(_ exchanges: [Exchange], target: Target? = nil, options: Diagnosis.Options = .init()) throws -> Evidence {
        var evidence = Evidence(target: try target ?? Sample.target(model: "m"), options: options)
        for exchange in exchanges { evidence.add(exchange) }
        return evidence
    }

    func exchange(
        _ kind: Probe.Kind, _ endpoint: Vendor.EndpointName, _ status: Int, type: String? = nil, _ cause: Cause?, reason: String? = nil,
        _ certainty: Confidence = .likely, speaker: Speaker = .api, model: String? = nil, body: BodyKind = .json, attempt: Int = 1
    ) -> Exchange {
        let answer = Answer(status: status, bodyKind: body, errors: type.map { [ErrorLayer(message: "…", type: $0)] } ?? [])
        return Exchange(
            probe: Probe(kind, endpoint: endpoint, model: model), attempt: attempt,
            request: .init(
                method: endpoint == .inference ? "POST" : "GET", url: "https://api.sample.test/v1/\(endpoint.rawValue)", keyUse: .own),
            startedAt: Timestamp(seconds: 0), outcome: .answer(answer),
            reading: Reading(speaker: speaker, cause: cause, reason: reason, certainty: certainty))
    }

    func dead(
        _ kind: Probe.Kind, _ endpoint: Vendor.EndpointName, _ failure: TransportFailure.Kind, _ cause: Cause,
        _ certainty: Confidence = .certain
    ) -> Exchange {
        var exchange = exchange(kind, endpoint, 0, cause, reason: failure.rawValue, certainty, speaker: .unknown)
        exchange.outcome = .failure(.init(kind: failure, message: "it broke"))
        return exchange
    }

    var served: Exchange { exchange(.inference, .inference, 200, .healthy, .certain, model: "m") }
    var listed: Exchange { exchange(.models, .models, 200, .healthy, .certain) }
    var proven: Exchange { exchange(.key, .key, 200, .healthy, .certain) }
    func barred(_ kind: Probe.Kind, _ endpoint: Vendor.EndpointName) -> Exchange {
        exchange(kind, endpoint, 403, type: "account_barred", .accountDenied, reason: "account_blocked")
    }
    func unknown(_ kind: Probe.Kind, _ endpoint: Vendor.EndpointName) -> Exchange {
        exchange(kind, endpoint, 401, type: "authentication_error", .keyRejected, reason: "unknown_key")
    }

    func conclusion(_ cause: Cause, reason: String? = nil, _ confidence: Confidence = .likely, at index: Int? = 0)
        -> Weighing.Conclusion
    {
        .init(cause: cause, reason: reason, confidence: confidence, exchange: index)
    }

    /// What one law alone makes of the evidence.
    func apply(_ name: String, _ evidence: Evidence, after conclusion: Weighing.Conclusion? = nil) throws -> Weighing {
        let law = try #require(Law.all.first { $0.name == name })
        var weighing = Weighing()
        weighing.conclusion = conclusion
        law.apply(evidence, &weighing, law.name)
        for statement in weighing.because { #expect(statement.law == name) }
        for excluded in weighing.ruledOut { #expect(excluded.law == name) }
        return weighing
    }

    func isSilent(_ weighing: Weighing) -> Bool { weighing.because.isEmpty && weighing.ruledOut.isEmpty }

    @Test func `every law has a name of its own, a sentence, and a test here`() {
        #expect(Set(Law.all.map(\.name)).count == Law.all.count)
        for law in Law.all { #expect(law.statement.hasSuffix(".") && !law.name.contains(" ")) }
        let tested: Set = [
            "unusable-before-asking", "asked-for-besides", "inference-answered", "dead-at-the-same-step", "key-proof-refuses-the-key",
            "most-telling-refusal",
            "nothing-decides",
            "no-key-was-sent", "refused-like-a-made-up-key", "same-refusal-for-any-key", "made-up-key-refused-otherwise",
            "same-without-a-key",
            "no-key-refused-otherwise", "plain-http-through-a-proxy", "password-for-the-proxy", "answers-disagree", "key-proven",
            "account-not-model",
            "model-not-account", "public-list",
            "api-was-reached", "answered-by-other-requests", "page-everywhere", "passed-on-retry", "doubtful-base-url",
            // These have their test among those of each law switched off, and among those of the follow-ups.
            "answered-by-another-vendor", "probe-model-replaced", "api-not-account", "account-not-api", "api-at-another-path",
            "no-api-at-other-paths", "edge-sees-country", "status-page-reports-trouble", "green-page-proves-nothing",
            "served-in-another-form",
        ]
        #expect(Set(Law.all.map(\.name)).subtracting(tested).isEmpty, "laws without a test")
        #expect(tested.subtracting(Law.all.map(\.name)).isEmpty, "tests of laws that are gone")
    }

    // MARK: The table as a whole

    @Test func `the cause that is concluded is never ruled out`() throws {
        let answers = [
            served, barred(.inference, .inference), unknown(.inference, .inference), dead(.inference, .inference, .timeout, .timeout),
        ]
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
