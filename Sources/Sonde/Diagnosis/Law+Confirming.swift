extension Law {
    /// The laws that hold a conclusion against the rest of the evidence.
    static let confirming: [Law] = [
        Law("no-key-was-sent", "A refusal of the key, where none was sent, asks for one.") { evidence, weighing, law in
            guard evidence.target.credential == nil, evidence.target.headers.isEmpty, let conclusion = weighing.conclusion else { return }
            guard conclusion.cause == .keyRejected || conclusion.cause == .keyMissing, let index = conclusion.exchange else { return }
            weighing.conclusion = .init(cause: .keyMissing, reason: "key_not_sent", confidence: conclusion.confidence, exchange: index)
            weighing.say(law, "It was sent without a key: none was found, or named.", [index])
        },
        Law("refused-like-a-made-up-key", "A key that gets the same refusal as an invented one is one the service does not know.") { evidence, weighing, law in
            guard let (own, control) = controlled(evidence), weighing.conclusion?.cause == .keyRejected, own.isSameRefusal(as: control.answer) else { return }
            weighing.say(law, "A made-up key gets the same refusal (\(Wording.answer(control.item.exchange))): the service does not know this key.", [own.index, control.item.index])
            weighing.raise(to: .certain)
        },
        Law("same-refusal-for-any-key", "A refusal that is the same with a made-up key is not about the key, nor about the account.") { evidence, weighing, law in
            guard let (own, control) = controlled(evidence), own.isSameRefusal(as: control.answer), let cause = weighing.conclusion?.cause, cause != .keyRejected else { return }
            weighing.ruleOut([.keyMalformed, .keyRejected, .orgMismatch], law, "A made-up key gets the same refusal, so it is not about the key.", [own.index, control.item.index])
            if [.accountDenied, .permissionDenied, .billingBlocked].contains(cause) {
                weighing.say(law, "A made-up key gets the same refusal: whoever refuses does so before looking at the key.", [own.index, control.item.index])
                weighing.conclusion = .init(cause: .intercepted, reason: "refused_before_key", confidence: .possible, exchange: own.index)
                weighing.runnerUp = .init(cause: .ipBlocked, separatedBy: "the same check from another network")
            } else {
                weighing.say(law, "A made-up key gets the same refusal: it does not depend on the key.", [own.index, control.item.index])
            }
        },
        Law("made-up-key-refused-otherwise", "A made-up key that is refused in other words shows that the service knows the real one.") { evidence, weighing, law in
            guard let (own, control) = controlled(evidence), !own.isSameRefusal(as: control.answer), control.answer.status == 401 || control.item.reading.cause == .keyRejected else { return }
            guard let cause = weighing.conclusion?.cause, cause != .keyRejected, cause != .healthy else { return }
            weighing.say(
                law, "The key is recognized: this one gets \(Wording.answer(evidence.exchanges[own.index])), a made-up one \(Wording.answer(control.item.exchange))",
                [own.index, control.item.index])
            weighing.ruleOut([.keyMissing, .keyMalformed, .keyRejected], law, "A made-up key is refused in other words; this one is recognized.", [own.index, control.item.index])
            if [.accountDenied, .permissionDenied, .billingBlocked].contains(cause) { weighing.raise(to: .certain) }
        },
        Law("key-proven", "A key that its own proof accepts is a good key; a refusal elsewhere is about account, tier, scope or model.") { evidence, weighing, law in
            guard let proof = evidence.proofOfKey, let conclusion = weighing.conclusion, conclusion.cause != .healthy else { return }
            let text = "\(Wording.request(proof.exchange)) accepted the key (\(Wording.answer(proof.exchange)))."
            weighing.say(law, text, [proof.index])
            weighing.ruleOut([.keyMissing, .keyMalformed, .keyRejected, .orgMismatch], law, text, [proof.index])
            if Cause.key.contains(conclusion.cause) { weighing.lower(to: .possible) }
            if [.accountDenied, .billingBlocked, .permissionDenied].contains(conclusion.cause), conclusion.exchange.map({ evidence.exchanges[$0].reading.speaker == .api }) == true {
                weighing.raise(to: .certain)
            }
        },
        Law("account-not-model", "The same refusal at an endpoint without a model is about the account, not about a model.") { evidence, weighing, law in
            guard let conclusion = weighing.conclusion, conclusion.cause != .healthy, conclusion.cause != .keyRejected else { return }
            guard let inference = evidence.inference, let refused = inference.answer, refused.status != 404, !refused.errors.isEmpty else { return }
            let elsewhere = evidence.own.filter { $0.index != inference.index && ($0.answer.map { refused.isSameRefusal(as: $0) } ?? false) }
            let other = evidence.last(.otherModel).flatMap { item in item.answer.map { refused.isSameRefusal(as: $0) } == true ? item : nil }
            guard let witness = other ?? elsewhere.first(where: { $0.exchange.probe.endpoint != .inference }) else { return }
            let text = other != nil ? "Another model is refused in the same words: it is not about the model." : "\(Wording.request(witness.exchange)), which has no model, is refused in the same words."
            weighing.say(law, text, [inference.index, witness.index])
            weighing.ruleOut([.modelUnavailable, .requestRejected, .contentFiltered], law, text, [inference.index, witness.index])
        },
        Law("model-not-account", "When another model is served, the refusal is about the first one.") { evidence, weighing, law in
            guard let other = evidence.last(.otherModel), other.reading.isHealthy, let conclusion = weighing.conclusion, conclusion.cause != .healthy else { return }
            let text = "Another model\(Wording.model(other.exchange.probe.model)) is served with the same key."
            weighing.say(law, text, [other.index])
            // What the answer itself left open is decided by the other model; what it said for certain stands.
            let isOpen = conclusion.exchange.map { evidence.exchanges[$0].reading.certainty < .certain } ?? true
            if conclusion.cause == .inconclusive || (isOpen && [.permissionDenied, .accountDenied].contains(conclusion.cause)) {
                weighing.conclusion = .init(cause: .modelUnavailable, reason: "not_open_to_account", confidence: .likely, exchange: conclusion.exchange)
            }
            weighing.ruleOut([.keyRejected, .keyMissing, .accountDenied], law, text, [other.index])
        },
        Law("public-list", "A list that answers without a key proves nothing about the key.") { evidence, weighing, law in
            guard let models = evidence.models, models.reading.isHealthy, evidence.target.vendor.endpoints[.models]?.needsKey == false else { return }
            guard weighing.conclusion?.cause != .healthy, evidence.target.credential != nil else { return }
            weighing.say(law, "The model list answers anyone: its 200 says nothing about the key.", [models.index])
        },
        Law("api-was-reached", "Where the API itself answers, the network, the proxy and the certificate are sound.") { evidence, weighing, law in
            guard weighing.conclusion?.cause != .healthy, let word = evidence.firstWordOfAPI else { return }
            let text = "The API itself answered \(Wording.request(word.exchange)) (\(Wording.answer(word.exchange)))."
            weighing.ruleOut([.dnsFailure, .connectFailure, .tlsFailure, .proxyFailure, .intercepted, .wrongEndpoint], law, text, [word.index])
        },
        Law("answered-by-other-requests", "A request that dies while others on the same way are answered is not stopped by the network.") { evidence, weighing, law in
            guard let conclusion = weighing.conclusion, Cause.network.contains(conclusion.cause), evidence.wasAnswered else { return }
            guard let other = evidence.exchanges.firstIndex(where: { $0.answer != nil }) else { return }
            let text = "Other requests to the same host were answered (\(Wording.request(evidence.exchanges[other])), \(Wording.answer(evidence.exchanges[other])))."
            weighing.say(law, text, [other])
            weighing.ruleOut([.dnsFailure, .tlsFailure, .proxyFailure], law, text, [other])
            if conclusion.cause == .timeout || conclusion.cause == .connectFailure {
                weighing.runnerUp = .init(cause: .providerOutage, separatedBy: "the same check a few minutes later, and the vendor's status page")
            }
            weighing.lower(to: .likely)
        },
        Law("page-everywhere", "When every answer is a page and none speaks the API's language, this is not the API.") { evidence, weighing, law in
            guard weighing.conclusion?.cause == .wrongEndpoint, evidence.firstWordOfAPI == nil else { return }
            let pages = evidence.own.filter { $0.answer?.bodyKind == .html }
            guard pages.count >= 2, pages.count == evidence.own.count else { return }
            weighing.say(law, "Every answer is a web page; none has the API's form.", pages.map(\.index))
            weighing.raise(to: .likely)
        },
        Law("passed-on-retry", "A failure that a retry mends is a warning, not nothing.") { evidence, weighing, law in
            guard let item = evidence.inference, item.reading.isHealthy, item.exchange.attempt > 1 else { return }
            weighing.say(law, "It passed on attempt \(item.exchange.attempt); the first failed.", evidence.exchanges.indices.filter { evidence.exchanges[$0].probe == item.exchange.probe })
        },
    ]

    private struct Refused {
        let index: Int
        let answer: Answer
        func isSameRefusal(as other: Answer) -> Bool { answer.isSameRefusal(as: other) }
    }

    /// The own request that was refused and its twin with a made-up key.
    private static func controlled(_ evidence: Evidence) -> (own: Refused, control: (item: Evidence.Item, answer: Answer))? {
        guard let control = evidence.last(.badKey), let controlAnswer = control.answer else { return nil }
        let twin = evidence.own.last { $0.exchange.probe.endpoint == control.exchange.probe.endpoint }
        guard let twin, let answer = twin.answer, !answer.isSuccess else { return nil }
        return (Refused(index: twin.index, answer: answer), (control, controlAnswer))
    }
}
