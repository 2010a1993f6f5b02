/// The forms a report can take.
enum OutputFormat: String, Hashable, CaseIterable {
    case text, json
    /// One line for each target: its id and its verdict.
    case ndjson

    /// The suffix of files in this format, without the dot.
    var suffix: String {
        switch self {
        case .text: "txt"
        case .json: "json"
        case .ndjson: "ndjson"
        }
    }
}
