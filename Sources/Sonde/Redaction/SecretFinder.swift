/// Finds fragments of secrets in one layer of a text, in linear time.
struct SecretFinder: Sendable {
    private var forms: [SecretForm] = []
    private let index: WindowIndex
    /// Forms of which only the whole counts, by their first byte.
    private var wholes = [[SecretForm]](repeating: [], count: 256)
    private let hasWholes: Bool
    /// Public prefixes that are hidden together with what follows them, the longest first.
    private let hiddenPrefixes: [[UInt8]]

    init(_ secrets: [ProtectedSecret]) {
        var entries: [WindowIndex.Entry] = []
        var plainWindows: Set<UInt64> = []
        var hasWholes = false
        for (number, secret) in secrets.enumerated() {
            for form in SecretForm.all(of: secret, number: number) {
                guard form.leastFragment != nil else {
                    wholes[Int(form.bytes[0])].append(form)
                    hasWholes = true
                    continue
                }
                let stride = form.reach + 1
                for offset in Swift.stride(from: 0, through: form.bytes.count - WindowIndex.width, by: stride) {
                    let window = WindowIndex.window(form.bytes, at: offset)
                    // Where every window counts by itself one entry says it all, however often secrets repeat it.
                    if form.reach == 0, !plainWindows.insert(window).inserted { continue }
                    entries.append(WindowIndex.Entry(window: window, form: Int32(forms.count), offset: Int32(offset)))
                }
                forms.append(form)
            }
        }
        index = WindowIndex(entries)
        self.hasWholes = hasWholes
        hiddenPrefixes = Set(secrets.lazy.filter { !$0.keepsPrefix && $0.publicPrefixCount > 0 }.map(\.publicPrefix))
            .sorted { $0.count > $1.count }
    }

    /// Says whether a text so short can hold nothing.
    func isTooShort(_ count: Int) -> Bool { count < WindowIndex.width && !hasWholes }

    /// Calls `found` with each range and the number of its secret; ranges overlap where fragments do.
    func find(in bytes: [UInt8], found: (Range<Int>, Int) -> Void) {
        if !index.isEmpty { findFragments(in: bytes, found: found) }
        if hasWholes { findWholes(in: bytes, found: found) }
    }

    private func findFragments(in bytes: [UInt8], found: (Range<Int>, Int) -> Void) {
        var window: UInt64 = 0
        var lastEnd = 0
        for end in bytes.indices {
            window = window << 8 | UInt64(bytes[end])
            guard index.mayHold(window), end + 1 >= WindowIndex.width else { continue }
            for entry in index.entries(of: window) {
                let form = forms[Int(entry.form)]
                var range = (end + 1 - WindowIndex.width)..<(end + 1)
                if form.reach > 0 {
                    guard let whole = form.extend(range, offset: Int(entry.offset), in: bytes) else { continue }
                    range = whole
                } else if range.lowerBound >= lastEnd {
                    range = withPrefix(range, in: bytes)
                }
                lastEnd = range.upperBound
                found(range, form.secret)
            }
        }
    }

    private func withPrefix(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        for prefix in hiddenPrefixes where bytes[..<range.lowerBound].hasSuffix(prefix) {
            return (range.lowerBound - prefix.count)..<range.upperBound
        }
        return range
    }

    private func findWholes(in bytes: [UInt8], found: (Range<Int>, Int) -> Void) {
        for start in bytes.indices {
            for form in wholes[Int(bytes[start])] where form.isWhole(at: start, in: bytes) {
                found(form.withLeaks(start..<(start + form.bytes.count), in: bytes), form.secret)
            }
        }
    }
}

extension ProtectedSecret {
    /// The bytes that say whose key it is.
    var publicPrefix: [UInt8] {
        secret.reveal { Array($0.prefix(publicPrefixCount)) }
    }
}

extension SecretForm {
    /// How far beside a window the rest of a fragment can stand; every so many windows one is enough to find it.
    var reach: Int { (leastFragment ?? 0) - WindowIndex.width }

    /// The fragment around a window that was found, as far as it reaches, or nil when it is too short to count.
    ///
    /// - Parameter offset: Where the window stands in the form.
    func extend(_ window: Range<Int>, offset: Int, in text: [UInt8]) -> Range<Int>? {
        var (low, high) = (window.lowerBound, window.upperBound)
        let start = low - offset
        while low > 0, low > start, window.lowerBound - low < reach, text[low - 1] == bytes[low - 1 - start] { low -= 1 }
        while high < text.count, high - start < bytes.count, high - window.upperBound < reach, text[high] == bytes[high - start] {
            high += 1
        }
        guard high - low >= leastFragment ?? 0 else { return nil }
        // Only the ends of the form have neighbors with bits of the secret.
        return withLeaks(low..<high, atStart: low == start, atEnd: high - start == bytes.count, in: text)
    }

    /// A match with the characters beside it that hold some bits of the secret, and padding.
    func withLeaks(_ range: Range<Int>, atStart: Bool = true, atEnd: Bool = true, in text: [UInt8]) -> Range<Int> {
        guard encoding == .base64 else { return range }
        var (low, high) = (range.lowerBound, range.upperBound)
        if atStart, leaksLeft, low > 0, Base64.contains(text[low - 1]) { low -= 1 }
        if atEnd {
            if leaksRight, high < text.count, Base64.contains(text[high]) { high += 1 }
            let limit = min(text.count, high + 2)
            while high < limit, text[high] == UInt8(ascii: "=") { high += 1 }
        }
        return low..<high
    }

    /// Says whether the whole form stands at a place, with nothing beside it that its boundary forbids.
    func isWhole(at start: Int, in text: [UInt8]) -> Bool {
        let end = start + bytes.count
        guard start >= 0, end <= text.count else { return false }
        // The end first: what secrets share stands at their front.
        for index in bytes.indices.reversed() where text[start + index] != bytes[index] { return false }
        return !isJoined(text, start - 1, start) && !isJoined(text, end, end - 1)
    }

    /// Says whether the byte beside a match belongs to the same token as the match's own outer byte.
    private func isJoined(_ text: [UInt8], _ beside: Int, _ own: Int) -> Bool {
        guard text.indices.contains(beside) else { return false }
        return switch boundary {
        case .none: false
        case .word: text[beside].isWord && text[own].isWord
        case .base64: Base64.contains(text[beside])
        }
    }
}

extension UInt8 {
    /// Letters, digits, underscore and everything beyond ASCII.
    var isWord: Bool { isASCIIAlphanumeric || self == UInt8(ascii: "_") || self >= 0x80 }
}

extension ArraySlice<UInt8> {
    func hasSuffix(_ suffix: [UInt8]) -> Bool { count >= suffix.count && self[(endIndex - suffix.count)...].elementsEqual(suffix) }
}
