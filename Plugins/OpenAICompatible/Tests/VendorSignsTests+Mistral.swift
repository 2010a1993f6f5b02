import Sonde
import Testing

extension VendorSignsTests {
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
}
