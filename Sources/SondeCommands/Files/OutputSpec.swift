/// A place for a report and its format there, as `--output` takes it: `[FORMAT=]FILE`.
struct OutputSpec: Hashable {
    /// Nil for standard output, `-`.
    var path: String?
    var format: OutputFormat

    init(path: String?, format: OutputFormat) {
        self.path = path
        self.format = format
    }

    /// Reads `json=report`, `report.json`, or `-`.
    ///
    /// - Parameter standard: What `-` and device files get, which have no suffix: the value of `--format`.
    init(_ text: String, standard: OutputFormat) throws(UsageError) {
        var path = text
        var named: OutputFormat?
        // Letters before the first `=` can only be meant as a format; a path with one can be written `./a=b.json`.
        if let equals = text.firstIndex(of: "="),
            text[..<equals].allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "-") }) || KeyShape.matches(String(text[..<equals]))
        {
            let name = String(text[..<equals])
            guard let format = OutputFormat(rawValue: name.lowercased()) else {
                throw .unknown("format", name, among: OutputFormat.allCases.map(\.rawValue))
            }
            named = format
            path = String(text[text.index(after: equals)...])
        }
        guard !path.isEmpty else { throw UsageError(.output, "No file is named in \(argument: text)", help: Self.remedy) }
        if path == "-" {
            if let named, named.isForFiles {
                throw UsageError(
                    .output, "The format \(own: named.rawValue) is written to files only",
                    help: "Name a file, as in -o \(own: named.rawValue)=page.md.")
            }
            self.init(path: nil, format: named ?? standard)
        } else if let format = named ?? Self.format(of: path) ?? (path.hasPrefix("/dev/") ? standard : nil) {
            self.init(path: path, format: format)
        } else {
            throw UsageError(.output, "The format for \(argument: path) is not known from its suffix", help: Self.remedy)
        }
    }

    private static func format(of path: String) -> OutputFormat? {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let suffix = name[name.index(after: dot)...].lowercased()
        return OutputFormat.allCases.first { $0.suffix == suffix }
    }

    private static var remedy: EchoedText {
        let suffixes = OutputFormat.allCases.compactMap { $0.suffix.map { "." + $0 } }.joined(separator: ", ")
        let formats = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
        return "End its name in one of \(own: suffixes), or write FORMAT=FILE with one of \(own: formats)."
    }
}

extension OutputSpec {
    /// All places named by `--output`; no file twice.
    static func list(_ texts: [String], standard: OutputFormat) throws(UsageError) -> [OutputSpec] {
        var result: [OutputSpec] = []
        for text in texts {
            let spec = try OutputSpec(text, standard: standard)
            if result.contains(where: { $0.path == spec.path && !(spec.path ?? "").hasPrefix("/dev/") }) {
                throw UsageError(.output, "Two outputs go to \(argument: spec.path ?? "-")", help: "Name a file for each.")
            }
            result.append(spec)
        }
        return result
    }
}
