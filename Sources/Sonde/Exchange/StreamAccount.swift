import SondeJSON

/// Adds up the events of a streamed answer, with the times at which they came: no I/O, no clock.
struct StreamAccount {
    private(set) var stream = Facts.Stream()
    /// What the pieces together state; nil when there was none.
    private(set) var inference: Facts.Inference?
    private var first: Duration?
    private var last: Duration?
    private var reasoningTokens = 0
    private var sawReasoning = false
    private var arrivals = 0

    /// Takes one event.
    ///
    /// - Parameters:
    ///   - time: When the bytes that completed it came, counted from when the request had been sent.
    ///   - piece: Reads what an event adds.
    /// - Returns: The event as JSON, unless it is the end mark or cannot be read.
    mutating func take(_ event: EventStreamParser.Event, at time: Duration?, piece: (JSON) -> StreamPiece?) -> JSON? {
        if !event.isStray, event.data.elementsEqual("[DONE]".utf8) {
            stream.isEnded = true
            return nil
        }
        stream.events += 1
        // What we cut off is not held against the server.
        if event.isCut { return nil }
        if event.isStray { stream.broken += 1 }
        guard let value = JSON.lenient(event.data), value.objectValue != nil else {
            if !event.isStray { stream.broken += 1 }
            return nil
        }
        if !event.isStray, let piece = piece(value) { add(piece, at: time) }
        return value
    }

    private mutating func add(_ piece: StreamPiece, at time: Duration?) {
        if piece.isAnswer || inference != nil {
            var sum = inference ?? Facts.Inference(hasText: false)
            sum.model = sum.model ?? piece.model
            sum.hasText = sum.hasText || piece.hasText
            sum.finishReason = piece.finishReason ?? sum.finishReason
            sum.inputTokens = piece.inputTokens ?? sum.inputTokens
            sum.outputTokens = piece.outputTokens ?? sum.outputTokens
            sum.cost = piece.cost ?? sum.cost
            inference = sum
        }
        reasoningTokens = piece.reasoningTokens ?? reasoningTokens
        sawReasoning = sawReasoning || piece.hasReasoning
        stream.isEnded = stream.isEnded || piece.isEnd
        if piece.hasText || piece.hasReasoning {
            stream.pieces += 1
            if time != last || last == nil { arrivals += 1 }
            if first == nil { first = time }
            last = time
        }
        settle()
    }

    /// Fewer pieces in one go are what any network does.
    private static let fewPieces = 4
    /// A shorter wait is no buffering that anybody would notice.
    private static let shortWait = Duration.milliseconds(250)

    private mutating func settle() {
        stream.firstToken = first.map(\.inMicroseconds)
        if let first, let last { stream.generation = (last - first).inMicroseconds }
        // Reasoning that was not shown took its time before the first text.
        stream.tokens = inference?.outputTokens.map { max(0, sawReasoning ? $0 : $0 - reasoningTokens) }
        stream.isAtOnce = stream.pieces >= Self.fewPieces && arrivals == 1 && first.map { $0 >= Self.shortWait } ?? false
    }
}

extension Duration {
    /// Cut to what a report can hold.
    fileprivate var inMicroseconds: Duration {
        .microseconds(components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000)
    }
}
