@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct AnswerReaderTests {
    private func read(
        _ answer: Answer, _ kind: Probe.Kind = .inference, _ endpoint: Vendor.EndpointName = .inference, _ changes: [String: JSON] = [:]
    ) throws -> Reading {
        let target = try Sample.target(changes)
        return try Judge(vendors: [target.vendor]).reader(for: target).read(answer, probe: Probe(kind, endpoint: endpoint))
    }

    private func error(_ status: Int, _ layers: ErrorLayer...) -> Answer { Answer(status: status, bodyKind: .json, errors: layers) }

    private let inference = Facts(inference: Facts.Inference(hasText: true))

    @Test func `success in the promised shape is healthy and certain`() throws {
        let answers: [(Probe.Kind, Vendor.EndpointName, Facts)] = [
            (.inference, .inference, inference), (.models, .models, Facts(models: Facts.Models(count: 0, ids: []))),
            (.key, .key, Facts(balance: Facts.Balance(remaining: 0, currency: "USD"))),
        ]
        for (kind, endpoint, facts) in answers {
            let reading = try read(Answer(status: 200, bodyKind: .json, facts: facts), kind, endpoint)
            #expect(reading.isHealthy)
            #expect(reading.certainty == .certain)
            #expect(reading.speaker == .api)
        }
    }

    @Test func `text that is missing because the budget ended is healthy`() throws {
        let facts = Facts(inference: Facts.Inference(finishReason: "length", hasText: false))
        #expect(try read(Answer(status: 200, bodyKind: .json, facts: facts)).isHealthy)
    }

    @Test func `the shape of one endpoint does not pass for another's`() throws {
        let reading = try read(Answer(status: 200, bodyKind: .json, facts: inference), .models, .models)
        #expect(reading.cause == .responseInvalid)
        #expect(reading.reason == "unexpected_shape")
    }

    @Test(
        arguments: [
            (.html, .wrongEndpoint, "page_instead_of_api"), (.empty, .responseInvalid, "empty_body"),
            (.brokenJSON, .responseInvalid, "broken_json"),
            (.text, .responseInvalid, "not_json"), (.binary, .responseInvalid, "not_json"), (.json, .responseInvalid, "unexpected_shape"),
            (.eventStream, .responseInvalid, "unexpected_shape"),
        ] as [(BodyKind, Cause, String)])
    func `success in another shape is not`(kind: BodyKind, cause: Cause, reason: String) throws {
        let reading = try read(Answer(status: 200, bodyKind: kind))
        #expect(reading.cause == cause)
        #expect(reading.reason == reason)
        #expect(reading.certainty < .certain)
    }

    @Test func `an error inside success is not healthy`() throws {
        let unknown = try read(error(200, ErrorLayer(message: "something odd")))
        #expect(unknown.cause == .responseInvalid)
        #expect(unknown.reason == "error_in_success")
    }

    @Test func `an error inside success is known by its words, and by the status it states`() throws {
        #expect(try read(error(200, ErrorLayer(message: "Insufficient credits"))).cause == .billingBlocked)
        #expect(try read(error(200, ErrorLayer(message: "odd", code: "402"))).cause == .billingBlocked)
        #expect(try read(error(200, ErrorLayer(message: "odd", code: "12"))).cause == .responseInvalid)
    }

    @Test(arguments: [
        ("content_filter", Cause.contentFiltered), ("refusal", .contentFiltered), ("error", .providerOutage), ("stop", .healthy),
        ("length", .healthy),
    ])
    func `an answer of the right shape may say that it is none`(reason: String, cause: Cause) throws {
        var answer = Answer(status: 200, bodyKind: .json)
        answer.facts.inference = Facts.Inference(finishReason: reason, hasText: false)
        #expect(try read(answer).cause == cause)
    }

    @Test func `what we cut off ourselves is not held against the server`() throws {
        for kind in [BodyKind.brokenJSON, .text, .binary] {
            let reading = try read(Answer(status: 200, bodyKind: kind, isBodyCut: true))
            #expect(reading.cause == .inconclusive, "\(kind)")
            #expect(reading.reason == "body_over_limit")
        }
        #expect(try read(Answer(status: 200, bodyKind: .brokenJSON, isBodyCut: true), .models, .models).isHealthy)
    }

    @Test func `an endless page is a page, and endless text is no list`() throws {
        #expect(try read(Answer(status: 200, bodyKind: .html, isBodyCut: true), .models, .models).cause == .wrongEndpoint)
        #expect(try read(Answer(status: 200, bodyKind: .text, isBodyCut: true), .models, .models).cause == .inconclusive)
    }

    @Test(arguments: [301, 302, 307, 308])
    func `a redirect is a wrong endpoint and names its goal`(status: Int) throws {
        let reading = try read(Answer(status: status, headers: Headers([HeaderField("location", "https://login.test/in")])))
        #expect(reading.cause == .wrongEndpoint)
        #expect(reading.reason == "redirected")
        #expect(reading.detail == "https://login.test/in")
    }

    /// The shared vocabulary alone: no sign of the vendor fits.
    @Test(
        arguments: [
            (400, .requestRejected), (401, .keyRejected), (402, .billingBlocked), (403, .permissionDenied), (404, .wrongEndpoint),
            (405, .wrongEndpoint),
            (407, .proxyFailure), (413, .requestRejected), (418, .inconclusive), (421, .wrongEndpoint), (422, .requestRejected),
            (429, .rateLimited), (451, .regionBlocked),
            (500, .providerOutage), (502, .providerOutage), (503, .providerOutage), (504, .providerOutage), (511, .intercepted),
            (520, .providerOutage), (529, .providerOutage),
        ] as [(Int, Cause)])
    func `a status alone is the last resort and never certain of the account`(status: Int, cause: Cause) throws {
        let reading = try read(Answer(status: status, bodyKind: .json))
        #expect(reading.cause == cause)
        if ![407, 511].contains(status) { #expect(reading.certainty < .certain) }
    }

    @Test(
        arguments: [
            (401, ErrorLayer(message: "You have no access", code: "invalid_api_key"), .keyRejected),
            (403, ErrorLayer(message: "Invalid API key"), .keyRejected),
            (400, ErrorLayer(message: "API key not valid. Please pass a valid API key."), .keyRejected),
            (401, ErrorLayer(message: "No auth credentials found"), .keyMissing),
            (401, ErrorLayer(message: "You didn't provide an API key."), .keyMissing),
            (403, ErrorLayer(code: "unsupported_country_region_territory"), .regionBlocked),
            (400, ErrorLayer(message: "User location is not supported for the API use."), .regionBlocked),
            (429, ErrorLayer(code: "insufficient_quota"), .billingBlocked),
            (429, ErrorLayer(message: "You exceeded your current quota", type: "insufficient_quota"), .billingBlocked),
            (402, ErrorLayer(message: "Insufficient Balance", code: "invalid_request_error"), .billingBlocked),
            (400, ErrorLayer(message: "Your credit balance is too low to access the API", type: "invalid_request_error"), .billingBlocked),
            (429, ErrorLayer(message: "Budget has been exceeded! Current cost: 1.2", type: "budget_exceeded"), .billingBlocked),
            (
                404, ErrorLayer(message: "The model `x` does not exist or you do not have access to it.", code: "model_not_found"),
                .modelUnavailable
            ),
            (404, ErrorLayer(message: "The model `x` does not exist.", type: "NotFoundError", code: "404"), .modelUnavailable),
            (400, ErrorLayer(message: "The model `x` has been decommissioned", code: "model_decommissioned"), .modelUnavailable),
            (404, ErrorLayer(message: "No models loaded. Please load a model"), .modelUnavailable),
            (
                403, ErrorLayer(message: "You have insufficient permissions for this operation. Missing scopes: model.request"),
                .permissionDenied
            ),
            (401, ErrorLayer(code: "mismatched_organization"), .orgMismatch),
            (400, ErrorLayer(message: "Organization has been restricted", code: "organization_restricted"), .accountDenied),
            (401, ErrorLayer(code: "ip_not_authorized"), .ipBlocked),
            (400, ErrorLayer(message: "Content Exists Risk", code: "invalid_request_error"), .contentFiltered),
            (400, ErrorLayer(code: "content_filter"), .contentFiltered),
            (429, ErrorLayer(message: "Rate limit reached", type: "tokens", code: "rate_limit_exceeded"), .rateLimited),
            (413, ErrorLayer(message: "Request too large", type: "tokens", code: "rate_limit_exceeded"), .rateLimited),
            (400, ErrorLayer(message: "Unsupported parameter", code: "unsupported_parameter"), .requestRejected),
            (503, ErrorLayer(message: "Our servers are currently overloaded", type: "server_error"), .providerOutage),
            (529, ErrorLayer(type: "overloaded_error"), .providerOutage),
            (404, ErrorLayer(message: "Invalid URL (POST /v1/v1/chat/completions)"), .wrongEndpoint),
            (200, ErrorLayer(message: "Unexpected endpoint or method. (GET /x)"), .wrongEndpoint),
            (404, ErrorLayer(message: "Unknown request URL", code: "unknown_url"), .wrongEndpoint),
        ] as [(Int, ErrorLayer, Cause)])
    func `the shared vocabulary reads what services say`(status: Int, layer: ErrorLayer, cause: Cause) throws {
        #expect(try read(error(status, layer)).cause == cause)
    }

    @Test(
        arguments: [
            ("Just a moment...", .intercepted), ("Attention Required! | Cloudflare", .intercepted),
            ("Vercel Security Checkpoint", .intercepted),
            ("Sign in to your account", .intercepted), ("Welcome to nginx!", .wrongEndpoint),
        ] as [(String, Cause)])
    func `a page is known by its title`(title: String, cause: Cause) throws {
        #expect(try read(Answer(status: 200, bodyKind: .html, title: title)).cause == cause)
    }

    @Test func `a page under 403 is somebody in between, under 404 the wrong place`() throws {
        #expect(try read(Answer(status: 403, bodyKind: .html, title: "403 Forbidden")).cause == .intercepted)
        #expect(try read(Answer(status: 404, bodyKind: .html, title: "404 Not Found")).cause == .wrongEndpoint)
    }

    @Test func `plain text is searched like a message`() throws {
        #expect(try read(Answer(status: 403, bodyKind: .text, excerpt: "Error: Insufficient credits")).cause == .billingBlocked)
    }

    @Test func `who speaks follows from the form`() throws {
        #expect(try read(error(418, ErrorLayer(message: "a"))).speaker == .api)
        #expect(try read(error(418, ErrorLayer(message: "a"), ErrorLayer(message: "b"))).speaker == .upstream)
        #expect(try read(Answer(status: 418, bodyKind: .html)).speaker == .unknown)
        #expect(try read(Answer(status: 418, bodyKind: .text, excerpt: "x")).speaker == .unknown)
    }

    @Test(
        arguments: [
            ("Insufficient permissions. Missing scopes: model.request. Check that you", "model.request"),
            ("Missing scopes: `api.model.read`", "api.model.read"),
            ("MISSING SCOPES: a.b (see docs)", "a.b"), ("missing scopes:\nx", nil), ("Missing scopes: a, b", "a"), ("Missing scopes:", nil),
            ("missing scopes: .", nil),
        ] as [(String, String?)])
    func `the telling detail is the clause after its mark`(message: String, detail: String?) throws {
        #expect(try read(error(403, ErrorLayer(message: message, code: "missing_scope"))).detail == detail)
    }

    @Test func `how long to wait comes from the headers`() throws {
        var answer = error(429, ErrorLayer(code: "rate_limit_exceeded"))
        answer.headers.add("Retry-After", "7")
        #expect(try read(answer).retryAfter == .seconds(7))
    }

    @Test func `a handshake by itself points to nothing`() throws {
        let target = try Sample.target()
        let exchange = Exchange(
            probe: Probe(.handshake, endpoint: .models), request: .init(method: "GET", url: "https://a.test", keyUse: .none),
            startedAt: Timestamp(seconds: 0), outcome: .handshake)
        #expect(try Judge(vendors: [target.vendor]).reader(for: target).read(exchange).cause == nil)
    }
}
