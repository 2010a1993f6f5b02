/// Finds keys, tokens and identifiers by their shapes in one layer of a text, in linear time.
struct PatternFinder: Sendable {
    private let patterns: [Pattern]
    private let prefixes: [[UInt8]]
    /// The numbers of the patterns that can begin with a byte.
    private let beginnings: [[Int]]
    /// For each byte the classes that it is of, a bit each.
    private let classes: [UInt8]
    private let findsAddresses: Bool

    /// - Parameter findsAddresses: Also finds e-mail and IP addresses.
    init(_ patterns: [Pattern], findsAddresses: Bool) {
        self.patterns = patterns
        self.findsAddresses = findsAddresses
        prefixes = patterns.map { Array($0.prefix.utf8) }
        beginnings = (UInt8.min...UInt8.max).map { [patterns] byte in
            patterns.indices.filter { patterns[$0].prefix.utf8.first.map { $0 == byte } ?? patterns[$0].characters.contains(byte) }
        }
        classes = (UInt8.min...UInt8.max).map { byte in
            Pattern.CharacterClass.allCases.enumerated().reduce(0) { $0 | ($1.element.contains(byte) ? 1 << UInt8($1.offset) : 0) }
        }
    }

    /// What was found: a pattern by its number, or an address.
    enum Match {
        case pattern(Int)
        case mailAddress
        case ipAddress
    }

    /// Calls `found` with each range, in order; ranges do not overlap.
    func find(in bytes: [UInt8], found: (Range<Int>, Match) -> Void) {
        var runs = Runs(classes)
        var addresses = AddressFinder()
        // Behind a match a word begins, because a marker will stand there.
        var last = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let candidates = beginnings[Int(byte)]
            if !candidates.isEmpty, index == last || !bytes[index - 1].isASCIIAlphanumeric,
                let (range, number) = match(candidates, at: index, in: bytes, &runs)
            {
                found(range, .pattern(number))
                last = range.upperBound
                index = last
            } else if findsAddresses, let (range, isMail) = addresses.match(at: index, in: bytes, notBefore: last) {
                found(range, isMail ? .mailAddress : .ipAddress)
                last = range.upperBound
                index = last
            } else {
                index += 1
            }
        }
    }

    /// The longest match at a place; the first pattern of equals.
    private func match(_ candidates: [Int], at start: Int, in bytes: [UInt8], _ runs: inout Runs) -> (Range<Int>, Int)? {
        var best: (range: Range<Int>, number: Int)?
        for number in candidates {
            let prefix = prefixes[number]
            let pattern = patterns[number]
            let from = start + prefix.count
            guard from < bytes.count, bytes[start..<from].elementsEqual(prefix) else { continue }
            let run = runs.run(of: pattern.characters, at: from, in: bytes)
            guard pattern.length.contains(run.end - from), !pattern.needsDigit || run.lastDigit >= from else { continue }
            if run.end > best?.range.upperBound ?? 0 {
                best = ((pattern.keepsPrefix ? from : start)..<run.end, number)
            }
        }
        return best
    }
}

/// How far runs of characters of one class reach, measured once each however often it is asked.
private struct Runs {
    private struct Run {
        var start = 0
        var end = 0
        var lastDigit = -1
    }

    private let classes: [UInt8]
    private var runs = [Run](repeating: Run(), count: Pattern.CharacterClass.allCases.count)

    init(_ classes: [UInt8]) {
        self.classes = classes
    }

    /// The run that covers a place: its end, and its last digit or something before the place.
    mutating func run(of characters: Pattern.CharacterClass, at place: Int, in bytes: [UInt8]) -> (end: Int, lastDigit: Int) {
        let number = characters.number
        let known = runs[number]
        if place >= known.start, place < known.end { return (known.end, known.lastDigit) }
        var run = Run(start: place, end: place)
        while run.end < bytes.count, classes[Int(bytes[run.end])] & (1 << UInt8(number)) != 0 {
            if run.end == known.start, known.end > known.start {
                // The known run continues this one.
                run.end = known.end
                run.lastDigit = max(run.lastDigit, known.lastDigit)
                break
            }
            if bytes[run.end].isASCIIDigit { run.lastDigit = run.end }
            run.end += 1
        }
        if run.end >= known.end { runs[number] = run }
        return (run.end, run.lastDigit)
    }
}

extension Pattern.CharacterClass {
    /// The position in the list of all cases.
    fileprivate var number: Int {
        switch self {
        case .digits: 0
        case .hex: 1
        case .lowercaseAlphanumeric: 2
        case .alphanumeric: 3
        case .base64url: 4
        case .token: 5
        case .token68: 6
        }
    }
}
