/// Where windows of eight bytes stand in a set of forms: almost every lookup ends at one bit of a bitmap.
struct WindowIndex: Sendable {
    /// One window: eight bytes as a big-endian number, the form they stand in, and where.
    struct Entry: Sendable {
        var window: UInt64
        var form: Int32
        var offset: Int32
    }

    static let width = 8

    private let entries: [Entry]
    private let bitmap: [UInt64]
    private let shift: UInt64

    init(_ unsorted: [Entry]) {
        entries = unsorted.sorted { $0.window < $1.window }
        // Sixteen bits for each entry or more keep chance hits below one in sixteen, at least 8 KiB.
        var bits: UInt64 = 16
        while bits < 30, 1 << bits < entries.count * 16 { bits += 1 }
        shift = 64 - bits
        var bitmap = [UInt64](repeating: 0, count: 1 << (bits - 6))
        for entry in entries {
            let bit = Self.hash(entry.window) >> shift
            bitmap[Int(bit >> 6)] |= 1 << (bit & 63)
        }
        self.bitmap = bitmap
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Says no when the window is certainly in no form.
    @inline(__always)
    func mayHold(_ window: UInt64) -> Bool {
        let bit = Self.hash(window) >> shift
        return bitmap[Int(bit >> 6)] & (1 << (bit & 63)) != 0
    }

    /// The entries of a window.
    func entries(of window: UInt64) -> ArraySlice<Entry> {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].window < window { low = middle + 1 } else { high = middle }
        }
        return entries[low...].prefix { $0.window == window }
    }

    @inline(__always)
    private static func hash(_ window: UInt64) -> UInt64 { window &* 0x9E37_79B9_7F4A_7C15 }

    /// The window that begins at a place.
    static func window(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        bytes[offset..<(offset + width)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
