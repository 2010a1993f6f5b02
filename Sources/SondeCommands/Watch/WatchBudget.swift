import Sonde

/// What a day of a watch may cost, `--max-cost`: so many calls, none above its share.
struct WatchBudget {
    /// Paid calls within a day that it lets have.
    let calls: Int
    /// Says whether the money, not `--max-requests`, decides their number.
    let decidesCalls: Bool
    /// The most that a day can cost, in US dollars.
    let highest: Double
    /// What each call may cost, for the diagnosis.
    let limit: CostLimit
    /// Why nothing may be sent; nil where something may.
    let refusal: UsageError?

    /// - Parameters:
    ///   - amount: In US dollars.
    ///   - ceiling: Paid calls within a day, where the money takes that many.
    ///   - isCeilingGiven: Says whether the user named that number, so that it is not to be lowered.
    init(amount: Double, ceiling: Int, isCeilingGiven: Bool, targets: [Target], options: Diagnosis.Options) {
        var (dearest, isKnown, unpriced) = (0.0, true, Target?.none)
        for target in targets {
            switch RequestPlan.ceiling(ofEachCallTo: target, options: options) {
            case .atMost(let cost): dearest = max(dearest, cost)
            case .listed: isKnown = false
            case .unknown: unpriced = unpriced ?? target
            }
        }
        var calls = ceiling
        if !isCeilingGiven, dearest > 0, amount / dearest < Double(ceiling) {
            calls = Int(amount / dearest)
            // A share that is too small by a rounding error would let none through.
            if calls > 0, dearest > amount / Double(calls) { calls -= 1 }
        }
        self.calls = calls
        decidesCalls = calls < ceiling
        limit = .eachCall(amount / Double(max(1, calls)))
        highest = isKnown ? min(amount, dearest * Double(calls)) : amount
        refusal =
            unpriced.map(CheckOptions.priceUnknown)
            ?? (dearest > limit.amount ? Self.tooDear(dearest, calls: isCeilingGiven ? calls : 1) : nil)
    }

    private static func tooDear(_ cost: Double, calls: Int) -> UsageError {
        let price = Metric.cost.text(cost)
        return calls == 1
            ? UsageError(
                .configuration, "One paid call may cost \(own: price), more than '--max-cost' allows for a day, so nothing was sent",
                help: "Raise it, name a cheaper model (--model), or add --no-inference, which costs nothing.")
            : UsageError(
                .configuration,
                "\(calls) paid calls a day may cost \(own: price) each, more than '--max-cost' allows, so nothing was sent",
                help: "Raise it, lower --max-requests, or leave that out: then it is chosen to fit.")
    }
}
