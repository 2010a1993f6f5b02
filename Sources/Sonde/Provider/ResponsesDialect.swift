public import SondeJSON

/// The other common dialect, the Responses API, which some services speak beside chat completions or instead of them.
public enum ResponsesDialect {
    /// Fewer are refused.
    static let leastTokens = 16

    /// A request whose answer comes in pieces: as small, but with an answer long enough to be timed.
    public static func streamRequest(model: String, rules: Vendor.InferenceRules) -> JSON.Object {
        var body = smallestRequest(model: model, rules: rules)
        body["input"] = .string(ChatDialect.streamPrompt)
        body["stream"] = true
        return body
    }

    /// The smallest request that a model answers: one line in, the least number of tokens out that is accepted everywhere, nothing stored.
    ///
    /// - Parameter rules: Those of a vendor that speaks nothing else; nil for the usual ones.
    public static func smallestRequest(model: String, rules: Vendor.InferenceRules? = nil) -> JSON.Object {
        var body = JSON.Object([("model", .string(model)), ("input", "Reply with: ok")])
        let field = rules.map(\.tokenLimitField) ?? "max_output_tokens"
        if let field { body.append(field, .integer(Int64(rules?.tokenLimit ?? leastTokens))) }
        if let rules {
            body.append("store", .bool(false))
            for member in rules.extraBody.members { body[member.key] = member.value }
        }
        return body
    }

    /// What one generated answer states; nil when the body has not the shape of one, or says that it failed.
    ///
    /// An answer that was cut short (`status` `incomplete`) reads as one whose `finishReason` is `length` or `content_filter`.
    public static func inference(in body: JSON) -> Facts.Inference? {
        guard let items = body["output"]?.arrayValue else { return nil }
        let status = body["status"]?.stringValue ?? (body["object"]?.stringValue == "response" ? "completed" : "")
        guard status == "completed" || status == "incomplete" else { return nil }
        let parts = items.flatMap { $0["content"]?.arrayValue ?? [] }
        let hasText = parts.contains { !($0["text"]?.stringValue ?? "").isEmpty }
        let reason = body["incomplete_details"]?["reason"]?.stringValue
        let finishReason = ["max_output_tokens": "length", "content_filter": "content_filter"][reason ?? ""]
        guard hasText || status == "completed" || finishReason != nil else { return nil }
        return Facts.Inference(
            model: body["model"]?.stringValue, finishReason: finishReason ?? "stop", hasText: hasText,
            inputTokens: ChatDialect.count(body["usage"]?["input_tokens"]), outputTokens: ChatDialect.count(body["usage"]?["output_tokens"])
        )
    }
}

extension Facts.Embedding {
    /// The first vector of a list; nil when there is none.
    init?(in body: JSON) {
        guard let vector = body["data"]?[0]?["embedding"] else { return nil }
        guard let count = vector.arrayValue?.count ?? vector.stringValue.map({ $0.utf8.count / 4 * 3 / 4 }), count > 0 else { return nil }
        self.init(dimensions: count, inputTokens: ChatDialect.count(body["usage"]?["prompt_tokens"]))
    }
}
