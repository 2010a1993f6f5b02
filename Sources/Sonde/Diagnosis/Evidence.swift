/// All that is known of a target: what was noticed before asking, and every exchange.
public struct Evidence: Sendable {
    public let target: Target
    public internal(set) var options: Diagnosis.Options
    /// Every exchange in the order in which they ended, retries included; laws refer to them by index.
    public private(set) var exchanges: [Exchange] = []
    /// The same, each with its place.
    private var items: [Item] = []
    /// What was not sent for its price, in the order in which it would have been.
    public private(set) var withheld: [Withheld] = []

    init(target: Target, options: Diagnosis.Options) {
        self.target = target
        self.options = options
    }

    mutating func add(_ exchange: Exchange) {
        items.append(Item(exchange, at: exchanges.count))
        exchanges.append(exchange)
    }

    /// An exchange with its place.
    func item(at index: Int) -> Item { items[index] }

    mutating func withhold(_ request: Withheld) { withheld.append(request) }

    /// What was not sent of a kind.
    func withheld(_ kind: Probe.Kind) -> Withheld? { withheld.first { $0.kind == kind } }

    /// An exchange and its place; handed about by every law and check, so that it holds the exchange where all share it.
    public struct Item: Sendable {
        private final class Shared: Sendable {
            let exchange: Exchange

            init(_ exchange: Exchange) { self.exchange = exchange }
        }

        public let index: Int
        private let shared: Shared

        fileprivate init(_ exchange: Exchange, at index: Int) {
            self.index = index
            shared = Shared(exchange)
        }

        public var exchange: Exchange { shared.exchange }

        var reading: Reading { exchange.reading }
        var answer: Answer? { exchange.answer }
    }

    /// The last attempt of the first probe of a kind.
    func last(_ kind: Probe.Kind) -> Item? {
        items.last { $0.exchange.probe.kind == kind }
    }

    /// This evidence weighed.
    func weighed(by laws: [Law]) -> Weighing {
        var weighing = Weighing()
        for law in laws { law.apply(self, &weighing, law.name) }
        return weighing
    }

    /// The last attempt of every probe that asked what the user asks, where and how the user does: with the target's own key (or none,
    /// where it has none), at its base URL, by its API. Of inference in several forms only the last counts.
    var own: [Item] {
        var seen: Set<Probe> = []
        return items.reversed().compactMap { item in
            var probe = item.exchange.probe
            (probe.shape, probe.omitsUsage) = (nil, false)
            guard probe.keyUse == .own, probe.place == .target, probe.kind != .otherAPI, probe.kind != .badField,
                seen.insert(probe).inserted
            else { return nil }
            return item
        }.reversed()
    }

    var inference: Item? { last(.inference) }

    /// What was asked on request only, in the order of the checks.
    var optional: [Item] { [.streaming, .responses, .embeddings].compactMap { last($0) } }

    /// The first request that generated text: inference, or where that was not asked for what came in its place.
    var generated: Item? { inference ?? last(.streaming) ?? last(.responses) }

    /// The inference that shows health: the first one, or where its model was our own choice and is gone, that of another.
    var served: Item? {
        if let inference, inference.reading.isHealthy { return inference }
        return replacement
    }

    /// Another model that answered, where the one that we chose is missing or retired.
    var replacement: Item? {
        guard target.model == nil, let inference, mayLackModel(inference), inference.exchange.probe.variant == nil else { return nil }
        return last(.otherModel).flatMap { $0.reading.isHealthy ? $0 : nil }
    }

    /// Says whether the model may be what is missing: some servers answer a model that they do not have as they do a path, with a 404
    /// without more, and where their list answers the path may be right.
    func mayLackModel(_ item: Item) -> Bool {
        switch item.reading.cause {
        case .modelUnavailable: true
        case .wrongEndpoint: item.answer?.status == 404 && item.reading.certainty == .possible && models?.reading.isHealthy == true
        default: false
        }
    }

    /// The forms of inference that were tried, in order, each with its exchange.
    var shapes: [(shape: InferenceShape, item: Item)] { shapes(of: .inference) }

    private func shapes(of kind: Probe.Kind) -> [(shape: InferenceShape, item: Item)] {
        items.compactMap { item in
            let probe = item.exchange.probe
            guard probe.kind == kind, probe.variant == nil else { return nil }
            return (probe.shape ?? target.vendor.inference.shape, item)
        }
    }

    /// Inference once more, where it was refused for the form in which its token limit stood.
    var inferenceInAnotherShape: Probe? { inAnotherShape(inference) }

    /// The stream once more, where it was refused for its token limit or for asking what it cost.
    var streamInAnotherForm: Probe? {
        guard let stream = last(.streaming), let answer = stream.answer else { return nil }
        var probe = stream.exchange.probe
        if !probe.omitsUsage, answer.status == 400 || answer.status == 422, answer.namesStreamOptions {
            probe.omitsUsage = true
            return probe
        }
        return inAnotherShape(stream)
    }

    private func inAnotherShape(_ item: Item?) -> Probe? {
        guard !options.hasOwnBody, let item, let answer = item.answer, item.exchange.probe.variant == nil else { return nil }
        var probe = item.exchange.probe
        let tried = shapes(of: probe.kind).map(\.shape).reduce(into: [InferenceShape]()) { tried, shape in
            if tried.last != shape { tried.append(shape) }
        }
        guard let shape = TokenLimitQuirk.next(after: answer, tried: tried) else { return nil }
        probe.shape = shape
        return probe
    }

    var models: Item? { last(.models) }

    /// The exchange that could prove the key without paying: the vendor's key endpoint, or the list where that proves it.
    var keyProof: Item? {
        guard target.credential != nil else { return nil }
        let proof = own.first { item in
            let probe = item.exchange.probe
            return !probe.isPaid && target.vendor.endpoints[probe.endpoint]?.provesKey == true
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
        let paid = [served].compactMap(\.self) + optional
        if let proof = paid.first(where: { $0.reading.isHealthy && target.vendor.endpoints[$0.exchange.probe.endpoint]?.provesKey == true })
        {
            return proof
        }
        // A server that refuses a made-up key and served ours has looked at it.
        if let madeUp = last(.badKey), let refused = madeUp.answer, refused.status == 401 || refused.status == 403 {
            return own.first { $0.exchange.probe.endpoint == madeUp.exchange.probe.endpoint && $0.reading.isHealthy }
        }
        return nil
    }

    /// The first exchange in which the API itself spoke, in success or refusal.
    var firstWordOfAPI: Item? {
        items.first { item in
            item.exchange.probe.place == .target && item.answer != nil
                && (item.reading.speaker == .api || item.reading.speaker == .upstream)
        }
    }

    /// The first answer of all from where the target's requests go, whoever wrote it.
    var firstAnswer: Item? {
        items.first { $0.exchange.probe.place == .target && $0.answer != nil }
    }

    /// Says whether any answer at all came from the other end, whoever wrote it.
    var wasAnswered: Bool { firstAnswer != nil }
}
