/// The forms a report can take.
enum OutputFormat: String, Hashable, CaseIterable {
    case text, json
    /// One line for each target: its id and its verdict.
    case ndjson
    /// The page for a public thread or a support ticket; only ever a file, so that it is written whole or not at all.
    case evidence

    /// Those that standard output can have.
    static let printed = allCases.filter { !$0.isForFiles }

    /// Says whether it is written to files alone.
    var isForFiles: Bool {
        switch self {
        case .text, .json, .ndjson: false
        case .evidence: true
        }
    }

    /// The suffix of files in this format, without the dot.
    var suffix: String {
        switch self {
        case .text: "txt"
        case .json: "json"
        case .ndjson: "ndjson"
        case .evidence: "md"
        }
    }
}
