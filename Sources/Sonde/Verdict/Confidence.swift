/// How far a conclusion can be trusted.
public enum Confidence: String, Sendable, Hashable, CaseIterable, Comparable {
    /// One explanation among several.
    case possible
    /// The best explanation; something else would be a surprise.
    case likely
    /// The evidence admits nothing else: wrong at most once in a hundred.
    case certain

    private var rank: Int {
        switch self {
        case .possible: 0
        case .likely: 1
        case .certain: 2
        }
    }

    public static func < (a: Confidence, b: Confidence) -> Bool { a.rank < b.rank }
}
