extension Law {
    /// The laws about requests repeated with a made-up key or without one.
    ///
    /// They compare twins: the same request, to the same endpoint, with the same model, but for the key.
    static let control: [Law] = [
        Law("no-key-was-sent", "A refusal of the key, where none was sent, asks for one.") { evidence, weighing, law in
            guard evidence.target.credential == nil, evidence.target.headers.isEmpty, let conclusion = weighing.conclusion else { return }
            guard conclusion.cause == .keyRejected || conclusion.cause == .keyMissing, let index = conclusion.exchange else { return }
            weighing.conclusion = .init(cause: .keyMissing, reason: "key_not_sent", confidence: conclusion.confidence, exchange: index)
            weighing.say(law, "It was sent without a key: none was found, or named.", [index])
        },
        Law("refused-like-a-made-up-key", "A key that gets the same refusal as an invented one is one the service does not know.") {
            guard let (own, control) = madeUpTwins($0), $1.conclusion?.cause == .keyRejected, own.isSameRefusal(as: control) else { return }
            refusedLikeInvented(own, control, &$1, $2)
        },
        Law("same-refusal-for-any-key", "A refusal that is the same with a made-up key does not depend on the key.") {
            guard let (own, control) = madeUpTwins($0), own.isSameRefusal(as: control) else { return }
            guard let cause = $1.conclusion?.cause, cause != .keyRejected, cause != .healthy else { return }
            sameForAnyKey(cause, own, control, &$1, $2)
        },
        Law("made-up-key-refused-otherwise", "A made-up key that is refused in other words shows that the service knows the real one.") {
            guard let (own, control) = madeUpTwins($0), !own.isSameRefusal(as: control) else { return }
            guard control.answer.status == 401 || control.reading.cause == .keyRejected else { return }
            guard let cause = $1.conclusion?.cause, cause != .keyRejected, cause != .healthy else { return }
            refusedOtherwise(own, control, $0, &$1, $2)
        },
        Law(
            "same-without-a-key",
            "A request without any key that gets the same refusal shows that the key does not arrive, or is not looked at."
        ) {
            guard let (own, control) = twins(.noKey, $0), own.isSameRefusal(as: control), $1.conclusion?.cause == .keyMissing else {
                return
            }
            $1.say($2, "Without any key the answer is the same: the key does not arrive, or is not looked at.", [own.index, control.index])
            if own.reading.speaker == .api { $1.raiseOneStep() }
        },
        Law("no-key-refused-otherwise", "A request without a key that is refused in other words shows that the key arrives.") {
            guard let (own, control) = twins(.noKey, $0), !own.isSameRefusal(as: control), $1.conclusion?.cause == .keyMissing else {
                return
            }
            $1.say(
                $2, "Without any key the answer is another (\(Wording.answer(control.exchange))): the key does arrive.",
                [own.index, control.index])
            $1.lower(to: .possible)
            $1.runnerUp = .init(cause: .keyRejected, separatedBy: "the same check with a new key")
        },
    ]

    /// The laws that say that the service knows the key.
    static let provingKey: Set<String> = ["key-proven", "made-up-key-refused-otherwise"]

    // MARK: What they say

    private static func refusedLikeInvented(_ own: Twin, _ control: Twin, _ weighing: inout Weighing, _ law: String) {
        weighing.say(
            law, "A made-up key gets the same refusal (\(Wording.answer(control.exchange))): the service does not know this key.",
            [own.index, control.index])
        if own.reading.speaker == .api, !own.answer.errors.isEmpty {
            weighing.raiseOneStep()
        } else {
            weighing.runnerUp = .init(
                cause: .intercepted, separatedBy: "the same check from another network, and a look at what stands in front of the API")
        }
    }

    private static func sameForAnyKey(_ cause: Cause, _ own: Twin, _ control: Twin, _ weighing: inout Weighing, _ law: String) {
        let both = [own.index, control.index]
        guard [.accountDenied, .permissionDenied, .billingBlocked].contains(cause) else {
            weighing.say(law, "A made-up key gets the same refusal: it does not depend on the key.", both)
            if own.reading.certainty >= .likely {
                weighing.ruleOut([.keyMalformed, .keyRejected, .orgMismatch], law, "A made-up key gets the same refusal.", both)
            }
            return
        }
        guard own.reading.speaker == .api else {
            weighing.say(law, "A made-up key gets the same refusal: whoever refuses does so before looking at the key.", both)
            weighing.conclusion = .init(cause: .intercepted, reason: "refused_before_key", confidence: .possible, exchange: own.index)
            weighing.runnerUp = .init(cause: .ipBlocked, separatedBy: "the same check from another network")
            return
        }
        weighing.say(law, "A made-up key gets the same refusal: the service does not tell this key from an invented one.", both)
        if own.reading.certainty == .possible {
            weighing.conclusion = .init(cause: .keyRejected, reason: "unknown_key", confidence: .possible, exchange: own.index)
            weighing.runnerUp = .init(cause: .ipBlocked, separatedBy: "the same check from another network")
        } else {
            weighing.lower(to: .possible)
            weighing.runnerUp = .init(cause: .keyRejected, separatedBy: "the same check with a new key")
        }
    }

    private static func refusedOtherwise(_ own: Twin, _ control: Twin, _ evidence: Evidence, _ weighing: inout Weighing, _ law: String) {
        let both = [own.index, control.index]
        weighing.say(
            law, "The key is recognized: this one gets \(Wording.answer(own.exchange)), a made-up one \(Wording.answer(control.exchange))",
            both)
        weighing.ruleOut(
            [.keyMissing, .keyMalformed, .keyRejected], law, "A made-up key is refused in other words; this one is recognized.", both)
        raiseRefusal(of: own.reading, &weighing)
    }

    /// Knowing that the key is good makes sure of a refusal whose words say what it is about, and of no other.
    static func raiseRefusal(of reading: Reading, _ weighing: inout Weighing) {
        guard let cause = weighing.conclusion?.cause, [.accountDenied, .permissionDenied, .billingBlocked].contains(cause) else { return }
        guard reading.speaker == .api else { return }
        weighing.raise(to: reading.certainty >= .likely ? .certain : .likely)
    }

    // MARK: Twins

    private struct Twin {
        let index: Int
        let exchange: Exchange
        let answer: Answer

        var reading: Reading { exchange.reading }

        init?(_ item: Evidence.Item) {
            guard let answer = item.answer else { return nil }
            (index, exchange, self.answer) = (item.index, item.exchange, answer)
        }

        func isSameRefusal(as other: Twin) -> Bool { answer.isSameRefusal(as: other.answer) }
    }

    private static func madeUpTwins(_ evidence: Evidence) -> (own: Twin, control: Twin)? { twins(.badKey, evidence) }

    /// The own request that was refused, and the same one with another key.
    private static func twins(_ kind: Probe.Kind, _ evidence: Evidence) -> (own: Twin, control: Twin)? {
        guard let control = evidence.last(kind).flatMap(Twin.init) else { return nil }
        let probe = control.exchange.probe
        let own = evidence.own.last { item in
            let candidate = item.exchange.probe
            return candidate.endpoint == probe.endpoint && candidate.kind != .otherModel
                && (candidate.model == probe.model || probe.variant != nil)
        }
        guard let own = own.flatMap(Twin.init), own.answer.isRefusal else { return nil }
        return (own, control)
    }
}
