/// Finds the title of a page; nothing else of a page is kept.
enum HTMLTitle {
    /// The text of the first `<title>`, blanks folded, the commonest entities resolved; nil without one in the first 64 KiB.
    static func find(in body: [UInt8]) -> String? {
        let head = body.prefix(64 << 10)
        let folded = head.map(\.lowercasedASCII)
        guard let open = folded.firstRange(of: Array("<title".utf8)),
            let start = folded[open.upperBound...].firstIndex(of: UInt8(ascii: ">")).map({ $0 + 1 }),
            let end = folded[start...].firstRange(of: Array("</title".utf8))?.lowerBound
        else { return nil }
        let text = String(decoding: head[start..<end], as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? nil : entities.reduce(words) { $0.replacing($1.0, with: $1.1) }
    }

    private static let entities = [("&#39;", "'"), ("&quot;", "\""), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
}
