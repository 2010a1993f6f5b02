import Sonde
import Testing

extension VendorSignsTests {
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
}
