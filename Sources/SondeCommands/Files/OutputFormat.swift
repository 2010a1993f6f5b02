/// The forms a report can take.
enum OutputFormat: String, Hashable, CaseIterable {
    case text, json
    /// One line for each target: its id and its verdict.
    case ndjson
    /// The page for a merge request or a wiki.
    case markdown
    /// One self-contained page with all there is.
    case html
    case junit, tap
    /// Annotations for GitHub Actions, and the Markdown page for the summary of the step.
    case github
    case sarif
    /// For the textfile collector of node_exporter.
    case prometheus
    /// The line and the exit status that Nagios and its relatives expect.
    case nagios
    /// The page for a public thread or a support ticket; only ever a file, so that it is written whole or not at all.
    case evidence

    /// Those that standard output can have.
    static let printed = allCases.filter { !$0.isForFiles }

    /// Says whether it is written to files alone.
    var isForFiles: Bool { self == .evidence }

    /// The suffix of files in this format, without the dot; nil where it has none of its own, and must be named.
    var suffix: String? {
        switch self {
        case .text: "txt"
        case .json: "json"
        case .ndjson: "ndjson"
        case .markdown: "md"
        case .html: "html"
        case .junit: "xml"
        case .tap: "tap"
        case .sarif: "sarif"
        case .prometheus: "prom"
        case .github, .nagios, .evidence: nil
        }
    }
}
