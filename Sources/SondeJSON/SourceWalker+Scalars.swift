extension SourceWalker {
    /// Walks over one string and gives its value.
    mutating func string() throws(Fault) -> String {
        let start = index
        index += 1
        var value: [UInt8] = []
        while true {
            guard index < bytes.count else {
                throw Fault("this string is not closed; close it with a double quote", at: start)
            }
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: value, as: UTF8.self)
            case UInt8(ascii: "\\"):
                value.append(contentsOf: try escape())
            case 0x0A, 0x0D:
                throw Fault("this string is not closed on its line; close it, or write line ends as \\n", at: start)
            case 0..<0x20:
                throw Fault("a raw control byte in a string; write it as \(JSON.string(found).text())", at: index)
            default:
                value.append(bytes[index])
                index += 1
            }
        }
    }

    /// Walks over one escape and gives what it stands for in UTF-8.
    private mutating func escape() throws(Fault) -> [UInt8] {
        let start = index
        index += 1
        guard index < bytes.count else { throw endOfText("an escape is cut off") }
        let letter = bytes[index]
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var units = [try codeUnit(of: start)]
            if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
                index += 2
                units.append(try codeUnit(of: start))
            }
            guard let text = String(validating: units, as: UTF16.self) else {
                throw Fault("half of a surrogate pair; write both halves, or the character itself", at: start)
            }
            return Array(text.utf8)
        default:
            throw Fault(#"no such escape; a backslash itself is written \\"#, at: start)
        }
    }

    private mutating func codeUnit(of start: Int) throws(Fault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = bytes[index].hexValue else {
                throw Fault("\\u needs four hexadecimal digits", at: start)
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }

    /// Walks over a number, `true`, `false` or `null`.
    mutating func scalar() throws(Fault) {
        let start = index
        while index < bytes.count, bytes[index].isPartOfScalar { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        if ["true", "false", "null"].contains(word) { return }
        let (length, isWhole) = Self.numberLength(bytes[start..<index])
        index = start
        if length == 0 { throw unexpected("expected a value", word: word) }
        guard length == word.utf8.count else {
            throw Fault("\(quoted(word)) is not a number as JSON writes them, such as 0.5, -3 or 1e9", at: start)
        }
        if isWhole ? Int64(word) == nil : Double(word)?.isFinite != true {
            throw Fault("this number is too big; use a smaller one", at: start)
        }
        index = start + length
    }

    /// How many bytes at the front are a number by RFC 8259 section 6, and whether it has neither fraction nor exponent.
    private static func numberLength(_ bytes: ArraySlice<UInt8>) -> (length: Int, isWhole: Bool) {
        var rest = bytes
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let whole = rest.prefix { $0.isDecimalDigit }
        guard let first = whole.first else { return (0, false) }
        rest = rest.dropFirst(first == UInt8(ascii: "0") ? 1 : whole.count)
        var isWhole = true
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { $0.isDecimalDigit }
            if !digits.isEmpty { (rest, isWhole) = (rest.dropFirst(1 + digits.count), false) }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            var exponent = rest.dropFirst()
            if exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-") { exponent.removeFirst() }
            let digits = exponent.prefix { $0.isDecimalDigit }
            if !digits.isEmpty { (rest, isWhole) = (exponent.dropFirst(digits.count), false) }
        }
        return (bytes.count - rest.count, isWhole)
    }

    // MARK: Faults

    func endOfText(_ what: String) -> Fault {
        Fault("the text ends too early: \(what)", at: bytes.count)
    }

    /// The fault of meeting something else than was expected, with the remedy for the usual mistakes.
    func unexpected(_ expectation: String, word: String = "") -> Fault {
        let remedy: String
        switch (bytes[index], word.lowercased()) {
        case (UInt8(ascii: "/"), _), (UInt8(ascii: "#"), _): remedy = "JSON has no comments, remove this one"
        case (UInt8(ascii: "'"), _): remedy = "texts stand in double quotes"
        case (_, "true"), (_, "false"), (_, "null"): remedy = "write it in lowercase"
        case (_, "none"), (_, "nil"), (_, "undefined"): remedy = "write null"
        case (_, "nan"), (_, "infinity"), (_, "inf"): remedy = "JSON has only finite numbers"
        default: return Fault("\(expectation), found \(found)", at: index)
        }
        return Fault("\(expectation), found \(found); \(remedy)", at: index)
    }

    /// The character at the index, as a message shows it.
    var found: String {
        let tail = String(decoding: bytes[index...].prefix(16), as: UTF8.self)
        guard let scalar = tail.unicodeScalars.first else { return "the end of the text" }
        return JSON.string(String(scalar)).text()
    }

    private func quoted(_ word: String) -> String {
        JSON.string(word.utf8.count > 40 ? word.prefix(40) + "…" : word).text()
    }
}

extension UInt8 {
    /// Letters, digits and the signs of numbers: what a reader takes for one word.
    fileprivate var isPartOfScalar: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
