extension JSON {
    /// The text of this value: members in their own order, safe for terminals (C0, DEL, C1 and bidirectional controls escaped).
    ///
    /// A number that is infinite or NaN, which JSON cannot write, becomes `null`.
    /// - Parameter pretty: Two-space indentation and a line each, ending without a line end; otherwise one line.
    public func text(pretty: Bool = false) -> String {
        var output: [UInt8] = []
        write(to: &output, pretty: pretty)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends the text of this value to `output`, as ``text(pretty:)`` would give it.
    ///
    /// - Parameter level: How deep the value stands in a document that the caller writes around it.
    public func write(to output: inout [UInt8], pretty: Bool = false, level: Int = 0) {
        var writer = Writer(isPretty: pretty, level: level)
        swap(&writer.output, &output)
        writer.write(self)
        swap(&writer.output, &output)
    }
}

/// Writes one value after another into bytes.
private struct Writer {
    var output: [UInt8] = []
    let isPretty: Bool
    private var level: Int

    init(isPretty: Bool, level: Int) {
        self.isPretty = isPretty
        self.level = level
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: value ? "true".utf8 : "false".utf8)
        case .integer(let value): output.append(contentsOf: String(value).utf8)
        // Swift's description is the shortest text that reads back as the same value, always with a fraction or an exponent.
        case .number(let value): output.append(contentsOf: value.isFinite ? value.description.utf8 : "null".utf8)
        case .string(let value): write(value)
        case .array(let elements):
            enclosed(elements, in: "[", "]") { writer, element in writer.write(element) }
        case .object(let object):
            enclosed(object.members, in: "{", "}") { writer, member in
                writer.write(member.key)
                writer.output.append(UInt8(ascii: ":"))
                if writer.isPretty { writer.output.append(UInt8(ascii: " ")) }
                writer.write(member.value)
            }
        }
    }

    private mutating func enclosed<Element>(
        _ elements: [Element], in open: Unicode.Scalar, _ close: Unicode.Scalar, write: (inout Writer, Element) -> Void
    ) {
        output.append(UInt8(ascii: open))
        level += 1
        for (number, element) in elements.enumerated() {
            if number > 0 { output.append(UInt8(ascii: ",")) }
            if isPretty { startLine() }
            write(&self, element)
        }
        level -= 1
        if isPretty, !elements.isEmpty { startLine() }
        output.append(UInt8(ascii: close))
    }

    private mutating func startLine() {
        output.append(UInt8(ascii: "\n"))
        for _ in 0..<level { output.append(contentsOf: "  ".utf8) }
    }

    private mutating func write(_ text: String) {
        output.append(UInt8(ascii: "\""))
        var text = text
        // Safe: the buffer is read within its bounds and does not leave the closure.
        text.withUTF8 { bytes in
            var (copied, index) = (0, 0)
            while index < bytes.count {
                let byte = unsafe bytes[index]
                // 0xC2, 0xD8 and 0xE2 begin everything beyond ASCII that may need an escape.
                if byte >= 0x20, byte != 0x22, byte != 0x5C, byte != 0x7F, byte != 0xC2, byte != 0xD8, byte != 0xE2 {
                    index += 1
                    continue
                }
                let (scalar, length) = unsafe Self.scalar(at: index, of: bytes)
                if let escape = Self.escape(scalar) {
                    unsafe output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<index]))
                    output.append(contentsOf: escape)
                    copied = index + length
                }
                index += length
            }
            unsafe output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Decodes one scalar of at most three bytes; a Swift string is valid UTF-8, so its bytes are there.
    private static func scalar(at index: Int, of bytes: UnsafeBufferPointer<UInt8>) -> (scalar: UInt16, length: Int) {
        let first = unsafe UInt16(bytes[index])
        if first < 0x80 { return (first, 1) }
        let second = unsafe UInt16(bytes[index + 1] & 0x3F)
        if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
        return unsafe ((first & 0x0F) << 12 | second << 6 | UInt16(bytes[index + 2] & 0x3F), 3)
    }

    /// The escape of what must not stand in a text as it is, or nil.
    private static func escape(_ scalar: UInt16) -> [UInt8]? {
        switch scalar {
        case 0x22: Array(#"\""#.utf8)
        case 0x5C: Array(#"\\"#.utf8)
        case 0x08: Array(#"\b"#.utf8)
        case 0x09: Array(#"\t"#.utf8)
        case 0x0A: Array(#"\n"#.utf8)
        case 0x0C: Array(#"\f"#.utf8)
        case 0x0D: Array(#"\r"#.utf8)
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
            Array(#"\u"#.utf8) + [12, 8, 4, 0].map { UInt8(hexDigit: UInt8(truncatingIfNeeded: scalar >> $0) & 0xF) }
        default: nil
        }
    }
}
