import SondeJSON

/// Reads an object as programs print it: JSON, a Python literal, or what JavaScript shows of an error, whole or cut off.
///
/// Understood are single, double and back quotes, quotes in a text that nobody escaped, bare names, `None`, `True`, `undefined`, names of
/// classes in front of a brace, `b'…'`, texts joined by `+`, and commas too many. What is not understood is skipped; each byte is
/// looked at a few times at most.
struct LooseLiteral {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    private var depth = 0

    private static let depthLimit = 64
    /// Members of one object; those behind it are left out.
    private static let memberLimit = 1000

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// The object at the beginning of the bytes, and where it ends; nil when there is none or it is empty.
    static func object(in bytes: ArraySlice<UInt8>) -> (object: JSON.Object, end: Int)? {
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        var parser = LooseLiteral(bytes)
        guard case .object(let object) = parser.value(), !object.isEmpty else { return nil }
        return (object, parser.index)
    }

    private var byte: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte, byte == 0x20 || (0x09...0x0D).contains(byte) { index += 1 }
    }

    // MARK: Values

    private mutating func value() -> JSON {
        skipBlanks()
        guard depth < Self.depthLimit else {
            index = bytes.endIndex
            return .null
        }
        depth += 1
        defer { depth -= 1 }
        switch byte {
        case UInt8(ascii: "{"): return .object(object())
        case UInt8(ascii: "["), UInt8(ascii: "("): return .array(array())
        case let byte? where Self.isQuote(byte): return .string(joinedText())
        default: return bare()
        }
    }

    private mutating func object() -> JSON.Object {
        index += 1
        var object = JSON.Object()
        while true {
            skipSeparators()
            guard let byte else { return object }
            if byte == UInt8(ascii: "}") {
                index += 1
                return object
            }
            // Ruby's symbols: `:status=>401`.
            if byte == UInt8(ascii: ":"), index + 1 < bytes.endIndex, bytes[index + 1].isASCIIAlphanumeric { index += 1 }
            let start = index
            let key = Self.isQuote(byte) ? text() : raw { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") || Self.endsElement($0) }
            skipBlanks()
            if self.byte == UInt8(ascii: ":") || self.byte == UInt8(ascii: "=") {
                index += 1
                if self.byte == UInt8(ascii: ">") { index += 1 }
                let value = value()
                if object.count < Self.memberLimit { object[key] = value }
            } else if index == start {
                index += 1
            }
        }
    }

    private mutating func array() -> [JSON] {
        index += 1
        var elements: [JSON] = []
        while true {
            skipSeparators()
            guard let byte else { return elements }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")") {
                index += 1
                return elements
            }
            // A brace that closes something around means that this bracket was never closed.
            if byte == UInt8(ascii: "}") { return elements }
            let start = index
            elements.append(value())
            if index == start { index += 1 }
        }
    }

    private mutating func skipSeparators() {
        while let byte, byte == 0x20 || (0x09...0x0D).contains(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
            index += 1
        }
    }

    // MARK: Bare words

    /// A number, a constant, a name, or the name of a class in front of what it holds.
    private mutating func bare() -> JSON {
        let start = index
        while let byte, byte.isASCIIAlphanumeric || "_.+-$".utf8.contains(byte) { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        if let byte, Self.isQuote(byte), ["b", "u", "r", "f"].contains(word.lowercased()) { return .string(joinedText()) }
        let end = index
        skipBlanks()
        if !word.isEmpty, let byte, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") { return value() }
        index = end
        switch word {
        case "None", "null", "undefined", "nil", "NaN": return .null
        case "True", "true": return true
        case "False", "false": return false
        default: break
        }
        if endsHere {
            if let number = Int64(word) { return .integer(number) }
            if let number = Double(word), number.isFinite { return .number(number) }
        }
        let rest = raw(until: Self.endsElement)
        return .string((word + rest).trimmingBlanks())
    }

    private var endsHere: Bool { byte.map { Self.endsElement($0) || $0 == 0x20 } ?? true }

    private mutating func raw(until isEnd: (UInt8) -> Bool) -> String {
        let start = index
        while let byte, !isEnd(byte) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self).trimmingBlanks()
    }

    private static func endsElement(_ byte: UInt8) -> Bool {
        ",}])\n\r".utf8.contains(byte)
    }

    // MARK: Texts

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }

    /// Texts that a `+` joins, as long ones are printed.
    private mutating func joinedText() -> String {
        var result = text()
        while true {
            let end = index
            skipBlanks()
            guard byte == UInt8(ascii: "+") else {
                index = end
                return result
            }
            index += 1
            skipBlanks()
            guard let byte, Self.isQuote(byte) else { return result }
            result += text()
        }
    }

    private mutating func text() -> String {
        let quote = bytes[index]
        index += 1
        var result: [UInt8] = []
        while let byte {
            index += 1
            if byte == UInt8(ascii: "\\") {
                escape(into: &result)
            } else if byte == quote, closes {
                break
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Says whether the quote just read ends its text: only what may stand behind a text follows.
    private var closes: Bool {
        var next = index
        while next < bytes.endIndex, bytes[next] == 0x20 || (0x09...0x0D).contains(bytes[next]) { next += 1 }
        return next == bytes.endIndex || ",:}])+;=".utf8.contains(bytes[next])
    }

    private mutating func escape(into result: inout [UInt8]) {
        guard let byte else { return }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): break
        case UInt8(ascii: "x"): append(hex(2), to: &result)
        case UInt8(ascii: "u"):
            guard let unit = hex(4) else { return }
            if (0xD800..<0xDC00).contains(unit), bytes[index...].starts(with: Array("\\u".utf8)) {
                index += 2
                append(
                    hex(4).flatMap { (0xDC00..<0xE000).contains($0) ? 0x10000 + (unit - 0xD800) << 10 + ($0 - 0xDC00) : nil }, to: &result)
            } else {
                append(unit, to: &result)
            }
        default: result.append(byte)
        }
    }

    private func append(_ scalar: UInt32?, to result: inout [UInt8]) {
        result += Array(String(Character(scalar.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")).utf8)
    }

    private mutating func hex(_ count: Int) -> UInt32? {
        guard index + count <= bytes.endIndex,
            let number = UInt32(String(decoding: bytes[index..<(index + count)], as: UTF8.self), radix: 16)
        else { return nil }
        index += count
        return number
    }
}
