extension Law {
    /// The laws that hold a conclusion against the rest of the evidence.
    static let confirming: [Law] = [
        Law("plain-http-through-a-proxy", "A request that was sent over https and arrives in the open lost its encryption at the proxy.") {
            evidence, weighing, law in
            guard let conclusion = weighing.conclusion, conclusion.cause == .wrongEndpoint, conclusion.reason == "plain_http",
                evidence.target.route.isThroughProxy, evidence.target.baseURL.scheme == .https
            else { return }
            weighing.conclusion = .init(
                cause: .proxyFailure, reason: "proxy_strips_tls", confidence: .likely, exchange: conclusion.exchange)
            weighing.say(law, "It went through a proxy, and arrived without encryption.", conclusion.exchange.map { [$0] } ?? [])
            weighing.runnerUp = .init(cause: .wrongEndpoint, separatedBy: "the same check without the proxy: --route direct")
        },
        Law("password-for-the-proxy", "Who asks for a user name and a password on the way through a proxy is the proxy.") {
            evidence, weighing, law in
            let facts = RouteFacts(evidence.target.route)
            guard let conclusion = weighing.conclusion, let index = conclusion.exchange, let proxy = facts.proxy else { return }
            // Over plain http it may as well be the service behind that asks, but no API does.
            let isReadable = evidence.target.baseURL.scheme == .http && proxy.hasPrefix("http")
            let asks = { (reading: Reading) in reading.reason == "proxy_password" || isReadable && reading.reason == "basic_auth" }
            // Who refuses a request before its body has come may cut the connection, so that of it nothing is known.
            guard asks(evidence.exchanges[index].reading) || evidence.exchanges[index].failure != nil,
                let item = evidence.own.first(where: { asks($0.reading) })
            else { return }
            weighing.conclusion = .init(
                cause: .proxyFailure, reason: facts.hasProxyCredentials ? "proxy_password_refused" : "proxy_password",
                confidence: min(conclusion.confidence, item.reading.certainty), exchange: item.index)
            guard item.reading.reason == "basic_auth" else { return }
            weighing.say(
                law, "The request went to the proxy in the open, and the answer asks for a user name and a password, which no API does.",
                [item.index])
            weighing.runnerUp = .init(cause: .intercepted, separatedBy: "the same check without the proxy: --route direct")
        },
        Law("answers-disagree", "Where the same call fails in different ways, no single answer is the whole story.") {
            evidence, weighing, law in
            guard let conclusion = weighing.conclusion, let index = conclusion.exchange, conclusion.cause != .inconclusive else { return }
            let told = evidence.exchanges[index].probe
            let other = evidence.own.first { item in
                let probe = item.exchange.probe
                guard item.index != index, probe.endpoint == told.endpoint, probe.kind == told.kind else { return false }
                guard let cause = item.reading.cause, ![.healthy, .inconclusive, conclusion.cause].contains(cause) else { return false }
                return item.reading.certainty >= .likely
            }
            guard let other, let cause = other.reading.cause else { return }
            if other.exchange.failure != nil, conclusion.cause == .keyMissing {
                // Who asks without a key tries the way, not the account: what died before is what there is to explain.
                weighing.conclude(law, other.reading, at: other.index, Wording.failure(other.exchange))
            } else {
                let failed = other.exchange.failure?.message ?? Wording.answer(other.exchange)
                weighing.say(law, "Another call of the same kind failed otherwise: \(failed)", [index, other.index])
            }
            weighing.lower(to: .likely)
            weighing.runnerUp = .init(
                cause: weighing.conclusion?.cause == cause ? conclusion.cause : cause,
                separatedBy: "the same call once more, with its whole answer")
        },
        Law("key-proven", "A key that its own proof accepts is a good key; a refusal elsewhere is about account, tier, scope or model.") {
            evidence, weighing, law in
            guard let proof = evidence.proofOfKey, let conclusion = weighing.conclusion, conclusion.cause != .healthy else { return }
            let text = "\(Wording.request(proof.exchange)) accepted the key (\(Wording.answer(proof.exchange)))."
            weighing.say(law, text, [proof.index])
            weighing.ruleOut([.keyMissing, .keyMalformed, .keyRejected, .orgMismatch], law, text, [proof.index])
            if Cause.key.contains(conclusion.cause) { weighing.lower(to: .possible) }
            if let index = conclusion.exchange { raiseRefusal(of: evidence.exchanges[index].reading, &weighing) }
        },
        Law("account-not-model", "The same refusal at an endpoint without a model is about the account, not about a model.") {
            evidence, weighing, law in
            let aboutRequest: [Cause] = [.modelUnavailable, .requestRejected, .contentFiltered]
            guard let conclusion = weighing.conclusion, !(aboutRequest + [.healthy, .keyRejected]).contains(conclusion.cause) else {
                return
            }
            guard let inference = evidence.inference, let refused = inference.answer, refused.status != 404, !refused.errors.isEmpty else {
                return
            }
            let isSame = { (item: Evidence.Item) in item.answer.map { refused.isSameRefusal(as: $0) } ?? false }
            let elsewhere = evidence.own.first { !$0.exchange.probe.generates && isSame($0) }
            let text: String
            let witness: Evidence.Item
            if let other = evidence.last(.otherModel), isSame(other) {
                (text, witness) = ("Another model is refused in the same words: it is not about the model.", other)
            } else if let elsewhere {
                (text, witness) = ("\(Wording.request(elsewhere.exchange)), which has no model, is refused in the same words.", elsewhere)
            } else {
                return
            }
            weighing.say(law, text, [inference.index, witness.index])
            weighing.ruleOut(aboutRequest, law, text, [inference.index, witness.index])
        },
        Law("model-not-account", "When another model is served, the refusal is about the first one.") { evidence, weighing, law in
            guard let other = evidence.last(.otherModel), other.reading.isHealthy, let conclusion = weighing.conclusion,
                conclusion.cause != .healthy
            else { return }
            let text = "Another model\(Wording.model(other.exchange.probe.model)) is served with the same key."
            weighing.say(law, text, [other.index])
            // What the answer itself left open is decided by the other model; what it said for certain stands.
            let isOpen = conclusion.exchange.map { evidence.exchanges[$0].reading.certainty < .certain } ?? true
            if conclusion.cause == .inconclusive || (isOpen && [.permissionDenied, .accountDenied].contains(conclusion.cause)) {
                weighing.conclusion = .init(
                    cause: .modelUnavailable, reason: "not_open_to_account", confidence: .likely, exchange: conclusion.exchange)
            } else if isOpen, conclusion.cause == .wrongEndpoint {
                weighing.conclusion = .init(
                    cause: .modelUnavailable, reason: "unknown_model", confidence: .likely, exchange: conclusion.exchange)
                weighing.ruleOut([.wrongEndpoint], law, text, [other.index])
            }
            weighing.ruleOut([.keyRejected, .keyMissing, .accountDenied], law, text, [other.index])
        },
        Law("public-list", "A list that answers without a key proves nothing about the key.") { evidence, weighing, law in
            guard let models = evidence.models, models.reading.isHealthy, evidence.target.vendor.endpoints[.models]?.needsKey == false
            else { return }
            guard weighing.conclusion?.cause != .healthy, evidence.target.credential != nil else { return }
            weighing.say(law, "The model list answers anyone: its 200 says nothing about the key.", [models.index])
        },
        Law("api-was-reached", "Where the API itself answers, the network, the proxy and the certificate are sound.") {
            evidence, weighing, law in
            guard weighing.conclusion?.cause != .healthy, let word = evidence.firstWordOfAPI else { return }
            let text = "The API itself answered \(Wording.request(word.exchange)) (\(Wording.answer(word.exchange)))."
            var causes: [Cause] = [.dnsFailure, .connectFailure, .tlsFailure, .proxyFailure, .intercepted]
            if doubtfulBaseURL(evidence) == nil { causes.append(.wrongEndpoint) }
            weighing.ruleOut(causes, law, text, [word.index])
        },
        Law("answered-by-other-requests", "A request that dies while others on the same way are answered is not stopped by the network.") {
            evidence, weighing, law in
            guard let conclusion = weighing.conclusion, Cause.network.contains(conclusion.cause), let index = conclusion.exchange else {
                return
            }
            guard evidence.exchanges[index].failure != nil, let other = evidence.firstAnswer else { return }
            let text =
                "Other requests to the same host were answered (\(Wording.request(other.exchange)), \(Wording.answer(other.exchange)))."
            weighing.say(law, text, [other.index])
            weighing.ruleOut([.dnsFailure, .tlsFailure, .proxyFailure], law, text, [other.index])
            if conclusion.cause == .timeout || conclusion.cause == .connectFailure {
                weighing.runnerUp = .init(
                    cause: .providerOutage, separatedBy: "the same check a few minutes later, and the vendor's status page")
            }
            weighing.lower(to: .likely)
        },
        Law("page-everywhere", "When every answer is a page and none speaks the API's language, this is not the API.") {
            evidence, weighing, law in
            guard weighing.conclusion?.cause == .wrongEndpoint, evidence.firstWordOfAPI == nil else { return }
            let pages = evidence.own.filter { $0.answer?.bodyKind == .html }
            guard pages.count >= 2, pages.count == evidence.own.count else { return }
            weighing.say(law, "Every answer is a web page; none has the API's form.", pages.map(\.index))
            weighing.raise(to: .likely)
        },
        Law("passed-on-retry", "A failure that a retry mends is a warning, not nothing.") { evidence, weighing, law in
            guard let item = evidence.served, item.exchange.attempt > 1 else { return }
            weighing.say(
                law, "It passed on attempt \(item.exchange.attempt); the first failed.",
                evidence.exchanges.indices.filter { evidence.exchanges[$0].probe == item.exchange.probe })
        },
        Law("doubtful-base-url", "A base URL that looks wrong leaves open whether the right one would be refused, too.") {
            evidence, weighing, law in
            guard let doubt = doubtfulBaseURL(evidence), let cause = weighing.conclusion?.cause else { return }
            guard cause != .healthy, cause != .wrongEndpoint, evidence.wasAnswered else { return }
            weighing.say(law, doubt.text, [])
            weighing.lower(to: .likely)
            weighing.runnerUp = .init(cause: .wrongEndpoint, separatedBy: "the same check with the base URL corrected")
        },
    ]
    /// What was noticed before asking that makes the base URL itself doubtful.
    private static func doubtfulBaseURL(_ evidence: Evidence) -> Finding? {
        evidence.target.findings.first { $0.reason == "doubled_path" || $0.reason == "operation_in_base_url" }
    }
}
