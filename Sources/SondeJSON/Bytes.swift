extension UInt8 {
    /// Says whether this is one of the four blanks of RFC 8259 section 2.
    var isJSONBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

    var isDecimalDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// The value of a hexadecimal digit in either case, or nil.
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }

    /// The lowercase hexadecimal digit of a value below 16.
    init(hexDigit value: UInt8) {
        self = value < 10 ? 0x30 + value : 0x61 + value - 10
    }
}
