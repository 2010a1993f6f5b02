/// Puts text from outside into Markdown so that it means nothing there but itself.
///
/// Backslashes are not enough: `\@team` and `\#12` still become links on GitHub, where mentions are looked for after the Markdown is
/// read. Within code nothing is looked for (CommonMark 0.31, sections 4.5 and 6.1), so whatever is not a plain word goes there.
enum Markdown {
    /// A sentence: plain words stay, everything else stands in code, word by word: ``403 `access_denied` “Forbidden.”``.
    static func prose(_ text: String) -> String {
        words(of: TerminalText.escaped(text)).map(word).joined(separator: " ")
    }

    /// A code span on one line; a dash for nothing.
    static func code(_ text: String) -> String {
        guard !text.isEmpty else { return "–" }
        let text = TerminalText.escaped(text)
        let fence = String(repeating: "`", count: longestRun(in: text) + 1)
        let needsRoom = text.first == "`" || text.last == "`" || text.first == " " && text.last == " "
        return needsRoom ? "\(fence) \(text) \(fence)" : fence + text + fence
    }

    /// A row of a table of cells that are Markdown already.
    ///
    /// Renderers disagree about a pipe behind two backslashes, so none stays within a cell: a broken bar takes its place.
    static func row(_ cells: [String]) -> String {
        "| " + cells.map { cell in String(cell.map { $0 == "|" ? "¦" : $0 }) }.joined(separator: " | ") + " |"
    }

    /// A header row and the line below it.
    static func header(_ titles: [String]) -> [String] {
        [row(titles), "|" + String(repeating: "---|", count: titles.count)]
    }

    /// A block of code behind a fence that nothing in it can close; line ends in the text stay.
    static func block(_ text: String, language: String = "") -> [String] {
        let lines = TerminalText.escapedLines(text)
        let fence = String(repeating: "`", count: max(3, (lines.map(longestRun).max() ?? 0) + 1))
        return [fence + language] + lines + [fence]
    }

    /// An address of a manifest as a link; in code where it is none that can be written so.
    static func link(_ url: String) -> String {
        let isPlain = url.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
        return isPlain && url.hasPrefix("https://") ? "<\(url)>" : code(url)
    }

    // MARK: Words

    /// Split at blanks, but for those of a marker that redaction left, `[redacted team id]`.
    private static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        var start = text.startIndex
        var index = start
        while index < text.endIndex {
            if text[index] == " " {
                words.append(text[start..<index])
                start = text.index(after: index)
            } else if let end = markerEnd(in: text[index...]) {
                index = end
                continue
            }
            index = text.index(after: index)
        }
        return (words + [text[start...]]).filter { !$0.isEmpty }
    }

    private static func markerEnd(in text: Substring) -> Substring.Index? {
        guard text.hasPrefix("[redacted "), let end = text.prefix(80).firstIndex(of: "]") else { return nil }
        let name = text[text.index(after: text.startIndex)..<end]
        return name.utf8.allSatisfy({ isLetter($0) || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) ? end : nil
    }

    private static let before: Set<Character> = ["“", "\"", "‘", "'", "("]
    private static let behind: Set<Character> = ["”", "\"", "’", "'", ")", ",", ".", ";", ":", "!", "?", "…"]

    /// One word, with the punctuation around it outside of the code.
    private static func word(_ word: Substring) -> String {
        let rest = word.drop(while: before.contains)
        let core = Array(rest.reversed().drop(while: behind.contains).reversed())
        guard !core.isEmpty else { return word.contains(":") && word.count > 1 ? code(String(word)) : String(word) }
        if isPlain(core) { return String(word) }
        return String(word.prefix(word.count - rest.count)) + code(String(core)) + String(rest.suffix(rest.count - core.count))
    }

    /// Letters, with hyphens and apostrophes between them, or a short number: nothing that any renderer makes a link, a mention, a
    /// reference or an emoji of. Letters that could be the name of a commit are none.
    private static func isPlain(_ word: [Character]) -> Bool {
        let bytes = Array(String(word).utf8)
        if bytes.count <= 6, bytes.allSatisfy(isDigit) { return true }
        if String(word) == "–" { return true }
        var wasLetter = false
        for (index, character) in word.enumerated() {
            let isLetter = character.utf8.count == 1 && character.utf8.first.map(isLetter) ?? false
            let isJoint = wasLetter && index < word.count - 1 && (character == "-" || character == "'" || character == "’")
            guard isLetter || isJoint else { return false }
            wasLetter = isLetter
        }
        return bytes.count < 7 || !bytes.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func longestRun(in text: String) -> Int {
        var (longest, run) = (0, 0)
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
