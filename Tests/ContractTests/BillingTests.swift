import Sonde
import SondeJSON
import TestSupport
import Testing

/// What vendors that ship tell of money and limits, in their own forms.
@Suite struct BillingTests {
    private static let key = "4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0P"

    /// What the billing check says of a served request, and the run it is from.
    private func billing(
        _ id: String, key balance: JSON? = nil, models: JSON = ["data": [["id": "m"]]], headers: [String: String] = [:],
        usage: JSON = ["prompt_tokens": 10, "completion_tokens": 2]
    ) throws -> CheckResult {
        let target = try Contract.target(id, key: Self.key, model: "m", baseURL: id == "litellm" ? "http://127.0.0.1:4000/v1" : nil)
        let run = try Rehearsal(target) { probe, _ in
            switch probe.endpoint {
            case .models: .json(200, models)
            case .key, .balance: .json(200, balance ?? [:])
            default: .json(200, ["choices": [["message": ["content": "ok"], "finish_reason": "stop"]], "usage": usage], headers)
            }
        }
        return try #require(run.checks.first { $0.id == "billing" })
    }

    // MARK: Balances

    @Test func `Vercel tells a balance, and not whether it was bought`() throws {
        let result = try billing("vercel", key: ["balance": "95.50", "total_used": "4.50"])
        #expect(result.summary.hasPrefix("95.50 USD left (free or bought: not told)"))
    }

    @Test func `OpenRouter tells what the key may still spend, and whether the account ever paid`() throws {
        let data: (JSON, Bool) -> JSON = { ["data": ["limit": 10, "limit_remaining": $0, "usage": 25.5, "is_free_tier": .bool($1)]] }
        #expect(try billing("openrouter", key: data(7.25, false)).summary.hasPrefix("7.25 USD left of the key's own limit"))
        #expect(try billing("openrouter", key: data(0, false)).outcome == .warn)
        let free = try billing("openrouter", key: data(nil, true)).summary
        #expect(free.contains("the balance cannot be read with this key") && free.contains("free tier: nothing was ever bought"))
    }

    @Test func `DeepSeek tells granted credit from bought, in the currency that it names`() throws {
        let infos: JSON = [["currency": "USD", "total_balance": "12.00", "granted_balance": "2.00", "topped_up_balance": "10.00"]]
        let result = try billing("deepseek", key: ["is_available": true, "balance_infos": infos])
        #expect(result.summary.hasPrefix("12.00 USD left (2.00 given, 10.00 bought)"))
    }

    @Test func `LiteLLM tells the budget of the key, where it has one`() throws {
        #expect(
            try billing("litellm", key: ["info": ["max_budget": 10, "spend": 9.5]]).summary.hasPrefix(
                "0.50 USD left of the key's own limit"))
        #expect(try billing("litellm", key: ["info": ["max_budget": nil, "spend": 9.5]]).summary.contains("9.50 USD used so far"))
    }

    // MARK: What a run costs

    @Test(
        arguments: [
            (
                "vercel", ["data": [["id": "m", "pricing": ["input": "0.000001", "output": "0.000002"]]]],
                ["prompt_tokens": 10, "completion_tokens": 2], [:], "0.000014"
            ),
            (
                "openrouter", ["data": [["id": "m", "pricing": ["prompt": "0.000001", "completion": "0.000002", "request": "0.01"]]]],
                ["prompt_tokens": 10, "completion_tokens": 2], [:], "0.01"
            ),
            (
                "openrouter", ["data": [["id": "m", "pricing": ["prompt": "1", "completion": "2"]]]],
                ["prompt_tokens": 10, "completion_tokens": 2, "cost": 0.00095], [:], "0.00095"
            ),
            (
                "litellm", ["data": [["id": "m"]]], ["prompt_tokens": 10, "completion_tokens": 2], ["x-litellm-response-cost": "0.0004"],
                "0.0004"
            ),
        ] as [(String, JSON, JSON, [String: String], String)])
    func `what a run cost is counted or told`(id: String, models: JSON, usage: JSON, headers: [String: String], cost: String) throws {
        let result = try billing(id, key: ["data": ["usage": 1]], models: models, headers: headers, usage: usage)
        #expect(result.summary.hasSuffix("; this run cost \(cost) USD"), "\(result.summary)")
    }

    // MARK: Rate limits

    @Test(arguments: [
        ("openai", "x-ratelimit-remaining-requests", "x-ratelimit-limit-requests", "requests"),
        ("groq", "x-ratelimit-remaining-requests", "x-ratelimit-limit-requests", "requests per day"),
        ("groq", "x-ratelimit-remaining-tokens", "x-ratelimit-limit-tokens", "tokens per minute"),
        ("cerebras", "x-ratelimit-remaining-tokens-day", "x-ratelimit-limit-tokens-day", "tokens per day"),
        ("anthropic", "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-limit", "tokens"),
        ("mistral", "x-ratelimitbysize-remaining-month", "x-ratelimitbysize-limit-month", "tokens per month"),
    ])
    func `limits are read in each vendor's form, and little is worth a warning`(id: String, left: String, all: String, what: String) throws
    {
        #expect(try billing(id, headers: [left: "40", all: "1000"]).summary.contains("rate limits: only 40 of 1000 \(what) left"))
        #expect(try billing(id, headers: [left: "40", all: "1000"]).outcome == .warn)
        #expect(try billing(id, headers: [left: "50", all: "1000"]).summary.contains("rate limits: 50 of 1000 \(what) left"))
        #expect(try billing(id, headers: [left: "50", all: "1000"]).outcome == .pass)
    }
}
