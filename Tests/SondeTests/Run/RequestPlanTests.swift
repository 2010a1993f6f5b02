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
