public import SondeJSON

/// The other common dialect, the Responses API, which some services speak instead of chat completions.
public enum ResponsesDialect {
    /// The smallest request that a model answers: one line in, a handful of tokens out, nothing stored.
    public static func smallestRequest(model: String, rules: Vendor.InferenceRules) -> JSON.Object {
        var body = JSON.Object([
            ("model", .string(model)),
            ("input", "Reply with: ok"),
            (rules.tokenLimitField, .integer(Int64(rules.tokenLimit))),
            ("store", .bool(false)),
        ])
        for member in rules.extraBody.members { body[member.key] = member.value }
        return body
    }

    /// What one generated answer states; nil when the body has not the shape of one, or says that it failed.
    ///
    /// An answer that ended at the limit (`status` `incomplete`) reads as one whose `finishReason` is `length`.
    public static func inference(in body: JSON) -> Facts.Inference? {
        guard let items = body["output"]?.arrayValue, let status = body["status"]?.stringValue else { return nil }
        guard status == "completed" || status == "incomplete" else { return nil }
        let parts = items.flatMap { $0["content"]?.arrayValue ?? [] }
        let hasText = parts.contains { !($0["text"]?.stringValue ?? "").isEmpty }
        let isCut = body["incomplete_details"]?["reason"]?.stringValue == "max_output_tokens"
        guard hasText || status == "completed" || isCut else { return nil }
        return Facts.Inference(
            model: body["model"]?.stringValue, finishReason: isCut ? "length" : "stop", hasText: hasText,
            inputTokens: body["usage"]?["input_tokens"]?.intValue, outputTokens: body["usage"]?["output_tokens"]?.intValue)
    }
}
