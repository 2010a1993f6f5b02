/// Looks at a key before it is sent: can this text be one at all?
///
/// Mistakes here are the commonest of all, and SDKs show them as connection errors or a plain 401.
public enum KeyHygiene {
    /// What is wrong with a key, worst first; empty when nothing is.
    ///
    /// - Parameters:
    ///   - others: Distinctive prefixes of the other vendors, with the vendor's name.
    public static func findings(for credential: Credential, vendor: Vendor, others: [(prefix: String, vendor: String)]) -> [Finding] {
        credential.secret.reveal { bytes in
            findings(bytes, from: credential.source, vendor: vendor, others: others)
        }
    }

    static func findings(
        _ bytes: [UInt8], from source: Credential.Source, vendor: Vendor, others: [(prefix: String, vendor: String)]
    ) -> [Finding] {
        let place = source.label
        if bytes.isEmpty {
            return [blocking(.keyMissing, "key_empty", "\(place) is set but empty; give it the key, or unset it.")]
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if text.allSatisfy(\.isWhitespace) {
            return [blocking(.keyMissing, "key_empty", "\(place) holds nothing but blanks; give it the key.")]
        }
        for rule in rules {
            if let found = rule(text, vendor) {
                return [blocking(.keyMalformed, found.reason, "The key in \(place) \(found.text)")]
            }
        }
        if let other = others.first(where: { text.hasPrefix($0.prefix) }) {
            return [
                blocking(
                    .keyMalformed, "wrong_vendor_key",
                    "The key in \(place) begins with \(other.prefix), as keys of \(other.vendor) do; \(vendor.name) cannot know it, and it is not sent there."
                )
            ]
        }
        let prefix = vendor.key.publicPrefix(of: text)
        if prefix.utf8.count >= 4, text.dropFirst(prefix.count).contains(prefix) {
            return [blocking(.keyMalformed, "key_twice", "The key in \(place) holds \(prefix) twice; it was probably pasted twice.")]
        }
        if bytes.count > longest {
            return [blocking(.keyMalformed, "key_too_long", "The key in \(place) has \(bytes.count) characters; no key is so long.")]
        }
        if bytes.count < vendor.key.minimumLength {
            return [
                blocking(
                    .keyMalformed, "key_too_short",
                    "The key in \(place) has \(bytes.count) characters; keys of \(vendor.name) have at least \(vendor.key.minimumLength). It was probably cut short when copied."
                )
            ]
        }
        let known = vendor.key.prefixes + vendor.key.tokens.map(\.prefix)
        if !vendor.key.distinctivePrefixes.isEmpty, !known.isEmpty, !known.contains(where: text.hasPrefix) {
            return [
                Finding(
                    "key", .warning, reason: "unfamiliar_prefix",
                    "The key in \(place) does not begin with \(known.joined(separator: " or ")), as keys of \(vendor.name) do.")
            ]
        }
        return []
    }

    /// More than any key or token in use has, in bytes; header lines have room for little more.
    private static let longest = 8192

    private typealias Rule = @Sendable (String, Vendor) -> (reason: String, text: String)?

    /// In the order in which the remedy is clearest: a placeholder in quotes is a placeholder.
    private static let rules: [Rule] = [
        { text, vendor in
            let bare = text.trimmingBlanks().lowercased()
            return bare.hasPrefix("authorization:") || bare.hasPrefix(vendor.key.header.lowercased() + ":")
                ? ("key_header_inside", "is a whole header line; keep only the key itself.") : nil
        },
        { text, _ in isAssignment(text) ? ("key_assignment_inside", "holds an assignment (NAME=value); keep only the value.") : nil },
        { text, _ in placeholder(text) },
        { text, _ in
            text.last?.isNewline == true
                ? (
                    "key_line_end",
                    "ends with a line end, which no HTTP header can carry; set it again without (printf '%s' instead of echo)."
                ) : nil
        },
        { text, _ in
            guard let first = text.first, let last = text.last, quotes.contains(first) || quotes.contains(last) else { return nil }
            return ("key_quoted", "is wrapped in quotation marks that are part of the value; remove them.")
        },
        { text, _ in
            let bare = text.trimmingBlanks().lowercased()
            return bare.hasPrefix("bearer ") || bare.hasPrefix("bearer:")
                ? ("key_bearer_inside", "begins with the word Bearer; the header's prefix is added for you, leave it out.") : nil
        },
        { text, _ in
            text.unicodeScalars.contains(where: isInvisible)
                ? (
                    "key_invisible_character",
                    "contains an invisible character (zero-width blank, byte-order mark or the like); copy it again as plain text."
                ) : nil
        },
        { text, _ in
            text.first?.isWhitespace == true || text.last?.isWhitespace == true
                ? ("key_blanks_around", "has blanks around it; set it again without them.") : nil
        },
        { text, _ in
            text.contains(where: \.isWhitespace)
                ? (
                    "key_blanks_inside",
                    "has blanks or line ends inside; it was probably wrapped or joined with something else when copied."
                ) : nil
        },
        { text, _ in
            text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
                ? ("key_control_character", "contains a control character; copy it again as plain text.") : nil
        },
        { text, _ in
            text.unicodeScalars.contains { $0.value >= 0x80 }
                ? (
                    "key_not_ascii",
                    "contains a character outside ASCII (a typographic dash or quote, or a letter of another alphabet); copy it again as plain text."
                ) : nil
        },
    ]

    private static let quotes: Set<Character> = ["\"", "'", "`", "“", "”", "„", "‘", "’", "‚", "«", "»", "′", "″", "＂"]

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF,
            0xFFF9...0xFFFB:
            true
        default: false
        }
    }

    /// Texts that stand where a key is to be put.
    private static func placeholder(_ text: String) -> (reason: String, text: String)? {
        let found = { (what: String) in ("key_placeholder", "is \(what), not a key; put the real one there.") }
        let bare = text.trimmingBlanks(and: quotes)
        let lower = bare.lowercased()
        if bare.hasPrefix("<") && bare.hasSuffix(">") { return found("a placeholder in angle brackets") }
        if bare.hasPrefix("[") && bare.hasSuffix("]") { return found("a placeholder in square brackets") }
        if bare.contains("${{") || bare.contains("{{") { return found("a template that was never filled in") }
        if bare.hasPrefix("$(") || bare.hasPrefix("${") || isVariable(bare) {
            return found("the literal name of a variable: the shell or the tool did not replace it")
        }
        if bare.hasPrefix("process.env") || bare.hasPrefix("os.environ") || bare.hasPrefix("env.") {
            return found("a piece of program text")
        }
        if bare.count >= 3, let first = bare.first, "*•xX.-_".contains(first), bare.allSatisfy({ $0 == first }) { return found("a mask") }
        if bare.filter({ $0 == "*" || $0 == "•" }).count >= 3 || bare.contains("...") || bare.contains("…") {
            return found("a masked or shortened copy of a key")
        }
        if [
            "null", "none", "nil", "undefined", "false", "true", "nan", "changeme", "change_me", "todo", "secret", "key", "api_key",
            "apikey", "token", "test", "dummy", "example", "placeholder",
        ].contains(lower) {
            return found("the word “\(lower)”")
        }
        let words = [
            "your_", "your-", "yourkey", "yourapikey", "my_key", "my-api", "my_api", "insert_", "insert-", "replace_", "replace-", "paste_",
            "paste-", "_here", "-here", "key_goes", "api_key", "api-key", "xxxxxx",
        ]
        if let word = words.first(where: lower.contains) { return found("a placeholder (it contains “\(word)”)") }
        return nil
    }

    /// `NAME_OF_KEY=value`, as in a shell or an .env file, with `export` or without.
    private static func isAssignment(_ text: String) -> Bool {
        var bare = text.trimmingBlanks(and: quotes)[...]
        if bare.hasPrefix("export ") { bare = bare.dropFirst(7) }
        let name = bare.prefix { $0 != "=" }
        guard name.endIndex != bare.endIndex, name.first?.isLetter == true, name.contains("_") else { return false }
        return name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0.isASCIIDigit || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    private static func isVariable(_ text: String) -> Bool {
        guard text.hasPrefix("$") || text.hasPrefix("%") && text.hasSuffix("%") else { return false }
        let name = text.drop { $0 == "$" || $0 == "%" }.prefix { $0 != "%" }
        return !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    private static func blocking(_ cause: Cause, _ reason: String, _ text: String) -> Finding {
        Finding("key", .blocking, cause: cause, reason: reason, text)
    }
}

extension String {
    /// Without white space (and the given characters) at both ends.
    func trimmingBlanks(and others: Set<Character> = []) -> String {
        let isOuter = { (c: Character) in c.isWhitespace || others.contains(c) }
        var rest = self[...].drop(while: isOuter)
        while let last = rest.last, isOuter(last) { rest.removeLast() }
        return String(rest)
    }
}
