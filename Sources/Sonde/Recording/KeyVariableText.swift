/// Finds the names of variables for keys in a text: `EXAMPLE_API_KEY`, `EXAMPLE_TOKEN`.
enum KeyVariableText {
    /// Each name once, in order; no more than a few.
    static func all(in text: String) -> [String] {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "_") }) else { return [] }
        var found: [String] = []
        for word in text.utf8.prefix(limit).split(whereSeparator: { !isPart($0) }) where found.count < 8 && word.count <= 80 {
            guard let name = String(word), !found.contains(name) else { continue }
            if ["_KEY", "_TOKEN"].contains(where: name.hasSuffix) { found.append(name) }
        }
        return found
    }

    /// Bytes of a text that are looked at.
    private static let limit = 64 << 10

    private static func isPart(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte.isASCIIDigit || byte == UInt8(ascii: "_")
    }
}
