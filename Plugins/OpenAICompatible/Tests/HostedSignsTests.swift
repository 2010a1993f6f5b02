import Sonde
import Testing

/// Services that run models, or stand in front of those that do, under addresses of their own.
@Suite struct HostedSignsTests {
    private static let table: [SignCase] = [
        .init(
            "azure-openai", 401,
            #"{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription."}}"#,
            .keyRejected, "key_or_endpoint", .likely),
        .init(
            "azure-openai", 401,
            #"{"error":{"code":"Unauthorized","message":"Access denied due to invalid subscription key or wrong API endpoint."}}"#,
            .keyRejected, "key_or_endpoint", .likely),
        .init(
            "azure-openai", 401,
            #"{"error":{"code":"PermissionDenied","message":"The principal `00000000` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action`."}}"#,
            .permissionDenied, "missing_role", .certain),
        .init(
            "azure-openai", 401, #"{"error":{"code":"PermissionDenied","message":"Principal does not have access to API/Operation."}}"#,
            .permissionDenied, "missing_role", .certain),
        .init(
            "azure-openai", 401,
            #"{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."}"#,
            .keyRejected, "entra_token", .likely),
        .init(
            "azure-openai", 403, #"{"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}}"#, .ipBlocked,
            "resource_firewall", .certain),
        .init(
            "azure-openai", 403, #"{"error":{"code":"403","message":"Public access is disabled. Please configure private endpoint."}}"#,
            .ipBlocked, "private_endpoint_only", .certain),
        .init(
            "azure-openai", 403,
            #"{"error":{"code":"AuthenticationTypeDisabled","message":"Key based authentication is disabled for this resource."}}"#,
            .permissionDenied, "key_authentication_off", .certain),
        .init(
            "azure-openai", 404,
            #"{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}}"#,
            .modelUnavailable, "no_such_deployment", .certain),
        .init(
            "azure-openai", 404, #"{"error":{"code":"404","message":"Resource not found"}}"#, .wrongEndpoint, "path_or_version", .certain),
        .init(
            "azure-openai", 404, #"{"error":{"code":"404","message":"Subdomain does not map to a resource."}}"#, .wrongEndpoint,
            "no_such_resource", .certain),
        .init(
            "azure-openai", 400, #"{"error":{"code":"BadRequest","message":"API version not supported"}}"#, .wrongEndpoint, "api_version",
            .likely),
        .init(
            "azure-openai", 400,
            #"{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model, text-embedding-3-small."}}"#,
            .wrongEndpoint, "wrong_api_for_model", .certain),
        .init(
            "azure-openai", 400,
            #"{"error":{"message":"The response was filtered due to the prompt triggering our content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
            .contentFiltered, "content_filter", .certain),
        .init(
            "azure-openai", 429,
            #"{"error":{"code":"429","message":"Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your current AIServices S0 pricing tier. Please retry after 86400 seconds."}}"#,
            .rateLimited, "deployment_limit", .certain, headers: ["retry-after": "86400"]),
        .init(
            "azure-openai", 429, #"{"error":{"code":"RateLimitReached","message":"Your requests to gpt-4o have exceeded the limit."}}"#,
            .rateLimited, "deployment_limit", .certain),
        .init(
            "azure-openai", 403,
            #"{"error":{"code":"403","message":"Your resource has been temporarily blocked because we detected behavior that may violate our content policy."}}"#,
            .accountDenied, "account_blocked", .certain),
        .init(
            "azure-openai", 400,
            #"{"error":{"code":"unsupported_parameter","message":"Unsupported parameter: max_tokens","type":"invalid_request_error","param":"max_tokens"}}"#,
            .requestRejected, "invalid_request", .certain),
        .init(
            "gemini", 400,
            #"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}]"#,
            .keyRejected, "unknown_key", .certain),
        .init(
            "gemini", 400,
            #"[{"error":{"code":400,"message":"API key expired. Please renew the API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}]"#,
            .keyRejected, "expired_key", .certain),
        .init(
            "gemini", 400, #"[{"error":{"code":400,"message":"Missing or invalid Authorization header.","status":"INVALID_ARGUMENT"}}]"#,
            .keyMissing, "not_received", .likely),
        .init(
            "gemini", 403,
            #"{"error":{"code":403,"message":"Your API key was reported as leaked. Please use another API key.","status":"PERMISSION_DENIED"}}"#,
            .keyRejected, "leaked_key", .certain),
        .init(
            "gemini", 400,
            #"[{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}]"#,
            .regionBlocked, "unsupported_country", .certain),
        .init(
            "gemini", 403,
            #"[{"error":{"code":403,"message":"Your project has been denied access. Please contact support.","status":"PERMISSION_DENIED"}}]"#,
            .accountDenied, "project_suspended", .certain),
        .init(
            "gemini", 403,
            #"[{"error":{"code":403,"message":"Permission denied: Consumer 'api_key:x' has been suspended.","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"CONSUMER_SUSPENDED","domain":"googleapis.com"}]}}]"#,
            .accountDenied, "project_suspended", .certain),
        .init(
            "gemini", 403,
            #"[{"error":{"code":403,"message":"Generative Language API has not been used in project 1 before or it is disabled.","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED","domain":"googleapis.com"}]}}]"#,
            .permissionDenied, "api_not_enabled", .certain),
        .init(
            "gemini", 403,
            #"[{"error":{"code":403,"message":"The provided API key has an IP address restriction.","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_IP_ADDRESS_BLOCKED","domain":"googleapis.com"}]}}]"#,
            .ipBlocked, "key_restriction", .certain),
        .init(
            "gemini", 403, #"[{"error":{"code":403,"message":"Method doesn't allow unregistered callers.","status":"PERMISSION_DENIED"}}]"#,
            .keyMissing, "not_received", .likely),
        .init(
            "gemini", 404,
            #"[{"error":{"code":404,"message":"models/gemini-1.0-pro is not found for API version v1main, or is not supported for generateContent.","status":"NOT_FOUND"}}]"#,
            .modelUnavailable, "unknown_model", .certain),
        .init(
            "gemini", 429,
            #"[{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details. Please retry in 34.5s.","status":"RESOURCE_EXHAUSTED"}}]"#,
            .rateLimited, "project_quota", .certain),
        .init(
            "gemini", 429,
            #"[{"error":{"code":429,"message":"You exceeded your current quota. * Quota exceeded for metric: free_tier_requests, limit: 0, model: gemini-2.5-pro. Please retry in 3s.","status":"RESOURCE_EXHAUSTED"}}]"#,
            .billingBlocked, "free_tier_model", .likely),
        .init(
            "gemini", 429,
            #"[{"error":{"code":429,"message":"Your prepayment credits are depleted. Please go to AI Studio to manage your billing.","status":"RESOURCE_EXHAUSTED"}}]"#,
            .billingBlocked, "insufficient_funds", .certain),
        .init(
            "gemini", 503, #"[{"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}}]"#,
            .providerOutage, "overloaded", .certain),
        .init(
            "gemini", 400,
            #"[{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"seed\": Cannot find field.","status":"INVALID_ARGUMENT"}}]"#,
            .requestRejected, "invalid_request", .certain),
        .init(
            "anthropic", 401,
            #"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"req_1"}"#, .keyRejected,
            "unknown_key", .certain),
        .init(
            "anthropic", 401,
            #"{"type":"error","error":{"type":"authentication_error","message":"x-api-key header is required"},"request_id":"req_1"}"#,
            .keyMissing, "not_received", .certain),
        .init(
            "anthropic", 401,
            #"{"type":"error","error":{"type":"authentication_error","message":"Invalid bearer token"},"request_id":"req_1"}"#,
            .keyRejected, "token_not_key", .likely),
        .init(
            "anthropic", 401,
            #"{"type":"error","error":{"type":"authentication_error","message":"Invalid authentication credentials"},"request_id":"req_1"}"#,
            .keyRejected, "unknown_key", .likely),
        .init(
            "anthropic", 400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."},"request_id":"req_1"}"#,
            .billingBlocked, "insufficient_funds", .certain),
        .init(
            "anthropic", 400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits. You will regain access on 2026-12-01."},"request_id":"req_1"}"#,
            .billingBlocked, "budget_exceeded", .certain),
        .init(
            "anthropic", 400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"This organization has been disabled."},"request_id":"req_1"}"#,
            .accountDenied, "account_deactivated", .certain),
        .init(
            "anthropic", 403,
            #"{"type":"error","error":{"type":"permission_error","message":"Your API key does not have permission to use the specified resource."},"request_id":"req_1"}"#,
            .permissionDenied, "workspace_permission", .likely),
        .init(
            "anthropic", 403, #"{"error":{"type":"forbidden","message":"Request not allowed"}}"#, .regionBlocked, "unsupported_country",
            .likely),
        .init(
            "anthropic", 404, #"{"type":"error","error":{"type":"not_found_error","message":"model: claude-2.0"},"request_id":"req_1"}"#,
            .modelUnavailable, "unknown_model", .certain),
        .init(
            "anthropic", 404, #"{"type":"error","error":{"type":"not_found_error","message":"Not Found"},"request_id":"req_1"}"#,
            .wrongEndpoint, "no_such_path", .likely),
        .init(
            "anthropic", 413,
            #"{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"},"request_id":"req_1"}"#,
            .requestRejected, "body_too_large", .certain),
        .init(
            "anthropic", 429,
            #"{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit of 30,000 input tokens per minute."},"request_id":"req_1"}"#,
            .rateLimited, "rate", .certain),
        .init(
            "anthropic", 529, #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}"#,
            .providerOutage, "overloaded", .certain),
        .init(
            "anthropic", 400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"},"request_id":"req_1"}"#,
            .requestRejected, "context_too_long", .certain),
        .init(
            "anthropic", 400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: Field required"},"request_id":"req_1"}"#,
            .requestRejected, "invalid_request", .likely),
        .init(
            "anthropic", 402,
            #"{"type":"error","error":{"type":"billing_error","message":"There is an issue with your payment"},"request_id":"req_1"}"#,
            .billingBlocked, "billing_not_active", .certain),
        .init(
            "cloudflare-ai-gateway", 401, #"{"success":false,"result":[],"messages":[],"error":[{"code":2009,"message":"Unauthorized"}]}"#,
            .keyRejected, "gateway_token", .likely),
        .init(
            "cloudflare-ai-gateway", 401, #"{"name":"AiGatewayError","internalCode":2009,"message":"Unauthorized"}"#, .keyRejected,
            "gateway_token", .likely),
        .init(
            "cloudflare-ai-gateway", 400, #"{"success":false,"error":[{"code":2008,"message":"Invalid provider"}]}"#, .wrongEndpoint,
            "no_such_provider", .certain),
        .init(
            "cloudflare-ai-gateway", 400,
            #"{"success":false,"error":[{"code":2001,"message":"Please configure AI Gateway in the Cloudflare dashboard"}]}"#,
            .wrongEndpoint, "no_such_gateway", .likely),
        .init(
            "cloudflare-ai-gateway", 429, #"{"success":false,"error":[{"code":2003,"message":"Rate limited"}]}"#, .rateLimited,
            "gateway_rate", .likely),
        .init(
            "cloudflare-ai-gateway", 401,
            #"{"error":{"message":"You didn't provide an API key. You need to provide your API key in an Authorization header.","type":"invalid_request_error","param":null,"code":null}}"#,
            .keyMissing, "upstream_key_missing", .likely),
        .init(
            "cloudflare-ai-gateway", 401,
            #"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
            .keyRejected, "upstream_key", .certain),
        .init(
            "cloudflare-ai-gateway", 401,
            #"{"result":null,"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[]}"#, .keyRejected,
            "upstream_key", .likely),
        .init(
            "cloudflare-ai-gateway", 400,
            #"{"success":false,"error":[{"code":2016,"message":"Prompt blocked due to security configurations"}]}"#, .contentFiltered,
            "guardrail", .certain),
        .init(
            "cloudflare-ai-gateway", 500,
            #"<!DOCTYPE html><html><head><title>Worker threw exception | gateway.ai.cloudflare.com | Cloudflare</title></head></html>"#,
            .providerOutage, "gateway_crashed", .certain),
        .init("cloudflare-ai-gateway", 500, #"error code: 1101"#, .providerOutage, "gateway_crashed", .certain),
        .init(
            "workers-ai", 401, #"{"result":null,"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[]}"#,
            .keyRejected, "token_or_account", .likely),
        .init(
            "workers-ai", 400,
            #"{"result":null,"success":false,"errors":[{"code":9106,"message":"Missing X-Auth-Key, X-Auth-Email or Authorization headers"}],"messages":[]}"#,
            .keyMissing, "not_received", .certain),
        .init(
            "workers-ai", 400,
            #"{"result":null,"success":false,"errors":[{"code":6111,"message":"Invalid format for Authorization header"}],"messages":[]}"#,
            .keyMalformed, "header_form", .likely),
        .init(
            "workers-ai", 403,
            #"{"result":null,"success":false,"errors":[{"code":9109,"message":"Cannot use the access token from location: 192.0.2.7"}],"messages":[]}"#,
            .ipBlocked, "token_address_filter", .certain),
        .init(
            "workers-ai", 404,
            #"{"result":null,"success":false,"errors":[{"code":7003,"message":"Could not route to /client/v4/accounts/ai/v1, perhaps your object identifier is invalid?"}],"messages":[]}"#,
            .wrongEndpoint, "account_or_path", .certain),
        .init(
            "workers-ai", 405,
            #"{"result":null,"success":false,"errors":[{"code":7001,"message":"Method GET not available for that URI."}],"messages":[]}"#,
            .wrongEndpoint, "no_such_path", .certain),
        .init(
            "workers-ai", 429,
            #"{"result":null,"success":false,"errors":[{"code":4006,"message":"you have used up your daily free allocation of 10,000 neurons, please upgrade"}],"messages":[]}"#,
            .billingBlocked, "daily_neurons", .certain),
        .init(
            "workers-ai", 429,
            #"{"result":null,"success":false,"errors":[{"code":3040,"message":"Capacity temporarily exceeded, please try again."}],"messages":[]}"#,
            .providerOutage, "overloaded", .likely),
        .init(
            "workers-ai", 400,
            #"{"result":null,"success":false,"errors":[{"code":5007,"message":"No such model @cf/none or task"}],"messages":[]}"#,
            .modelUnavailable, "unknown_model", .certain),
        .init(
            "workers-ai", 403,
            #"{"result":null,"success":false,"errors":[{"code":5016,"message":"User has not agreed to Llama3.2 model terms"}],"messages":[]}"#,
            .permissionDenied, "model_terms", .certain),
        .init(
            "workers-ai", 403,
            #"{"result":null,"success":false,"errors":[{"code":3023,"message":"Service unavailable for account"}],"messages":[]}"#,
            .accountDenied, "account_blocked", .certain),
        .init(
            "workers-ai", 400, #"{"result":null,"success":false,"errors":[{"code":5006,"message":"AiError: Bad input"}],"messages":[]}"#,
            .requestRejected, "invalid_request", .likely),
    ]

    @Test(arguments: table) func `an answer of a hosted service is read as its documentation means it`(example: SignCase) throws {
        let verdict = try example.verdict()
        #expect(verdict.cause == example.cause)
        #expect(verdict.reason == example.reason)
        #expect(verdict.confidence == example.confidence)
        #expect(!verdict.summary.isEmpty && !verdict.nextSteps.isEmpty)
    }
}
