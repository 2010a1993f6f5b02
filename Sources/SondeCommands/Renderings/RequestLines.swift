import Sonde

/// What one request was and what it got: the lines to send to a support channel.
struct RequestLines {
    let exchange: Exchange
    let vendor: Vendor
    let look: TextLook

    func lines(number: Int) -> [String] {
        let mark = "  [\(number)] "
        let indent = mark.count
        var lines: [String] = []
        let first = TerminalText.wrapped(escaped(subject), to: look.width, indent: indent, hanging: indent + 2)
        lines += first.enumerated().map { $0 == 0 ? mark + $1.dropFirst(indent) : $1 }
        if let said { lines += TerminalText.wrapped(escaped(said), to: look.width, indent: indent + 2) }
        for fact in facts { lines += TerminalText.wrapped(escaped(fact), to: look.width, indent: indent + 2, hanging: indent + 4) }
        return lines
    }

    /// `GET /v1/credits`, or what it is where it is no request to the API.
    static func name(_ exchange: Exchange) -> String {
        if exchange.probe.kind == .handshake { return "TLS handshake, no request" }
        if case .elsewhere = exchange.probe.place { return "\(exchange.request.method) \(exchange.request.url)" }
        return exchange.request.name
    }

    /// `GET /v1/credits with a made-up key: 403`.
    private var subject: String { name + (answer.isEmpty ? "" : ": " + answer) }

    /// `GET /v1/credits with a made-up key`.
    var name: String {
        var text = Self.name(exchange)
        switch exchange.request.keyUse {
        case .own, .untold: break
        case .madeUp: text += " with a made-up key"
        case .none: text += exchange.probe.kind == .handshake ? "" : " without a key"
        }
        if exchange.probe.kind == .badField { text += " with an invalid field" }
        if exchange.attempt > 1 { text += ", attempt \(exchange.attempt)" }
        if exchange.isCarried { text += ", in an earlier round" }
        return text
    }

    /// The status, or why there is none; empty for a bare handshake.
    var answer: String {
        switch exchange.outcome {
        case .answer(let answer): answer.status == 0 ? "no status told" : "\(answer.status)"
        case .failure(let failure): "no answer (\(failure.kind.rawValue))"
        case .handshake: ""
        }
    }

    /// The redacted words of the answer.
    var said: String? {
        switch exchange.outcome {
        case .failure(let failure): return failure.message
        case .handshake: return exchange.connection.tls?.certificate.map { "certificate of \($0.subject), signed by \($0.issuer)" }
        case .answer(let answer):
            if let error = answer.errors.first {
                let fields = [("type", error.type), ("code", error.code), ("param", error.param)].compactMap { name, value in
                    value.map { "\(name) \($0)" }
                }
                return ([error.message.map { "“\($0)”" }].compactMap(\.self) + fields).joined(separator: ", ")
            }
            if let title = answer.title { return "a web page titled “\(title)”" }
            if let excerpt = answer.excerpt { return "“\(excerpt)”" }
            if let models = answer.facts.models { return Counted.text(models.count, "model") }
            if let stream = answer.facts.stream {
                return Counted.text(stream.events, "event") + (stream.isEnded ? "" : ", the end not marked")
            }
            if let embedding = answer.facts.embedding { return "a vector of \(embedding.dimensions)" }
            if let balance = answer.facts.balance, let remaining = balance.remaining { return "balance \(remaining) \(balance.currency)" }
            if let inference = answer.facts.inference {
                return inference.hasText ? "text came" : "no text, finish reason \(inference.finishReason ?? "unknown")"
            }
            if let status = answer.facts.status { return status.components.map { "\($0.name) \($0.state)" }.joined(separator: ", ") }
            if let country = answer.facts.country { return "the request comes from \(country)" }
            return answer.bodyKind == .empty ? "an empty body" : nil
        }
    }

    /// Time and how long it took, then the request id and the place; all headers and phases where everything is wanted.
    var facts: [String] {
        var facts =
            exchange.isTimedByServer
            ? ["\(exchange.startedAt.rfc3339), by the server's clock"]
            : exchange.isTimed
                ? ["\(exchange.startedAt.rfc3339), \(look.detail == .verbose ? phases : "\(exchange.timings.total.milliseconds) ms")"] : []
        guard let answer = exchange.answer else { return facts }
        let place = exchange.reading.edge.map { " (edge \($0.edge)" + ($0.region.map { ", region \($0)" } ?? "") + ")" }
        let ids = vendor.responseHeaders.requestID
        let fields = answer.headers.fields.filter { field in look.detail == .verbose || ids.contains { $0.equalsIgnoringCase(field.name) } }
        facts += fields.map { field in
            let isPlace = vendor.responseHeaders.edge.contains { $0.equalsIgnoringCase(field.name) }
            return "\(field.name): \(field.value)" + (isPlace ? place ?? "" : "")
        }
        if let text = answer.keptBody, look.detail == .verbose { facts.append("body: \(text)") }
        return facts
    }

    /// `dns 3, connect 12, tls 31, first byte 240, total 241 ms`.
    private var phases: String {
        let timings = exchange.timings
        let named = [
            ("dns", timings.nameLookup), ("connect", timings.connect), ("tls", timings.tls), ("first byte", timings.firstByte),
            ("total", Optional(timings.total)),
        ]
        return named.compactMap { name, value in value.map { "\(name) \($0.milliseconds)" } }.joined(separator: ", ") + " ms"
    }

    private func escaped(_ text: String) -> String { TerminalText.escaped(text) }
}
