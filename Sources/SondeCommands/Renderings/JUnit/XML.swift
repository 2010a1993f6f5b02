/// XML 1.0: five characters as entities, and what XML cannot hold shown as a terminal would be shown it.
enum XMLLanguage: MarkupLanguage {
    static func escaped(_ text: String) -> String {
        TerminalText.escaped(text).replacingASCII { byte in
            switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "'"): "&#39;"
            default: nil
            }
        }
    }
}

typealias XML = Markup<XMLLanguage>
