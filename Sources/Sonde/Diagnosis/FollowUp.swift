/// A request beyond the baseline, sent only when it separates causes that are still open.
public struct FollowUp: Sendable {
    /// The probe's name.
    public let name: String
    /// What it separates, in one sentence, for `--dry-run` and the documentation.
    public let purpose: String
    let probe: @Sendable (Evidence, Weighing) -> Probe?

    /// The probes worth sending now; none that was sent before.
    static func choose(_ evidence: Evidence) -> [Probe] {
        var weighing = Weighing()
        for law in Law.all { law.apply(evidence, &weighing, law.name) }
        return all.compactMap { followUp in
            guard let probe = followUp.probe(evidence, weighing), !evidence.exchanges.contains(where: { $0.probe.kind == probe.kind }) else { return nil }
            return probe
        }
    }

    public static let all: [FollowUp] = [
        FollowUp(name: "bad-key", purpose: "The refused request again with a made-up key: is the refusal about the key at all?") { evidence, weighing in
            guard evidence.options.usesControl, let credential = evidence.target.credential else { return nil }
            // A made-up key says nothing about a token: the service tells the kinds apart before it looks any closer.
            guard !evidence.target.vendor.key.tokens.contains(where: { $0.prefix == credential.publicPrefix }) else { return nil }
            if evidence.options.provesKey, evidence.proofOfKey == nil, let served = evidence.own.first(where: \.reading.isHealthy) {
                return Probe(.badKey, endpoint: served.exchange.probe.endpoint, model: served.exchange.probe.model)
            }
            guard evidence.options.followsUp, let conclusion = weighing.conclusion, conclusion.confidence < .certain, open.contains(conclusion.cause) else { return nil }
            guard evidence.proofOfKey == nil else { return nil }
            let proofs = evidence.own.filter { item in
                let endpoint = evidence.target.vendor.endpoints[item.exchange.probe.endpoint]
                return endpoint?.provesKey == true && isRefusal(item) && !evidence.isIdleRefusal(item)
            }
            let candidates = proofs.filter { $0.exchange.probe.kind != .inference } + proofs + evidence.own.filter { $0.exchange.probe.kind == .inference && isRefusal($0) }
            return candidates.first.map { Probe(.badKey, endpoint: $0.exchange.probe.endpoint, model: $0.exchange.probe.model) }
        },
        FollowUp(name: "no-key", purpose: "The request again without a key: does the key reach the service, or is it stripped on the way?") { evidence, weighing in
            guard evidence.options.followsUp, evidence.target.credential != nil, weighing.conclusion?.cause == .keyMissing else { return nil }
            return evidence.own.first(where: { $0.reading.cause == .keyMissing }).map { Probe(.noKey, endpoint: $0.exchange.probe.endpoint, model: $0.exchange.probe.model) }
        },
        FollowUp(name: "other-model", purpose: "The smallest request with another model: is it the model or the account?") { evidence, weighing in
            guard evidence.options.followsUp, let conclusion = weighing.conclusion, let inference = evidence.inference else { return nil }
            // What the answer said by itself counts here, not what the laws made of it with the evidence at hand.
            let isOpen = inference.reading.certainty < .certain || conclusion.cause == .modelUnavailable
            guard isOpen, !evidence.options.hasOwnBody, evidence.keyProof?.reading.isHealthy ?? true, inference.answer != nil else { return nil }
            let isAboutModel = [.modelUnavailable, .permissionDenied, .inconclusive].contains(conclusion.cause) || (conclusion.cause == .accountDenied && evidence.proofOfKey != nil)
            guard isAboutModel, conclusion.reason != "missing_scope" else { return nil }
            return ModelChoice.other(than: inference.exchange.probe.model, evidence).map { Probe(.otherModel, endpoint: .inference, model: $0) }
        },
        FollowUp(name: "handshake", purpose: "A bare TLS handshake, no request: who signed the certificate that was not accepted?") { evidence, weighing in
            guard evidence.options.followsUp, evidence.exchanges.contains(where: { $0.failure?.kind == .certificate }) else { return nil }
            return Probe(.handshake, endpoint: .models)
        },
    ]

    /// The causes between which a made-up key can separate.
    private static let open: Set<Cause> = [.keyRejected, .keyMissing, .accountDenied, .permissionDenied, .billingBlocked, .regionBlocked, .ipBlocked, .orgMismatch, .inconclusive]

    private static func isRefusal(_ item: Evidence.Item) -> Bool {
        guard let status = item.answer?.status else { return false }
        return status == 401 || status == 402 || status == 403
    }
}
