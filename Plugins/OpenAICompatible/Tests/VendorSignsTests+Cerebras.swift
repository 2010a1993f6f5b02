import Sonde
import Testing

extension VendorSignsTests {
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
}
