import Sonde
import SondeSimulator
import TestSupport

/// What is asked at once, at first.
private let list = "GET /v1/models key"
private let infer = "POST /v1/chat/completions key"
private let credits = "GET /v1/credits key"
private let two = [list, infer]
private let three = [list, credits, infer]

extension CauseCase {
    static let openAIKey = "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5"

    /// A service that is well but for its answer to inference.
    private static func inference(_ answer: [String: Any]) throws -> Scenario {
        try .asked([["method": "POST", "path": "/v1/chat/completions", "answer": answer]])
    }

    /// The same in OpenAI's words and as OpenAI.
    private static func openAI(_ path: String, _ answer: [String: Any]) throws -> Scenario {
        try .asked(vendor: "openai", key: openAIKey, model: "gpt-5.4-nano", [["path": path, "answer": answer]])
    }

    /// A server that answers inference with a model of this name as it answers a path that it does not have.
    private static func lacking(_ model: String, _ answer: [String: Any]) throws -> Scenario {
        try .asked([["method": "POST", "path": "/v1/chat/completions", "when": ["model": model], "answer": answer]])
    }

    // One line says what is found, the next where, the last what it costs. Built-in scenarios go by their names.
    static let all: [CauseCase] = key + account + request + service + network

    private static let key: [CauseCase] = [
        CauseCase(.healthy, nil, .certain, exits: .pass, "as Vercel", at: { _ in try .simulated("healthy", as: "vercel") }, asks: [three]),
        CauseCase(.healthy, nil, .certain, exits: .pass, "as OpenAI", at: { _ in try .simulated("healthy", as: "openai") }, asks: [two]),
        CauseCase(.healthy, nil, .certain, exits: .pass, "as a server nobody knows", at: { _ in try .simulated(.asked([])) }, asks: [two]),
        CauseCase(
            .healthy, nil, .certain, exits: .pass, "at the vendor's own host, with an edge and a status page to ask",
            at: { try .onOwnHost($0, []) }, asks: [two]),
        CauseCase(
            .healthy, nil, .certain, exits: .pass, "without a key", at: { _ in try .simulated("key-ignored") },
            asks: [["GET /v1/models none", "POST /v1/chat/completions none"]]),
        CauseCase(
            .healthy, nil, .certain, exits: .pass, "on attempt 2", at: { _ in try .simulated("flaky") }, asks: [[list, list, infer, infer]]),
        CauseCase(
            .keyMissing, "key_missing", .certain, "none is set",
            at: { _ in
                var peer = try Peer.simulated("healthy", as: "openai")
                peer.variables = [:]
                return peer
            }, asks: []),
        CauseCase(
            .keyMissing, "key_not_sent", .likely, "none was given to a server that wants one",
            at: { _ in
                var peer = try Peer.simulated(.asked([["path": "*", "answer": Answer.refusal(401, "Missing API key")]]))
                peer.arguments.removeLast(2)
                return peer
            }, asks: [["GET /v1/models none", "POST /v1/chat/completions none"]]),
        CauseCase(
            .keyMissing, "not_received", .certain, "stripped on the way",
            at: { _ in try .simulated(.asked([["path": "*", "answer": Answer.refusal(401, "Missing API key")]])) },
            asks: [two, ["GET /v1/models none"]]),
        CauseCase(
            .keyMalformed, "key_line_end", .certain, "with a line end",
            at: { _ in try .simulated("healthy", as: "vercel", key: Scenario.gatewayKey + "\n") }, asks: []),
        CauseCase(
            .keyMalformed, "wrong_vendor_key", .certain, "another vendor's",
            at: { _ in try .simulated("healthy", as: "openai", key: Scenario.gatewayKey) }, asks: []),
        CauseCase(.keyRejected, "unknown_key", .certain, "in OpenAI's words", at: { _ in try .simulated("openai-bad-key") }, asks: [two]),
        CauseCase(
            .keyRejected, "unknown_key", .likely, "in words that say little",
            at: { _ in try .simulated(inference(["status": 401, "body": ["detail": "Unauthorized"]])) },
            asks: [two, ["POST /v1/chat/completions made-up"]]),
    ]

    private static let account: [CauseCase] = [
        CauseCase(.orgMismatch, "scope_header", .certain, "OpenAI", at: { _ in try .simulated("openai-wrong-org") }, asks: [two]),
        CauseCase(.permissionDenied, "missing_scope", .certain, "OpenAI", at: { _ in try .simulated("openai-missing-scope") }, asks: [two]),
        CauseCase(
            .accountDenied, "account_blocked", .certain, "Vercel", at: { _ in try .simulated("vercel-account-denied") },
            asks: [three, ["GET /v1/credits made-up"]]),
        CauseCase(
            .accountDenied, "account_blocked", .likely, "Vercel, where no key may be made up",
            at: { _ in try .simulated("vercel-account-denied", ["--no-control"]) }, asks: [three, ["POST /v1/responses key"]]),
        CauseCase(.accountDenied, "unverified", .certain, "OpenAI", at: { _ in try .simulated("openai-unverified") }, asks: [two]),
        CauseCase(
            .billingBlocked, "insufficient_funds", .certain, "Vercel", at: { _ in try .simulated("vercel-no-credit") }, asks: [three]),
        CauseCase(
            .billingBlocked, "card_required", .certain, "Vercel, without a card", at: { _ in try .simulated("vercel-card-required") },
            asks: [three]),
        CauseCase(
            .billingBlocked, "insufficient_quota", .certain, "OpenAI, under 429", at: { _ in try .simulated("openai-no-quota") },
            asks: [two]),
        CauseCase(
            .regionBlocked, "unsupported_country", .certain, "OpenAI, at another host", at: { _ in try .simulated("region-blocked") },
            asks: [two]),
        CauseCase(
            .regionBlocked, "unsupported_country", .certain, "at the vendor's own host, whose edge names the country",
            at: { user in
                let refusal = Answer.refusal(
                    403, "Country, region, or territory not supported", code: "unsupported_country_region_territory")
                return try .onOwnHost(
                    user, [["path": "/cdn-cgi/trace", "answer": ["text": "loc=KP\n"]], ["path": "*", "answer": refusal]])
            }, asks: [two, ["GET /cdn-cgi/trace none"]]),
        CauseCase(
            .ipBlocked, "allow_list", .certain, "OpenAI",
            at: { _ in
                try .simulated(
                    openAI("*", Answer.refusal(401, "Your IP is not authorized to access this project.", code: "ip_not_authorized")))
            }, asks: [two]),
    ]

    private static let request: [CauseCase] = [
        CauseCase(
            .modelUnavailable, "unknown_model", .certain, "in OpenAI's words",
            at: { _ in
                try .simulated(
                    openAI(
                        "/v1/chat/completions",
                        Answer.refusal(404, "The model `gpt-9` does not exist or you do not have access to it.", code: "model_not_found")),
                    ["--model", "gpt-9"])
            }, asks: [two]),
        CauseCase(
            .modelUnavailable, "unknown_model", .likely, "in words that leave something open",
            at: { _ in try .simulated(lacking("gone", Answer.refusal(404, "model 'gone' not found")), ["--model", "gone"]) },
            asks: [two, [infer]]),
        CauseCase(
            .modelUnavailable, "unknown_model", .likely, "answered like a path that is not there",
            at: { _ in try .simulated(lacking("gone", ["status": 404, "body": ["detail": "Not Found"]]), ["--model", "gone"]) },
            asks: [two, [infer]]),
        CauseCase(
            .requestRejected, "invalid_request", .possible, "a server nobody knows",
            at: { _ in try .simulated(inference(Answer.refusal(400, "Invalid value for messages[0].role"))) }, asks: [two]),
        CauseCase(
            .contentFiltered, "moderation", .certain, "a server nobody knows",
            at: { _ in try .simulated(inference(Answer.refusal(400, "Filtered by the content policy.", code: "content_filter"))) },
            asks: [two]),
        CauseCase(
            .rateLimited, "rate", .certain, exits: .retryable, "OpenAI, for three attempts", at: { _ in try .simulated("rate-limited") },
            asks: [[list, infer, infer, infer]]),
        CauseCase(
            .wrongEndpoint, "page_instead_of_api", .certain, "a base URL without its path",
            at: { _ in
                try .simulated(
                    .asked(
                        basePath: "",
                        [["path": ["/models", "/chat/completions", "/api/*", "/openai/*"], "answer": Answer.page(404, "Not here")]]))
            },
            asks: [
                ["GET /models key", "POST /chat/completions key"],
                ["GET /v1/models key", "GET /api/v1/models key", "GET /openai/v1/models key"],
            ]),
        CauseCase(
            .wrongEndpoint, "wrong_api_for_model", .certain, "another API serves the model",
            at: { _ in
                try .simulated(
                    openAI(
                        "/v1/chat/completions",
                        Answer.refusal(404, "This model is only supported in v1/responses and not in v1/chat/completions.")))
            }, asks: [two, ["POST /v1/responses key"]]),
        CauseCase(.wrongEndpoint, "redirected", .likely, "sent on to another origin", at: { _ in try .simulated("redirect") }, asks: [two]),
    ]

    private static let service: [CauseCase] = [
        CauseCase(
            .providerOutage, "server_error", .likely, exits: .retryable, "for three attempts", at: { _ in try .simulated("outage") },
            asks: [[list, list, list, infer, infer, infer]]),
        CauseCase(
            .providerOutage, "server_error", .certain, exits: .retryable, "at the vendor's own host, whose status page admits it",
            at: { user in
                let page: [String: Any] = ["body": ["components": [["name": "Chat", "status": "major_outage"]]]]
                return try .onOwnHost(
                    user,
                    [
                        ["path": "/api/v2/components.json", "answer": page],
                        ["path": "*", "answer": Answer.refusal(503, "Sorry.", type: "server_error")],
                    ], ["--retry", "0"])
            }, asks: [two, ["GET /api/v2/components.json none"]]),
        CauseCase(.responseInvalid, "empty_body", .likely, "nothing in it", at: { _ in try .simulated("empty-body") }, asks: [two]),
        CauseCase(
            .responseInvalid, "unexpected_shape", .likely, "JSON, but no answer",
            at: { _ in try .simulated(inference(["body": ["a": 1]])) }, asks: [two]),
        CauseCase(
            .inconclusive, "unknown_answer", .possible, exits: .inconclusive, "a status that says nothing",
            at: { _ in try .simulated(inference(["status": 418, "body": ["a": 1]])) }, asks: [two]),
        CauseCase(
            .inconclusive, "inference_not_tested", .possible, exits: .pass, "no inference was asked for",
            at: { _ in try .simulated("healthy", as: "vercel", ["--no-inference"]) }, asks: [[list, credits]]),
    ]

    private static let network: [CauseCase] = [
        CauseCase(
            .dnsFailure, "name_not_resolved", .certain, "a name that does not exist", needs: [.cc], arrives: false,
            at: { try .named(StandInResolver.missingName, $0) }, asks: [two]),
        CauseCase(
            .dnsFailure, "resolver_silent", .likely, "a resolver that never answers", needs: [.cc], arrives: false,
            at: { try .named(StandInResolver.hungName, $0, ["--connect-timeout", "1"]) }, asks: [two]),
        CauseCase(
            .connectFailure, "not_connected", .certain, "a closed port", arrives: false, at: { _ in try .closedPort() }, asks: [two]),
        CauseCase(
            .tlsFailure, "certificate_not_trusted", .certain, "nginx with a certificate of its own", needs: [.nginx, .openssl],
            arrives: false, at: { _ in try .selfSigned() }, asks: [two, ["TLS /v1 none"]]),
        CauseCase(
            .timeout, "no_answer_in_time", .likely, exits: .retryable, "a connection on which nothing comes",
            at: { _ in try .scripted([.readRequest, .stall], ["--max-time", "1"]) }, asks: [[list, list, infer, infer]]),
        CauseCase(
            .timeout, "no_answer_in_time", .likely, exits: .retryable, "only inference stalls",
            at: { _ in try .simulated("stall", ["--max-time", "1"]) }, asks: [[list, infer, infer]]),
        CauseCase(
            .proxyFailure, "proxy_password", .certain, "tinyproxy that wants a password", needs: [.tinyproxy], arrives: false,
            at: { _ in try .proxied(user: "somebody", password: "else") }, asks: [two]),
        CauseCase(
            .proxyFailure, "proxy_refused", .likely, "tinyproxy that lets nobody through to this port", needs: [.tinyproxy],
            arrives: false, at: { _ in try .proxied(connectPort: 1) }, asks: [two]),
        CauseCase(
            .intercepted, "challenge_page", .certain, "a challenge for browsers", at: { _ in try .simulated("challenge-page") },
            asks: [three]),
        CauseCase(
            .intercepted, "portal_page", .certain, "a captive portal",
            at: { _ in
                try .scripted([
                    .readRequest,
                    .respond(
                        511, headers: ["Content-Type: text/html", "Connection: close"],
                        body: "<!DOCTYPE html><html><head><title>Network Authentication Required</title></head></html>"), .close,
                ])
            }, asks: [two]),
    ]
}
