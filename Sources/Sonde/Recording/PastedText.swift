/// Takes off what forums, chats, editors and terminals put around a text.
enum PastedText {
    /// The text without line ends of other systems, escape sequences, Markdown fences, quote marks, line numbers and common indentation,
    /// and without the escapes of HTML and JSON where they were pasted along.
    ///
    /// Every line stays where it was.
    static func plain(_ text: String) -> String {
        var lines = unescaped(withoutEscapes(text)).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix("\r") ? line.dropLast() : line
        }
        for _ in 0..<4 {
            if let unquoted = withoutQuoteMarks(lines) ?? withoutNumbers(lines) ?? withoutIndentation(lines) {
                lines = unquoted
            } else {
                break
            }
        }
        for index in lines.indices where isFence(lines[index]) { lines[index] = "" }
        return lines.joined(separator: "\n")
    }

    /// Without CR LF (one character to Swift) and the sequences that color a terminal.
    private static func withoutEscapes(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x0D || $0 == 0x1B }) else { return text }
        var result: [UInt8] = []
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            if byte == 0x0D { continue }
            guard byte == 0x1B else {
                result.append(byte)
                continue
            }
            guard bytes.next() == UInt8(ascii: "[") else { continue }
            while let parameter = bytes.next(), !(0x40...0x7E).contains(parameter) {}
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: Escapes of HTML and JSON

    static func unescaped(_ text: String) -> String {
        withoutLiteralBreaks(withoutEntities(text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text))
    }

    /// Quotes that a page's source shows as `&quot;`; a text without them has no such escapes, whatever else looks like one.
    private static func withoutEntities(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard quoteEntities.contains(where: { bytes.firstRange(of: $0) != nil }) else { return text }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "&"), let end = bytes[index...].prefix(10).firstIndex(of: UInt8(ascii: ";")),
                let character = character(named: String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
            {
                result += Array(String(character).utf8)
                index = end + 1
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let quoteEntities = ["&quot;", "&#34;", "&#x22;", "&#39;", "&#x27;", "&apos;"].map { Array($0.utf8) }

    private static func character(named name: String) -> Character? {
        if let known = ["quot": "\"", "apos": "'", "amp": "&", "lt": "<", "gt": ">", "nbsp": " "][name] { return Character(known) }
        guard name.hasPrefix("#") else { return nil }
        let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
        return UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init).map(Character.init)
    }

    /// A text of one line that shows its line ends as `\\n`: as somebody copied it out of JSON.
    ///
    /// Within an object such an escape belongs to the object: only those in front of the first one tell.
    private static func withoutLiteralBreaks(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let first = bytes.firstRange(of: Array("\\n".utf8))?.lowerBound, !text.trimmingBlanks().utf8.contains(0x0A) else {
            return text
        }
        if let brace = bytes.firstIndex(of: UInt8(ascii: "{")), brace < first { return text }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                result.append(bytes[index])
                index += 1
                continue
            }
            switch bytes[index + 1] {
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): break
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result.append(bytes[index + 1])
            default: result += bytes[index...(index + 1)]
            }
            index += 2
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isFence(_ line: Substring) -> Bool { line.drop { $0 == " " }.hasPrefix("```") }

    private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }

    /// Nil where no line is quoted, or what begins so is what `curl -v` sent: then others begin as what it received.
    private static func withoutQuoteMarks(_ lines: [Substring]) -> [Substring]? {
        let isQuoted = { (line: Substring) in line.drop { $0 == " " }.hasPrefix(">") }
        let filled = lines.filter { !isBlank($0) && !isFence($0) }
        let quoted = filled.count(where: isQuoted)
        guard quoted > 0, quoted == filled.count || (quoted > 1 && !filled.contains { $0.hasPrefix("< ") || $0.hasPrefix("* ") }) else {
            return nil
        }
        return lines.map { line in
            guard isQuoted(line) else { return line }
            let rest = line.drop { $0 == " " }.dropFirst()
            return rest.hasPrefix(" ") ? rest.dropFirst() : rest
        }
    }

    /// Nil unless every line begins with a number one greater than that of the line before.
    private static func withoutNumbers(_ lines: [Substring]) -> [Substring]? {
        let filled = lines.filter { !isBlank($0) && !isFence($0) }
        guard filled.count >= 2 else { return nil }
        var expected: Int?
        for line in filled {
            let digits = line.drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
            guard digits.count <= 6, let number = Int(digits), expected.map({ number >= $0 && number <= $0 + 1000 }) ?? true else {
                return nil
            }
            expected = number + 1
        }
        return lines.map { line in
            guard !isFence(line) else { return line }
            let rest = line.drop { $0 == " " }.drop { $0.isASCII && $0.isNumber }
            let mark = rest.first.map { ":|.)\t".contains($0) } ?? false
            let bare = mark ? rest.dropFirst() : rest
            return bare.hasPrefix(" ") ? bare.dropFirst() : bare
        }
    }

    /// Nil where some line is not indented.
    private static func withoutIndentation(_ lines: [Substring]) -> [Substring]? {
        let depth = lines.lazy.filter { !isBlank($0) && !isFence($0) }.map { $0.prefix { $0 == " " || $0 == "\t" }.count }.min() ?? 0
        return depth > 0 ? lines.map { isFence($0) ? $0 : $0.dropFirst(depth) } : nil
    }

    /// Typographic quotes as the plain ones they were; only for what cannot be read as it stands.
    static func withPlainQuotes(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        return String(
            text.map { character in
                switch character {
                case "“", "”", "„", "«", "»", "″": "\""
                case "‘", "’", "‚", "′": "'"
                case "\u{A0}": " "
                default: character
                }
            })
    }
}
