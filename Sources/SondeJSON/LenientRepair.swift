/// Mends what servers get wrong in JSON, so that jansson can read it: one linear pass, run only after a first attempt failed.
///
/// Mended: a byte-order mark, invalid UTF-8, raw control bytes and lone surrogates in strings, NUL in keys, numbers too big.
/// Whatever else is wrong stays as it is, and jansson refuses it again.
struct LenientRepair {
    private let bytes: [UInt8]
    private var output: [UInt8] = []
    /// Where the bytes begin that are not copied yet.
    private var copied = 0
    private var index = 0

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let greatest = Array("1.7976931348623157e308".utf8)

    /// Says whether the first byte that is no blank can begin a value or a byte-order mark: pages and plain text cannot.
    static func mayBeginValue(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first(where: { !$0.isJSONBlank }) else { return false }
        return switch first {
        case 0xEF, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
            true
        default: false
        }
    }

    static func repair(_ bytes: [UInt8]) -> [UInt8] {
        let content = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        // Decoding replaces each invalid sequence by U+FFFD.
        var repair = LenientRepair(bytes: Array(String(decoding: content, as: UTF8.self).utf8))
        repair.run()
        return repair.output
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count + bytes.count / 8)
    }

    private mutating func run() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""): string()
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): number()
            default: index += 1
            }
        }
        replace(upTo: index)
    }

    /// Copies what was passed over, then writes `replacement` in place of the bytes from `index` to `end`.
    private mutating func replace(upTo end: Int, with replacement: [UInt8] = []) {
        if copied < index { output.append(contentsOf: bytes[copied..<index]) }
        output.append(contentsOf: replacement)
        index = end
        copied = end
    }

    /// Likewise, with the escape `\uXXXX`.
    private mutating func replace(upTo end: Int, withEscapeOf unit: UInt16) {
        replace(upTo: end)
        output.append(UInt8(ascii: "\\"))
        output.append(UInt8(ascii: "u"))
        for shift in stride(from: 12, through: 0, by: -4) {
            output.append(UInt8(hexDigit: UInt8(truncatingIfNeeded: unit >> shift) & 0xF))
        }
    }

    // MARK: Strings

    private mutating func string() {
        var escapedNULs: [Int] = []
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { break }
            if byte < 0x20 {
                if byte == 0 { escapedNULs.append(output.count + index - copied) }
                replace(upTo: index + 1, withEscapeOf: UInt16(byte))
            } else if byte == UInt8(ascii: "\\") {
                if let unit = codeUnit(at: index) {
                    if unit == 0 { escapedNULs.append(output.count + index - copied) }
                    surrogate(unit)
                } else {
                    index = min(index + 2, bytes.count)
                }
            } else {
                index += 1
            }
        }
        guard index < bytes.count else { return }
        index += 1
        guard !escapedNULs.isEmpty, isKeyEnd else { return }
        // jansson has no NUL in keys; both escapes are six bytes long.
        replace(upTo: index)
        let replacement = Array(#"\ufffd"#.utf8)
        for start in escapedNULs {
            for offset in replacement.indices { output[start + offset] = replacement[offset] }
        }
    }

    /// Says whether the string that ends here is a key: a colon follows.
    private var isKeyEnd: Bool {
        var next = index
        while next < bytes.count, bytes[next].isJSONBlank { next += 1 }
        return next < bytes.count && bytes[next] == UInt8(ascii: ":")
    }

    /// Passes over one `\uXXXX`, or two that make a pair; half a pair is replaced.
    private mutating func surrogate(_ unit: UInt16) {
        if UTF16.isLeadSurrogate(unit), let second = codeUnit(at: index + 6), UTF16.isTrailSurrogate(second) {
            index += 12
        } else if UTF16.isSurrogate(unit) {
            replace(upTo: index + 6, withEscapeOf: 0xFFFD)
        } else {
            index += 6
        }
    }

    /// The value of the `\uXXXX` at a place, or nil when there is none.
    private func codeUnit(at start: Int) -> UInt16? {
        guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt16 = 0
        for digit in bytes[(start + 2)..<(start + 6)] {
            guard let value = digit.hexValue else { return nil }
            unit = unit << 4 | UInt16(value)
        }
        return unit
    }

    // MARK: Numbers

    private mutating func number() {
        var end = index + 1
        var isWhole = true
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"): isWhole = false
            default:
                replaceNumber(upTo: end, isWhole: isWhole)
                return
            }
            end += 1
        }
        replaceNumber(upTo: end, isWhole: isWhole)
    }

    private mutating func replaceNumber(upTo end: Int, isWhole: Bool) {
        // Up to 18 digits fit an Int64, and nothing shorter than 1e309 is too big for a Double.
        guard end - index > (isWhole ? 18 : 4) else {
            index = end
            return
        }
        let text = String(decoding: bytes[index..<end], as: UTF8.self)
        let isNegative = bytes[index] == UInt8(ascii: "-")
        if isWhole, Int64(text) != nil {
            index = end
        } else if let value = Double(text), value.isInfinite {
            replace(upTo: end, with: (isNegative ? [UInt8(ascii: "-")] : []) + Self.greatest)
        } else if isWhole {
            replace(upTo: end, with: Array(text.utf8) + Array(".0".utf8))
        } else {
            index = end
        }
    }
}
