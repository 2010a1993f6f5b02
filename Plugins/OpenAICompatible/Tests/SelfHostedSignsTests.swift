import Sonde
import Testing

/// Servers and proxies that people run themselves.
@Suite struct SelfHostedSignsTests {
    private static let table: [SignCase] = [
        .init(
            "litellm", 429,
            #"{"error":{"message":"Budget has been exceeded! Current cost: 10.2, Max budget: 10.0","type":"budget_exceeded","param":"None","code":"429"}}"#,
            .billingBlocked, "proxy_budget", .certain),
        .init(
            "litellm", 400,
            #"{"error":{"message":"ExceededBudget: User=u over budget. Spend=1.0, Budget=0.5","type":"None","param":"None","code":"400"}}"#,
            .billingBlocked, "proxy_budget", .certain),
        .init(
            "litellm", 401,
            #"{"error":{"message":"Authentication Error, Invalid proxy server token passed. Received API Key = sk-...abcd, Key Hash (Token) =0. Unable to find token in cache or `LiteLLM_VerificationTokenTable`","type":"token_not_found_in_db","param":"key","code":"401"}}"#,
            .keyRejected, "unknown_key", .certain),
        .init(
            "litellm", 401,
            #"{"error":{"message":"Authentication Error - Expired Key. Key Expiry time 2026-01-01","type":"expired_key","param":"None","code":"400"}}"#,
            .keyRejected, "expired_key", .certain),
        .init(
            "litellm", 401,
            #"{"error":{"message":"Authentication Error, No api key passed in.","type":"auth_error","param":"None","code":"401"}}"#,
            .keyMissing, "not_received", .certain),
        .init(
            "litellm", 401,
            #"{"error":{"message":"Authentication Error, LiteLLM Virtual Key expected. Received=abc, expected to start with 'sk-'.","type":"auth_error","param":"None","code":"401"}}"#,
            .keyMalformed, "not_a_virtual_key", .certain),
        .init(
            "litellm", 403,
            #"{"error":{"message":"key not allowed to access model. This key can only access models=['gpt-4o']. Tried to access gpt-5","type":"key_model_access_denied","param":"model","code":"403"}}"#,
            .permissionDenied, "model_access", .certain),
        .init(
            "litellm", 500, #"{"error":{"message":"No connected db.","type":"no_db_connection","param":"None","code":"400"}}"#,
            .providerOutage, "proxy_database", .certain),
        .init(
            "litellm", 400,
            #"{"error":{"message":"/chat/completions: Invalid model name passed in model=none. Call `/v1/models` to view available models for your key.","type":"None","param":"None","code":"400"}}"#,
            .modelUnavailable, "not_configured", .likely),
        .init(
            "litellm", 401,
            #"{"error":{"message":"litellm.AuthenticationError: AnthropicException - invalid x-api-key. Received Model Group=claude","type":"None","param":"None","code":"401"}}"#,
            .keyRejected, "upstream_key", .likely),
        .init(
            "litellm", 429,
            #"{"error":{"message":"litellm.RateLimitError: RateLimitError: OpenAIException - You exceeded your current quota. insufficient_quota","type":"throttling_error","param":"None","code":"429"}}"#,
            .billingBlocked, "upstream_billing", .certain),
        .init(
            "litellm", 429,
            #"{"error":{"message":"litellm.RateLimitError: AnthropicException - This request would exceed your organization's rate limit","type":"None","param":"None","code":"429"}}"#,
            .rateLimited, "upstream_rate", .likely),
        .init(
            "litellm", 400,
            #"{"error":{"message":"litellm.BadRequestError: AnthropicException - Your credit balance is too low to access the API","type":"None","param":"None","code":"400"}}"#,
            .billingBlocked, "upstream_billing", .certain),
        .init(
            "litellm", 412,
            #"{"error":{"message":"litellm.APIError: APIError: Fireworks_aiException - Account x is suspended, possibly due to failure to pay past invoices","type":"None","param":"None","code":"412"}}"#,
            .billingBlocked, "upstream_billing", .likely),
        .init(
            "litellm", 503,
            #"{"error":{"message":"litellm.ServiceUnavailableError: VertexAIException - The service is currently unavailable","type":"None","param":"None","code":"503"}}"#,
            .providerOutage, "upstream_failed", .likely),
        .init(
            "litellm", 500, #"{"error":{"message":"'model'","type":"None","param":"None","code":"500"}}"#, .requestRejected,
            "no_model_named", .likely),
        .init(
            "litellm", 408,
            #"{"error":{"message":"litellm.Timeout: APITimeoutError - Request timed out.","type":"None","param":"None","code":"408"}}"#,
            .timeout, "upstream_timeout", .likely),
        .init(
            "litellm", 400,
            #"{"error":{"message":"litellm.ContentPolicyViolationError: AzureException - The response was filtered","type":"None","param":"None","code":"400"}}"#,
            .contentFiltered, "moderation", .certain),
        .init("vllm", 401, #"{"error":"Unauthorized"}"#, .keyRejected, "server_key", .likely),
        .init(
            "vllm", 404, #"{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404}"#,
            .modelUnavailable, "not_served", .certain),
        .init(
            "vllm", 404, #"{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","param":"model","code":404}}"#,
            .modelUnavailable, "not_served", .certain),
        .init("vllm", 404, #"{"detail":"Not Found"}"#, .wrongEndpoint, "no_such_path", .likely),
        .init(
            "vllm", 400,
            #"{"object":"error","message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","param":null,"code":400}"#,
            .requestRejected, "context_too_long", .certain),
        .init(
            "vllm", 400, #"{"error":{"message":"1 validation error: temperature","type":"Bad Request","param":null,"code":400}}"#,
            .requestRejected, "invalid_request", .certain),
        .init(
            "vllm", 400,
            #"{"error":{"message":"The model does not support Chat Completions API","type":"BadRequestError","param":null,"code":400}}"#,
            .wrongEndpoint, "wrong_api_for_model", .certain),
        .init(
            "vllm", 500,
            #"{"error":{"message":"EngineCore encountered an issue. See stack trace for the root cause.","type":"InternalServerError","param":null,"code":500}}"#,
            .providerOutage, "engine_dead", .certain),
        .init(
            "ollama", 404,
            #"{"error":{"message":"model \"llama9\" not found, try pulling it first","type":"api_error","param":null,"code":null}}"#,
            .modelUnavailable, "not_pulled", .certain),
        .init(
            "ollama", 404, #"{"error":{"message":"model 'llama9' not found","type":"not_found_error","param":null,"code":null}}"#,
            .modelUnavailable, "not_pulled", .certain),
        .init(
            "ollama", 503,
            #"{"error":{"message":"server busy, please try again.  maximum pending requests exceeded","type":"api_error","param":null,"code":null}}"#,
            .providerOutage, "queue_full", .certain),
        .init(
            "ollama", 401, #"{"error":"unauthorized","signin_url":"https://ollama.com/connect"}"#, .keyRejected, "not_signed_in", .likely),
        .init(
            "ollama", 403,
            #"{"error":{"message":"this model requires a subscription, upgrade for access: https://ollama.com/upgrade","type":"api_error","param":null,"code":null}}"#,
            .billingBlocked, "subscription", .certain),
        .init(
            "ollama", 429,
            #"{"error":{"message":"you have reached your hourly usage limit, please upgrade to continue","type":"api_error","param":null,"code":null}}"#,
            .rateLimited, "cloud_usage", .likely),
        .init(
            "ollama", 500,
            #"{"error":{"message":"model requires more system memory (9.9 GiB) than is available (4.1 GiB)","type":"api_error","param":null,"code":null}}"#,
            .modelUnavailable, "not_enough_memory", .likely),
        .init(
            "ollama", 500,
            #"{"error":{"message":"llama runner process has terminated: exit status 2","type":"api_error","param":null,"code":null}}"#,
            .providerOutage, "runner_died", .certain),
        .init("ollama", 404, #"404 page not found"#, .wrongEndpoint, "no_such_path", .certain),
        .init("ollama", 503, #""#, .proxyFailure, "loopback_through_proxy", .likely),
        .init(
            "ollama", 400, #"{"error":{"message":"\"x\" does not support tools","type":"invalid_request_error","param":null,"code":null}}"#,
            .requestRejected, "invalid_request", .certain),
        .init(
            "llama.cpp", 401, #"{"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}"#, .keyRejected,
            "server_key", .likely),
        .init(
            "llama.cpp", 503, #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#, .providerOutage,
            "model_loading", .likely),
        .init(
            "llama.cpp", 404, #"{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}"#, .wrongEndpoint,
            "no_such_path", .certain),
        .init(
            "llama.cpp", 400,
            #"{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_ctx":4096}}"#,
            .requestRejected, "context_too_long", .certain),
        .init(
            "llama.cpp", 501,
            #"{"error":{"code":501,"message":"This server does not support embeddings. Start it with `--embeddings`","type":"not_supported_error"}}"#,
            .wrongEndpoint, "not_supported", .likely),
        .init(
            "llama.cpp", 500, #"{"error":{"code":500,"message":"Failed to parse input","type":"server_error"}}"#, .providerOutage,
            "server_error", .likely),
        .init(
            "lm-studio", 200, #"{"error":"Unexpected endpoint or method. (POST /chat/completions)"}"#, .wrongEndpoint, "no_such_path",
            .certain),
        .init(
            "lm-studio", 404,
            #"{"error":{"message":"No models loaded. Please load a model in the developer page or use the lms load command.","type":"invalid_request_error","param":"model","code":"model_not_found"}}"#,
            .modelUnavailable, "not_loaded", .certain),
        .init(
            "lm-studio", 401,
            #"{"error":{"message":"An LM Studio API token is required to make requests to this server, but none was provided.","type":"invalid_request_error","code":"invalid_api_key"}}"#,
            .keyMissing, "token_required", .certain),
        .init(
            "lm-studio", 401,
            #"{"error":{"message":"Invalid LM Studio API token.","type":"invalid_request_error","code":"invalid_api_key"}}"#, .keyRejected,
            "server_token", .likely),
        .init(
            "lm-studio", 400,
            #"{"error":"Failed to load model \"x\". Error: Model loading aborted due to insufficient system resources."}"#,
            .modelUnavailable, "cannot_be_loaded", .likely),
        .init(
            "lm-studio", 400,
            #"{"error":"Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens"}"#,
            .requestRejected, "context_too_long", .certain),
        .init("tgi", 429, #"{"error":"Model is overloaded","error_type":"overloaded"}"#, .rateLimited, "queue_full", .likely),
        .init(
            "tgi", 422,
            #"{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096.","error_type":"validation"}"#,
            .requestRejected, "context_too_long", .certain),
        .init(
            "tgi", 424, #"{"error":"Request failed during generation: Server error: CUDA out of memory","error_type":"generation"}"#,
            .providerOutage, "generation_failed", .certain),
        .init(
            "tgi", 500, #"{"error":"Incomplete generation","error_type":"incomplete_generation"}"#, .providerOutage, "generation_failed",
            .certain),
        .init("tgi", 401, #""#, .keyRejected, "guard_in_front", .likely),
        .init("sglang", 401, #"{"error":"Unauthorized"}"#, .keyRejected, "server_key", .likely),
        .init("sglang", 403, #"{"error":"Forbidden"}"#, .permissionDenied, "admin_route", .likely),
        .init("sglang", 404, #"{"detail":"Not Found"}"#, .wrongEndpoint, "no_such_path", .likely),
        .init(
            "sglang", 400,
            #"{"object":"error","message":"The input (9000 tokens) is longer than the model's context length (4096 tokens).","type":"BadRequestError","param":null,"code":400}"#,
            .requestRejected, "context_too_long", .certain),
        .init(
            "sglang", 503,
            #"{"object":"error","message":"The request queue is full.","type":"service_unavailable","param":null,"code":503}"#,
            .providerOutage, "queue_full", .certain),
    ]

    @Test(arguments: table) func `an answer of a self-hosted server is read as its source means it`(example: SignCase) throws {
        let verdict = try example.verdict()
        #expect(verdict.cause == example.cause)
        #expect(verdict.reason == example.reason)
        #expect(verdict.confidence == example.confidence)
        #expect(!verdict.summary.isEmpty && !verdict.nextSteps.isEmpty)
    }
}
