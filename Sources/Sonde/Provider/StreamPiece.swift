public import SondeJSON

/// What one event of a streamed answer adds to it.
public struct StreamPiece: Sendable, Hashable {
    public var model: String?
    /// Says whether it brings text of the answer.
    public var hasText = false
    /// Says whether it brings text of the reasoning before the answer.
    public var hasReasoning = false
    public var finishReason: String?
    public var inputTokens: Int?
    public var outputTokens: Int?
    /// Those of the output that went into reasoning.
    public var reasoningTokens: Int?
    /// What the answer cost, in US dollars.
    public var cost: Double?
    /// Says that the answer is complete, where the dialect has an event for that.
    public var isEnd = false
    /// What speaks of an error, where it is not the event itself.
    public var failure: JSON?

    public init() {}

    /// Counts as an answer: something besides a ping.
    var isAnswer: Bool { hasText || hasReasoning || finishReason != nil || isEnd }
}

extension ChatDialect {
    /// What one chunk of a streamed completion adds; nil when the event is none.
    public static func piece(in event: JSON) -> StreamPiece? {
        guard let choices = event["choices"]?.arrayValue else { return nil }
        var piece = StreamPiece()
        piece.model = event["model"]?.stringValue
        if let choice = choices.first {
            let delta = choice["delta"] ?? choice["message"]
            let holdsText = { (name: String) in !(delta?[name]?.stringValue ?? "").isEmpty }
            piece.hasText = holdsText("content") || !(choice["text"]?.stringValue ?? "").isEmpty
            piece.hasReasoning = holdsText("reasoning_content") || holdsText("reasoning")
            piece.finishReason = choice["finish_reason"]?.stringValue
        }
        let usage = event["usage"]
        piece.inputTokens = count(usage?["prompt_tokens"])
        piece.outputTokens = count(usage?["completion_tokens"])
        piece.reasoningTokens = count(usage?["completion_tokens_details"]?["reasoning_tokens"])
        return piece
    }
}

extension ResponsesDialect {
    /// What one event of a streamed response adds; nil when the event is none.
    public static func piece(in event: JSON) -> StreamPiece? {
        guard let type = event["type"]?.stringValue, type.hasPrefix("response.") else { return nil }
        var piece = StreamPiece()
        let response = event["response"]
        piece.model = response?["model"]?.stringValue
        if type.hasSuffix(".delta"), !(event["delta"]?.stringValue ?? "").isEmpty {
            piece.hasText = type.hasPrefix("response.output_text.")
            piece.hasReasoning = type.hasPrefix("response.reasoning")
        }
        switch type {
        case "response.completed": (piece.isEnd, piece.finishReason) = (true, "stop")
        case "response.incomplete":
            let isCut = response?["incomplete_details"]?["reason"]?.stringValue == "max_output_tokens"
            (piece.isEnd, piece.finishReason) = (true, isCut ? "length" : "content_filter")
        case "response.failed": piece.failure = response
        default: break
        }
        let usage = response?["usage"]
        piece.inputTokens = ChatDialect.count(usage?["input_tokens"])
        piece.outputTokens = ChatDialect.count(usage?["output_tokens"])
        piece.reasoningTokens = ChatDialect.count(usage?["output_tokens_details"]?["reasoning_tokens"])
        return piece
    }
}
