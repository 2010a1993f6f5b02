import Sonde
import Testing

extension VendorSignsTests {
    @Test(arguments: [
        Case(
            403, .wrongEndpoint, "retired_api", .certain,
            #"{"error":{"message":"Sonar is now the Agent API. Use /v1/responses instead of /v1/sonar.","type":"chat_completions_not_available","code":403}}"#
        ),
        Case(403, .wrongEndpoint, "retired_api", .certain, #"{"code":"agent_api_migration_required","message":"Use another endpoint"}"#),
        Case(
            401, .keyRejected, "unknown_key", .likely,
            #"<html><head><title>401 Authorization Required</title></head><body><center>openresty/1.25</center></body></html>"#),
        Case(
            401, .keyRejected, "unknown_key", .likely,
            #"{"error":{"message":"Invalid API key provided.","type":"invalid_api_key","code":401}}"#),
        Case(
            400, .modelUnavailable, "unknown_model", .certain,
            #"{"error":{"message":"Invalid model 'llama-3'. Permitted models can be found in the documentation.","type":"invalid_model","code":400}}"#
        ),
        Case(
            400, .modelUnavailable, "unknown_model", .likely,
            #"{"error":{"message":"validation failed: model \"sonar-pro\" is not supported","type":"invalid_request","code":400}}"#),
        Case(
            400, .requestRejected, "invalid_request", .likely,
            #"{"error":{"message":"After the (optional) system message(s), user and assistant roles should be alternating.","type":"invalid_message","code":400}}"#
        ),
        Case(429, .rateLimited, "rate", .certain, #"{"error":{"message":"Rate limit","type":"too_many_requests","code":429}}"#),
        Case(
            200, .healthy, nil, .certain,
            #"{"id":"r","object":"response","status":"completed","model":"perplexity/sonar","error":null,"output":[{"type":"message","content":[{"type":"output_text","text":"ok"}]}],"usage":{"input_tokens":5,"output_tokens":1}}"#
        ),
    ])
    func `Perplexity: a retired API, and a page that is the vendor's own`(answer: Case) throws { try expect(answer, of: "perplexity") }
}
