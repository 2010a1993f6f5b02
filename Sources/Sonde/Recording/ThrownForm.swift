import SondeJSON

/// Reads the errors of those SDKs that print the fields of the body, not the body itself.
///
/// They take the words out of a JSON error, so that such words are known to be the API's:
/// `UnauthorizedException: 401: …` (Java), `ClientResultException: HTTP 401 (type: code)` and the message below (.NET),
/// `error, status code: 401, status: 401 Unauthorized, message: …` (Go), and `Exceptions\ErrorException: … in /app/x.php:1` (PHP).
enum ThrownForm {
    /// The body that the lines were made of, as far as they show it; nil when they have none of these forms.
    static func body(in lines: [Substring]) -> Recording.Body? {
        for (index, line) in lines.enumerated() {
            let fields = java(line) ?? dotnet(line, below: lines[(index + 1)...]) ?? go(line) ?? php(line)
            guard let fields, fields["message"]?.stringValue?.isEmpty == false else { continue }
            return .json(["error": .object(fields)])
        }
        return nil
    }

    /// A message without the class in front of it: `example.RateLimitError: `, `Error [APIError]: `.
    ///
    /// The names of classes that say more than a status stay, and those that a library repeats which speaks for others.
    static func withoutClass(_ line: String) -> String {
        var rest = line[...]
        var last = ""
        while let colon = rest.range(of: ": ") {
            let head = rest[..<colon.lowerBound]
            guard head.count <= 120, let word = head.split(separator: " ").last else { break }
            let name = word.split { ".[]$\\".contains($0) }.last.map(String.init) ?? ""
            guard classes.contains(name) else { break }
            if name == last { return line }
            last = name
            rest = rest[colon.upperBound...]
        }
        return rest.isEmpty ? line : String(rest)
    }

    private static let classes: Set<String> = Set(
        ThrownStatus.classes.map(\.name).filter { !["ContentPolicyViolationError", "ContextWindowExceededError"].contains($0) }
            + ["Error", "APIError", "APIStatusError", "ErrorException", "UnexpectedStatusCodeException"])

    // MARK: Forms

    private static func java(_ line: Substring) -> JSON.Object? {
        guard let mark = line.range(of: "Exception: ") else { return nil }
        let rest = line[mark.upperBound...]
        guard let code = Int(rest.prefix(3)), (400..<600).contains(code), rest.dropFirst(3).hasPrefix(": ") else { return nil }
        let message = rest.dropFirst(5)
        return message.hasPrefix("null") || message == "Unknown" ? nil : object(message: message)
    }

    private static func dotnet(_ line: Substring, below: ArraySlice<Substring>) -> JSON.Object? {
        guard let mark = line.range(of: "ClientResultException: HTTP ") else { return nil }
        let rest = line[mark.upperBound...].dropFirst(4)
        guard rest.hasPrefix("("), let end = rest.firstIndex(of: ")") else { return nil }
        let words = rest[..<end].dropFirst().split(separator: ":").map { String($0).trimmingBlanks() }
        var (lines, param) = (below[...], String?.none)
        if let first = lines.first, first.hasPrefix("Parameter: ") { (param, lines) = (String(first.dropFirst(11)), lines.dropFirst()) }
        return object(
            message: lines.prefix { !$0.hasPrefix(" ") && !$0.hasPrefix("--->") }.joined(separator: " ")[...], type: words.first,
            code: words.count > 1 ? words[1] : nil, param: param)
    }

    private static func go(_ line: Substring) -> JSON.Object? {
        guard line.range(of: "error, status code: ") != nil, let mark = line.range(of: ", message: ") else { return nil }
        let message = line[mark.upperBound...]
        return object(message: message.range(of: ", body: ").map { message[..<$0.lowerBound] } ?? message)
    }

    private static func php(_ line: Substring) -> JSON.Object? {
        guard let mark = line.range(of: "Exceptions\\ErrorException: ") else { return nil }
        let message = line[mark.upperBound...]
        return object(message: message.range(of: " in /").map { message[..<$0.lowerBound] } ?? message)
    }

    private static func object(message: Substring, type: String? = nil, code: String? = nil, param: String? = nil) -> JSON.Object {
        var object = JSON.Object([("message", .string(String(message).trimmingBlanks()))])
        for (name, word) in [("type", type), ("code", code), ("param", param)] {
            if let word, !word.isEmpty { object.append(name, .string(word)) }
        }
        return object
    }
}
