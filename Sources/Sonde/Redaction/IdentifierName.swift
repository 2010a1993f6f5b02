/// The word that says what an identifier is, right in front of it: `organization: org-a1`, `"project_id":"proj_a1"`, `team team_a1`.
enum IdentifierName {
    /// How many characters may follow the prefix of an identifier that is named.
    static let lengths = 2...128
    /// Quotes, blanks and signs between the word and the identifier, escapes included.
    private static let greatestGap = 16

    /// Says whether one of the words stands before a place, with nothing between but signs, and perhaps `id`.
    static func stands(before place: Int, in bytes: [UInt8], among words: [String]) -> Bool {
        var end = gap(before: place, in: bytes)
        guard end < place else { return false }
        if end >= 2, bytes[end - 2].lowercasedASCII == UInt8(ascii: "i"), bytes[end - 1].lowercasedASCII == UInt8(ascii: "d") {
            // `org_id`, `organization id` and `organizationId`, and no word such as `valid`: what is in front of it decides.
            if ends(at: end - 2, in: bytes, with: words) { return true }
            end = gap(before: end - 2, in: bytes)
        }
        return ends(at: end, in: bytes, with: words)
    }

    /// Where the signs begin that end at a place; the place itself where there are none, or too many.
    private static func gap(before place: Int, in bytes: [UInt8]) -> Int {
        var start = place
        while start > 0, !bytes[start - 1].isASCIIAlphanumeric, bytes[start - 1] != UInt8(ascii: "\n") {
            start -= 1
            guard place - start <= greatestGap else { return place }
        }
        return start
    }

    private static func ends(at end: Int, in bytes: [UInt8], with words: [String]) -> Bool {
        words.contains { word in
            let start = end - word.utf8.count
            guard start >= 0, zip(bytes[start..<end], word.utf8).allSatisfy({ $0.lowercasedASCII == $1 }) else { return false }
            return start == 0 || !bytes[start - 1].isASCIIAlphanumeric
        }
    }
}
