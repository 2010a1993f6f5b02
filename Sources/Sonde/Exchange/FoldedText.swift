/// Text with its ASCII letters in lower case, made once and searched for many fragments.
struct FoldedText: Sendable, Hashable {
    let bytes: [UInt8]
    /// Which pairs of neighboring bytes occur, each as one of 512 bits: most fragments are told apart by these alone.
    private let pairs: SIMD8<UInt64>

    init(_ text: String) {
        var bytes = Array(text.utf8)
        var pairs = SIMD8<UInt64>()
        for index in bytes.indices {
            bytes[index] = bytes[index].lowercasedASCII
            guard index > 0 else { continue }
            let mark = (Int(bytes[index - 1]) &* 31 &+ Int(bytes[index])) & 511
            pairs[mark >> 6] |= 1 << UInt64(mark & 63)
        }
        self.bytes = bytes
        self.pairs = pairs
    }

    /// Says whether `fragment` stands in this text.
    func contains(_ fragment: FoldedText) -> Bool {
        guard fragment.pairs & ~pairs == SIMD8<UInt64>() else { return false }
        return firstPlace(of: fragment.bytes, from: 0) != nil
    }

    /// Says whether `word` stands in this text with no letter, digit or underscore right beside it.
    func containsWord(_ word: FoldedText) -> Bool {
        guard !word.bytes.isEmpty, word.pairs & ~pairs == SIMD8<UInt64>() else { return false }
        var start = 0
        while let place = firstPlace(of: word.bytes, from: start) {
            let end = place + word.bytes.count
            if (place == 0 || !Self.isWordPart(bytes[place - 1])) && (end == bytes.count || !Self.isWordPart(bytes[end])) { return true }
            start = place + 1
        }
        return false
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private func firstPlace(of needle: [UInt8], from start: Int) -> Int? {
        guard let head = needle.first else { return start }
        guard bytes.count - start >= needle.count else { return nil }
        var place = start
        let last = bytes.count - needle.count
        search: while place <= last {
            if bytes[place] == head {
                var offset = 1
                while offset < needle.count {
                    if bytes[place + offset] != needle[offset] {
                        place += 1
                        continue search
                    }
                    offset += 1
                }
                return place
            }
            place += 1
        }
        return nil
    }

    static func == (a: FoldedText, b: FoldedText) -> Bool { a.bytes == b.bytes }

    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

extension String {
    /// Says whether `word` stands in this text with no letter, digit or underscore right beside it.
    func containsWord(_ word: String) -> Bool { FoldedText(self).containsWord(FoldedText(word)) }

    /// Says whether `fragment` stands in this text, ASCII letters compared without case.
    func containsFragment(_ fragment: String) -> Bool { FoldedText(self).contains(FoldedText(fragment)) }
}
