extension FollowUp {
    /// Every follow-up, in the order in which they are sent.
    public static let all: [FollowUp] = control + models + places + aside

    private static let control: [FollowUp] = [
        FollowUp(
            .badKey, "The refused request again with a made-up key: is the refusal about the key at all?",
            isAllowed: { target, options in
                options.usesControl && options.asksAboutKey && target.credential != nil && (options.followsUp || options.provesKey)
            }
        ) { evidence, weighing in
            guard let credential = evidence.target.credential else { return [] }
            // A made-up key says nothing about a token: the service tells the kinds apart before it looks any closer.
            guard !evidence.target.vendor.key.tokens.contains(where: { $0.prefix == credential.publicPrefix }) else { return [] }
            if evidence.options.provesKey, evidence.proofOfKey == nil, let served = evidence.own.first(where: \.reading.isHealthy) {
                return [served.exchange.probe.again(.badKey)]
            }
            guard evidence.options.followsUp, evidence.proofOfKey == nil else { return [] }
            guard let conclusion = weighing.conclusion, conclusion.confidence < .certain, openToKey.contains(conclusion.cause) else {
                return []
            }
            let proofs = evidence.own.filter { item in
                let endpoint = evidence.target.vendor.endpoints[item.exchange.probe.endpoint]
                return endpoint?.provesKey == true && isRefusal(item) && !evidence.isIdleRefusal(item)
            }
            let candidates =
                proofs.filter { !$0.exchange.probe.isPaid } + proofs
                + evidence.own.filter { $0.exchange.probe.kind == .inference && isRefusal($0) }
            return candidates.prefix(1).map { $0.exchange.probe.again(.badKey) }
        },
        FollowUp(
            .noKey, "The request again without a key: does the key reach the service, or is it stripped on the way?",
            isAllowed: { target, options in options.followsUp && target.credential != nil }
        ) { evidence, weighing in
            guard weighing.conclusion?.cause == .keyMissing else { return [] }
            return evidence.own.filter { $0.reading.cause == .keyMissing }.prefix(1).map { $0.exchange.probe.again(.noKey) }
        },
    ]

    private static let models: [FollowUp] = [
        FollowUp(
            .otherModel, "The smallest request with another model: is it the model or the account?", isPaid: true,
            isAllowed: { _, options in options.followsUp && options.infers && !options.hasOwnBody }
        ) { evidence, weighing in
            guard let conclusion = weighing.conclusion, let inference = evidence.inference, inference.answer != nil,
                !inference.reading.isHealthy
            else { return [] }
            // What the answer said by itself counts here, not what the laws made of it with the evidence at hand. A model that is
            // gone for certain is only replaced where nobody asked for it: the user asked about this one, the answer leaves nothing open,
            // and the list names others for free. A second paid request would tell only what the next check tells anyway.
            let isOpen =
                inference.reading.certainty < .certain || (conclusion.cause == .modelUnavailable && evidence.target.model == nil)
            guard isOpen, evidence.keyProof?.reading.isHealthy ?? true else { return [] }
            let isAboutModel =
                [.modelUnavailable, .permissionDenied, .inconclusive].contains(conclusion.cause)
                || (conclusion.cause == .accountDenied && evidence.proofOfKey != nil)
                || (conclusion.cause == .wrongEndpoint && evidence.mayLackModel(inference))
            guard isAboutModel, conclusion.reason != "missing_scope" else { return [] }
            let probe = inference.exchange.probe
            return ModelChoice.other(than: probe.model, evidence).map {
                [Probe(.otherModel, endpoint: .inference, model: $0, shape: probe.shape)]
            } ?? []
        },
        FollowUp(
            .otherAPI, "The smallest request to another API of the vendor: is it this API or the account?", isPaid: true,
            isAllowed: { target, options in
                options.followsUp && options.infers && !options.hasOwnBody && target.vendor.endpoints[.responses] != nil
            }
        ) { evidence, weighing in
            guard let conclusion = weighing.conclusion, let inference = evidence.inference, inference.answer?.isRefusal == true else {
                return []
            }
            let isOpen =
                switch conclusion.cause {
                // What the answer said by itself counts here, too.
                case .permissionDenied: inference.reading.certainty == .possible && conclusion.confidence < .certain
                case .accountDenied: conclusion.confidence < .certain && evidence.proofOfKey == nil
                case .wrongEndpoint: conclusion.reason == "wrong_api_for_model" && conclusion.confidence < .certain
                default: false
                }
            return isOpen ? [Probe(.otherAPI, endpoint: .responses, model: inference.exchange.probe.model)] : []
        },
    ]

    private static let places: [FollowUp] = [
        FollowUp(
            .baseURL, "The list of models at other paths of the same origin: where is the API?", count: BaseURLVariants.limit,
            isAllowed: { target, options in
                options.followsUp && target.vendor.baseURL != target.baseURL && target.vendor.endpoints[.models] != nil
                    && !target.findings.contains { $0.reason == "other_vendors_host" }
            }
        ) { evidence, weighing in
            guard let conclusion = weighing.conclusion, conclusion.cause == .wrongEndpoint, conclusion.confidence < .certain else {
                return []
            }
            // A redirect or a refusal may name the right place itself, and a list that answers shows that the path is right.
            guard conclusion.detail == nil, conclusion.reason != "wrong_api_for_model", evidence.models?.reading.isHealthy != true else {
                return []
            }
            let target = evidence.target
            return BaseURLVariants.paths(for: target.baseURL.path, vendor: target.vendor).map {
                Probe(.baseURL, endpoint: .models, place: .below(path: $0))
            }
        },
        FollowUp(
            .handshake, "A bare TLS handshake, no request: who signed the certificate that was not accepted?",
            isAllowed: { target, options in options.followsUp && target.baseURL.scheme == .https }
        ) { evidence, _ in
            evidence.exchanges.contains { $0.probe.place == .target && $0.failure?.kind == .certificate }
                ? [Probe(.handshake, endpoint: .models)] : []
        },
    ]

    /// What others than the API are asked; a simulator or a mirror of the vendor's has no say about the vendor.
    private static let aside: [FollowUp] = [
        FollowUp(
            .edgeTrace, "The vendor's edge, without a key: from which country does it see requests come?",
            origin: { $0.vendor.edgeTrace == nil ? nil : $0.baseURL.origin }, isAllowed: asksOthers
        ) { evidence, weighing in
            guard let cause = weighing.conclusion?.cause, [.regionBlocked, .ipBlocked, .intercepted].contains(cause) else { return [] }
            return evidence.target.vendor.edgeTrace.map { [Probe(.edgeTrace, endpoint: .models, place: .path($0))] } ?? []
        },
        FollowUp(
            .statusPage, "The vendor's status page, without a key: does it admit trouble? A green one rules nothing out.",
            origin: { $0.vendor.statusPage?.api.flatMap { try? BaseURL(parsing: $0) }?.origin }, isAllowed: asksOthers
        ) { evidence, weighing in
            guard let cause = weighing.conclusion?.cause, [.providerOutage, .timeout, .connectFailure].contains(cause) else { return [] }
            return evidence.target.vendor.statusPage?.api.map { [Probe(.statusPage, endpoint: .models, place: .elsewhere(url: $0))] } ?? []
        },
    ]

    private static let asksOthers: @Sendable (Target, Diagnosis.Options) -> Bool = { target, options in
        options.followsUp && options.asksThirdParties && target.isOnVendorHost
    }

    /// The causes between which a made-up key can separate. Whether a key arrives at all is asked without one.
    private static let openToKey: Set<Cause> = [
        .keyRejected, .accountDenied, .permissionDenied, .billingBlocked, .regionBlocked, .ipBlocked, .orgMismatch,
        .inconclusive,
    ]

    private static func isRefusal(_ item: Evidence.Item) -> Bool {
        guard let status = item.answer?.status else { return false }
        return status == 401 || status == 402 || status == 403
    }
}

extension Probe {
    /// The same request for another purpose, and so with another key.
    fileprivate func again(_ kind: Kind) -> Probe {
        var probe = self
        probe.kind = kind
        return probe
    }
}
