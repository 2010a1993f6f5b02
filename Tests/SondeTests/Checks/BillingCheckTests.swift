@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct BillingCheckTests {
    private func balance(_ amount: String, _ inference: Rehearsal.Reply = .completion()) throws -> CheckCase {
        try CheckCase { probe, _ in
            probe.kind == .key ? .json(200, ["balance": .string(amount)]) : probe.kind == .inference ? inference : CheckCase.healthy(probe)
        }
    }

    /// What is said where a service tells neither limits nor prices.
    private let untold = "; rate limits: not told; what this run cost is unknown"

    @Test func `passes where credit is left`() throws {
        #expect(try balance("12.5").said("billing") == "pass: 12.50 USD left (free or bought: not told)\(untold)")
    }

    @Test func `passes where inference was served and no balance can be read`() throws {
        #expect(
            try CheckCase(CheckCase.unproven) { probe, _ in CheckCase.healthy(probe) }.said("billing")
                == "pass: inference was served; the balance cannot be read with this key\(untold)")
    }

    @Test func `warns where nothing is left although inference was served`() throws {
        #expect(try balance("0").said("billing") == "warn: the balance is 0.00 USD, yet inference was served\(untold)")
        #expect(try balance("-1.5").said("billing") == "warn: the balance is -1.50 USD, yet inference was served\(untold)")
    }

    @Test func `fails where the service refuses for money, and says what is left`() throws {
        let refusal = Rehearsal.Reply.error(402, message: "Insufficient funds", type: "insufficient_funds")
        #expect(
            try balance("3", refusal).said("billing") == "fail: 402 insufficient_funds, see inference; the balance reads 3.00 USD")
    }

    @Test func `skips for software that is run locally, and where nothing is known`() throws {
        #expect(
            try CheckCase(["kind": "local"].merging(CheckCase.unproven) { $1 }) { probe, _ in CheckCase.healthy(probe) }.said("billing")
                .hasPrefix("skip: not billed"))
        #expect(
            try CheckCase { _, _ in .dead(.connect) }.said("billing") == "skip: unknown: no balance to read, and no inference was served")
    }

    // MARK: Kinds of balances

    private func balance(_ fields: JSON, _ body: JSON) throws -> String {
        let endpoints: JSON = [
            "models": ["path": "/models", "needs_key": false], "key": ["path": "/credits", "proves_key": true, "balance": fields],
            "inference": ["path": "/chat/completions", "proves_key": true],
        ]
        let said = try CheckCase(["endpoints": endpoints]) { probe, _ in probe.kind == .key ? .json(200, body) : CheckCase.healthy(probe) }
            .said("billing")
        return said.replacing(untold, with: "")
    }

    @Test func `credit that was given is told from credit that was bought`() throws {
        let fields: JSON = ["remaining": "infos.0.total", "granted": "infos.0.granted", "bought": "infos.0.bought", "currency": "CNY"]
        #expect(
            try balance(fields, ["infos": [["total": "110.00", "granted": "10.00", "bought": "100.00"]]])
                == "pass: 110.00 CNY left (10.00 given, 100.00 bought)")
    }

    @Test func `a free tier is named, and a limit of the key is not taken for the account's balance`() throws {
        let fields: JSON = ["of": "key", "remaining": "data.left", "used": "data.usage", "free_tier": "data.is_free_tier"]
        #expect(
            try balance(fields, ["data": ["left": 4.5, "usage": 0.5, "is_free_tier": true]])
                == "pass: 4.50 USD left of the key's own limit, the account's balance is not told (free tier: nothing was ever bought)")
        #expect(
            try balance(fields, ["data": ["left": nil, "usage": 25.5, "is_free_tier": false]])
                == "pass: inference was served; the balance cannot be read with this key; 25.50 USD used so far (credit was bought)")
        #expect(
            try balance(fields, ["data": ["left": 0, "usage": 5]])
                == "warn: nothing is left of the key's own limit (0.00 USD), yet inference was served")
    }

    @Test func `what remains is what there was less what was used, where that is all that is told`() throws {
        #expect(
            try balance(["total": "info.max_budget", "used": "info.spend"], ["info": ["max_budget": 10, "spend": 2.5]])
                == "pass: 7.50 USD left (free or bought: not told)")
    }

    // MARK: Rate limits

    private func limited(_ headers: [String: String]) throws -> String {
        try CheckCase { probe, _ in probe.kind == .inference ? .completion(headers: headers) : CheckCase.healthy(probe) }.said("billing")
    }

    @Test func `what is left of rate limits is told`() throws {
        #expect(
            try limited([
                "x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "499", "x-ratelimit-remaining-tokens": "199992",
            ]).contains("; rate limits: 499 of 500 requests, 199992 tokens left;"))
    }

    @Test func `under five percent, or nothing, is worth a warning with the time until it is whole again`() throws {
        let said = try limited([
            "x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "24", "x-ratelimit-reset-requests": "6m0s",
            "x-ratelimit-limit-tokens": "1000", "x-ratelimit-remaining-tokens": "50",
        ])
        #expect(said.hasPrefix("warn: 12.50 USD left"))
        #expect(said.contains("; rate limits: only 24 of 500 requests (whole again in 6 min) left;"))
        #expect(try limited(["x-ratelimit-remaining-tokens": "0"]).contains("only 0 tokens left"))
    }

    // MARK: What the run cost

    /// A list that tells prices, as text, for one token.
    private static let priced: [String: JSON] = [
        "endpoints": [
            "models": ["path": "/models", "needs_key": false, "prices": ["input": "pricing.input", "output": "pricing.output"]],
            "inference": ["path": "/chat/completions", "proves_key": true],
        ]
    ]
    private static let pricedList = Rehearsal.Reply.json(
        200, ["data": [["id": "small-1", "pricing": ["input": "0.000001", "output": "0.000004"]], ["id": "small-2"]]])

    @Test func `tokens cost what the list says`() throws {
        let run = try CheckCase(Self.priced) { probe, _ in probe.kind == .models ? Self.pricedList : CheckCase.healthy(probe) }
        #expect(run.said("billing").hasSuffix("; this run cost 0.000019 USD"))
        let other = try CheckCase(Self.priced, model: "small-2") { probe, _ in
            probe.kind == .models ? Self.pricedList : CheckCase.healthy(probe)
        }
        #expect(other.said("billing").hasSuffix("; what this run cost is unknown"))
    }

    @Test func `what the answer says of its cost counts for more`() throws {
        let told = Self.priced.merging(["inference": ["cost_field": "usage.cost"]]) { $1 }
        let run = try CheckCase(told) { probe, _ in
            probe.kind == .models
                ? Self.pricedList
                : .json(
                    200,
                    [
                        "choices": [["message": ["content": "ok"], "finish_reason": "stop"]],
                        "usage": ["prompt_tokens": 11, "completion_tokens": 2, "cost": 0.5],
                    ])
        }
        #expect(run.said("billing").hasSuffix("; this run cost 0.50 USD"))
        let header = Self.priced.merging(["inference": ["cost_header": "x-cost"]]) { $1 }
        let proxied = try CheckCase(header) { probe, _ in
            probe.kind == .models ? Self.pricedList : .completion(headers: ["x-cost": "0.25"])
        }
        #expect(proxied.said("billing").hasSuffix("; this run cost 0.25 USD"))
    }
}
