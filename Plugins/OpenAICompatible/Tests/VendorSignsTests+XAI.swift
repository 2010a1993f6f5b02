import Sonde
import Testing

extension VendorSignsTests {
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
}
