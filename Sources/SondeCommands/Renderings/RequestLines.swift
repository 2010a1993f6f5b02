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
        lines += TerminalText.wrapped(escaped(facts.joined(separator: ", ")), to: look.width, indent: indent + 2)
        return lines
    }

    /// `GET /v1/credits with a made-up key: 403`.
    private var subject: String {
        let path = exchange.request.url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).first.map { "/" + $0 } ?? "/"
        var text = exchange.probe.kind == .handshake ? "TLS handshake, no request" : "\(exchange.request.method) \(path)"
        switch exchange.request.keyUse {
        case .own: break
        case .madeUp: text += " with a made-up key"
        case .none: text += exchange.probe.kind == .handshake ? "" : " without a key"
        }
        if exchange.attempt > 1 { text += ", attempt \(exchange.attempt)" }
        switch exchange.outcome {
        case .answer(let answer): text += ": \(answer.status)"
        case .failure(let failure): text += ": no answer (\(failure.kind.rawValue))"
        case .handshake: break
        }
        return text
    }

    /// The redacted words of the answer.
    private var said: String? {
        switch exchange.outcome {
        case .failure(let failure): return failure.message
        case .handshake: return exchange.connection.tls?.certificate.map { "certificate of \($0.subject), signed by \($0.issuer)" }
        case .answer(let answer):
            if let error = answer.errors.first {
                let fields = [("type", error.type), ("code", error.code), ("param", error.param)].compactMap { name, value in value.map { "\(name) \($0)" } }
                return ([error.message.map { "“\($0)”" }].compactMap(\.self) + fields).joined(separator: ", ")
            }
            if let title = answer.title { return "a web page titled “\(title)”" }
            if let excerpt = answer.excerpt { return "“\(excerpt)”" }
            if let models = answer.facts.models { return "\(models.count) models" }
            if let balance = answer.facts.balance, let remaining = balance.remaining { return "balance \(remaining) \(balance.currency)" }
            if let inference = answer.facts.inference { return inference.hasText ? "text came" : "no text, finish reason \(inference.finishReason ?? "unknown")" }
            return answer.bodyKind == .empty ? "an empty body" : nil
        }
    }

    /// Time, request id, place, how long it took.
    private var facts: [String] {
        var facts = [exchange.startedAt.rfc3339]
        if let answer = exchange.answer {
            for name in vendor.responseHeaders.requestID { if let value = answer.headers[name] { facts.append("\(name) \(value)") } }
        }
        if let edge = exchange.reading.edge { facts.append("edge \(edge.edge)" + (edge.region.map { ", region \($0)" } ?? "")) }
        facts.append("\(exchange.timings.total.milliseconds) ms")
        return facts
    }

    private func escaped(_ text: String) -> String { TerminalText.escaped(text) }
}
