import Sonde
import Testing

extension VendorSignsTests {
    @Test(arguments: [
        Case(
            412, .billingBlocked, "suspended_unpaid", .certain,
            #"{"error":{"message":"Account acme is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.","type":"error","code":"PRECONDITION_FAILED"},"request_id":"r"}"#
        ),
        Case(
            412, .modelUnavailable, "adapter_not_loaded", .likely,
            #"{"error":{"message":"Failed to load LoRA adapter","type":"error","code":"PRECONDITION_FAILED"}}"#),
        Case(412, .billingBlocked, "suspended_unpaid", .likely, #"{"error":{"message":"Precondition failed","type":"error"}}"#),
        Case(
            404, .modelUnavailable, "not_deployed", .certain,
            #"{"error":{"message":"Model not found, inaccessible, and/or not deployed","type":"error","code":"NOT_FOUND"}}"#),
        Case(404, .wrongEndpoint, "no_such_path", .certain, #"{"error":{"message":"Path not found","type":"error","code":"NOT_FOUND"}}"#),
        Case(
            401, .keyRejected, "unknown_key", .certain,
            #"{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}"#),
        Case(
            401, .keyMissing, "not_received", .certain,
            #"{"fault":{"faultstring":"Failed to resolve API Key variable request.header.authorization","detail":{"errorcode":"steps.oauth.v2.FailedToResolveAPIKey"}}}"#
        ),
        Case(401, .keyRejected, "unknown_key", .likely, #"{"error":"unauthorized"}"#),
        Case(402, .billingBlocked, "budget_exceeded", .certain, #"{"error":{"message":"User limit reached","type":"error"}}"#),
        Case(500, .providerOutage, "server_error", .likely, #"{"error":{"message":"Internal error","type":"error","code":"INTERNAL"}}"#),
    ])
    func `Fireworks: a 412 is an unpaid account, unless it is an adapter`(answer: Case) throws { try expect(answer, of: "fireworks") }
}
