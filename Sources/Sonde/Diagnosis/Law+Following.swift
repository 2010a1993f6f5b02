extension Law {
    /// The laws about what was asked beyond the baseline: other APIs, other paths, the vendor's edge and status page.
    static let following: [Law] = [
        Law("api-not-account", "When another API of the vendor serves the same key and model, the account is not what is refused.") {
            evidence, weighing, law in
            guard let other = evidence.last(.otherAPI), other.reading.isHealthy, let inference = evidence.inference else { return }
            guard let conclusion = weighing.conclusion, [.permissionDenied, .accountDenied, .wrongEndpoint].contains(conclusion.cause)
            else { return }
            let text =
                "\(Wording.request(other.exchange)) serves the same model with the same key: only \(Wording.request(inference.exchange)) is refused."
            weighing.say(law, text, [inference.index, other.index])
            if conclusion.cause == .wrongEndpoint {
                weighing.raise(to: .certain)
            } else {
                weighing.conclusion = .init(
                    cause: .permissionDenied, reason: "api_not_permitted", confidence: .likely, exchange: inference.index,
                    detail: Wording.request(other.exchange))
            }
            weighing.ruleOut(
                [.keyMissing, .keyMalformed, .keyRejected, .accountDenied, .billingBlocked, .regionBlocked, .ipBlocked], law, text,
                [other.index])
        },
        Law("account-not-api", "The same refusal by another API of the vendor is not about one API.") { evidence, weighing, law in
            guard let other = evidence.last(.otherAPI), let theirs = other.answer, let inference = evidence.inference,
                let ours = inference.answer
            else { return }
            guard ours.isSameRefusal(as: theirs), let cause = weighing.conclusion?.cause, cause != .healthy else { return }
            let text = "Another API of the vendor (\(Wording.request(other.exchange))) refuses in the same words: it is not about one API."
            weighing.say(law, text, [inference.index, other.index])
            weighing.ruleOut([.wrongEndpoint, .requestRejected], law, text, [other.index])
            if cause == .accountDenied { weighing.raise(to: .likely) }
        },
        Law(
            "api-at-another-path",
            "An API that answers at another path of the same origin shows that the base URL is wrong, and the right one."
        ) { evidence, weighing, law in
            guard weighing.conclusion?.cause == .wrongEndpoint, let found = evidence.apiElsewhere else { return }
            let text =
                "\(Wording.request(found.item.exchange)) answers as the API (\(Wording.answer(found.item.exchange))): the base URL is \(found.baseURL.text)."
            weighing.say(law, text, [found.item.index])
            weighing.raise(to: found.item.reading.isHealthy ? .certain : .likely)
        },
        Law("no-api-at-other-paths", "An origin that answers as the API at none of the usual paths may be the wrong host.") {
            evidence, weighing, law in
            let tried = evidence.exchanges.indices.filter { evidence.exchanges[$0].probe.kind == .baseURL }
            guard weighing.conclusion?.cause == .wrongEndpoint, !tried.isEmpty, evidence.apiElsewhere == nil else { return }
            let paths = tried.map { Wording.request(evidence.exchanges[$0]) }.joined(separator: ", ")
            weighing.say(law, "The usual other paths do not answer as an API either (\(paths)): it may be the host.", tried)
        },
        Law("edge-sees-country", "The vendor's edge knows from where it sees a request come.") { evidence, weighing, law in
            guard let cause = weighing.conclusion?.cause, [.regionBlocked, .ipBlocked, .intercepted].contains(cause) else { return }
            guard let trace = evidence.last(.edgeTrace), let country = trace.answer?.facts.country else { return }
            weighing.say(law, "The vendor's edge sees this request coming from \(country).", [trace.index])
        },
        Law("status-page-reports-trouble", "A vendor that admits trouble with the very component is the cause of it.") {
            evidence, weighing, law in
            guard let conclusion = weighing.conclusion, isVendorsPerhaps(conclusion.cause), let page = evidence.last(.statusPage) else {
                return
            }
            guard let troubled = page.answer?.facts.status?.components.filter(\.isTroubled), !troubled.isEmpty else { return }
            let words = troubled.map { "\($0.name): \($0.state.split(separator: "_").joined(separator: " "))" }.joined(separator: ", ")
            weighing.say(law, "The vendor's status page reports \(words).", [page.index])
            guard troubled.contains(where: \.isDown) else {
                if conclusion.cause != .providerOutage {
                    weighing.runnerUp = .init(cause: .providerOutage, separatedBy: "the same check once the status page is green again")
                }
                return
            }
            if conclusion.cause == .providerOutage {
                weighing.raiseOneStep()
            } else {
                weighing.conclusion = .init(
                    cause: .providerOutage, reason: "reported_outage", confidence: .likely, exchange: conclusion.exchange)
            }
        },
        Law("green-page-proves-nothing", "A status page without trouble rules nothing out: it lags, and knows nothing of single accounts.")
        { evidence, weighing, law in
            guard let cause = weighing.conclusion?.cause, isVendorsPerhaps(cause), let page = evidence.last(.statusPage) else { return }
            guard let status = page.answer?.facts.status, !status.components.contains(where: \.isTroubled) else { return }
            weighing.say(law, "The vendor's status page reports no trouble, which rules nothing out.", [page.index])
        },
        Law("served-in-another-form", "A model that takes its token limit in another form is healthy; the first form is what was wrong.") {
            evidence, weighing, law in
            guard weighing.conclusion?.cause == .healthy, let item = evidence.inference, item.reading.isHealthy,
                let shape = item.exchange.probe.shape
            else { return }
            guard let first = evidence.shapes.first(where: { $0.shape != shape }) else { return }
            weighing.say(
                law, "It wants \(shape.words): \(first.shape.words) was refused (\(Wording.answer(first.item.exchange))).",
                [first.item.index, item.index])
        },
    ]

    private static func isVendorsPerhaps(_ cause: Cause) -> Bool { [.providerOutage, .timeout, .connectFailure].contains(cause) }
}

extension Evidence {
    /// Where on the same origin the API answered, in success or in a refusal of its own, best first.
    var apiElsewhere: (item: Item, baseURL: BaseURL)? {
        let found = exchanges.indices.compactMap { index -> (item: Item, baseURL: BaseURL)? in
            let item = item(at: index)
            guard item.exchange.probe.kind == .baseURL, case .below(let path) = item.exchange.probe.place, speaksAsAPI(item) else {
                return nil
            }
            return (item, BaseURL(scheme: target.baseURL.scheme, host: target.baseURL.host, port: target.baseURL.port, path: path))
        }
        return found.first { $0.item.reading.isHealthy } ?? found.first
    }

    /// Says whether this is a list of models, or a refusal that no server gives for a path it does not have.
    private func speaksAsAPI(_ item: Item) -> Bool {
        if item.reading.isHealthy { return item.answer?.facts.models != nil }
        guard let answer = item.answer, !answer.errors.isEmpty, item.reading.speaker == .api, item.reading.certainty >= .likely else {
            return false
        }
        guard let cause = item.reading.cause else { return false }
        return [401, 402, 403, 429].contains(answer.status)
            && [.keyMissing, .keyRejected, .accountDenied, .permissionDenied, .billingBlocked, .rateLimited].contains(cause)
    }
}
