/// All that is known of a target: what was noticed before asking, and every exchange.
public struct Evidence: Sendable {
    public let target: Target
    public let options: Diagnosis.Options
    /// Every exchange in the order in which they ended, retries included; laws refer to them by index.
    public private(set) var exchanges: [Exchange] = []

    init(target: Target, options: Diagnosis.Options) {
        self.target = target
        self.options = options
    }

    mutating func add(_ exchange: Exchange) { exchanges.append(exchange) }

    /// An exchange and its place.
    public struct Item: Sendable {
        public let index: Int
        public let exchange: Exchange

        var reading: Reading { exchange.reading }
        var answer: Answer? { exchange.answer }
    }

    /// The last attempt of the first probe of a kind.
    func last(_ kind: Probe.Kind) -> Item? {
        guard let index = exchanges.lastIndex(where: { $0.probe.kind == kind }) else { return nil }
        return Item(index: index, exchange: exchanges[index])
    }

    /// The last attempt of every probe that went with the target's own key (or none, where it has none).
    var own: [Item] {
        var seen: Set<Probe> = []
        return exchanges.indices.reversed().compactMap { index in
            let probe = exchanges[index].probe
            guard probe.keyUse == .own, seen.insert(probe).inserted else { return nil }
            return Item(index: index, exchange: exchanges[index])
        }.reversed()
    }

    var inference: Item? { last(.inference) }
    var models: Item? { last(.models) }

    /// The exchange that could prove the key without paying: the vendor's key endpoint, or the list where that proves it.
    var keyProof: Item? {
        guard target.credential != nil else { return nil }
        let proof = own.first { item in
            let probe = item.exchange.probe
            return probe.kind != .inference && target.vendor.endpoints[probe.endpoint]?.provesKey == true
        }
        guard let proof, !isIdleRefusal(proof) else { return nil }
        return proof
    }

    /// Says whether this is no success at an endpoint that refuses this kind of credential although it is good.
    func isIdleRefusal(_ item: Item) -> Bool {
        !item.reading.isHealthy && item.answer != nil && refusalProvesNothing(at: item.exchange.probe.endpoint)
    }

    /// Says whether the target's credential is of a kind that this endpoint refuses although it is good.
    private func refusalProvesNothing(at endpoint: Vendor.EndpointName) -> Bool {
        guard let credential = target.credential, let endpoint = target.vendor.endpoints[endpoint] else { return false }
        return endpoint.inconclusiveFor.contains { credential.publicPrefix.hasPrefix($0) || $0 == credential.publicPrefix }
    }

    /// What proved the key, if anything did.
    var proofOfKey: Item? {
        guard target.credential != nil else { return nil }
        if let proof = keyProof, proof.reading.isHealthy { return proof }
        if let inference, inference.reading.isHealthy, target.vendor.endpoints[.inference]?.provesKey == true { return inference }
        // A server that refuses a made-up key and served ours has looked at it.
        if let madeUp = last(.badKey), let refused = madeUp.answer, refused.status == 401 || refused.status == 403 {
            return own.first { $0.exchange.probe.endpoint == madeUp.exchange.probe.endpoint && $0.reading.isHealthy }
        }
        return nil
    }

    /// The first exchange in which the API itself spoke, in success or refusal.
    var firstWordOfAPI: Item? {
        for (index, exchange) in exchanges.enumerated() {
            guard exchange.answer != nil, exchange.reading.speaker == .api || exchange.reading.speaker == .upstream else { continue }
            return Item(index: index, exchange: exchange)
        }
        return nil
    }

    /// Says whether any answer at all came from the other end, whoever wrote it.
    var wasAnswered: Bool { exchanges.contains { $0.answer != nil } }
}
