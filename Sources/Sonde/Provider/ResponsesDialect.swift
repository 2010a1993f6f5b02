public import SondeJSON

/// The newer dialect of asking for text, `/responses`, which some gateways speak as well.
public enum ResponsesDialect {
    /// The smallest request: one word in, and the least number of tokens out that is accepted everywhere.
    public static func smallestRequest(model: String) -> JSON.Object {
        JSON.Object([("model", .string(model)), ("input", "Reply with: ok"), ("max_output_tokens", .integer(16))])
    }

    /// What one response states; nil when the body has not the shape of one.
    public static func inference(in body: JSON) -> Facts.Inference? {
        guard body["object"]?.stringValue == "response", let output = body["output"]?.arrayValue else { return nil }
        let texts = output.compactMap { $0["content"]?.arrayValue }.flatMap(\.self).compactMap { $0["text"]?.stringValue }
        let isCutShort = body["incomplete_details"]?["reason"]?.stringValue == "max_output_tokens"
        return Facts.Inference(
            model: body["model"]?.stringValue, finishReason: isCutShort ? "length" : "stop", hasText: texts.contains { !$0.isEmpty },
            inputTokens: ChatDialect.count(body["usage"]?["input_tokens"]), outputTokens: ChatDialect.count(body["usage"]?["output_tokens"]))
    }
}

extension Facts.Embedding {
    /// The first vector of a list; nil when there is none.
    init?(in body: JSON) {
        guard let vector = body["data"]?[0]?["embedding"] else { return nil }
        guard let count = vector.arrayValue?.count ?? vector.stringValue.map({ $0.utf8.count / 4 * 3 / 4 }), count > 0 else { return nil }
        self.init(dimensions: count)
    }
}
