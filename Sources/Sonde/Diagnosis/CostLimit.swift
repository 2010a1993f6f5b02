/// A ceiling on what one target may cost, `--max-cost`.
public struct CostLimit: Sendable, Hashable {
    /// In US dollars.
    public var amount: Double
    /// How often one request may be sent, repetitions included: each may be charged for.
    public var attempts: Int
    /// Says whether the amount is for each call instead of all of a run: where calls are counted, as in a day of a watch.
    public var isForEachCall = false

    public init(amount: Double, attempts: Int = 1) {
        self.amount = amount
        self.attempts = attempts
    }

    /// What any call may cost, where something else bounds their number.
    public static func eachCall(_ amount: Double) -> CostLimit {
        var limit = CostLimit(amount: amount)
        limit.isForEachCall = true
        return limit
    }
}

/// A request that was not sent, since it could have cost more than was allowed, or more were sent than were.
public struct Withheld: Sendable, Hashable {
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        case priceUnknown = "price_unknown"
        case overLimit = "over_cost_limit"
        case overRequestLimit = "over_request_limit"

        /// Says whether the price was the reason, not the number of calls.
        var isPrice: Bool {
            switch self {
            case .priceUnknown, .overLimit: true
            case .overRequestLimit: false
            }
        }
    }

    public var kind: Probe.Kind
    public var model: String?
    public var reason: Reason
    /// What it could have cost at most, repetitions included, in US dollars; nil where that is not known.
    public var highestCost: Double?

    public init(_ kind: Probe.Kind, model: String?, reason: Reason, highestCost: Double? = nil) {
        self.kind = kind
        self.model = model
        self.reason = reason
        self.highestCost = highestCost
    }

    /// Why, in a sentence's end.
    public var words: String {
        switch reason {
        case .priceUnknown: "not sent: what \(model ?? "the model") costs is not known, so --max-cost cannot be kept"
        case .overLimit: "not sent: it could cost \(highestCost.map(Money.text) ?? "more") USD, more than --max-cost allows"
        case .overRequestLimit: "not sent: as many paid calls as --max-requests allows were made"
        }
    }
}

/// The most that requests can cost.
enum HighestCost {
    /// Tokens that the smallest request is counted as; a service may put some of its own before it.
    static let inputTokens = 256

    /// The most that sending a probe once can cost; nil where the price or the length is not known.
    static func of(_ probe: Probe, _ evidence: Evidence) -> Double? {
        guard probe.isPaid else { return 0 }
        guard let price = evidence.price(of: probe.model) else { return nil }
        guard let output = outputTokens(of: probe, evidence) else { return price == .free ? 0 : nil }
        return price.cost(inputTokens: inputTokens, outputTokens: output)
    }

    private static func outputTokens(of probe: Probe, _ evidence: Evidence) -> Int? {
        let vendor = evidence.target.vendor
        switch probe.endpoint {
        case .embeddings: return 0
        case .responses: return ResponsesDialect.leastTokens
        default:
            // A body of the user's own may ask for anything.
            guard !evidence.options.hasOwnBody else { return nil }
            let shape = probe.shape ?? vendor.inference.shape
            return shape.tokenLimitField == nil ? nil : shape.tokenLimit
        }
    }
}

extension Evidence {
    /// What a model costs here: as the list says, else as the manifest does; nothing where people run the software themselves.
    func price(of model: String?) -> Price? {
        if target.vendor.kind == .local { return .free }
        guard let model else { return nil }
        return models?.answer?.facts.models?.prices[model] ?? target.manifestPrice(of: model)
    }
}

extension Target {
    /// Says whether prices of the manifest hold here.
    var manifestHoldsPrices: Bool { baseURL.host == vendor.baseURL?.host }

    /// The price that the manifest holds; it is that of the vendor's usual address, others may charge more.
    func manifestPrice(of model: String) -> Price? {
        manifestHoldsPrices ? vendor.prices.first { $0.model == model }?.price : nil
    }
}
