import SondeSimulator
import Testing

/// Services to compare, all on this machine, and a profile that names them.
///
/// `ways` answers by where a request comes from: 127.0.0.2 is served, .3 is refused for its country, .4 for its address, .5 loses its
/// key on the way, .6 meets a captive portal, .7 has no credit.
final class ComparedServices {
    static let key = "sk-proj-DEMO4uT9_sVx2LqB7nYc-K1mWe6RzHd3Jf8Pg5AoS0iNvXb_7QtMr2Cw9Lk-4hEyZu6DjG1pBx8FsTa3Vo5IqRn0Wm7KcHe2Yd9JzLg"
    static let otherKey = "sk-proj-DEMO8uT9_sVx2LqB7nYc-K1mWe6RzHd3Jf8Pg5AoS0iNvXb_7QtMr2Cw9Lk-4hEyZu6DjG1pBx8FsTa3Vo5IqRn0Wm7KcHe2Yd9JzXy"
    static let thirdKey = "sk-proj-DEMO9uT9_sVx2LqB7nYc-K1mWe6RzHd3Jf8Pg5AoS0iNvXb_7QtMr2Cw9Lk-4hEyZu6DjG1pBx8FsTa3Vo5IqRn0Wm7KcHe2Yd9JzZw"
    static let routerKey = "sk-or-v1-DEMO0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f405162738495a6b7c8d9"
    static let compatibleKey = "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f"

    let healthy: Simulator
    let ways: Simulator
    /// A proxy that wants a password.
    let guarded: Simulator
    private let others: [Simulator]
    let profile: String
    let variables = [
        "K1": key, "K1_COPY": key, "K2": otherKey, "K3": thirdKey, "GATE": Scenario.gatewayKey, "ROUTER": routerKey,
        "COMPATIBLE": compatibleKey,
    ]
    /// A port on which nobody listens any more.
    let closedPort: UInt16

    init(for user: User) throws {
        healthy = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        ways = try Simulator.start(scenario: Self.byWay)
        guarded = try Simulator.start(scenario: Self.scenario("guarded", [["path": "*", "answer": ["status": 407]]]))
        let poor = try Simulator.start(scenario: Self.poor)
        let poorGateway = try Simulator.start(scenario: #require(Scenario.builtIn("vercel-no-credit")))
        let router = try Simulator.start(scenario: Self.router)
        let portal = try Simulator.start(scenario: Self.portal)
        others = [poor, poorGateway, router, portal]
        let gone = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        closedPort = gone.port
        gone.stop()
        let nowhere = String(repeating: "a", count: 64) + ".test"
        let targets = [
            ("maker", "openai", healthy.baseURL, "K1", "gpt-5.4-nano"),
            ("poor", "openai", poor.baseURL, "K1", "gpt-5.4-nano"),
            ("gate", "vercel", healthy.baseURL, "GATE", "openai/gpt-5.4-nano"),
            ("poor-gate", "vercel", poorGateway.baseURL, "GATE", "openai/gpt-5.4-nano"),
            ("gone", "openai", healthy.baseURL, "K1", "no-such-model"),
            ("router", "openrouter", router.baseURL, "ROUTER", "openai/no-such-model"),
            ("other", "openai-compatible", healthy.baseURL, "COMPATIBLE", "llama-3.1-8b-instruct"),
            ("closed", "openai", "http://127.0.0.1:\(closedPort)/v1", "K1", "gpt-5.4-nano"),
            ("nowhere", "openai", "http://\(nowhere):\(healthy.port)/v1", "K1", "gpt-5.4-nano"),
            ("nowhere-too", "vercel", "http://b\(nowhere):\(healthy.port)/v1", "GATE", "openai/gpt-5.4-nano"),
            ("portal", "openai", portal.baseURL, "K1", "gpt-5.4-nano"),
            ("portal-too", "vercel", "http://localhost:\(portal.port)/v1", "GATE", "openai/gpt-5.4-nano"),
            ("ways", "openai", ways.baseURL, "K1", "gpt-5.4-nano"),
        ].map { name, vendor, url, key, model in
            #"{"name": "\#(name)", "vendor": "\#(vendor)", "base_url": "\#(url)", "key": "env:\#(key)", "model": "\#(model)"}"#
        }
        profile = try user.writes(
            #"{"routes": {"office": "interface=127.0.0.2"}, "targets": [\#(targets.joined(separator: ",\n"))]}"#, to: "profile.json")
    }

    deinit { for simulator in [healthy, ways, guarded] + others { simulator.stop() } }

    // MARK: Scenarios

    static func scenario(_ name: String, vendor: String = "openai", key: String = key, _ routes: [[String: Any]]) throws -> Scenario {
        try Scenario([
            "name": name, "summary": "For comparisons.", "vendor": vendor, "base_path": "/v1", "key": key, "model": "gpt-5.4-nano",
            "expect": "healthy", "otherwise": "healthy", "routes": routes,
        ])
    }

    private static func error(_ status: Int, _ message: String, _ code: String) -> [String: Any] {
        ["status": status, "body": ["error": ["message": message, "type": "invalid_request_error", "code": code] as [String: Any]]]
    }

    private static var quota: [String: Any] {
        error(429, "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota")
    }

    private static var byWay: Scenario {
        get throws {
            let page: [String: Any] = [
                "status": 200, "headers": ["Content-Type": "text/html"],
                "text": "<!DOCTYPE html><html><head><title>Wi-Fi login</title></head><body>Please log in</body></html>",
            ]
            let from: (String, String, [String: Any]) -> [String: Any] = { source, path, answer in
                ["path": path, "when": ["source": source], "answer": answer]
            }
            return try scenario(
                "by-way",
                [
                    from(
                        "127.0.0.3", "*", error(403, "Country, region, or territory not supported", "unsupported_country_region_territory")),
                    from("127.0.0.4", "*", error(403, "Your IP address is not authorized for this project.", "ip_not_authorized")),
                    from("127.0.0.5", "*", error(401, "You didn't provide an API key.", "missing_api_key")),
                    from("127.0.0.6", "*", page),
                    from("127.0.0.7", "/v1/chat/completions", quota),
                ])
        }
    }

    /// Takes every key, and has no credit for any.
    private static var poor: Scenario {
        get throws {
            try scenario(
                "poor",
                [
                    ["method": "POST", "path": "*", "answer": quota],
                    ["path": "/v1/models", "answer": ["body": ["object": "list", "data": [["id": "gpt-5.4-nano", "object": "model"]]]]],
                ])
        }
    }

    /// Passes on what its upstream says of a model.
    private static var router: Scenario {
        get throws {
            let raw = #"{"error":{"message":"The model does not exist","type":"invalid_request_error","code":"model_not_found"}}"#
            return try scenario(
                "router", vendor: "openrouter", key: routerKey,
                [
                    ["path": "/v1/key", "answer": ["body": ["data": ["label": "demo", "limit_remaining": 5, "usage": 1]]]],
                    ["path": "/v1/credits", "answer": ["body": ["data": ["total_credits": 5, "total_usage": 1]]]],
                    [
                        "method": "POST", "path": "*",
                        "answer": [
                            "status": 404,
                            "body": [
                                "error": [
                                    "message": "Provider returned error", "code": 404,
                                    "metadata": ["raw": raw, "provider_name": "OpenAI"] as [String: Any],
                                ] as [String: Any]
                            ],
                        ],
                    ],
                ])
        }
    }

    private static var portal: Scenario {
        get throws {
            try scenario(
                "portal",
                [
                    [
                        "path": "*",
                        "answer": [
                            "status": 200, "headers": ["Content-Type": "text/html"],
                            "text": "<!DOCTYPE html><html><head><title>Wi-Fi login</title></head><body>Please log in</body></html>",
                        ],
                    ]
                ])
        }
    }
}
