import Sonde
import Testing

extension VendorSignsTests {
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
}
