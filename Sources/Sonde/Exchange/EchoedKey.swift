/// Looks at what a refusal repeats of the key: services mask the middle, and what is left shows the commonest mistakes.
///
/// `Incorrect API key provided: "sk-proj-****4Fm". You can find …`, `Your api key: ****ull" is invalid`, `Received=not-needed`.
enum EchoedKey {
    /// Why the key that was sent cannot have been one, as a reason; nil when the message repeats none, or one that looks right.
    ///
    /// - Parameters:
    ///   - own: Beginnings of the vendor's own keys; where there are any, every key has one of them.
    ///   - foreign: Distinctive beginnings of other vendors' keys.
    static func problem(in message: String, own: [String] = [], foreign: [String]) -> String? {
        guard let echo = echo(in: message) else { return nil }
        return problem(with: echo, own: own, foreign: foreign)
    }

    /// What the message shows of the key before the part that it masks; nil when it shows none.
    static func beginning(in message: String) -> String? {
        guard let echo = echo(in: message), !echo.contains("[redacted") else { return nil }
        let head = echo.trimmingBlanks().prefix { $0 != "*" && $0 != "." && $0 != "…" && $0 != "•" }
        return head.isEmpty ? nil : String(head)
    }

    /// The same for a piece of a key that is known from elsewhere, such as its beginning.
    static func problem(with echo: String, own: [String] = [], foreign: [String]) -> String? {
        // What was redacted did look like a key.
        guard !echo.contains("[redacted") else { return nil }
        let bare = echo.trimmingBlanks()
        let lower = bare.drop { $0 == "*" }.lowercased()
        if bare.isEmpty { return "not_received" }
        if [
            "none", "null", "undefined", "nil", "nan", "not-needed", "dummy", "changeme", "change_me", "your_api_key", "test", "key",
            "sk-xxx",
        ].contains(lower) {
            return "key_placeholder"
        }
        if bare.contains("${") || bare.contains("{{") || bare.hasPrefix("$") || bare.hasPrefix("<") || bare.hasSuffix(">")
            || lower.contains("your")
        {
            return "key_placeholder"
        }
        if let first = bare.first, let last = bare.last, isQuote(first) || isQuote(last) { return "key_quoted" }
        if lower.hasPrefix("bearer") { return "key_bearer_inside" }
        if lower.hasPrefix("http") { return "key_is_address" }
        if bare.contains(where: \.isWhitespace) { return "key_blanks_inside" }
        if bare.unicodeScalars.contains(where: { $0.value >= 0x80 && $0 != "…" && $0 != "•" }) { return "key_not_ascii" }
        if foreign.contains(where: bare.hasPrefix) { return "wrong_vendor_key" }
        let head = bare.prefix { $0 != "*" && $0 != "." && $0 != "…" && $0 != "•" }
        if !own.isEmpty, !head.isEmpty, !own.contains(where: { head.hasPrefix($0) || $0.hasPrefix(head) }) { return "not_a_key" }
        return nil
    }

    private static func isQuote(_ character: Character) -> Bool { "\"'`“”‘’".contains(character) }

    private static let marks = ["key provided:", "api key:", "api key=", "received=", "received api key =", "token:", "key: "]

    /// The piece of text that stands for the key: up to the end of the sentence.
    private static func echo(in message: String) -> String? {
        let lower = message.lowercased()
        guard let range = marks.lazy.compactMap({ lower[...].range(of: $0) }).first else { return masked(in: message) }
        let offset = lower.distance(from: lower.startIndex, to: range.upperBound)
        var rest = message.dropFirst(offset).drop { $0 == " " }
        for end in [". You can", ". Please", ", Key Hash", ", expected", " is invalid", ". Find", "\n"] {
            if let stop = rest.range(of: end) { rest = rest[..<stop.lowerBound] }
        }
        if rest.hasSuffix(".") { rest = rest.dropLast() }
        return rest.utf8.count <= 300 ? String(rest) : nil
    }

    /// A run of asterisks with what stands right beside it: `****18b"`.
    private static func masked(in message: String) -> String? {
        guard let stars = message[...].range(of: "****") else { return nil }
        let before = message[..<stars.lowerBound].reversed().prefix { !$0.isWhitespace }.reversed()
        let after = message[stars.lowerBound...].prefix { !$0.isWhitespace && $0 != "," }
        return String(before) + after
    }
}
