import OpenAICompatibleProvider
import Sonde
import SondeJSON
import Testing

/// What each vendor's answers mean: a body as the vendor writes it, and the verdict it must lead to.
///
/// Wordings are varied on purpose: the signs must hold for the kind of answer, not for one sentence.
@Suite struct VendorSignsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let cause: Cause
        let reason: String?
        let confidence: Confidence
        let body: String

        init(_ status: Int, _ cause: Cause, _ reason: String?, _ confidence: Confidence, _ body: String) {
            (self.status, self.cause, self.reason, self.confidence, self.body) = (status, cause, reason, confidence, body)
        }

        var testDescription: String { "\(status) \(body)" }
    }

    /// The verdict on one recorded call of a vendor.
    private func expect(_ answer: Case, of id: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let provider = OpenAICompatibleProvider()
        let vendors = try provider.manifests.map { try Vendor(JSONReader(.parse($0.bytes))) }
        let vendor = try #require(vendors.first { $0.id == id })
        let catalog = VendorCatalog(vendors: vendors, providers: [provider])
        let evidence = RecordedEvidence(
            catalog: catalog, judge: try Judge(vendors: [vendor]), capture: Capture(redactor: Redactor(secrets: [])))
        let call = Recording.Call(purpose: "chat", status: answer.status, body: .text(answer.body))
        let verdict = evidence.result(for: Recording(calls: [call]), vendor: vendor, fallback: vendor, at: Timestamp(seconds: 0)).verdict
        #expect(verdict.cause == answer.cause, sourceLocation: sourceLocation)
        #expect(verdict.reason == answer.reason, sourceLocation: sourceLocation)
        #expect(verdict.confidence == answer.confidence, sourceLocation: sourceLocation)
        #expect(
            verdict.cause == .healthy || !verdict.nextSteps.isEmpty, "no next step for \(answer.reason ?? "")",
            sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        Case(401, .keyRejected, "unknown_key", .certain, #"{"error":{"message":"User not found.","code":401}}"#),
        Case(401, .keyMissing, "not_received", .certain, #"{"error":{"message":"No auth credentials found","code":401}}"#),
        Case(401, .keyMissing, "not_received", .certain, #"{"error":{"message":"Missing Authentication header","code":401}}"#),
        Case(401, .keyRejected, "key_disabled", .certain, #"{"error":{"message":"This API key has been disabled","code":401}}"#),
        Case(
            402, .billingBlocked, "insufficient_funds", .certain,
            #"{"error":{"message":"Insufficient credits. Add more using https://openrouter.ai/settings/credits","code":402,"metadata":{"limit_source":"openrouter_credits"}}}"#
        ),
        Case(
            402, .billingBlocked, "request_over_balance", .certain,
            #"{"error":{"message":"This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 812.","code":402,"metadata":{"limit_source":"openrouter_credits"}}}"#
        ),
        Case(
            402, .billingBlocked, "in_flight_budget", .likely,
            #"{"error":{"message":"This request would exceed your available credits given your current in-flight requests.","code":402,"metadata":{"reason":"in_flight_budget_exhausted","limit_source":"openrouter_in_flight_budget"}}}"#
        ),
        Case(
            403, .billingBlocked, "key_limit", .certain,
            #"{"error":{"message":"Key limit exceeded (weekly limit). Manage it using https://openrouter.ai/settings/keys","code":403}}"#),
        Case(
            402, .billingBlocked, "key_limit", .certain,
            #"{"error":{"message":"The limit is spent","code":402,"metadata":{"limit_source":"openrouter_key_limit"}}}"#),
        Case(
            403, .contentFiltered, "moderation", .certain,
            #"{"error":{"message":"openai/o3 requires moderation on OpenAI. Your input was flagged for \"violence\".","code":403,"metadata":{"reasons":["violence"],"provider_name":"OpenAI"}}}"#
        ),
        Case(
            403, .contentFiltered, "guardrail", .likely,
            #"{"error":{"message":"Request blocked: prompt injection patterns detected","code":403,"metadata":{"patterns":["x"]}}}"#),
        Case(
            403, .regionBlocked, "unsupported_country", .certain,
            #"{"error":{"message":"This model is not available in your region.","code":403}}"#),
        Case(
            404, .permissionDenied, "privacy_settings", .likely,
            #"{"error":{"message":"No endpoints found matching your data policy (Free model publication). Configure: https://openrouter.ai/settings/privacy","code":404}}"#
        ),
        Case(
            404, .requestRejected, "unsupported_parameter", .likely,
            #"{"error":{"message":"No endpoints found that support tool use.","code":404}}"#),
        Case(
            404, .modelUnavailable, "no_endpoints", .certain,
            #"{"error":{"message":"No endpoints found for meta-llama/llama-2-7b.","code":404}}"#),
        Case(400, .modelUnavailable, "unknown_model", .certain, #"{"error":{"message":"llama-9 is not a valid model ID","code":400}}"#),
        Case(
            429, .rateLimited, "daily_limit", .certain,
            #"{"error":{"message":"Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day","code":429,"metadata":{"limit_source":"openrouter_free_tier_daily"}}}"#
        ),
        Case(
            429, .rateLimited, "upstream_rate", .likely,
            #"{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"qwen/qwen3 is temporarily rate-limited upstream. Please retry shortly.","provider_name":"Chutes"}}}"#
        ),
        Case(
            502, .providerOutage, "upstream_failed", .likely,
            #"{"error":{"message":"Provider returned error","code":502,"metadata":{"raw":"{\"error\":\"bad gateway\"}","provider_name":"X"}}}"#
        ),
        Case(
            200, .providerOutage, "upstream_failed", .likely,
            #"{"choices":[{"message":{"content":"par"},"finish_reason":"error","error":{"code":502,"message":"Provider disconnected mid-stream","metadata":{"error_type":"provider_unavailable"}}}]}"#
        ),
        Case(200, .billingBlocked, "insufficient_funds", .certain, #"{"error":{"message":"Insufficient credits","code":402}}"#),
        Case(200, .wrongEndpoint, "page_instead_of_api", .likely, #"<!DOCTYPE html><html><head><title>OpenRouter</title></head></html>"#),
    ])
    func `OpenRouter: credit, key limits, providers and moderation are told apart`(answer: Case) throws {
        try expect(answer, of: "openrouter")
    }

    @Test(arguments: [
        Case(
            401, .keyRejected, "unknown_key", .certain,
            #"{"error":{"message":"Invalid API Key","type":"invalid_request_error","code":"invalid_api_key"}}"#),
        Case(
            400, .accountDenied, "account_restricted", .certain,
            #"{"error":{"message":"Organization has been restricted. Please reach out to support if you believe this was in error.","type":"invalid_request_error","code":"organization_restricted"}}"#
        ),
        Case(
            400, .modelUnavailable, "retired_model", .certain,
            #"{"error":{"message":"The model `mixtral-8x7b-32768` has been decommissioned and is no longer supported.","type":"invalid_request_error","code":"model_decommissioned"}}"#
        ),
        Case(
            404, .modelUnavailable, "unknown_model", .certain,
            #"{"error":{"message":"The model `foo` does not exist or you do not have access to it.","type":"invalid_request_error","code":"model_not_found"}}"#
        ),
        Case(
            404, .wrongEndpoint, "no_such_path", .certain,
            #"{"error":{"message":"Unknown request URL: POST /v1/chat/completions. Please check the URL for typos.","type":"invalid_request_error","code":"unknown_url"}}"#
        ),
        Case(
            413, .rateLimited, "request_too_large", .certain,
            #"{"error":{"message":"Request too large for model `x` in organization `org_1` on tokens per minute (TPM): Limit 6000, Requested 9321, please reduce your message size and try again.","type":"tokens","code":"rate_limit_exceeded"}}"#
        ),
        Case(
            429, .rateLimited, "daily_limit", .certain,
            #"{"error":{"message":"Rate limit reached for model `x` on tokens per day (TPD): Limit 100000, Used 99900, Requested 500. Please try again in 5m45s.","type":"tokens","code":"rate_limit_exceeded"}}"#
        ),
        Case(
            429, .rateLimited, "rate", .certain,
            #"{"error":{"message":"Rate limit reached for model `x` on requests per minute (RPM): Limit 30, Used 30, Requested 1.","type":"requests","code":"rate_limit_exceeded"}}"#
        ),
        Case(
            498, .providerOutage, "flex_capacity", .likely,
            #"{"error":{"message":"Flex tier capacity exceeded","type":"invalid_request_error","code":"capacity_exceeded"}}"#),
        Case(
            400, .billingBlocked, "budget_exceeded", .certain,
            #"{"error":{"message":"API access is blocked: the spend limit is reached","type":"invalid_request_error","code":"blocked_api_access"}}"#
        ),
        Case(
            400, .modelUnavailable, "terms_not_accepted", .certain,
            #"{"error":{"message":"The model `playai-tts` requires terms acceptance.","type":"invalid_request_error","code":"model_terms_required"}}"#
        ),
        Case(403, .ipBlocked, "network_refused", .likely, #"{"error":{"message":"Access denied. Please check your network settings."}}"#),
        Case(
            403, .ipBlocked, "network_refused", .likely,
            #"<html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry, you have been blocked</body></html>"#),
    ])
    func `Groq: a restricted organization, rates and the edge are told apart`(answer: Case) throws { try expect(answer, of: "groq") }

    @Test(arguments: [
        Case(
            401, .keyRejected, "unknown_key", .certain,
            #"{"id":"o-1","error":{"message":"Invalid API key provided. You can find your API key at https://api.together.xyz/settings/api-keys.","type":"invalid_request_error","code":"invalid_api_key"}}"#
        ),
        Case(
            402, .billingBlocked, "insufficient_funds", .certain,
            #"{"error":{"message":"Credit limit exceeded, please add credits.","type":"credit_limit"}}"#),
        Case(
            403, .requestRejected, "context_length", .certain,
            #"{"error":{"message":"Input token count + max_tokens must be less than the context length of the model.","type":"invalid_request_error"}}"#
        ),
        Case(
            400, .modelUnavailable, "unknown_model", .certain,
            #"{"error":{"message":"Unable to access non-serverless model foo/bar. Please create a dedicated endpoint.","type":"invalid_request_error","code":"model_not_available"}}"#
        ),
        Case(
            400, .modelUnavailable, "dedicated_endpoint", .certain,
            #"{"error":{"message":"The dedicated endpoint for foo/bar is not running.","type":"invalid_request_error","code":"dedicated_endpoint_not_running"}}"#
        ),
        Case(
            404, .modelUnavailable, "unknown_model", .certain,
            #"{"error":{"message":"Unable to access model foo/bar. Please visit the list of supported models.","type":"invalid_request_error","code":"model_not_available"}}"#
        ),
        Case(
            403, .billingBlocked, "build_tier", .likely,
            #"{"error":{"message":"This model requires Build Tier 2 or above.","type":"invalid_request_error"}}"#),
        Case(
            503, .providerOutage, "overloaded", .likely,
            #"{"error":{"message":"The server is overloaded or not ready yet.","type":"service_unavailable"}}"#),
        Case(
            429, .rateLimited, "rate", .certain,
            #"{"error":{"message":"You have reached the rate limit specific to this model.","type":"model_rate_limit"}}"#),
    ])
    func `Together: a context that is too long is no matter of permission`(answer: Case) throws { try expect(answer, of: "together") }

    @Test(arguments: [
        Case(
            412, .billingBlocked, "suspended_unpaid", .certain,
            #"{"error":{"message":"Account acme is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.","type":"error","code":"PRECONDITION_FAILED"},"request_id":"r"}"#
        ),
        Case(
            412, .modelUnavailable, "adapter_not_loaded", .likely,
            #"{"error":{"message":"Failed to load LoRA adapter","type":"error","code":"PRECONDITION_FAILED"}}"#),
        Case(412, .billingBlocked, "suspended_unpaid", .likely, #"{"error":{"message":"Precondition failed","type":"error"}}"#),
        Case(
            404, .modelUnavailable, "not_deployed", .certain,
            #"{"error":{"message":"Model not found, inaccessible, and/or not deployed","type":"error","code":"NOT_FOUND"}}"#),
        Case(404, .wrongEndpoint, "no_such_path", .certain, #"{"error":{"message":"Path not found","type":"error","code":"NOT_FOUND"}}"#),
        Case(
            401, .keyRejected, "unknown_key", .certain,
            #"{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}"#),
        Case(
            401, .keyMissing, "not_received", .certain,
            #"{"fault":{"faultstring":"Failed to resolve API Key variable request.header.authorization","detail":{"errorcode":"steps.oauth.v2.FailedToResolveAPIKey"}}}"#
        ),
        Case(401, .keyRejected, "unknown_key", .likely, #"{"error":"unauthorized"}"#),
        Case(402, .billingBlocked, "budget_exceeded", .certain, #"{"error":{"message":"User limit reached","type":"error"}}"#),
        Case(500, .providerOutage, "server_error", .likely, #"{"error":{"message":"Internal error","type":"error","code":"INTERNAL"}}"#),
    ])
    func `Fireworks: a 412 is an unpaid account, unless it is an adapter`(answer: Case) throws { try expect(answer, of: "fireworks") }

    @Test(arguments: [
        Case(401, .keyRejected, "unknown_key", .likely, #"{"detail":"Unauthorized"}"#),
        Case(401, .keyRejected, "unknown_key", .likely, #"{"message":"Unauthorized","request_id":"r"}"#),
        Case(401, .keyMissing, "not_received", .certain, #"{"message":"No API key found in request","request_id":"r"}"#),
        Case(
            400, .modelUnavailable, "unknown_model", .certain,
            #"{"object":"error","message":"Invalid model: mistral-foo","type":"invalid_model","param":null,"code":"1500"}"#),
        Case(
            429, .rateLimited, "rate", .certain,
            #"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300"}"#),
        Case(
            429, .rateLimited, "tier_capacity", .likely,
            #"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"invalid_request_error","param":null,"code":null}"#
        ),
        Case(
            429, .billingBlocked, "monthly_limit", .likely,
            #"{"message":"You have used the tokens per month of your plan.","request_id":"r"}"#),
        Case(
            403, .billingBlocked, "billing_not_active", .certain,
            #"{"message":"Inactive subscription or usage limit reached","request_id":"r"}"#),
        Case(
            422, .requestRejected, "unsupported_parameter", .certain,
            #"{"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted","input":true}]}"#),
        Case(
            422, .requestRejected, "unsupported_parameter", .certain,
            #"{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","user"],"msg":"Extra inputs are not permitted"}]},"type":"invalid_request_error"}"#
        ),
        Case(404, .wrongEndpoint, "no_such_path", .certain, #"{"message":"no Route matched with those values"}"#),
    ])
    func `Mistral: three forms of error, and a rate that is none`(answer: Case) throws { try expect(answer, of: "mistral") }

    @Test(arguments: [
        Case(
            401, .keyRejected, "unknown_key", .certain,
            #"{"error":{"message":"Authentication Fails, Your api key: ****a1b2 is invalid","type":"authentication_error","code":"invalid_request_error"}}"#
        ),
        Case(
            401, .keyMalformed, "key_placeholder", .likely,
            #"{"error":{"message":"Authentication Fails, Your api key: ****null is invalid","type":"authentication_error","code":"invalid_request_error"}}"#
        ),
        Case(
            401, .keyMalformed, "key_placeholder", .likely,
            #"{"error":{"message":"Authentication Fails, Your api key: ****EY}\" is invalid","type":"authentication_error","code":"invalid_request_error"}}"#
        ),
        Case(
            401, .keyRejected, "unknown_key", .certain,
            #"{"error":{"message":"Authentication Fails (no such user)","type":"authentication_error","code":"invalid_request_error"}}"#),
        Case(
            401, .keyMissing, "header_form", .likely,
            #"{"error":{"message":"Authentication Fails (auth header format should be Bearer sk-...)","type":"authentication_error","code":"invalid_request_error"}}"#
        ),
        Case(
            402, .billingBlocked, "insufficient_funds", .certain,
            #"{"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}}"#),
        Case(
            400, .modelUnavailable, "unknown_model", .certain,
            #"{"error":{"message":"Model Not Exist","type":"invalid_request_error","code":"invalid_request_error"}}"#),
        Case(
            400, .contentFiltered, "moderation", .certain,
            #"{"error":{"message":"Content Exists Risk","type":"invalid_request_error","code":"invalid_request_error"}}"#),
        Case(
            422, .requestRejected, "invalid_request", .likely,
            #"{"detail":"Failed to deserialize the JSON body into the target type: messages[0]: missing field `role`"}"#),
        Case(
            503, .providerOutage, "overloaded", .certain,
            #"{"error":{"message":"Service is too busy. We advise users to temporarily switch.","type":"service_unavailable_error","code":"service_unavailable_error"}}"#
        ),
        Case(200, .responseInvalid, "empty_body", .likely, #""#),
    ])
    func `DeepSeek: one code for everything, the message decides`(answer: Case) throws { try expect(answer, of: "deepseek") }

    @Test(arguments: [
        Case(
            400, .keyRejected, "unknown_key", .certain,
            #"{"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***99. You can obtain an API key from https://console.x.ai."}"#
        ),
        Case(
            403, .keyRejected, "unknown_key", .certain,
            #"{"code":"unauthenticated:bad-credentials","error":"The OAuth2 access token could not be validated."}"#),
        Case(
            403, .billingBlocked, "insufficient_funds", .certain,
            #"{"code":"The caller does not have permission to execute the specified operation","error":"Your newly created team doesn't have any credits or licenses yet. You can purchase those on https://console.x.ai."}"#
        ),
        Case(
            429, .billingBlocked, "insufficient_funds", .certain,
            #"{"code":"Some resource has been exhausted","error":"Your team 1 has either used all available credits or reached its monthly spending limit."}"#
        ),
        Case(
            403, .contentFiltered, "moderation", .certain,
            #"{"code":"The caller does not have permission to execute the specified operation","error":"Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}"#
        ),
        Case(
            403, .keyRejected, "key_blocked", .certain,
            #"{"code":"The caller does not have permission to execute the specified operation","error":"API key is currently blocked: xa***99"}"#
        ),
        Case(
            403, .permissionDenied, "missing_acl", .likely,
            #"{"code":"The caller does not have permission to execute the specified operation","error":"The API key is not allowed to use this endpoint"}"#
        ),
        Case(
            404, .modelUnavailable, "unknown_model", .certain,
            #"{"code":"Some requested entity was not found","error":"The model grok-9 does not exist or your team 1 does not have access to it."}"#
        ),
        Case(
            404, .wrongEndpoint, "no_such_path", .likely,
            #"{"code":"Some requested entity was not found","error":"The requested resource was not found. Please check the URL and try again."}"#
        ),
        Case(
            429, .rateLimited, "rate", .certain,
            #"{"code":"Some resource has been exhausted","error":"Too many requests for team 1. Your rate limit is (actual/limit) Tokens per Minute: 600/500"}"#
        ),
        Case(
            400, .modelUnavailable, "unknown_model", .certain,
            #"{"code":"Client specified an invalid argument","error":"Model not found: grok-beta"}"#),
    ])
    func `xAI: one 403 for credit, moderation, blocks and rules`(answer: Case) throws { try expect(answer, of: "xai") }

    @Test(arguments: [
        Case(
            403, .wrongEndpoint, "retired_api", .certain,
            #"{"error":{"message":"Sonar is now the Agent API. Use /v1/responses instead of /v1/sonar.","type":"chat_completions_not_available","code":403}}"#
        ),
        Case(403, .wrongEndpoint, "retired_api", .certain, #"{"code":"agent_api_migration_required","message":"Use another endpoint"}"#),
        Case(
            401, .keyRejected, "unknown_key", .likely,
            #"<html><head><title>401 Authorization Required</title></head><body><center>openresty/1.25</center></body></html>"#),
        Case(
            401, .keyRejected, "unknown_key", .likely,
            #"{"error":{"message":"Invalid API key provided.","type":"invalid_api_key","code":401}}"#),
        Case(
            400, .modelUnavailable, "unknown_model", .certain,
            #"{"error":{"message":"Invalid model 'llama-3'. Permitted models can be found in the documentation.","type":"invalid_model","code":400}}"#
        ),
        Case(
            400, .modelUnavailable, "unknown_model", .likely,
            #"{"error":{"message":"validation failed: model \"sonar-pro\" is not supported","type":"invalid_request","code":400}}"#),
        Case(
            400, .requestRejected, "invalid_request", .likely,
            #"{"error":{"message":"After the (optional) system message(s), user and assistant roles should be alternating.","type":"invalid_message","code":400}}"#
        ),
        Case(429, .rateLimited, "rate", .certain, #"{"error":{"message":"Rate limit","type":"too_many_requests","code":429}}"#),
        Case(
            200, .healthy, nil, .certain,
            #"{"id":"r","object":"response","status":"completed","model":"perplexity/sonar","error":null,"output":[{"type":"message","content":[{"type":"output_text","text":"ok"}]}],"usage":{"input_tokens":5,"output_tokens":1}}"#
        ),
    ])
    func `Perplexity: a retired API, and a page that is the vendor's own`(answer: Case) throws { try expect(answer, of: "perplexity") }

    @Test(arguments: [
        Case(
            401, .keyRejected, "unknown_key", .certain,
            #"{"message":"Wrong API Key","type":"invalid_request_error","param":"api_key","code":"wrong_api_key"}"#),
        Case(
            402, .billingBlocked, "payment_required", .certain,
            #"{"message":"Payment required to access this resource. Visit your billing tab.","type":"payment_required_error"}"#),
        Case(
            404, .modelUnavailable, "unknown_model", .certain,
            #"{"message":"Model foo does not exist or you do not have access to it.","type":"not_found_error","param":"model","code":"model_not_found"}"#
        ),
        Case(404, .modelUnavailable, "unknown_model", .certain, #"{"message":"The model foo does not exist"}"#),
        Case(
            429, .rateLimited, "rate", .certain,
            #"{"message":"Requests per minute limit exceeded - too many requests sent.","type":"too_many_requests_error","param":"quota","code":"request_quota_exceeded"}"#
        ),
        Case(
            429, .rateLimited, "daily_limit", .certain,
            #"{"message":"Tokens per day limit exceeded - too many tokens processed.","type":"too_many_requests_error","param":"quota","code":"token_quota_exceeded"}"#
        ),
        Case(
            429, .providerOutage, "overloaded", .likely,
            #"{"message":"We're experiencing high traffic right now! Please try again soon.","type":"too_many_requests_error","param":"queue","code":"queue_exceeded"}"#
        ),
    ])
    func `Cerebras: a quota that is a rate, a queue that is not`(answer: Case) throws { try expect(answer, of: "cerebras") }

    @Test(arguments: [
        Case(401, .keyMissing, "no_valid_token", .likely, #"{"error":"Invalid username or password."}"#),
        Case(401, .keyRejected, "unknown_key", .certain, #"{"error":"Invalid credentials in Authorization header"}"#),
        Case(401, .keyRejected, "key_expired", .certain, #"{"error":"User Access Token \"ci\" is expired"}"#),
        Case(
            403, .permissionDenied, "token_permission", .certain,
            #"{"error":"This authentication method does not have sufficient permissions to call Inference Providers on behalf of user someone"}"#
        ),
        Case(
            402, .billingBlocked, "included_credits", .certain,
            #"{"error":"You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits."}"#
        ),
        Case(
            400, .modelUnavailable, "provider_not_enabled", .certain,
            #"{"error":{"message":"The requested model 'foo/bar' is not supported by any provider you have enabled.","type":"invalid_request_error","param":"model","code":"model_not_supported"}}"#
        ),
        Case(
            400, .wrongEndpoint, "not_a_chat_model", .likely,
            #"{"error":{"message":"The requested model 'foo/bar' is not a chat model.","type":"invalid_request_error","param":"model","code":"model_not_supported"}}"#
        ),
        Case(404, .modelUnavailable, "unknown_model", .certain, #"{"error":"Model foo/bar does not exist"}"#),
        Case(503, .modelUnavailable, "loading", .likely, #"{"error":"Model foo/bar is currently loading","estimated_time":20.0}"#),
        Case(
            410, .wrongEndpoint, "retired_host", .certain,
            #"{"error":"https://api-inference.huggingface.co is no longer supported. Please use https://router.huggingface.co/hf-inference instead."}"#
        ),
    ])
    func `Hugging Face: permissions, included credit and providers are told apart`(answer: Case) throws {
        try expect(answer, of: "huggingface")
    }
}
