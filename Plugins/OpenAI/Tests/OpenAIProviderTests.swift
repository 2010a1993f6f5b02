import OpenAIProvider
import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct OpenAIProviderTests {
    private let provider = OpenAIProvider()

    private func vendor() throws -> Vendor { try Vendor(JSONReader(.parse(provider.manifests[0].bytes))) }

    private func read(_ reply: Rehearsal.Reply, _ kind: Probe.Kind = .inference, _ endpoint: Vendor.EndpointName = .inference) throws
        -> Reading
    {
        guard case .response(let response) = reply else { throw CancellationError() }
        let target = try Sample.target(of: vendor(), provider: provider, key: "sk-proj-4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5")
        let probe = Probe(kind, endpoint: endpoint, model: "gpt-5.4-nano")
        let answer = Capture(redactor: Redactor(secrets: [])).answer(from: response, probe: probe, target: target)
        let exchange = Exchange(
            probe: probe, request: .init(method: "POST", url: target.baseURL.text, keyUse: .own), startedAt: Timestamp(seconds: 0),
            outcome: .answer(answer))
        return try Judge(vendors: [target.vendor]).reader(for: target).read(exchange)
    }

    @Test func `facts of the manifest are those of the documentation`() throws {
        let vendor = try vendor()
        #expect(vendor.baseURL?.text == "https://api.openai.com/v1")
        #expect(Set(vendor.hosts).isSuperset(of: ["api.openai.com", "us.api.openai.com", "eu.api.openai.com", "ae.api.openai.com"]))
        #expect(vendor.key.variables == ["OPENAI_API_KEY"])
        #expect(vendor.baseURLVariables == ["OPENAI_BASE_URL"])
        #expect(vendor.key.prefixes.first == "sk-svcacct-")
        #expect(!vendor.key.distinctivePrefixes.contains("sk-"))
        #expect(vendor.scopes.map(\.header) == ["OpenAI-Organization", "OpenAI-Project"])
        #expect(vendor.scopes.first?.variables.first == "OPENAI_ORG_ID")
        #expect(vendor.endpoints[.models]?.provesKey == true)
        #expect(vendor.inference.tokenLimitField == "max_completion_tokens")
        #expect(vendor.inference.tokenLimit >= 16)
    }

    @Test func `the smallest request has no max_tokens and no temperature`() throws {
        let body = provider.inferenceBody(model: "gpt-5.4-nano", vendor: try vendor())
        #expect(body.keys == ["model", "messages", "max_completion_tokens"])
    }

    @Test(
        arguments: [
            (
                401, nil, "You didn't provide an API key. You need to provide your API key in an Authorization header", .keyMissing,
                "not_received"
            ),
            (401, nil, "Missing bearer or basic authentication in header", .keyMissing, "not_received"),
            (401, "invalid_api_key", "Incorrect API key provided: sk-proj-****", .keyRejected, "unknown_key"),
            (401, nil, "Incorrect API key provided: None.", .keyMalformed, "key_placeholder"),
            (
                401, "account_deactivated", "The OpenAI account associated with this API key has been deactivated", .accountDenied,
                "account_deactivated"
            ),
            (401, nil, "This key is associated with a deactivated account.", .accountDenied, "account_deactivated"),
            (401, nil, "You must be a member of an organization to use the API", .accountDenied, "no_organization"),
            (
                401, "mismatched_organization", "OpenAI-Organization header should match organization for API key", .orgMismatch,
                "scope_header"
            ),
            (401, nil, "No such organization: null", .orgMismatch, "scope_header"),
            (401, "mismatched_project", "…", .orgMismatch, "scope_header"),
            (
                401, nil, "You have insufficient permissions for this operation. Missing scopes: model.request.", .permissionDenied,
                "missing_scope"
            ),
            (401, "ip_not_authorized", "Your IP is not authorized", .ipBlocked, "allow_list"),
            (401, "incorrect_hostname", "Please make your request to us.api.openai.com", .wrongEndpoint, "regional_host"),
            (
                403, "unsupported_country_region_territory", "Country, region, or territory not supported", .regionBlocked,
                "unsupported_country"
            ),
            (403, "model_not_found", "Project `proj_x` does not have access to model `gpt-4o`", .modelUnavailable, "unknown_model"),
            (403, nil, "Your organization must be verified to use the model `gpt-image-1`", .accountDenied, "unverified"),
            (404, "model_not_found", "Your organization must be verified to use the model `o3`", .accountDenied, "unverified"),
            (400, "unsupported_value", "Your organization must be verified to stream this model.", .accountDenied, "unverified"),
            (403, nil, "The OpenAI API can only be accessed over HTTPS.", .wrongEndpoint, "plain_http"),
            (404, nil, "Invalid URL (POST /v1/v1/chat/completions)", .wrongEndpoint, "no_such_path"),
            (404, "model_not_found", "The model `x` does not exist or you do not have access to it.", .modelUnavailable, "unknown_model"),
            (400, nil, "The requested model 'X' does not exist.", .modelUnavailable, "unknown_model"),
            (400, "billing_hard_limit_reached", "Billing hard limit has been reached", .billingBlocked, "budget_exceeded"),
            (400, "unsupported_parameter", "Unsupported parameter: 'max_tokens'", .requestRejected, "invalid_request"),
            (400, "context_length_exceeded", "This model's maximum context length is", .requestRejected, "invalid_request"),
            (400, "content_policy_violation", "…", .contentFiltered, "moderation"),
            (429, "rate_limit_exceeded", "Rate limit reached for gpt-4o", .rateLimited, "rate"),
            (429, "insufficient_quota", "You exceeded your current quota", .billingBlocked, "insufficient_quota"),
            (429, "credit_balance_exhausted", "…", .billingBlocked, "insufficient_funds"),
            (429, "project_spend_limit_exceeded", "…", .billingBlocked, "budget_exceeded"),
            (
                429, "billing_not_active", "Your account is not active, please check your billing details", .billingBlocked,
                "billing_not_active"
            ),
            (
                429, nil, "Your account is not active, please check your billing details on our website.", .billingBlocked,
                "billing_not_active"
            ),
            (429, "access_terminated", "Your access was terminated due to violation of our policies", .accountDenied, "account_terminated"),
            (429, nil, "The server had an error while processing your request. Sorry about that!", .providerOutage, "server_error"),
            (429, "slow_down", "…", .rateLimited, "slow_down"),
        ] as [(Int, String?, String, Cause, String)])
    func `every refusal that is known is read`(status: Int, code: String?, message: String, cause: Cause, reason: String) throws {
        let reading = try read(.error(status, message: message, type: status == 429 ? nil : "invalid_request_error", code: code))
        #expect(reading.cause == cause)
        #expect(reading.reason == reason)
    }

    @Test func `one request above the limit is told from too many`() throws {
        let reading = try read(
            .error(
                429, message: "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 45000.", type: "tokens",
                code: "rate_limit_exceeded"))
        #expect(reading.cause == .rateLimited)
        #expect(reading.reason == "request_too_large")
    }

    @Test func `the telling detail is the scope, or the right host`() throws {
        #expect(try read(.error(403, message: "Missing scopes: api.model.read. Check", code: "missing_scope")).detail == "api.model.read")
        #expect(
            try read(.error(401, message: "Please make your request to us.api.openai.com", code: "incorrect_hostname")).detail
                == "us.api.openai.com")
    }

    @Test(arguments: [
        ("OpenAI-Organization header should match organization for API key", "OpenAI-Organization"),
        ("OpenAI-Project header should match project for API key", "OpenAI-Project"),
        ("No such organization: Acme", "OpenAI-Organization"), ("No such project: x", "OpenAI-Project"),
    ])
    func `a mismatch names its header`(message: String, header: String) throws {
        #expect(try read(.error(401, message: message)).detail == header)
    }

    @Test(arguments: [("8e5f2c1a9b3d4e6f-FRA", "fra"), ("8e5f2c1a9b3d4e6f-SIN", "sin")])
    func `the edge is the suffix of cf-ray`(ray: String, edge: String) throws {
        #expect(provider.edge(in: Headers([HeaderField("CF-Ray", ray)]), vendor: try vendor()) == EdgeLocation(edge: edge))
    }

    @Test(arguments: ["", "8e5f2c1a9b3d4e6f", "FRA", "-", "8e5f-", "8e5f-FRANKFURT"])
    func `a ray without a place tells no edge`(ray: String) throws {
        #expect(provider.edge(in: Headers([HeaderField("cf-ray", ray)]), vendor: try vendor()) == nil)
    }

    @Test func `a page with cf-ray and without x-request-id is the edge's`() throws {
        #expect(try read(.page(502, title: "api.openai.com | 502: Bad gateway", ["cf-ray": "8e5f-FRA"])).speaker == .edge)
        #expect(try read(.page(502, title: "Bad gateway")).speaker == .unknown)
        #expect(try read(.page(403, title: "Just a moment...", ["cf-ray": "8e5f-FRA"])).cause == .intercepted)
    }

    @Test func `a missing path is the base URL's fault`() throws {
        #expect(try read(.page(404, title: "404 Not Found"), .models, .models).cause == .wrongEndpoint)
    }

    @Test func `organization and project ids are identifiers`() throws {
        let redactor = Redactor(secrets: [], patterns: try vendor().identifiers)
        #expect(redactor.redact("Project `proj_abcdefghijklmnop`") == "Project `[redacted project id]`")
        #expect(redactor.redact("in organization org-abcdefghijklmnopqrstuvwx on") == "in organization [redacted organization id] on")
    }
}
