/// A text with one layer of escapes taken off, and where each of its bytes came from.
///
/// Percent-encoding, the escapes of JSON strings and the character references of HTML are taken off together, so that text in
/// which they are mixed, nested or used in part reads as what it says. Everything else stays as it is.
struct UnescapedText {
    private(set) var bytes: [UInt8] = []
    /// Where in the first text the escape, or the byte, begins and ends that each byte stands for.
    private var starts: [Int32] = []
    private var ends: [Int32] = []

    /// How many layers are worth taking off: nested JSON in percent-encoding in HTML is five.
    static let layers = 5

    /// Takes a layer off a text itself; nil when there is none.
    init?(_ source: [UInt8]) {
        guard source.count < Int(Int32.max) else { return nil }
        self.init(source) { ($0, $1) }
    }

    /// Takes one layer more off; nil when there is none.
    func unescaped() -> UnescapedText? {
        UnescapedText(bytes) { (Int(starts[$0]), Int(ends[$1 - 1])) }
    }

    private init?(_ source: [UInt8], origin: (_ start: Int, _ end: Int) -> (start: Int, end: Int)) {
        var isChanged = false
        bytes.reserveCapacity(source.count)
        starts.reserveCapacity(source.count)
        ends.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let escape = Escape(in: source, at: index)
            let length = escape?.length ?? 1
            let (start, end) = origin(index, index + length)
            if let escape {
                isChanged = true
                bytes.append(contentsOf: escape.value)
            } else {
                bytes.append(source[index])
            }
            while starts.count < bytes.count {
                starts.append(Int32(start))
                ends.append(Int32(end))
            }
            index += length
        }
        guard isChanged else { return nil }
    }

    /// The range of the first text that a range of ``bytes`` stands for.
    func origin(of range: Range<Int>) -> Range<Int> {
        Int(starts[range.lowerBound])..<Int(ends[range.upperBound - 1])
    }

    /// The bytes alone, for looking whether a closer look is needed; nil when there is no escape.
    static func bytes(of source: [UInt8]) -> [UInt8]? {
        var (index, copied) = (0, 0)
        var output: [UInt8] = []
        while index < source.count {
            guard let escape = Escape(in: source, at: index) else {
                index += 1
                continue
            }
            if output.isEmpty { output.reserveCapacity(source.count) }
            output.append(contentsOf: source[copied..<index])
            output.append(contentsOf: escape.value)
            index += escape.length
            copied = index
        }
        guard copied > 0 else { return nil }
        output.append(contentsOf: source[copied...])
        return output
    }
}
