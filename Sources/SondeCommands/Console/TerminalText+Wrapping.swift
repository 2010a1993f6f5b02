extension TerminalText {
    /// Breaks text at blanks into lines of at most `width` columns.
    ///
    /// - Parameters:
    ///   - text: Its line ends are kept; a line that begins with a blank is kept whole but for its indent.
    ///   - width: Columns of the whole line, indent included.
    ///   - indent: Blanks before the first line.
    ///   - hanging: Blanks before the others; the same as `indent` unless given.
    /// - Returns: Lines without line ends; a word longer than a line stays whole where it may (a URL must be copied in one piece).
    static func wrapped(_ text: String, to width: Int, indent: Int = 0, hanging: Int? = nil) -> [String] {
        let hanging = hanging ?? indent
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let start = String(repeating: " ", count: lines.isEmpty ? indent : hanging)
            if paragraph.first == " " {
                lines.append(start + paragraph)
                continue
            }
            var line = start
            var used = start.count
            var isEmpty = true
            for bytes in paragraph.utf8.split(separator: UInt8(ascii: " ")) {
                let word = Substring(bytes)
                let columns = Self.width(word)
                if !isEmpty, used + 1 + columns > width {
                    lines.append(line)
                    line = String(repeating: " ", count: hanging)
                    used = hanging
                    isEmpty = true
                }
                if !isEmpty {
                    line += " "
                    used += 1
                }
                line += word
                used += columns
                isEmpty = false
            }
            lines.append(isEmpty ? "" : line)
        }
        return lines
    }

    /// Breaks text as ``wrapped(_:to:indent:hanging:)`` does, behind a label that has a column of its own.
    ///
    /// - Parameter column: Columns of the label and the blanks behind it, the indent included.
    static func labeled(_ label: String, column: Int, _ text: String, to width: Int, indent: Int = 0) -> [String] {
        var lines = wrapped(text, to: width, indent: column)
        let label = String(repeating: " ", count: indent) + padded(label, to: column - indent)
        if let first = lines.first { lines[0] = label + first.dropFirst(column) }
        return lines
    }
}
