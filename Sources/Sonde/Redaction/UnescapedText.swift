/// A text with one layer of escapes taken off, and where each of its bytes came from.
///
/// Percent-encoding, the escapes of JSON strings and the character references of HTML are taken off together, so that text in
/// which they are mixed, nested or used in part reads as what it says. Everything else stays as it is.
struct UnescapedText {
    let bytes: [UInt8]
    /// The escapes that were taken off, in order; what stands between them was copied.
    private let escapes: [Replaced]
    /// The layer that was taken off before.
    private let outer: Outer?

    /// An escape, and the bytes that stand for it now.
    private struct Replaced {
        var escape: Range<Int>
        var value: Range<Int>
    }

    private final class Outer {
        let layer: UnescapedText

        init(_ layer: UnescapedText) { self.layer = layer }
    }

    /// How many layers are worth taking off: nested JSON in percent-encoding in HTML is five.
    static let layers = 5

    /// Takes a layer off a text itself; nil when there is none.
    init?(_ source: [UInt8]) {
        self.init(source, outer: nil)
    }

    /// Takes one layer more off; nil when there is none.
    func unescaped() -> UnescapedText? {
        UnescapedText(bytes, outer: Outer(self))
    }

    private init?(_ source: [UInt8], outer: Outer?) {
        var escapes: [Replaced] = []
        guard let bytes = Self.bytes(of: source, taking: { escapes.append(Replaced(escape: $0, value: $1)) }) else { return nil }
        self.bytes = bytes
        self.escapes = escapes
        self.outer = outer
    }

    /// The range of the first text that a range of ``bytes`` stands for; of an escape that it begins or ends in, the whole.
    func origin(of range: Range<Int>) -> Range<Int> {
        let source = source(of: range.lowerBound).lowerBound..<source(of: range.upperBound - 1).upperBound
        return outer?.layer.origin(of: source) ?? source
    }

    /// The byte, or the escape, of the text before this layer was taken off.
    private func source(of place: Int) -> Range<Int> {
        var (low, high) = (0, escapes.count)
        while low < high {
            let middle = (low + high) / 2
            if escapes[middle].value.lowerBound <= place { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return place..<(place + 1) }
        let last = escapes[low - 1]
        if last.value.contains(place) { return last.escape }
        let start = last.escape.upperBound + place - last.value.upperBound
        return start..<(start + 1)
    }

    /// The bytes alone, for looking whether a closer look is needed; nil when there is no escape.
    static func bytes(of source: [UInt8]) -> [UInt8]? { bytes(of: source) { _, _ in } }

    /// - Parameter taking: Gets each escape, and where in the result its value stands.
    @inline(__always)
    private static func bytes(of source: [UInt8], taking: (_ escape: Range<Int>, _ value: Range<Int>) -> Void) -> [UInt8]? {
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
            let end = index + escape.length
            taking(index..<end, (output.count - escape.value.count)..<output.count)
            index = end
            copied = end
        }
        guard copied > 0 else { return nil }
        output.append(contentsOf: source[copied...])
        return output
    }
}
