import SondeJSON
import TestSupport

@testable import Sonde

/// One cell of a comparison, checked against answers from a closure.
struct Trial {
    var subject = "sample"
    var route = "direct"
    /// Its number; nil for no key.
    var key: Int? = 1
    /// Where it was read; by its number unless given.
    var keySource: String?
    var place: String?
    var kind = Vendor.Kind.direct
    var host = "api.sample.test"
    var model = "small-1"
    var minute = 0
    var answer = Answer.works

    enum Answer {
        case works, barred, noCredit, unknownKey, strippedKey, region, address, gone, vague
        /// The gateway passes on what its upstream said.
        case upstreamGone
        case unresolved, unconnected, badProxy, wantsPassword, noInterface, captivePortal
        /// Nothing was asked that could decide.
        case untested
    }

    func result() throws -> TargetResult {
        var target = try Sample.target(
            ["kind": .string(kind.rawValue), "hosts": [.string(host)]], key: key.map { "smp_4f9Qz7Lm2Xc8Vb1Nk6J\($0)" }, model: model,
            baseURL: "https://\(host)/v1")
        target.name = subject
        target.route.name = route
        var options = Diagnosis.Options()
        (options.followsUp, options.infers) = (false, answer != .untested)
        let run = try Rehearsal(target, options: options, retries: RetryPolicy(limit: 0)) { probe, _ in reply(to: probe) }
        return TargetResult(
            target: target, options: options, exchanges: run.exchanges, checks: run.checks, verdict: run.verdict,
            startedAt: Timestamp(seconds: 1_763_630_000 + Int64(60 * minute)), duration: .seconds(1))
    }

    private func reply(to probe: Probe) -> Rehearsal.Reply {
        let list = Rehearsal.Reply.models("small-1", "small-2")
        let balance = Rehearsal.Reply.json(200, ["balance": 5])
        func inference(_ reply: Rehearsal.Reply) -> Rehearsal.Reply {
            probe.endpoint == .models ? list : probe.endpoint == .key ? balance : reply
        }
        return switch answer {
        case .works: inference(.completion())
        case .barred: probe.endpoint == .models ? list : .error(403, message: "Forbidden.", type: "account_barred")
        case .noCredit: inference(.error(402, message: "x", type: "insufficient_funds"))
        case .unknownKey: .error(401, message: "Incorrect API key provided", code: "invalid_api_key")
        case .strippedKey: .error(401, message: "You didn't provide an API key")
        case .region: .error(403, message: "x", code: "unsupported_country_region_territory")
        case .address: .error(403, message: "Your IP address is not allowed", code: "ip_not_authorized")
        case .gone: inference(.error(404, message: "x", code: "model_not_found"))
        case .vague: inference(.error(400, message: "Invalid value for messages", type: "invalid_request_error"))
        case .upstreamGone:
            inference(
                .json(
                    404,
                    [
                        "error": [
                            "message": "Provider returned error", "code": 404,
                            "metadata": ["raw": "{\"error\":{\"message\":\"x\",\"code\":\"model_not_found\"}}", "provider_name": "Maker"],
                        ]
                    ]))
        case .unresolved: .dead(.nameResolution, .nameLookup)
        case .unconnected: .dead(.connect, .connect)
        case .badProxy: .dead(.proxy, .connect)
        case .wantsPassword: .json(407, [:])
        case .noInterface: .dead(.interface, nil)
        case .captivePortal: .page(200, title: "Wi-Fi login")
        case .untested: probe.endpoint == .models ? list : balance
        }
    }
}

extension Comparison {
    /// What the laws say of cells.
    init(_ trials: [Trial]) throws {
        let cells = trials.enumerated().map { index, trial in
            Cell(
                target: index, subject: trial.subject, route: trial.route, key: trial.keySource ?? trial.key.map { "env:KEY_\($0)" },
                // Reports of several machines tell no numbers.
                keyNumber: trial.place == nil ? trial.key : nil, place: trial.place)
        }
        self.init(cells: cells, results: try trials.map { try $0.result() })
    }
}
