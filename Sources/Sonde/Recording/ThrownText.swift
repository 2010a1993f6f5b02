import SondeJSON

/// Reads what SDKs throw: class names, `Error code: 403 - {…}`, tracebacks around them, typographic quotes as forums make them.
enum ThrownText {
    /// Bytes of a text that are looked at.
    private static let limit = 512 << 10

    /// The call that the text speaks of; nil when it says nothing of one.
    static func call(in text: String) -> Recording.Call? {
        let text = text.utf8.count > limit ? String(decoding: text.utf8.prefix(limit), as: UTF8.self) : text
        let plain = PastedText.withPlainQuotes(text)
        let lines = telling(plain)
        var call = Recording.Call()
        noteRequestLine(in: plain, &call)
        call.status = call.status ?? ThrownStatus.find(in: plain)
        if let object = ThrownObject.find(in: text) ?? ThrownObject.find(in: plain) { call.take(object) }
        call.host = HostText.find(in: plain)
        if !isWhole(call.body), let line = lines.first(where: { TransportErrorText.speaksOfNoKey(String($0)) }) {
            return Recording.Call(host: call.host, transportError: shortened(String(line), 400))
        }
        complete(&call, in: lines)
        let known = ThrownStatus.knownClass(in: plain)
        if call.status == nil { call.status = known?.status }
        if call.status == nil, call.body.map(isBare) ?? true,
            let line = TransportErrorText.find(in: lines) ?? known.flatMap({ $0.status == nil ? named(lines) ?? $0.name : nil })
        {
            call.transportError = shortened(line, 400)
            call.body = nil
        }
        if call.status == nil, call.transportError == nil, call.body.map(isBare) ?? true, known == nil, !speaksOfFailure(plain) {
            return nil
        }
        return call
    }

    /// Says whether a body is an answer's own, not what a runtime shows of an error.
    private static func isWhole(_ body: Recording.Body?) -> Bool {
        switch body {
        case .json(let json): json["error"] != nil || json["errors"] != nil
        case .text(let text): !text.isEmpty
        case nil: false
        }
    }

    /// Puts in the words that stand outside of an object, where there is none or it has none.
    private static func complete(_ call: inout Recording.Call, in lines: [Substring]) {
        guard let body = call.body else {
            call.body = ThrownForm.body(in: lines) ?? message(in: lines).map { .text($0) }
            return
        }
        guard case .json(let json) = body, let message = message(in: lines) else { return }
        let isSilent = !ErrorForms.layers(in: json, status: 400).contains { $0.message != nil }
        guard isSilent, json["choices"] == nil, json["data"] == nil else { return }
        var fields = JSON.Object([("message", .string(message))])
        for name in ["type", "code", "param"] {
            if let word = json[name], word.stringValue != nil { fields.append(name, word) }
        }
        call.body = fields.count == 1 ? .text(message) : .json(["error": .object(fields)])
    }

    /// The vendor whose exceptions a proxy library passes on: the name in front of `Exception - …`.
    static func vendor(in text: String) -> String? {
        guard let mark = text.utf8.firstRange(of: Array("Exception - ".utf8)) else { return nil }
        let name = text[..<mark.lowerBound].reversed().prefix { $0.isASCII && $0.isLetter }.reversed()
        return name.isEmpty ? nil : String(name).lowercased()
    }

    /// Words without which a text that holds no status and no object is about no call at all.
    private static func speaksOfFailure(_ text: String) -> Bool {
        let words = [
            "error", "exception", "denied", "forbidden", "unauthor", "authent", "invalid", "incorrect", "fail", "refus", "reject", "quota",
            "limit",
            "credit", "balance", "billing", "key", "not found", "not exist", "unsupported", "not supported", "unavailable", "blocked",
            "overload", "expired",
        ]
        return words.contains { text.containsFragment($0) }
    }

    private static func isBare(_ body: Recording.Body) -> Bool {
        if case .text = body { true } else { false }
    }

    /// `HTTP Request: POST https://api.example.com/v1/chat/completions "HTTP/1.1 403 Forbidden"`, as HTTP clients log it, or
    /// `POST "https://api.example.com/v1/chat/completions": 403 Forbidden`, as those of Go do.
    private static func noteRequestLine(in text: String, _ call: inout Recording.Call) {
        guard let mark = text.utf8.firstRange(of: Array("HTTP Request: ".utf8)) else { return noteQuotedRequest(in: text, &call) }
        let words = text[mark.upperBound...].prefix { $0 != "\n" }.split(separator: " ")
        guard words.count >= 2, let url = URLText(words[1]) else { return }
        (call.method, call.path) = (String(words[0]), url.path)
        if words.count >= 4, words[2].hasPrefix("\"HTTP/") {
            call.status = ThrownStatus.find(in: text) ?? Int(words[3].prefix(3)).flatMap { (100...599).contains($0) ? $0 : nil }
        }
    }

    private static func noteQuotedRequest(in text: String, _ call: inout Recording.Call) {
        guard let mark = text.utf8.firstRange(of: Array(" \"http".utf8)) ?? text.utf8.firstRange(of: Array("\n\"http".utf8)) else { return }
        let method = text[..<mark.lowerBound].reversed().prefix { $0.isASCII && $0.isLetter }.reversed()
        guard (3...7).contains(method.count), let url = URLText(text[mark.lowerBound...].dropFirst(2).prefix(2048)) else { return }
        (call.method, call.path) = (String(method).uppercased(), url.path)
        let rest = text[mark.lowerBound...].dropFirst(2).drop { $0 != "\"" }
        guard rest.hasPrefix("\": "), let code = Int(rest.dropFirst(3).prefix(3)), (400..<600).contains(code) else { return }
        call.status = code
    }

    // MARK: Lines

    /// The lines that say what happened, without those that say where in a program.
    private static func telling(_ text: String) -> [Substring] {
        let isPython = text.utf8.firstRange(of: Array("Traceback (most recent call last)".utf8)) != nil
        return text.split(separator: "\n").filter { line in
            let bare = line.drop { $0 == " " || $0 == "\t" || $0 == "|" }
            if bare.isEmpty || (isPython && bare.startIndex > line.startIndex && !bare.hasPrefix("raise")) { return false }
            return !["at ", "File \"", "^", "~", "Traceback (", "During handling", "The above exception", "raise "].contains(
                where: bare.hasPrefix)
        }
    }

    /// The line that names the error.
    private static func named(_ lines: [Substring]) -> String? {
        let trimmed = lines.map { String($0).trimmingBlanks() }
        let named = trimmed.last { line in
            ThrownStatus.classes.contains { line.contains($0.name) } || line.contains("Error") || line.contains("error")
                || line.contains("Exception")
        }
        return (named ?? trimmed.last).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The words of the line that names the error, without the names of classes that only repeat each other.
    private static func message(in lines: [Substring]) -> String? {
        guard let line = named(lines) else { return nil }
        guard let mark = line[...].range(of: "Exception - ") else { return shortened(ThrownForm.withoutClass(line), 600) }
        return shortened(String(line[mark.upperBound...]), 600)
    }

    private static func shortened(_ text: String, _ limit: Int) -> String { String(text.trimmingBlanks().prefix(limit)) }
}
