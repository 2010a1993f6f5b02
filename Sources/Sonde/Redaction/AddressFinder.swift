/// Recognizes e-mail and IP addresses, each byte of the text looked at a fixed number of times.
struct AddressFinder {
    /// Where the last run of hexadecimal digits and colons ended that is no address.
    private var rejectedEnd = 0

    /// The IP address of either version that begins at a place.
    mutating func ipAddress(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
        if bytes[start].isASCIIDigit, let end = fourEnd(at: start, in: bytes) { return start..<end }
        return six(at: start, in: bytes)
    }

    // MARK: E-mail

    /// The e-mail address that an `@` is part of.
    ///
    /// - Parameter last: What stands before belongs to an earlier match.
    func mailAddress(around at: Int, in bytes: [UInt8], notBefore last: Int) -> Range<Int>? {
        var low = at
        while low > last, bytes[low - 1].isLocalPart { low -= 1 }
        while low < at, bytes[low] == UInt8(ascii: ".") { low += 1 }
        guard low < at else { return nil }
        var high = at + 1
        while high < bytes.count, bytes[high].isDomain { high += 1 }
        while high > at + 1, !bytes[high - 1].isASCIIAlphanumeric { high -= 1 }
        guard let dot = bytes[(at + 1)..<high].lastIndex(of: UInt8(ascii: ".")), dot > at + 1 else { return nil }
        // The last label is a word, or an internationalized one (RFC 5891).
        let label = bytes[(dot + 1)..<high]
        guard label.count >= 2, label.allSatisfy({ !$0.isASCIIDigit }) || label.starts(with: Array("xn--".utf8)) else { return nil }
        return low..<high
    }

    // MARK: IP version 4

    private func fourEnd(at start: Int, in bytes: [UInt8]) -> Int? {
        if start > 0, bytes[start - 1].isWord || bytes[start - 1] == UInt8(ascii: ".") { return nil }
        guard let (end, isPublic) = four(at: start, in: bytes), isPublic else { return nil }
        return end
    }

    /// Four numbers below 256 with dots between; loopback and unspecified addresses tell nothing and are not public.
    private func four(at start: Int, in bytes: [UInt8]) -> (end: Int, isPublic: Bool)? {
        var numbers: [Int] = []
        var index = start
        while true {
            let digits = bytes[index...].prefix(4).prefix { $0.isASCIIDigit }
            guard (1...3).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)), number < 256 else {
                return nil
            }
            numbers.append(number)
            index = digits.endIndex
            if numbers.count == 4 { break }
            guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return nil }
            index += 1
        }
        if index < bytes.count, bytes[index].isWord { return nil }
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), bytes[index + 1].isASCIIDigit { return nil }
        return (index, numbers[0] != 127 && numbers != [0, 0, 0, 0])
    }

    // MARK: IP version 6

    private mutating func six(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
        guard start >= rejectedEnd, isBeginning(start, in: bytes) else { return nil }
        var end = start
        while end < bytes.count, bytes[end] == UInt8(ascii: ":") || Pattern.CharacterClass.hex.contains(bytes[end]) { end += 1 }
        rejectedEnd = end
        if end < bytes.count, bytes[end].isWord { return nil }
        guard end - start <= 40, bytes[start..<end].count(where: { $0 == UInt8(ascii: ":") }) >= 2 else { return nil }
        var tail = end
        var groups = bytes[start..<end].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        // The last 32 bits may be written as version 4.
        if end < bytes.count, bytes[end] == UInt8(ascii: "."), let last = groups.last,
            let (fourEnd, _) = four(at: last.startIndex, in: bytes)
        {
            tail = fourEnd
            groups.removeLast()
            groups += [[0x30], [0x30]]
        }
        // A colon behind an address is punctuation.
        if groups.count > 2, groups[groups.count - 1].isEmpty, !groups[groups.count - 2].isEmpty {
            groups.removeLast()
            tail -= 1
        }
        guard isSix(groups) else { return nil }
        rejectedEnd = tail
        return start..<tail
    }

    private func isBeginning(_ start: Int, in bytes: [UInt8]) -> Bool {
        guard start > 0 else { return true }
        let before = bytes[start - 1]
        // Behind `name:` an address may begin, unless the colon is one of two.
        if before == UInt8(ascii: ":") {
            return start > 1 && bytes[start] != UInt8(ascii: ":") && bytes[start - 2] != UInt8(ascii: ":")
        }
        return !before.isWord && before != UInt8(ascii: ".")
    }

    /// Up to eight groups of four digits, `::` for missing ones at most once; times and qualified names apart, which look alike.
    private func isSix(_ groups: [ArraySlice<UInt8>]) -> Bool {
        guard (3...9).contains(groups.count), groups.allSatisfy({ $0.count <= 4 }) else { return false }
        let empty = groups.indices.filter { groups[$0].isEmpty }
        let isShortened = !empty.isEmpty
        if isShortened {
            // `::` leaves one group empty in the middle, and two at an end.
            let atStart = groups[0].isEmpty && groups[1].isEmpty
            let atEnd = groups[groups.count - 1].isEmpty && groups[groups.count - 2].isEmpty
            guard
                empty.count == 1 && !groups[0].isEmpty && !groups[groups.count - 1].isEmpty
                    || empty.count == 2 && (atStart || atEnd)
            else { return false }
        } else if groups.count != 8 {
            return false
        }
        return groups.contains { $0.contains(where: \.isASCIIDigit) } && (!isShortened || groups.contains { $0.count >= 3 })
    }
}

extension UInt8 {
    /// Characters of a local part that occur in practice (RFC 5321 allows more).
    fileprivate var isLocalPart: Bool {
        isASCIIAlphanumeric || self >= 0x80 || self == UInt8(ascii: ".") || self == UInt8(ascii: "_") || self == UInt8(ascii: "+")
            || self == UInt8(ascii: "-")
    }

    fileprivate var isDomain: Bool { isASCIIAlphanumeric || self >= 0x80 || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") }
}
