@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct CostLimitTests {
    private static let priced: [String: JSON] = [
        "endpoints": [
            "models": ["path": "/models", "needs_key": false, "prices": ["input": "pricing.prompt", "output": "pricing.completion"]],
            "key": ["path": "/credits", "proves_key": true], "inference": ["path": "/chat/completions", "proves_key": true],
            "embeddings": ["path": "/embeddings"],
        ]
    ]

    /// What one request costs at most is 256 and 16 tokens: 0.000320 USD.
    private func run(
        _ limit: Double, attempts: Int = 1, model: String? = "small-1", with optional: [String] = [], _ changes: [String: JSON] = priced
    ) throws -> CheckCase {
        try CheckCase(
            changes, model: model, with: optional, change: { $0.costLimit = CostLimit(amount: limit, attempts: attempts) }
        ) { probe, _ in
            guard probe.kind == .models else { return CheckCase.healthy(probe) }
            return .json(
                200,
                [
                    "data": [
                        ["id": "small-1", "pricing": ["prompt": "0.000001", "completion": "0.000004"]], ["id": "small-2"],
                        ["id": "dear-1", "pricing": ["prompt": "-1", "completion": "-1"]],
                    ]
                ])
        }
    }

    @Test func `below a ceiling the free list is asked first, and inference only if it fits`() throws {
        let fits = try run(0.00032)
        #expect(fits.run.rounds.map { $0.map(\.kind) } == [[.models, .key], [.inference]])
        #expect(fits.run.verdict.cause == .healthy)
        let over = try run(0.000319)
        #expect(over.run.rounds.map { $0.map(\.kind) } == [[.models, .key]])
        #expect(over.said("inference") == "skip: not sent: it could cost 0.00032 USD, more than --max-cost allows")
        #expect(over.run.verdict.cause == .inconclusive)
        #expect(over.run.verdict.reason == "over_cost_limit")
    }

    @Test func `each repetition that is allowed counts`() throws {
        #expect(try run(0.0009, attempts: 3).run.verdict.reason == "over_cost_limit")
        #expect(try run(0.001, attempts: 3).run.verdict.cause == .healthy)
    }

    @Test func `a second form of the request that does not fit any more is not sent, and that is the end`() throws {
        let limited = try CheckCase(Self.priced, model: "small-1", change: { $0.costLimit = CostLimit(amount: 0.0004, attempts: 1) }) {
            probe, _ in
            switch probe.kind {
            case .models:
                .json(200, ["data": [["id": "small-1", "pricing": ["prompt": "0.000001", "completion": "0.000004"]]]])
            case .inference:
                .error(400, message: "Unsupported parameter: 'max_tokens'.", code: "unsupported_parameter", param: "max_tokens")
            default: CheckCase.healthy(probe)
            }
        }
        #expect(limited.run.probes.filter { $0.kind == .inference }.count == 1)
    }

    @Test(arguments: ["small-2", "dear-1", "nobody-lists-this"])
    func `a model without a price is not asked`(model: String) throws {
        let run = try run(100, model: model)
        #expect(run.said("inference") == "skip: not sent: what \(model) costs is not known, so --max-cost cannot be kept")
        #expect(run.run.verdict.reason == "price_unknown")
        #expect(run.run.probes.filter(\.isPaid).isEmpty)
    }

    @Test func `several requests together stay below it`() throws {
        let run = try run(0.00033, with: ["streaming"])
        #expect(run.said("inference").hasPrefix("pass"))
        #expect(run.said("streaming").hasPrefix("skip: not sent: it could cost"))
        #expect(try self.run(0.00065, with: ["streaming"]).said("streaming").hasPrefix("pass"))
    }

    @Test func `software that people run themselves costs nothing`() throws {
        #expect(try run(0, Self.priced.merging(["kind": "local"]) { $1 }).run.verdict.cause == .healthy)
    }

    @Test func `a limit for each call lets several through, and none that costs more`() throws {
        func sent(_ limit: CostLimit) throws -> [Probe.Kind] {
            var options = Diagnosis.Options()
            options.checks.insert("streaming")
            options.costLimit = limit
            let run = try Rehearsal(Sample.target(Self.priced, model: "small-1"), options: options) { probe, _ in
                probe.endpoint == .models
                    ? .json(
                        200, ["object": "list", "data": [["id": "small-1", "pricing": ["prompt": "0.000001", "completion": "0.000004"]]]])
                    : probe.isPaid ? .completion(model: "small-1") : .json(200, ["balance": "4.5"])
            }
            return run.probes.filter(\.isPaid).map(\.kind)
        }
        #expect(try sent(CostLimit(amount: 0.0004)) == [.inference])
        #expect(try sent(.eachCall(0.0004)) == [.inference, .streaming])
        #expect(try sent(.eachCall(0.0003)) == [])
    }

    @Test func `a price of the manifest holds at the vendor's own address only`() throws {
        let changes: [String: JSON] = [
            "prices": [
                [
                    "model": "small-1", "input_usd_per_million": 1, "output_usd_per_million": 4, "date": "2026-11-20",
                    "source": "https://sample.test/prices",
                ]
            ]
        ]
        let ceiling = { (model: String?, url: String?) in
            try RequestPlan.ceiling(for: Sample.target(changes, model: model, baseURL: url), options: .init(), attempts: 2)
        }
        guard case .atMost(let highest) = try ceiling("small-1", nil) else {
            Issue.record("the price is in the manifest")
            return
        }
        #expect(abs(highest - 0.00064) < 1e-12)
        #expect(try ceiling("small-2", nil) == .unknown)
        #expect(try ceiling(nil, nil) == .listed)
        #expect(try ceiling("small-1", "https://mirror.test/v1") == .unknown)
        #expect(try RequestPlan.ceiling(for: Sample.target(), options: .init(), attempts: 1) == .unknown)
        #expect(try RequestPlan.ceiling(for: Sample.target(Self.priced), options: .init(), attempts: 1) == .listed)
        var free = Diagnosis.Options()
        (free.infers, free.pays) = (false, false)
        #expect(try RequestPlan.ceiling(for: Sample.target(), options: free, attempts: 1) == .atMost(0))
    }
}
