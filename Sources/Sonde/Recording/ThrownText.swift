import SondeJSON

/// Reads what SDKs throw: class names, `Error code: 403 - {…}`, tracebacks around them, typographic quotes as forums make them.
enum ThrownText {
    /// The call that the text speaks of; nil when it says nothing of one.
    static func call(in text: String) -> Recording.Call? {
        let plain = withPlainQuotes(text)
        var call = Recording.Call()
        call.status = status(in: plain)
        if let object = embeddedObject(in: plain) {
            call.body = .json(object)
        } else if let message = message(in: plain) {
            call.body = .text(message)
        }
        if let (name, status) = knownClass(in: plain) {
            if call.status == nil { call.status = status }
            if call.status == nil, TransportErrorText.read(name) != nil { call.transportError = String(plain.prefix(400)) }
        }
        if call.status == nil, call.body.map(isBare) ?? true, TransportErrorText.read(plain) != nil { call.transportError = lastLine(plain) }
        return call.status == nil && call.body == nil && call.transportError == nil ? nil : call
    }

    private static func isBare(_ body: Recording.Body) -> Bool {
        if case .text = body { true } else { false }
    }

    // MARK: Status

    /// `Error code: 403`, `status code 429`, `"statusCode": 402`, `HTTP 401`, `(HTTP status 500)`, `403 {"error"…`.
    private static func status(in text: String) -> Int? {
        let marks = ["error code:", "status code:", "status code", "statuscode:", "statuscode\":", "statuscode':", "statuscode=", "status:", "status\":", "status':", "status=", "http/1.1", "http/2", "http status", "http error", "http", "code:", "response code", "apierror:", "error:", "failed with", "returned"]
        let lower = text.lowercased()
        for mark in marks {
            var rest = lower[...]
            while let range = rest.range(of: mark) {
                let after = rest[range.upperBound...].drop { " :=[(-\"'".contains($0) }
                let digits = after.prefix { $0.isASCII && $0.isNumber }
                if digits.count == 3, let code = Int(digits), (400..<600).contains(code) { return code }
                rest = rest[range.upperBound...]
            }
        }
        // A line that begins with the status, as many clients print it.
        for line in text.split(separator: "\n") {
            let trimmed = line.drop { $0 == " " }
            let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
            if digits.count == 3, let code = Int(digits), (400..<600).contains(code) { return code }
        }
        return nil
    }

    /// Classes whose name states the status.
    private static let classes: [(name: String, status: Int?)] = [
        ("PermissionDeniedError", 403), ("AuthenticationError", 401), ("RateLimitError", 429), ("NotFoundError", 404), ("BadRequestError", 400),
        ("ContentPolicyViolationError", 400), ("ContextWindowExceededError", 400), ("UnprocessableEntityError", 422), ("ConflictError", 409), ("InternalServerError", 500),
        ("ServiceUnavailableError", 503), ("APITimeoutError", nil), ("APIConnectionTimeoutError", nil), ("APIConnectionError", nil),
    ]

    private static func knownClass(in text: String) -> (String, Int?)? {
        classes.first { text.contains($0.name) }
    }

    // MARK: Body

    /// The first object in the text that reads as JSON or as a Python literal.
    static func embeddedObject(in text: String) -> JSON? {
        var rest = text[...]
        var tries = 0
        while let open = rest.firstIndex(of: "{"), tries < 32 {
            tries += 1
            if let end = closing(of: rest[open...]) {
                let piece = String(rest[open...end])
                let object = JSON.lenient(Array(piece.utf8)) ?? JSON.lenient(Array(PythonLiteral.asJSON(piece).utf8))
                if let object, object.objectValue?.isEmpty == false { return outermost(object) }
            }
            rest = rest[rest.index(after: open)...]
        }
        return nil
    }

    /// What wraps a body in some SDK's dump: `{ status: …, error: {…} }`, `responseBody`, `data`.
    private static func outermost(_ object: JSON) -> JSON {
        if let text = object["responseBody"]?.stringValue, let inner = JSON.lenient(Array(text.utf8)) { return inner }
        return object["data"]?["error"] != nil ? object["data"] ?? object : object
    }

    /// The brace that closes the first one, quotes minded.
    private static func closing(of text: Substring) -> Substring.Index? {
        var depth = 0
        var quote: Character?
        var isEscaped = false
        for index in text.indices.prefix(65_536) {
            let character = text[index]
            if let open = quote {
                if isEscaped { isEscaped = false } else if character == "\\" { isEscaped = true } else if character == open { quote = nil }
                continue
            }
            switch character {
            case "\"": quote = character
            case "'" where depth > 0: quote = character
            case "{": depth += 1
            case "}":
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }

    /// The words behind the last colon of the line that names the error.
    private static func message(in text: String) -> String? {
        let line = lastLine(text)
        return line.isEmpty ? nil : String(line.prefix(600))
    }

    private static func lastLine(_ text: String) -> String {
        let lines = text.split(separator: "\n").map { String($0).trimmingBlanks() }.filter { !$0.isEmpty }
        let named = lines.last { line in classes.contains { line.contains($0.name) } || line.contains("Error") || line.contains("error") || line.contains("Exception") }
        return named ?? lines.last ?? ""
    }

    static func withPlainQuotes(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        return String(text.map { character in
            switch character {
            case "“", "”", "„", "«", "»", "″": "\""
            case "‘", "’", "‚", "′": "'"
            case "\u{A0}": " "
            default: character
            }
        })
    }
}

/// Turns a Python literal as tracebacks print it into JSON: single quotes, `None`, `True`, `False`.
enum PythonLiteral {
    static func asJSON(_ text: String) -> String {
        var result = ""
        var word = ""
        var quote: Character?
        var isEscaped = false
        func flush() {
            result += ["None": "null", "True": "true", "False": "false", "undefined": "null"][word] ?? (isName(word) ? "\"\(word)\"" : word)
            word = ""
        }
        for character in text {
            if let open = quote {
                if isEscaped {
                    result += character == "'" ? "'" : "\\\(character)"
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    result.append("\"")
                    quote = nil
                } else if character == "\"" {
                    result += "\\\""
                } else if character == "\n" {
                    result += "\\n"
                } else {
                    result.append(character)
                }
            } else if character == "'" || character == "\"" || character == "`" {
                flush()
                result.append("\"")
                quote = character
            } else if character.isLetter || character.isNumber || character == "_" || character == "-" || character == "." || character == "+" {
                word.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }

    /// A bare name, as JavaScript dumps print keys.
    private static func isName(_ word: String) -> Bool {
        guard let first = word.first, first.isLetter || first == "_" else { return false }
        return word != "null" && word != "true" && word != "false"
    }
}
