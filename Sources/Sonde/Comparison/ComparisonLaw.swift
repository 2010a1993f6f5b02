/// One rule of comparison, with a name that appears in reports.
public struct ComparisonLaw: Sendable {
    public let name: String
    /// The rule in one sentence, for the documentation.
    public let statement: String
    /// Says whether nothing else is concluded where this law speaks.
    let isFinal: Bool
    let find: @Sendable (ComparisonMatrix) -> [Finding]

    /// What a law found, before its name is on it.
    struct Finding {
        var text: String
        var confidence = Confidence.likely
        var owner: Owner?
        var entries: [ComparisonMatrix.Entry]
        var nextSteps: [String] = []
    }

    init(_ name: String, _ statement: String, isFinal: Bool = false, _ find: @escaping @Sendable (ComparisonMatrix) -> [Finding]) {
        self.name = name
        self.statement = statement
        self.isFinal = isFinal
        self.find = find
    }

    /// Every law, in the order in which they speak.
    public static let all: [ComparisonLaw] = machine + ways + keys + services + rest

    /// What the laws say of a matrix.
    static func conclusions(from matrix: ComparisonMatrix, laws: [ComparisonLaw] = all) -> [Comparison.Conclusion] {
        var conclusions: [Comparison.Conclusion] = []
        for law in laws {
            let found = law.find(matrix).map { finding in
                // What another tool or version concluded is no firmer for being repeated here.
                let isOwn = finding.entries.allSatisfy { $0.result.notJudgedAgain == nil }
                return Comparison.Conclusion(
                    law: law.name, text: finding.text, confidence: isOwn ? finding.confidence : min(.likely, finding.confidence),
                    owner: finding.owner,
                    cells: finding.entries.map(\.index).unique.sorted(), nextSteps: finding.nextSteps)
            }
            conclusions += found
            if law.isFinal, !found.isEmpty { break }
        }
        return conclusions
    }
}

extension [ComparisonMatrix.Entry] {
    var working: Self { filter { $0.state == .works } }
    var failing: Self { filter { $0.state == .fails } }

    /// The one cause and reason that all of them have, if they have.
    var sharedCause: Cause? {
        guard let first, allSatisfy({ $0.cause == first.cause && $0.result.verdict.reason == first.result.verdict.reason }) else {
            return nil
        }
        return first.cause
    }

    var subjects: String { map(\.cell.subject).unique.listed }
    var ways: String { map(\.way).unique.listed }
}

extension [String] {
    /// `a, b and c`, or `a, b, c and 5 more`.
    package var listed: String {
        guard count > 1, let last else { return first ?? "" }
        guard count > 5 else { return dropLast().joined(separator: ", ") + " and " + last }
        return prefix(3).joined(separator: ", ") + " and \(count - 3) more"
    }
}
