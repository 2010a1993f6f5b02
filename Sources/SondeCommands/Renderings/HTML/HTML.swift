/// HTML: five characters as entities, and controls shown as a terminal would be shown them.
enum HTMLLanguage: MarkupLanguage {
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

typealias HTML = Markup<HTMLLanguage>

extension Markup where Language == HTMLLanguage {
    /// Pieces with something between them.
    static func joined(_ pieces: [HTML], by separator: HTML) -> HTML {
        pieces.dropFirst().reduce(pieces.first ?? HTML()) { "\($0)\(separator)\($1)" }
    }

    /// An outcome as a word with a sign, in its color.
    static func chip(_ outcome: ReportResult.Outcome) -> HTML {
        "<span class=\"chip \(outcome.rawValue)\"><i aria-hidden=\"true\">\(sign(outcome))</i>\(outcome.word)</span>"
    }

    static func sign(_ outcome: ReportResult.Outcome) -> HTML {
        switch outcome {
        case .pass: "✓"
        case .warn: "!"
        case .fail, .breach: "✕"
        case .inconclusive: "?"
        case .skip: "–"
        }
    }
}
