/// Finds keys, tokens and identifiers by their shapes in one layer of a text, in linear time.
struct PatternFinder: Sendable {
    private let patterns: [Pattern]
    private let prefixes: [[UInt8]]
    /// The numbers of the patterns that can begin with a byte.
    private let beginnings: [[Int]]
    /// For each byte the classes that it is of, a bit each.
    private let classes: [UInt8]
    /// For each byte what it can begin, so that most bytes need one look.
    private let roles: [Role]

    private struct Role: OptionSet {
        let rawValue: UInt8
        static let pattern = Role(rawValue: 1)
        static let ipAddress = Role(rawValue: 2)
        /// Not a beginning: the character that e-mail addresses have in the middle.
        static let at = Role(rawValue: 4)
        /// Not a beginning either: what no word may stand right behind, since it is one itself.
        static let word = Role(rawValue: 8)
        static let beginning: Role = [.pattern, .ipAddress]
    }

    /// - Parameter findsAddresses: Also finds e-mail and IP addresses.
    init(_ patterns: [Pattern], findsAddresses: Bool) {
        self.patterns = patterns
        prefixes = patterns.map { Array($0.prefix.utf8) }
        var classes = [UInt8](repeating: 0, count: 256)
        for byte in UInt8.min...UInt8.max {
            for (number, characters) in Pattern.CharacterClass.allCases.enumerated() where characters.contains(byte) {
                classes[Int(byte)] |= 1 << UInt8(number)
            }
        }
        self.classes = classes
        var beginnings = [[Int]](repeating: [], count: 256)
        for (number, pattern) in patterns.enumerated() {
            if let first = prefixes[number].first {
                beginnings[Int(first)].append(number)
            } else {
                for byte in 0..<256 where classes[byte] & (1 << UInt8(pattern.characters.number)) != 0 {
                    beginnings[byte].append(number)
                }
            }
        }
        self.beginnings = beginnings
        roles = (0..<256).map { byte in
            var role: Role = beginnings[byte].isEmpty ? [] : .pattern
            if findsAddresses, byte == UInt8(ascii: "@") { role.insert(.at) }
            if findsAddresses, byte == UInt8(ascii: ":") || Pattern.CharacterClass.hex.contains(UInt8(byte)) {
                role.insert(.ipAddress)
            }
            if UInt8(byte).isASCIIAlphanumeric { role.insert(.word) }
            return role
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
        var (last, isInWord) = (0, false)
        var index = 0
        while index < bytes.count {
            let role = roles[Int(bytes[index])]
            var match: (range: Range<Int>, Match)?
            if role.contains(.at) {
                match = addresses.mailAddress(around: index, in: bytes, notBefore: last).map { ($0, .mailAddress) }
            } else if !isInWord, !role.isDisjoint(with: .beginning) {
                if role.contains(.pattern) { match = pattern(at: index, in: bytes, &runs) }
                if match == nil, role.contains(.ipAddress) {
                    match = addresses.ipAddress(at: index, in: bytes).map { ($0, .ipAddress) }
                }
            }
            guard let match else {
                isInWord = role.contains(.word)
                index += 1
                continue
            }
            found(match.range, match.1)
            (last, isInWord) = (match.range.upperBound, false)
            index = last
        }
    }

    /// The longest match at a place; the first pattern of equals.
    private func pattern(at start: Int, in bytes: [UInt8], _ runs: inout Runs) -> (Range<Int>, Match)? {
        var best: (range: Range<Int>, number: Int)?
        for number in beginnings[Int(bytes[start])] {
            let prefix = prefixes[number]
            let pattern = patterns[number]
            let from = start + prefix.count
            guard from < bytes.count, bytes[start..<from].elementsEqual(prefix) else { continue }
            var run = runs.run(of: pattern.characters, at: from, in: bytes)
            var isNamed = false
            if !pattern.namedBy.isEmpty, IdentifierName.stands(before: start, in: bytes, among: pattern.namedBy) {
                let named = runs.run(of: .base64url, at: from, in: bytes)
                isNamed = IdentifierName.lengths.contains(named.end - from)
                if isNamed { run = named }
            }
            guard isNamed || pattern.length.contains(run.end - from), !pattern.needsDigit || run.lastDigit >= from else { continue }
            if run.end > best?.range.upperBound ?? 0 {
                best = ((pattern.keepsPrefix ? from : start)..<run.end, number)
            }
        }
        return best.map { ($0.range, .pattern($0.number)) }
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
