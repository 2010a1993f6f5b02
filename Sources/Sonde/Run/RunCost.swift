/// Adds up what requests cost: what the service says itself counts, else tokens at the listed price.
enum RunCost {
    /// In US dollars; nil where one of them may have cost something that is not known.
    static func of(_ exchanges: [Exchange], price: (String?) -> Price?) -> Double? {
        var costs: [Double] = []
        for exchange in exchanges where exchange.probe.isPaid && !exchange.isCarried {
            guard let cost = cost(of: exchange, price: price) else { return nil }
            costs.append(cost)
        }
        return Money.sum(costs)
    }

    /// How many of them may be charged for.
    static func calls(in exchanges: [Exchange], of vendor: Vendor) -> Int {
        guard vendor.kind != .local else { return 0 }
        return exchanges.count { exchange in
            guard exchange.probe.isPaid, !exchange.isCarried else { return false }
            guard let answer = exchange.answer else { return exchange.timings.pretransfer != nil }
            return !answer.isRefusal || answer.status >= 500
        }
    }

    private static func cost(of exchange: Exchange, price: (String?) -> Price?) -> Double? {
        guard let answer = exchange.answer else { return exchange.timings.pretransfer == nil ? 0 : nil }
        // What is refused is not charged for.
        if answer.isRefusal { return 0 }
        if let told = answer.facts.inference?.cost ?? answer.facts.embedding?.cost { return told }
        guard let price = price(exchange.probe.model) else { return nil }
        if price == .free { return 0 }
        if let facts = answer.facts.inference, let input = facts.inputTokens, let output = facts.outputTokens {
            return price.cost(inputTokens: input, outputTokens: output)
        }
        return answer.facts.embedding?.inputTokens.map { price.cost(inputTokens: $0, outputTokens: 0) }
    }
}

extension Evidence {
    /// What the requests so far cost, in US dollars; nil where that is not known.
    var cost: Double? { RunCost.of(exchanges, price: price) }

    /// Says whether anything was answered that may cost something.
    var hasBeenServed: Bool { exchanges.contains { $0.probe.isPaid && !$0.isCarried && $0.answer?.isSuccess == true } }

    /// Calls that may be charged for, repetitions included. What was refused is not, and neither is software that people run themselves.
    var paidCalls: Int { RunCost.calls(in: exchanges, of: target.vendor) }
}
