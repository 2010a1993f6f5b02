/// The few phrases in which laws and checks speak of exchanges.
enum Wording {
    /// `GET /v1/credits`, as far as it is told.
    static func request(_ exchange: Exchange) -> String {
        if case .elsewhere(let url) = exchange.probe.place { return "\(exchange.request.method) \(url)" }
        guard !exchange.request.url.isEmpty else { return exchange.request.method.isEmpty ? "the call" : "the \(exchange.request.method)" }
        let path =
            exchange.request.url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).first.map { "/" + $0 }
            ?? "/"
        return exchange.request.method.isEmpty ? path : "\(exchange.request.method) \(path)"
    }

    /// `403 access_denied “Forbidden.”`, or what failed.
    ///
    /// - Parameter limit: Of what is quoted, in characters.
    static func answer(_ exchange: Exchange, quoting limit: Int = 160) -> String {
        guard let answer = exchange.answer else { return exchange.failure?.message ?? "nothing" }
        let error = answer.errors.first
        var words = [code(answer)].compactMap(\.self)
        if let message = error?.message { words.append("“\(shortened(message, to: limit))”") }
        if error == nil, !answer.isSuccess || answer.bodyKind == .html || answer.bodyKind == .empty {
            switch answer.bodyKind {
            case .html: words.append(answer.title.map { "with a page titled “\(shortened($0, to: limit))”" } ?? "with a page")
            case .empty: words.append("with an empty body")
            case .text: words.append(answer.excerpt.map { "“\(shortened($0, to: limit))”" } ?? "with plain text")
            default: break
            }
        }
        return words.isEmpty ? "an answer without a status" : words.joined(separator: " ")
    }

    /// `403 access_denied`: what programs go by; nil where there is neither status nor word.
    static func code(_ answer: Answer) -> String? {
        let error = answer.errors.first
        let word = error?.code.flatMap { Int($0) == nil ? $0 : nil } ?? error?.type
        let words = [answer.status == 0 ? nil : "\(answer.status)", word].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The same of an answer that may have been a stream: what is wrong with that has no words of its own.
    static func failed(_ item: Evidence.Item) -> String {
        let stream = item.answer?.facts.stream
        let events = "\(stream?.events ?? 0) event\(stream?.events == 1 ? "" : "s")"
        switch item.reading.reason {
        case "broken_events": return "\(stream?.broken ?? 0) of \(events) cannot be read"
        case "stream_cut_short": return "the stream ended after \(events), without a finish reason and without [DONE]"
        default:
            guard stream != nil, let answer = item.answer, answer.isSuccess, !answer.errors.isEmpty else {
                return Self.answer(item.exchange)
            }
            return "an error within the stream: \(Self.answer(item.exchange))"
        }
    }

    /// What became of a request that got no answer.
    static func failure(_ exchange: Exchange) -> String {
        let message = exchange.failure?.message ?? "unknown failure"
        let isSent = exchange.failure?.kind != .unsendable
        return "\(request(exchange)) \(isSent ? "got no answer" : "was not sent"): \(message)\(message.hasSuffix(".") ? "" : ".")"
    }

    static func model(_ name: String?) -> String { name.map { " (\($0))" } ?? "" }

    static func undecided(_ reason: String, _ exchange: Exchange?) -> String {
        switch reason {
        case "inference_not_tested": "No inference was asked for, so health is not claimed."
        case Withheld.Reason.priceUnknown.rawValue, Withheld.Reason.overLimit.rawValue: "Inference was not sent, for its price."
        case Withheld.Reason.overRequestLimit.rawValue: "Inference was not sent, since as many paid calls as allowed were made."
        case "no_model": "No model was named and none could be found in a list."
        case "nothing_sent": "Nothing was sent."
        case "nothing_failed": "What is recorded succeeded, and no request for inference is among it."
        case "no_answer": exchange.map { failure($0) + " That does not say why." } ?? "No answer came."
        default: exchange.map { "\(request($0)) answered \(answer($0)), which does not decide." } ?? "The evidence does not decide."
        }
    }

    /// At most about one line of somebody else's words; what is cut shorter than that ends with a whole one, where there is any.
    static func shortened(_ text: String, to limit: Int = 160) -> String {
        guard text.count > limit else { return text }
        let kept = text.prefix(limit - 1)
        guard limit < 160, let blank = kept.lastIndex(of: " ") else { return kept + "…" }
        return kept[..<blank] + " …"
    }
}
