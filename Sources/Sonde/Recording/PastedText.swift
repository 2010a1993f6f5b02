/// Takes off what forums, chats, editors and terminals put around a text.
enum PastedText {
    /// The text without line ends of other systems, escape sequences, Markdown fences, quote marks, line numbers and common indentation.
    static func plain(_ text: String) -> String {
        var lines = withoutEscapes(text).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix("\r") ? line.dropLast() : line
        }
        for _ in 0..<4 {
            if let unquoted = withoutQuoteMarks(lines) ?? withoutNumbers(lines) ?? withoutIndentation(lines) {
                lines = unquoted
            } else {
                break
            }
        }
        lines.removeAll(where: isFence)
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

    private static func isFence(_ line: Substring) -> Bool { line.drop { $0 == " " }.hasPrefix("```") }

    private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }

    /// Nil unless every line is quoted. What `curl -v` sent begins so, too, but what it received does not.
    private static func withoutQuoteMarks(_ lines: [Substring]) -> [Substring]? {
        let filled = lines.filter { !isBlank($0) }
        guard !filled.isEmpty, filled.allSatisfy({ $0.drop { $0 == " " }.hasPrefix(">") || isFence($0) }) else { return nil }
        return lines.map { line in
            guard !isFence(line) else { return line }
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
