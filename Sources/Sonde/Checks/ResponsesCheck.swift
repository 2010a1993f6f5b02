/// Does the vendor's Responses API serve this key, too?
///
/// - Sends: one request to the Responses API, once plain inference works.
/// - Passes when: it answers in the right shape; empty text because the token limit was reached is right.
/// - Fails when: it is refused, answers something else, or does not answer in time.
/// - Costs: about twenty-five tokens of the model that is checked.
public enum ResponsesCheck: Check {
    public static let id = "responses"
    public static let question = "Does the Responses API serve this key, too?"
    public static let isOptional = true

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        guard let item = evidence.last(.responses) else {
            if evidence.target.vendor.inference.form == .responses, evidence.target.vendor.endpoints[.responses] == nil {
                return result(.skip, "the inference check asks this API already: \(evidence.target.vendor.name) has no other")
            }
            return notAsked(evidence, .responses, lacks: .responses, "Responses API")
        }
        return answered(item) { item in
            let facts = item.answer?.facts.inference
            let tokens = facts?.inputTokens.flatMap { input in facts?.outputTokens.map { ", \(input) tokens in, \($0) out" } } ?? ""
            if let facts, !facts.hasText, facts.finishReason == "stop" { return (.warn, "\(tokens), but without any text") }
            return (.pass, tokens)
        }
    }
}
