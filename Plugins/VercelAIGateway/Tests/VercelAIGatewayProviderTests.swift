import Sonde
import SondeJSON
import TestSupport
import Testing
import VercelAIGatewayProvider

@Suite struct VercelAIGatewayProviderTests {
    private let provider = VercelAIGatewayProvider()

    private func vendor() throws -> Vendor { try Vendor(JSONReader(.parse(provider.manifests[0].bytes))) }

    private func target(key: String? = "vck_4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5") throws -> Target {
        try Sample.target(of: vendor(), provider: provider, key: key, model: "openai/gpt-5.4-nano")
    }

    private func read(_ reply: Rehearsal.Reply, _ kind: Probe.Kind = .inference, _ endpoint: Vendor.EndpointName = .inference) throws
        -> Reading
    {
        guard case .response(let response) = reply else { throw CancellationError() }
        let target = try target()
        let probe = Probe(kind, endpoint: endpoint, model: "openai/gpt-5.4-nano")
        let answer = Capture(redactor: Redactor(secrets: [])).answer(from: response, probe: probe, target: target)
        let exchange = Exchange(
            probe: probe, request: .init(method: "POST", url: target.baseURL.text, keyUse: .own), startedAt: Timestamp(seconds: 0),
            outcome: .answer(answer))
        return try Judge(vendors: [target.vendor]).reader(for: target).read(exchange)
    }

    @Test func `facts of the manifest are those of the documentation`() throws {
        let vendor = try vendor()
        #expect(vendor.baseURL?.text == "https://ai-gateway.vercel.sh/v1")
        #expect(vendor.hosts == ["ai-gateway.vercel.sh"])
        #expect(vendor.key.variables.first == "AI_GATEWAY_API_KEY")
        #expect(vendor.key.variables.last == "VERCEL_OIDC_TOKEN")
        #expect(vendor.key.nearMisses.contains("AI_GATEWAY_KEY"))
        #expect(vendor.key.prefixes == ["vck_"])
        #expect(vendor.endpoints[.models]?.needsKey == false)
        #expect(vendor.endpoints[.models]?.provesKey == false)
        #expect(vendor.endpoints[.key]?.path == "/credits")
        #expect(vendor.endpoints[.key]?.provesKey == true)
        #expect(vendor.scopes.map(\.header) == ["x-vercel-ai-gateway-team"])
        #expect(vendor.inference.tokenLimitField == "max_tokens")
        #expect(vendor.statusPage?.components == ["AI Gateway"])
    }

    @Test func `for OIDC and access tokens a refusal of the credits proves nothing`() throws {
        #expect(try vendor().endpoints[.key]?.inconclusiveFor == ["eyJ", "vcp_", "vcst_"])
    }

    @Test(
        arguments: [
            (401, "authentication_error", nil, "Invalid API key", .keyRejected, "unknown_key"),
            (
                402, "insufficient_funds", nil, "Insufficient funds. Please add credits to your account", .billingBlocked,
                "insufficient_funds"
            ),
            (
                402, nil, nil, "A positive credit balance is required for all requests, including BYOK", .billingBlocked,
                "insufficient_funds"
            ),
            (402, "quota_for_entity_exceeded", nil, "Quota limit exceeded for \"api_key_id_x\".", .billingBlocked, "budget_exceeded"),
            (429, "quota_for_entity_exceeded", nil, "Quota limit exceeded", .billingBlocked, "budget_exceeded"),
            (403, "access_denied", nil, "Forbidden.", .accountDenied, "account_blocked"),
            (
                403, "customer_verification_required", nil, "AI Gateway requires a valid credit card on file", .billingBlocked,
                "card_required"
            ),
            (
                403, "no_providers_available", "RestrictedModelsError", "Free tier users do not have access to this model.",
                .billingBlocked, "free_tier_model"
            ),
            (
                403, "no_providers_available", nil, "Free credits temporarily have restricted access due to abuse.", .billingBlocked,
                "free_tier_model"
            ),
            (403, "no_providers_available", nil, "Your team has restricted access to this model.", .permissionDenied, "team_allow_list"),
            (403, "forbidden", nil, "Request denied by a routing rule.", .permissionDenied, "routing_rule"),
            (403, "forbidden", nil, "Ask Ann.", .permissionDenied, "routing_rule"),
            (
                403, "byok_requires_paid_credits", nil, "Bring Your Own Key (BYOK) is available only with paid credits.", .billingBlocked,
                "byok_needs_paid_credit"
            ),
            (400, "invalid_request_error", nil, "Invalid input", .requestRejected, "invalid_request"),
            (
                400, "no_providers_available", nil, "No ZDR (Zero Data Retention) providers available for model: x", .requestRejected,
                "no_provider_for_policy"
            ),
            (404, "model_not_found", nil, "Model 'x/y' not found", .modelUnavailable, "unknown_model"),
            (429, "rate_limit_exceeded", nil, "Rate limit exceeded", .rateLimited, "rate"),
            (
                429, "rate_limit_exceeded", nil, "Free tier requests on this model are rate-limited. Upgrade to paid credits", .rateLimited,
                "free_tier_rate"
            ),
            (
                429, "rate_limit_exceeded", nil, "Free credits temporarily have rate limits in place due to abuse.", .rateLimited,
                "free_tier_rate"
            ),
            (429, "rate_limit_exceeded", nil, "No access to this model at this time.", .modelUnavailable, "not_open_to_account"),
            (
                500, "internal_server_error", nil, "Failed to initialize model database: no valid data found", .providerOutage,
                "server_error"
            ),
            (503, nil, nil, "Service temporarily unavailable. Please try again shortly.", .providerOutage, "overloaded"),
        ] as [(Int, String?, String?, String, Cause, String)])
    func `every refusal that is known is read`(status: Int, type: String?, param: String?, message: String, cause: Cause, reason: String)
        throws
    {
        let reading = try read(.error(status, message: message, type: type, param: param.map { ["name": .string($0)] }))
        #expect(reading.cause == cause)
        #expect(reading.reason == reason)
    }

    @Test func `one word separates a denial by tier from a limit of rate`() throws {
        let denial = "Free credits temporarily have restricted access due to abuse."
        let limit = "Free credits temporarily have rate limits in place due to abuse."
        #expect(try read(.error(403, message: denial, type: "no_providers_available")).cause == .billingBlocked)
        #expect(try read(.error(429, message: limit, type: "rate_limit_exceeded")).cause == .rateLimited)
    }

    @Test func `the flat form of older refusals is read alike`() throws {
        #expect(
            try read(.json(403, ["error": "Request denied by a routing rule.", "type": "forbidden", "statusCode": 403])).cause
                == .permissionDenied)
    }

    @Test func `the checkpoint is the edge's, and a wrong host the platform's`() throws {
        let checkpoint = try read(
            .page(403, title: "Vercel Security Checkpoint", ["x-vercel-mitigated": "challenge", "x-vercel-id": "bom1::1790085406-abcdef"]))
        #expect(checkpoint.cause == .intercepted)
        #expect(checkpoint.speaker == .edge)
        #expect(
            try read(
                .body(
                    404, "The deployment could not be found.\n\nDEPLOYMENT_NOT_FOUND", "text/plain",
                    ["x-vercel-error": "DEPLOYMENT_NOT_FOUND"])
            ).cause == .wrongEndpoint)
        #expect(try read(.body(405, "", "text/plain")).cause == .wrongEndpoint)
        #expect(try read(.page(404, title: "404: NOT_FOUND")).cause == .wrongEndpoint)
    }

    @Test func `headers of a Next.js application change no reading`() throws {
        let next = ["vary": "rsc, next-router-state-tree", "x-matched-path": "/v1/chat/completions", "x-vercel-cache": "MISS"]
        for reply in [
            (
                Rehearsal.Reply.error(403, message: "Forbidden.", type: "access_denied"),
                Rehearsal.Reply.error(403, message: "Forbidden.", type: "access_denied", next)
            )
        ] {
            #expect(try read(reply.0) == read(reply.1))
        }
        #expect(try read(.completion(headers: next)).isHealthy)
    }

    @Test func `the edge and the region come from x-vercel-id`() throws {
        let reading = try read(.completion(headers: ["x-vercel-id": "sin1::fra1::px78m-1773649643335-8826b1d38a61"]))
        #expect(reading.edge?.edge == "sin1")
        #expect(reading.edge?.region == "fra1")
    }

    @Test func `the balance is read as a number, also from text`() throws {
        let facts = provider.facts(in: ["balance": "95.50", "total_used": "4.50"], for: Probe(.key, endpoint: .key), vendor: try vendor())
        #expect(facts.balance == Facts.Balance(remaining: 95.5, used: 4.5, currency: "USD"))
    }

    @Test func `team ids and key ids are identifiers`() throws {
        let redactor = Redactor(secrets: [], patterns: try vendor().identifiers)
        #expect(redactor.redact("for team_abcdefghijklmnopqrstuvwx") == "for [redacted team id]")
        #expect(redactor.redact("for \"api_key_id_abc123\"") == "for \"[redacted API key id]\"")
    }
}
