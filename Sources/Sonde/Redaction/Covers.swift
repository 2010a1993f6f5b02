/// What is to be hidden of one text: ranges as they were found, and what becomes of them.
struct Covers {
    struct Cover {
        var range: Range<Int>
        /// The number of the marker that takes its place.
        var marker: Int
    }

    private var secrets: [Cover] = []
    private var patterns: [Cover] = []

    var isEmpty: Bool { secrets.isEmpty && patterns.isEmpty }

    mutating func addSecret(_ range: Range<Int>, marker: Int) {
        // Fragments come in order, each a byte further: they become one at once.
        if let last = secrets.last, last.marker == marker, range.lowerBound >= last.range.lowerBound,
            range.lowerBound <= last.range.upperBound
        {
            secrets[secrets.count - 1].range = last.range.lowerBound..<max(last.range.upperBound, range.upperBound)
        } else {
            secrets.append(Cover(range: range, marker: marker))
        }
    }

    mutating func addPattern(_ range: Range<Int>, marker: Int) {
        patterns.append(Cover(range: range, marker: marker))
    }

    /// Ranges in order that do not overlap; where both were found a secret goes before a pattern.
    ///
    /// - Parameters:
    ///   - keptPrefixes: Public prefixes that stay, although a pattern covers them together with the secret behind.
    ///   - spared: Ranges that nothing covers, in order.
    ///   - isSame: Says whether two markers read the same, so that neighbors become one.
    func resolved(
        in text: [UInt8], keeping keptPrefixes: Set<[UInt8]>, sparing spared: [Range<Int>], isSame: (Int, Int) -> Bool
    ) -> [Cover] {
        let certain = Self.merged(secrets.map { Self.wholeScalars($0, in: text) })
        let shaped = Self.subtract(certain.map(\.range), from: Self.merged(patterns.map { Self.wholeScalars($0, in: text) }))
        let starts = Set(certain.map(\.range.lowerBound))
        let rest = shaped.filter { !starts.contains($0.range.upperBound) || !keptPrefixes.contains(Array(text[$0.range])) }
        let all = Self.subtract(spared, from: (certain + rest).sorted { $0.range.lowerBound < $1.range.lowerBound })
        var joined: [Cover] = []
        for cover in all {
            if let last = joined.last, last.range.upperBound == cover.range.lowerBound, isSame(last.marker, cover.marker) {
                joined[joined.count - 1].range = last.range.lowerBound..<cover.range.upperBound
            } else {
                joined.append(cover)
            }
        }
        return joined
    }

    /// A cover widened so that it cuts no character of UTF-8 in two.
    private static func wholeScalars(_ cover: Cover, in text: [UInt8]) -> Cover {
        var (low, high) = (cover.range.lowerBound, cover.range.upperBound)
        while low > 0, text[low] & 0xC0 == 0x80 { low -= 1 }
        while high < text.count, text[high] & 0xC0 == 0x80 { high += 1 }
        return Cover(range: low..<high, marker: cover.marker)
    }

    private static func merged(_ covers: [Cover]) -> [Cover] {
        var merged: [Cover] = []
        for cover in covers.sorted(by: { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }) {
            if let last = merged.last, cover.range.lowerBound < last.range.upperBound {
                merged[merged.count - 1].range = last.range.lowerBound..<max(last.range.upperBound, cover.range.upperBound)
            } else {
                merged.append(cover)
            }
        }
        return merged
    }

    /// What is left of covers outside other ranges; both in order and without overlaps.
    private static func subtract(_ ranges: [Range<Int>], from covers: [Cover]) -> [Cover] {
        var left: [Cover] = []
        var first = 0
        for cover in covers {
            var low = cover.range.lowerBound
            while first < ranges.count, ranges[first].upperBound <= low { first += 1 }
            var index = first
            while index < ranges.count, ranges[index].lowerBound < cover.range.upperBound {
                if low < ranges[index].lowerBound {
                    left.append(Cover(range: low..<ranges[index].lowerBound, marker: cover.marker))
                }
                low = max(low, ranges[index].upperBound)
                index += 1
            }
            if low < cover.range.upperBound { left.append(Cover(range: low..<cover.range.upperBound, marker: cover.marker)) }
        }
        return left
    }
}
