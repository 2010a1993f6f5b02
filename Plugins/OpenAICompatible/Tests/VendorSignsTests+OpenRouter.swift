import Sonde
import Testing

extension VendorSignsTests {
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
}
