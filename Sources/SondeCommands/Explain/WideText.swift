/// Text in UTF-16, as some shells write it into files (RFC 2781).
enum WideText {
    enum ByteOrder {
        case big, little

        /// As the mark at the beginning tells; nil where there is none.
        init?(of bytes: some Sequence<UInt8>) {
            switch Array(bytes.prefix(2)) {
            case [0xFE, 0xFF]: self = .big
            case [0xFF, 0xFE]: self = .little
            default: return nil
            }
        }
    }

    /// The same text in UTF-8, without its mark.
    static func bytes(_ wide: [UInt8], _ order: ByteOrder) -> [UInt8] {
        let units = stride(from: 2, to: wide.count - 1, by: 2).map { index -> UInt16 in
            let (first, second) = (UInt16(wide[index]), UInt16(wide[index + 1]))
            return order == .big ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
