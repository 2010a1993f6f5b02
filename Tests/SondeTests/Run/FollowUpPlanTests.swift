import Sonde
import TestSupport
import Testing

@Suite struct FollowUpPlanTests {
    private func names(_ changes: (inout Diagnosis.Options) -> Void = { _ in }, baseURL: String? = nil, key: String? = Sample.key) throws
        -> [String]
    {
        var options = Diagnosis.Options()
        changes(&options)
        return try RequestPlan.followUps(for: Sample.target(Sample.everything, key: key, baseURL: baseURL), options: options).map(\.name)
    }

    @Test func `every follow-up is listed with its cost and the origin it goes to`() throws {
        let planned = try RequestPlan.followUps(for: Sample.target(Sample.everything), options: .init())
        #expect(
            planned.map(\.name) == ["inference", "bad-key", "no-key", "other-model", "other-api", "handshake", "edge-trace", "status-page"])
        for followUp in planned {
            #expect(followUp.origin == (followUp.name == "status-page" ? "https://status.sample.test" : "https://api.sample.test"))
            #expect(followUp.cost.hasPrefix(["inference", "other-model", "other-api"].contains(followUp.name) ? "paid" : "free"))
        }
    }

    @Test func `what is not allowed or has nobody to ask is not listed`() throws {
        #expect(try names({ $0.asksThirdParties = false }).contains { $0 == "edge-trace" || $0 == "status-page" } == false)
        #expect(try names(baseURL: "https://mirror.example.test/v1").contains("status-page") == false)
        #expect(try names(baseURL: "https://mirror.example.test/v1").contains("base-url"))
        #expect(
            try names({
                $0.followsUp = false; $0.infers = false
            }).isEmpty)
        #expect(try names({ $0.infers = false }).contains { $0.hasPrefix("other-") || $0 == "inference" } == false)
        #expect(try names(key: nil).contains { $0.hasSuffix("-key") } == false)
        let plain = try RequestPlan.followUps(for: Sample.target(), options: .init()).map(\.name)
        #expect(!plain.contains("other-api") && !plain.contains("edge-trace") && !plain.contains("status-page"))
    }
}
