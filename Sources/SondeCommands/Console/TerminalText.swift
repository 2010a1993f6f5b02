/// Makes text from outside fit for a terminal: no control reaches it, and columns are counted as it shows them.
enum TerminalText {
    /// Shows what would act on a terminal instead of letting it act: `\x1B`, `\n`, `\u{202E}`.
    ///
    /// That is every control byte, also those above 0x7F, marks that turn the direction of writing, separators of lines,
    /// and characters nobody sees. Joiners within emoji and scripts stay.
    static func escaped(_ text: String) -> String {
        // Most text is plain, and a long report has much of it.
        if isPlain(text) { return text }
        guard text.unicodeScalars.contains(where: mustBeShown) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if mustBeShown(scalar) {
                result.append(contentsOf: shown(scalar).unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The same for text of several lines, whose line ends are kept; `\r\n` counts as one.
    static func escapedLines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { escaped(String($0)) }
    }

    private static func mustBeShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1f, 0x7f...0x9f: true
        // Soft hyphen, Arabic letter mark, zero-width space, direction marks, separators, embeddings, isolates, fillers.
        case 0xad, 0x61c, 0x115f, 0x1160, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x206f,
            0x3164, 0xfeff, 0xfff9...0xfffb:
            true
        // Tags: a whole invisible alphabet.
        case 0xe0000...0xe0fff: true
        // No characters at all; XML and HTML forbid them.
        case 0xfdd0...0xfdef: true
        default: scalar.value & 0xfffe == 0xfffe
        }
    }

    private static func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return scalar.value < 0x100 ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
        }
    }

    /// Says whether every character is one that any terminal shows in one column.
    private static func isPlain(_ text: some StringProtocol) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } }

    /// Columns a text takes on a terminal; style sequences of ours take none.
    static func width(_ text: some StringProtocol) -> Int {
        if isPlain(text) { return text.utf8.count }
        var total = 0
        var isSequence = false
        for character in text {
            if isSequence {
                isSequence = character != "m"
            } else if character == "\u{1B}" {
                isSequence = true
            } else {
                total += width(of: character)
            }
        }
        return total
    }

    static func width(of character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.isASCII { return first.value < 0x20 || first.value == 0x7f ? 0 : 1 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return isWide(first.value) ? 2 : 1
    }

    /// East Asian scripts and forms that take two columns (Unicode Standard Annex 11, classes W and F).
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115e, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
            0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6,
            0x1b000...0x1b2ff, 0x1f200...0x1f2ff, 0x20000...0x3fffd:
            true
        default: false
        }
    }

    /// Cut to a number of columns, with an ellipsis in the last one when something is missing.
    static func truncated(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var result = ""
        var used = 0
        for character in text {
            let next = width(of: character)
            if used + next > columns - 1 { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }

    /// Cut to a number of columns, with an ellipsis in the middle: of two names the end often tells more than the middle.
    static func truncatedInMiddle(_ text: String, to columns: Int) -> String {
        guard width(text) > columns, columns > 2 else { return truncated(text, to: columns) }
        var end: [Character] = []
        var used = 0
        for character in text.reversed() {
            let next = width(of: character)
            if used + next > (columns - 1) / 2 { break }
            end.append(character)
            used += next
        }
        return truncated(text, to: columns - used) + String(end.reversed())
    }

    /// Filled up with blanks to a number of columns; longer text stays as it is.
    static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(text)))
    }
}
