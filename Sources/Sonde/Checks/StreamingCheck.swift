/// Does an answer come in pieces, whole, and how fast?
///
/// - Sends: one chat completion as a stream, once plain inference works.
/// - Passes when: every event can be read, text and a finish reason came, and the end was marked.
/// - Fails when: it is refused, an event is broken or speaks of an error, or the stream ends early.
/// - Costs: about thirty tokens of the model that is checked.
public enum StreamingCheck: Check {
    public static let id = "streaming"
    public static let question = "Does an answer come in pieces, whole, and how fast?"
    public static let isOptional = true

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        guard let item = evidence.last(.streaming) else { return notAsked(evidence, .streaming, lacks: .inference, "inference") }
        guard item.reading.isHealthy else {
            return result(item.reading.cause == .inconclusive ? .inconclusive : .fail, Wording.failed(item), item)
        }
        guard let answer = item.answer, let stream = answer.facts.stream else {
            return result(.warn, "answered with one whole body in place of a stream: no text before all of it is there", item)
        }
        let text = speed(stream)
        let facts = answer.facts.inference
        if stream.isAtOnce {
            return result(.warn, "\(text); all \(stream.pieces) pieces arrived at once: something on the way holds them back", item)
        }
        if !stream.isEnded { return result(.warn, "\(text), but the end was never marked ([DONE])", item) }
        if facts?.finishReason == nil { return result(.warn, "\(text), but no finish reason was given", item) }
        if stream.pieces == 0, facts?.finishReason == "stop" { return result(.warn, "\(text), but without any text", item) }
        if item.exchange.attempt > 1 { return result(.warn, "passed on attempt \(item.exchange.attempt); \(text)", item) }
        return result(.pass, text, item)
    }

    /// `first token after 212 ms, 48.3 tokens/s, 16 tokens in 18 events`.
    private static func speed(_ stream: Facts.Stream) -> String {
        var parts = [stream.firstToken.map { "first token after \($0.milliseconds) ms" } ?? "no text to time"]
        if let speed = stream.tokensPerSecond {
            parts.append("\(speed) tokens/s")
        } else {
            parts.append(stream.tokens == nil ? "tokens/s unknown (the stream does not count them)" : "tokens/s unknown (too few)")
        }
        parts.append(
            (stream.tokens.map { "\($0) token\($0 == 1 ? "" : "s") in " } ?? "") + "\(stream.events) event\(stream.events == 1 ? "" : "s")")
        return parts.joined(separator: ", ")
    }
}
