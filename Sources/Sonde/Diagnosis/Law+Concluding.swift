extension Law {
    /// The laws that name a cause. The first that finds one ends the search.
    static let concluding: [Law] = [
        Law("unusable-before-asking", "What cannot be a key or an address is not tried.") { evidence, weighing, law in
            guard let finding = evidence.target.blockingFinding, let cause = finding.cause else { return }
            weighing.conclusion = .init(cause: cause, reason: finding.reason, confidence: .certain)
            weighing.say(law, finding.text + " Nothing was sent.", [])
        },
        Law(
            "answered-by-another-vendor", "A refusal of the key by the host of another vendor means that the request went to the wrong one."
        ) { evidence, weighing, law in
            guard weighing.conclusion == nil, evidence.target.findings.contains(where: { $0.reason == "other_vendors_host" }) else {
                return
            }
            guard let item = evidence.own.first(where: { $0.reading.cause == .keyRejected || $0.reading.cause == .keyMissing }) else {
                return
            }
            weighing.conclude(
                law, Reading(speaker: item.reading.speaker, cause: .wrongEndpoint, reason: "other_vendors_host", certainty: .likely),
                at: item.index,
                "\(evidence.target.baseURL.host), which is not \(evidence.target.vendor.name)'s, refused the key: \(Wording.answer(item.exchange))"
            )
        },
        Law("asked-for-besides", "Where plain inference works and something asked for besides it fails, that is what there is to explain.")
        {
            evidence, weighing, law in
            guard weighing.conclusion == nil, let inference = evidence.inference, inference.reading.isHealthy else { return }
            guard
                let item = evidence.optional.first(where: { !$0.reading.isHealthy && $0.reading.cause.map { $0 != .inconclusive } ?? false }
                )
            else { return }
            weighing.conclude(
                law, item.reading, at: item.index,
                "Inference answered in the right shape, but \(Wording.request(item.exchange)) (\(item.exchange.probe.kind.rawValue)) did not: \(Wording.failed(item))"
            )
        },
        Law("inference-answered", "An inference answer in the right shape is health, whatever else failed.") { evidence, weighing, law in
            guard weighing.conclusion == nil, let item = evidence.generated, item.reading.isHealthy else { return }
            // Of several recorded calls one that failed is what there is to explain.
            guard evidence.own.allSatisfy({ $0.exchange.probe.variant == nil || $0.reading.isHealthy }) else { return }
            weighing.conclude(
                law, item.reading, at: item.index,
                "Inference answered in the right shape\(Wording.model(item.answer?.facts.inference?.model)).")
        },
        Law("probe-model-replaced", "A model that nobody asked for may be gone: where another one answers, the target is healthy.") {
            evidence, weighing, law in
            guard weighing.conclusion == nil, let other = evidence.replacement, let inference = evidence.inference else { return }
            let gone = inference.exchange.probe.model ?? "the model"
            weighing.conclude(
                law, other.reading, at: other.index,
                "\(gone), which nobody asked for, is not available (\(Wording.answer(inference.exchange))); \(other.exchange.probe.model ?? "another model") answered in the right shape."
            )
        },
        Law("dead-at-the-same-step", "When no request got an answer, the step at which the first died is the cause.") {
            evidence, weighing, law in
            guard weighing.conclusion == nil, !evidence.exchanges.isEmpty, !evidence.wasAnswered else { return }
            let failed = evidence.own.filter { $0.reading.cause != nil && $0.reading.cause != .inconclusive }
            guard let item = failed.max(by: { $0.reading.certainty < $1.reading.certainty }) else { return }
            weighing.conclude(law, item.reading, at: item.index, Wording.failure(item.exchange))
        },
        Law("key-proof-refuses-the-key", "Where the key's own proof refuses it, no other refusal counts.") { evidence, weighing, law in
            guard weighing.conclusion == nil, let proof = evidence.keyProof, let cause = proof.reading.cause else { return }
            guard cause == .keyRejected || cause == .keyMissing, proof.reading.certainty >= .likely else { return }
            weighing.conclude(
                law, proof.reading, at: proof.index,
                "\(Wording.request(proof.exchange)), which proves a key, answered: \(Wording.answer(proof.exchange))")
        },
        Law("most-telling-refusal", "Of several refusals the one that says most is the cause; inference before the rest.") {
            evidence, weighing, law in
            guard weighing.conclusion == nil else { return }
            let ranked = evidence.own.filter { item in
                let cause = item.reading.cause
                return cause != nil && cause != .healthy && cause != .inconclusive && !evidence.isIdleRefusal(item)
            }.sorted { rank($0) > rank($1) }
            guard let item = ranked.first else { return }
            weighing.conclude(
                law, item.reading, at: item.index, "\(Wording.request(item.exchange)) answered: \(Wording.answer(item.exchange))")
            // Inference was asked and left it open: what another endpoint says is not the whole story.
            if item.exchange.probe.kind != .inference, evidence.inference != nil { weighing.lower(to: .likely) }
        },
        Law("nothing-decides", "Where nothing was tested or understood, nothing is claimed.") { evidence, weighing, law in
            guard weighing.conclusion == nil else { return }
            // Where no inference was sent, what kept it from being sent.
            let inference = evidence.generated ?? evidence.own.first { $0.exchange.failure != nil && $0.reading.cause == .inconclusive }
            let reason: String
            if let inference {
                reason = inference.reading.reason ?? "unknown_answer"
            } else if let withheld = evidence.withheld.first(where: { !$0.kind.isFollowUp }) {
                reason = withheld.reason.rawValue
            } else if evidence.target.isRecorded, evidence.own.contains(where: \.reading.isHealthy) {
                reason = "nothing_failed"
            } else if !evidence.options.infers {
                reason = "inference_not_tested"
            } else {
                reason = evidence.exchanges.isEmpty ? "nothing_sent" : "no_model"
            }
            weighing.conclusion = .init(cause: .inconclusive, reason: reason, confidence: .possible, exchange: inference?.index)
            weighing.say(law, Wording.undecided(reason, inference?.exchange), inference.map { [$0.index] } ?? [])
        },
    ]

    /// What speaks loudest: a refusal of inference before all others, then certainty, then the proof before the list.
    ///
    /// A request for inference that got no answer comes behind refusals that are certain: they explain more.
    private static func rank(_ item: Evidence.Item) -> Int {
        if item.exchange.probe.kind == .inference, item.answer == nil { return 19 }
        let certainty =
            switch item.reading.certainty {
            case .certain: 20
            case .likely: 10
            case .possible: 0
            }
        let place =
            switch item.exchange.probe.kind {
            case .inference: 100
            case .streaming, .responses: 50
            case .key: 2
            case .models: 1
            default: 0
            }
        return certainty + place
    }
}
