/// What only the user knows, for the page: what was tried, and facts such as the plan.
struct EvidenceFacts: Hashable {
    struct Note: Hashable {
        var name: String
        var value: String
    }

    var tried: [String] = []
    var notes: [Note] = []

    init() {}

    init(tried: [String], notes: [String]) throws(UsageError) {
        self.tried = tried
        self.notes = try notes.map { (text) throws(UsageError) in try Note(text) }
    }

    /// What a support engineer asks for next, unless it is there: a note's name, and the label of the blank.
    private static let usual = [
        ("plan", "Plan"), ("sdk", "SDK and version"), ("elsewhere", "Same call from another network, machine or account"),
    ]

    /// Every fact in order, the usual ones first; nil where it is left to fill in.
    ///
    /// - Parameter others: Names of further things that are asked for.
    func lines(asked others: [String]) -> [(label: String, value: String?)] {
        let known = Self.usual + others.map { ($0, $0) }
        let value = { (name: String) in notes.last { $0.name.lowercased() == name.lowercased() }?.value }
        let names = Set(known.map { $0.0.lowercased() })
        return known.map { (label: $0.1, value: value($0.0)) }
            + notes.filter { !names.contains($0.name.lowercased()) }.map { (label: $0.name, value: $0.value) }
    }
}

extension EvidenceFacts.Note {
    /// Reads `plan=Pro`.
    init(_ text: String) throws(UsageError) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex, text.index(after: equals) != text.endIndex else {
            throw UsageError(
                .invalidValue, "The note \(argument: text) does not read NAME=VALUE", help: "Write it as in --note plan=Pro.")
        }
        self.init(name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }
}
