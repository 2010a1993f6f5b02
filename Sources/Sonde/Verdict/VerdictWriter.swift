/// Makes a verdict of what the laws concluded: the sentence, the owner, the next steps.
public struct VerdictWriter: Sendable {
    private let book: AdviceBook

    public init(book: AdviceBook) {
        self.book = book
    }

    public func verdict(for evidence: Evidence, weighing: Weighing) -> Verdict {
        let conclusion = weighing.conclusion ?? .init(cause: .inconclusive, confidence: .possible)
        let target = evidence.target
        let advice = book.advice(for: conclusion.cause, reason: conclusion.reason, vendor: target.vendor)
        let values = variables(evidence, weighing, conclusion)
        let steps = advice.steps.compactMap { Template.fill($0, with: values) }
        return Verdict(
            cause: conclusion.cause, reason: conclusion.reason, confidence: conclusion.confidence,
            owner: advice.owner ?? conclusion.cause.usualOwner, isRetryable: advice.isRetryable ?? conclusion.cause.isRetryable,
            summary: advice.summary.flatMap { Template.fill($0, with: values) } ?? conclusion.cause.meaning, because: weighing.because,
            ruledOut: weighing.ruledOut, runnerUp: weighing.runnerUp, nextSteps: steps)
    }

    /// What texts may say of a case.
    private func variables(_ evidence: Evidence, _ weighing: Weighing, _ conclusion: Weighing.Conclusion) -> [String: String] {
        let (target, vendor) = (evidence.target, evidence.target.vendor)
        var values = [
            "vendor": vendor.name, "target": target.name,
            "route": target.route.name,
        ]
        values.reserveCapacity(48)
        // Of a recording that names no host nothing is said of one: a text that needs it is left out.
        if target.baseURL != .unknown { (values["base_url"], values["host"]) = (target.baseURL.text, target.baseURL.host) }
        values["own_base_url"] = vendor.baseURL.flatMap { $0 == target.baseURL ? nil : $0.text }
        values["vendor_base_url"] = vendor.baseURL?.text
        values["key"] = target.isRecorded ? "your configuration" : target.credential?.source.label
        values["variables"] = vendor.key.variables.isEmpty ? nil : vendor.key.variables.prefix(2).joined(separator: " or ")
        values["variable"] = vendor.key.variables.first
        values["prefix"] = vendor.key.prefixes.first
        values["header"] = vendor.key.header
        values["recognizing"] = weighing.because.contains { Law.provingKey.contains($0.law) } ? "recognizes the key but " : ""
        for (name, link) in vendor.links { values["\(name)_url"] = link }
        values["support_url"] = vendor.support?.url
        values["status_url"] = vendor.statusPage?.url
        values["detail"] = conclusion.detail
        if let found = evidence.apiElsewhere {
            values["working_base_url"] = found.baseURL.text
            values["own_base_url"] = nil
        }
        if let other = evidence.last(.otherAPI), other.reading.isHealthy { values["working_api"] = Wording.request(other.exchange) }
        values["country"] = evidence.last(.edgeTrace)?.answer?.facts.country
        values["inference_option"] =
            evidence.options.checks.contains(InferenceCheck.id)
            ? "without --no-inference" : "with inference among its checks (--only, --skip)"
        values["withheld"] = evidence.withheld.first { !$0.kind.isFollowUp }?.words
        values["similar_models"] = ModelChoice.similar(evidence)
        if let finding = target.blockingFinding { values["finding"] = finding.text }
        values["though_sent"] = ""
        guard let index = conclusion.exchange else { return values }
        let exchange = evidence.exchanges[index]
        values["model"] = exchange.probe.model ?? evidence.inference?.exchange.probe.model ?? target.model
        // Of a recording that does not show the request nothing is said of what it carried.
        switch exchange.request.keyUse {
        case .own: values["though_sent"] = ", though one was sent as \(vendor.key.header)"
        case .untold: values["untold_header"] = vendor.key.header
        case .madeUp, .none: break
        }
        values["request"] = Wording.request(exchange)
        values["answer"] = Wording.answer(exchange)
        values["failure"] = exchange.failure?.message
        values["wait"] = exchange.reading.retryAfter.map { "\(max(1, $0.components.seconds)) s" }
        values["request_id"] = exchange.answer.flatMap { answer in
            vendor.responseHeaders.requestID.lazy.compactMap { answer.headers[$0] }.first
        }
        values["request_id_header"] = vendor.responseHeaders.requestID.first
        let named = vendor.scopes.first { $0.header == conclusion.detail }
        if let scope = named ?? vendor.scopes.first(where: { target.scopes[$0.scope] != nil }) { values["scope_header"] = scope.header }
        values["scope_variables"] =
            vendor.scopes.flatMap(\.variables).isEmpty ? nil : vendor.scopes.flatMap(\.variables).joined(separator: ", ")
        if let model = evidence.last(.otherModel), model.reading.isHealthy { values["working_model"] = model.exchange.probe.model }
        if let issuer = evidence.last(.handshake)?.exchange.connection.tls?.certificate?.issuer { values["issuer"] = issuer }
        return values
    }
}
