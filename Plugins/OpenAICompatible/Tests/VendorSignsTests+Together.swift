import Sonde
import Testing

extension VendorSignsTests {
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
}
