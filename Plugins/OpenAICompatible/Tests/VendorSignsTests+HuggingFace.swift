import Sonde
import Testing

extension VendorSignsTests {
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
