import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct RequestPlanTests {
    @Test func `the plan is what the baseline sends, with its cost`() throws {
        let plan = RequestPlan.baseline(for: try Sample.target(model: "small-1"), options: .init(), limits: RunLimits())
        #expect(plan.map { "\($0.method) \($0.path)" } == ["GET /v1/models", "GET /v1/credits", "POST /v1/chat/completions"])
        #expect(plan.map { $0.cost.hasPrefix("paid") } == [false, false, true])
    }

    @Test func `inference that waits for the list is planned, too, and none where it is not asked for`() throws {
        var options = Diagnosis.Options()
        #expect(
            RequestPlan.baseline(for: try Sample.target(), options: options, limits: RunLimits()).last?.cost.contains("from the list")
                == true)
        options.infers = false
        #expect(try RequestPlan.baseline(for: Sample.target(), options: options, limits: RunLimits()).map(\.probe) == ["models", "key"])
    }

    @Test func `each paid request says what it costs at most, or that no price is known`() throws {
        let price: JSON = [
            "model": "small-1", "input_usd_per_million": 1.0, "output_usd_per_million": 2.0, "date": "2026-11-20",
            "source": "https://sample.test/prices",
        ]
        let listed: JSON = [
            "models": ["path": "/models", "prices": ["input": "pricing.in", "output": "pricing.out"]],
            "inference": ["path": "/chat/completions"],
        ]
        for (changes, model, words) in [
            ([:], "small-1", "model small-1, price not listed"),
            (["prices": [price]], "small-1", "model small-1, at most 0.00029 USD"),
            (["prices": [price]], nil, "model from the list, at most 0.00029 USD if that is small-1"),
            (["endpoints": listed], "small-1", "model small-1, priced in the list of models"),
            (["endpoints": listed], nil, "model from the list, which tells its price"),
            (["kind": "local"], "small-1", "model small-1, nothing to pay at a server of one's own"),
        ] as [([String: JSON], String?, String)] {
            let target = try Sample.target(changes, model: model)
            let cost = RequestPlan.baseline(for: target, options: .init(), limits: RunLimits()).last?.cost
            #expect(cost?.hasSuffix(words) == true, "\(cost ?? "")")
        }
    }

    @Test func `follow-ups are those that the options allow`() throws {
        let target = try Sample.target()
        var options = Diagnosis.Options()
        #expect(
            RequestPlan.followUps(for: target, options: options).map(\.name) == [
                "inference", "bad-key", "no-key", "other-model", "handshake",
            ])
        options.usesControl = false
        #expect(RequestPlan.followUps(for: target, options: options).map(\.name) == ["inference", "no-key", "other-model", "handshake"])
        options.followsUp = false
        #expect(RequestPlan.followUps(for: target, options: options).map(\.name) == ["inference"])
        #expect(RequestPlan.followUpLimit == 6)
    }

    @Test func `without a key, or without TLS, what needs them is not planned`() throws {
        #expect(
            try RequestPlan.followUps(for: Sample.target(key: nil), options: .init()).map(\.name) == [
                "inference", "other-model", "handshake",
            ])
        #expect(
            try !RequestPlan.followUps(for: Sample.target(baseURL: "http://127.0.0.1:1"), options: .init()).map(\.name).contains(
                "handshake"))
    }
}
