public import SondeJSON

/// The dialect of chat completions that most services speak.
public enum ChatDialect {
    /// The smallest request that a chat model answers: one word in, a handful of tokens out.
    public static func smallestRequest(model: String, rules: Vendor.InferenceRules) -> JSON.Object {
        var body = JSON.Object([
            ("model", .string(model)),
            ("messages", [["role": "user", "content": "Reply with: ok"]]),
        ])
        if let field = rules.tokenLimitField { body[field] = .integer(Int64(rules.tokenLimit)) }
        for member in rules.extraBody.members { body[member.key] = member.value }
        return body
    }

    /// The models in a list: `{"data":[{"id":…}]}`, or the bare array that a few servers send.
    public static func models(in body: JSON) -> Facts.Models? {
        guard let entries = body["data"]?.arrayValue ?? body["models"]?.arrayValue ?? body.arrayValue else { return nil }
        let ids = entries.compactMap { $0["id"]?.stringValue ?? $0["name"]?.stringValue }
        guard entries.isEmpty || !ids.isEmpty else { return nil }
        return Facts.Models(count: entries.count, ids: ids)
    }

    /// What one generated answer states; nil when the body has not the shape of one.
    public static func inference(in body: JSON) -> Facts.Inference? {
        guard let choice = body["choices"]?[0], choice.objectValue != nil else { return nil }
        let message = choice["message"] ?? choice["delta"]
        guard message?.objectValue != nil || choice["text"] != nil else { return nil }
        let text = message?["content"]?.stringValue ?? choice["text"]?.stringValue ?? ""
        return Facts.Inference(
            model: body["model"]?.stringValue, finishReason: choice["finish_reason"]?.stringValue, hasText: !text.isEmpty,
            inputTokens: count(body["usage"]?["prompt_tokens"]), outputTokens: count(body["usage"]?["completion_tokens"]))
    }

    /// A number of tokens that one small request can have cost; anything else is not believed.
    static func count(_ value: JSON?) -> Int? {
        value?.intValue.flatMap { (0...10_000_000).contains($0) ? $0 : nil }
    }

    /// Words in the names of models that do not chat; matched as whole parts of a name.
    private static let otherTrades: Set<String> = [
        "embed", "embedding", "embeddings", "embedder", "whisper", "tts", "transcribe", "moderation", "image", "dall", "rerank", "reranker",
        "realtime", "audio",
        "guard", "sora", "video", "vision-encoder", "clip", "search", "instruct-embed", "bge", "e5", "speech",
    ]

    /// Says whether a model's name speaks of chat rather than of images, sound or vectors.
    public static func isLikelyChatModel(_ id: String) -> Bool {
        let parts = id.lowercased().split { !($0.isLetter || $0.isNumber) }
        return !parts.contains { otherTrades.contains(String($0)) }
    }
}

extension Facts.Balance {
    /// Reads a balance out of the members a manifest names; nil when none of them is there.
    init?(in body: JSON, fields: Vendor.BalanceFields) {
        let member = { (path: String) -> JSON? in
            path.split(separator: ".").reduce(Optional(body)) { value, name in
                Int(name).map { value?[$0] } ?? value?[String(name)]
            }
        }
        let number = { (path: String?) -> Double? in
            guard let value = path.flatMap(member) else { return nil }
            return value.doubleValue ?? value.stringValue.flatMap(Double.init)
        }
        let (remaining, used) = (number(fields.remaining), number(fields.used))
        guard remaining != nil || used != nil else { return nil }
        let named = fields.currencyField.flatMap(member)?.stringValue
        self.init(remaining: remaining, used: used, currency: named.flatMap(Self.currency) ?? fields.currency)
    }

    /// A text that can be a currency of ISO 4217; what a service writes there is not to be believed blindly.
    private static func currency(_ text: String) -> String? {
        text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ? text : nil
    }
}
