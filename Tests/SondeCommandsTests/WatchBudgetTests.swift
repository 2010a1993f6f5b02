import Sonde
import SondeJSON
import TestSupport
import Testing

@testable import SondeCommands

/// What `--max-cost` makes of a day of a watch, before anything is sent.
struct WatchBudgetTests {
    private static let prices: JSON = [
        [
            "model": "small-1", "input_usd_per_million": 1, "output_usd_per_million": 4, "date": "2026-11-20",
            "source": "https://sample.test/prices",
        ]
    ]

    private func target(_ prices: JSON = prices) throws -> Target {
        try Sample.target(["prices": prices], model: "small-1")
    }

    private func budget(
        _ amount: Double, ceiling: Int = 200, isCeilingGiven: Bool = false, targets: [Target],
        change: (inout Diagnosis.Options) -> Void = { _ in }
    ) -> WatchBudget {
        var options = Diagnosis.Options()
        change(&options)
        return WatchBudget(amount: amount, ceiling: ceiling, isCeilingGiven: isCeilingGiven, targets: targets, options: options)
    }

    private func price(_ target: Target) throws -> Double {
        guard case .atMost(let price) = RequestPlan.ceiling(ofEachCallTo: target, options: .init()) else {
            throw UsageError(.configuration, "no price")
        }
        return price
    }

    @Test func `as many calls are allowed as the money takes, and none costs more than its share`() throws {
        let target = try target()
        let price = try price(target)
        for calls in [1, 7, 50, 199] {
            let budget = budget(price * Double(calls), targets: [target])
            #expect(calls - 1...calls ~= budget.calls)
            #expect(budget.decidesCalls)
            #expect(budget.refusal == nil || budget.calls == 0)
            #expect(budget.limit.amount >= price && budget.limit.amount * Double(budget.calls) <= price * Double(calls) * 1.000001)
            #expect(budget.limit.isForEachCall)
        }
        let plenty = budget(price * 1000, targets: [target])
        #expect(plenty.calls == 200 && !plenty.decidesCalls)
        #expect(abs(plenty.highest - price * 200) < 1e-9)
    }

    @Test func `a number of calls that the user named is kept or refused`() throws {
        let target = try target()
        let price = try price(target)
        let fits = budget(price * 300, ceiling: 300, isCeilingGiven: true, targets: [target])
        #expect(fits.calls == 300 && fits.refusal == nil)
        let refused = budget(price * 100, ceiling: 300, isCeilingGiven: true, targets: [target])
        #expect(refused.refusal?.message.description.hasPrefix("300 paid calls a day may cost") == true)
    }

    @Test func `what costs more than all of it, or has no price, is refused`() throws {
        let dear = try target()
        #expect(try budget(price(dear) / 2, targets: [dear]).refusal?.message.description.hasPrefix("One paid call may cost") == true)
        let unknown = try target(.null)
        #expect(budget(1, targets: [dear, unknown]).refusal?.message.description.contains("is not known") == true)
    }

    @Test func `where a list will tell the price, the amount is what a day costs at most`() throws {
        let endpoints: JSON = [
            "models": ["path": "/models", "needs_key": false, "prices": ["input": "pricing.input", "output": "pricing.output"]],
            "inference": ["path": "/chat/completions"],
        ]
        let listed = try Sample.target(["endpoints": endpoints], model: "small-1")
        let budget = budget(0.5, targets: [listed])
        #expect(budget.highest == 0.5 && budget.calls == 200 && budget.refusal == nil)
        #expect(budget.limit.amount == 0.5 / 200)
    }
}
