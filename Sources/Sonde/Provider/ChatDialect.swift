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

    /// A request whose answer comes in pieces: as small, but with an answer long enough to be timed.
    ///
    /// - Parameter asksUsage: Asks for an event at the end that counts the tokens.
    public static func streamRequest(model: String, rules: Vendor.InferenceRules, asksUsage: Bool) -> JSON.Object {
        var body = smallestRequest(model: model, rules: rules)
        body["messages"] = [["role": "user", "content": .string(streamPrompt)]]
        body["stream"] = true
        if asksUsage { body["stream_options"] = ["include_usage": true] }
        return body
    }

    /// Any model answers it with more than a few tokens; the token limit ends it.
    static let streamPrompt = "Count from one to twenty."

    /// The models in a list: `{"data":[{"id":…}]}`, or the bare array that a few servers send.
    ///
    /// - Parameter prices: Where entries tell their price, if they do.
    public static func models(in body: JSON, prices: Vendor.PriceFields? = nil) -> Facts.Models? {
        guard let entries = body["data"]?.arrayValue ?? body["models"]?.arrayValue ?? body.arrayValue else { return nil }
        let ids = entries.compactMap { $0["id"]?.stringValue ?? $0["name"]?.stringValue }
        guard entries.isEmpty || !ids.isEmpty else { return nil }
        guard let prices else { return Facts.Models(count: entries.count, ids: ids) }
        let priced = entries.compactMap { entry -> (String, Price)? in
            guard let id = entry["id"]?.stringValue, let price = Price(in: entry, fields: prices) else { return nil }
            return (id, price)
        }
        return Facts.Models(count: entries.count, ids: ids, prices: Dictionary(priced, uniquingKeysWith: { first, _ in first }))
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
        "embed", "embedding", "embeddings", "embedder", "bge", "e5", "gte", "colbert", "rerank", "reranker", "reranking", "retriever",
        "ranker",
        "whisper", "tts", "stt", "asr", "transcribe", "transcription", "audio", "speech", "voice", "music", "lyria", "realtime", "live",
        "parakeet", "kokoro", "playai", "omni-moderation", "moderation", "guard", "llamaguard", "shieldgemma", "safeguard",
        "image", "images", "imagen", "imagine", "dall", "dalle", "flux", "diffusion", "sdxl", "kontext", "recraft", "ideogram",
        "seedream", "hidream", "kolors", "inpaint", "upscale", "midjourney", "banana", "video", "t2v", "i2v", "t2i", "sora", "veo", "wan",
        "kling",
        "hailuo", "runway", "seedance", "ray", "pixverse", "ocr", "clip", "siglip", "vit", "resnet", "detr", "nsfw", "segmentation",
        "translation",
        "nllb", "m2m100", "reward", "rm", "search", "codex", "babbage", "davinci",
    ]
    /// Beginnings of such words, where a number or a letter follows directly.
    private static let otherTradeBeginnings = [
        "embed", "whisper", "rerank", "moderation", "imagen", "flux", "veo", "sdxl", "dalle", "textembedding", "transcri", "guard", "ocr",
    ]

    /// Says whether a model's name speaks of vectors for texts.
    public static func isLikelyEmbeddingModel(_ id: String) -> Bool {
        let parts = id.lowercased().split { !($0.isLetter || $0.isNumber) }
        return parts.contains { ["embed", "embedding", "embeddings", "embedder", "bge"].contains($0) }
    }

    /// Says whether a model's name speaks of chat rather than of images, sound or vectors.
    public static func isLikelyChatModel(_ id: String) -> Bool {
        let parts = id.lowercased().split { !($0.isLetter || $0.isNumber) }
        return !parts.contains { part in
            otherTrades.contains(String(part)) || otherTradeBeginnings.contains(where: part.hasPrefix) || part.hasSuffix("embed")
                || part.hasSuffix("ocr") || part.hasSuffix("guard")
        }
    }
}

extension Facts.Balance {
    /// Reads a balance out of the members a manifest names; nil when none of them is there.
    init?(in body: JSON, fields: Vendor.BalanceFields) {
        let number = { (path: String?) -> Double? in
            guard let value = path.flatMap(body.member) else { return nil }
            return (value.doubleValue ?? value.stringValue.flatMap(Double.init)).flatMap { $0.isFinite ? $0 : nil }
        }
        let (used, total) = (number(fields.used), number(fields.total))
        let remaining = number(fields.remaining) ?? total.flatMap { total in used.map { total - $0 } }
        guard remaining != nil || used != nil else { return nil }
        let named = fields.currencyField.flatMap(body.member)?.stringValue
        self.init(remaining: remaining, used: used, currency: named.flatMap(Self.currency) ?? fields.currency)
        (granted, bought) = (number(fields.granted), number(fields.bought))
        isFreeTier = fields.freeTier.flatMap(body.member)?.boolValue
    }

    /// A text that can be a currency of ISO 4217; what a service writes there is not to be believed blindly.
    private static func currency(_ text: String) -> String? {
        text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ? text : nil
    }
}
