/// One escape in a text: how long it is and what it stands for.
struct Escape {
    var length: Int
    /// In UTF-8, or the single byte that was written as such.
    var value: [UInt8]

    /// The escape that begins at a place, or nil when none does.
    @inline(__always)
    init?(in bytes: [UInt8], at index: Int) {
        let byte = bytes[index]
        guard byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&") else { return nil }
        self.init(of: byte, in: bytes, at: index)
    }

    @inline(never)
    private init?(of byte: UInt8, in bytes: [UInt8], at index: Int) {
        switch byte {
        case UInt8(ascii: "%"): self.init(percentIn: bytes, at: index)
        case UInt8(ascii: "&"): self.init(referenceIn: bytes, at: index)
        default: self.init(backslashIn: bytes, at: index)
        }
    }

    private init?(percentIn bytes: [UInt8], at index: Int) {
        guard let value = hexNumber(bytes, from: index + 1, digits: 2) else { return nil }
        self.init(length: 3, value: [UInt8(value)])
    }

    private init?(backslashIn bytes: [UInt8], at index: Int) {
        guard index + 1 < bytes.count else { return nil }
        switch bytes[index + 1] {
        case UInt8(ascii: "u"): self.init(codeUnitsIn: bytes, at: index)
        case UInt8(ascii: "x"):
            guard let value = hexNumber(bytes, from: index + 2, digits: 2) else { return nil }
            self.init(length: 4, value: [UInt8(value)])
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"):
            self.init(length: 2, value: [bytes[index + 1]])
        case UInt8(ascii: "n"): self.init(length: 2, value: [0x0A])
        case UInt8(ascii: "r"): self.init(length: 2, value: [0x0D])
        case UInt8(ascii: "t"): self.init(length: 2, value: [0x09])
        case UInt8(ascii: "b"): self.init(length: 2, value: [0x08])
        case UInt8(ascii: "f"): self.init(length: 2, value: [0x0C])
        default: return nil
        }
    }

    private init?(codeUnitsIn bytes: [UInt8], at index: Int) {
        guard let first = hexNumber(bytes, from: index + 2, digits: 4) else { return nil }
        if let scalar = Unicode.Scalar(first) {
            self.init(length: 6, value: Array(String(scalar).utf8))
        } else if first < 0xDC00, index + 7 < bytes.count, bytes[index + 6] == UInt8(ascii: "\\"),
            bytes[index + 7] == UInt8(ascii: "u"),
            let second = hexNumber(bytes, from: index + 8, digits: 4), (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        {
            self.init(length: 12, value: Array(String(scalar).utf8))
        } else {
            return nil
        }
    }

    private init?(referenceIn bytes: [UInt8], at index: Int) {
        // The longest reference known here is `&#x0010ffff;`.
        let limit = min(bytes.count, index + 12)
        guard let end = bytes[(index + 1)..<limit].firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        let scalar: Unicode.Scalar?
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            scalar = UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        } else if name.hasPrefix("#") {
            scalar = UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
        } else {
            scalar = Self.references[name]
        }
        guard let scalar else { return nil }
        self.init(length: end + 1 - index, value: Array(String(scalar).utf8))
    }

    private init(length: Int, value: [UInt8]) {
        self.length = length
        self.value = value
    }

    /// The named references of ASCII punctuation (HTML Living Standard, section 13.5): all that a key could be written with.
    private static let references: [String: Unicode.Scalar] = [
        "amp": "&", "AMP": "&", "lt": "<", "LT": "<", "gt": ">", "GT": ">", "quot": "\"", "QUOT": "\"", "apos": "'",
        "nbsp": "\u{A0}",
        "excl": "!", "num": "#", "dollar": "$", "percnt": "%", "lpar": "(", "rpar": ")", "ast": "*", "midast": "*", "plus": "+",
        "comma": ",", "period": ".", "sol": "/", "colon": ":", "semi": ";", "equals": "=", "quest": "?", "commat": "@", "lsqb": "[",
        "lbrack": "[", "bsol": "\\", "rsqb": "]", "rbrack": "]", "Hat": "^", "lowbar": "_", "grave": "`", "lcub": "{",
        "lbrace": "{",
        "verbar": "|", "vert": "|", "rcub": "}", "rbrace": "}", "Tab": "\t", "NewLine": "\n", "UnderBar": "_",
    ]
}

/// The value of exactly so many hexadecimal digits, or nil.
private func hexNumber(_ bytes: [UInt8], from start: Int, digits: Int) -> UInt32? {
    guard start + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<(start + digits) {
        let byte = bytes[index].lowercasedASCII
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
        default: return nil
        }
    }
    return value
}
