import Sonde

/// Reads `x-vercel-id`.
///
/// `sin1::fra1::px78m-1773649643335-8826b1d38a61`: the edge that took the caller's connection, the region in which the function
/// ran, and within the last part the time in milliseconds. An answer of the edge alone has two parts and the time in seconds:
/// `bom1::1790085406-abcdef`.
enum VercelID {
    static func parse(_ text: String) -> EdgeLocation? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: true)
        guard parts.count >= 2, let edge = parts.first, isPlace(edge), let last = parts.last else { return nil }
        let region = parts.count >= 3 && isPlace(parts[1]) ? String(parts[1]) : nil
        let time = last.split(separator: "-").lazy.compactMap { Int64($0).flatMap(Self.time) }.first
        return EdgeLocation(edge: String(edge), region: region, time: time)
    }

    /// Three letters and a digit or two.
    private static func isPlace(_ text: Substring) -> Bool {
        (4...5).contains(text.utf8.count) && text.prefix(3).allSatisfy { $0.isASCII && $0.isLowercase }
            && text.dropFirst(3).allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Milliseconds or seconds since 1970, told apart by their size.
    private static func time(_ number: Int64) -> Timestamp? {
        switch number {
        case 1_000_000_000_000..<10_000_000_000_000: Timestamp(microseconds: number * 1000)
        case 1_000_000_000..<10_000_000_000: Timestamp(seconds: number)
        default: nil
        }
    }
}
