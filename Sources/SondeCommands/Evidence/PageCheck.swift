import Sonde

/// What a page for other people's eyes is searched for before it is written.
struct PageCheck {
    private let scanner: SecretScanner
    private let redactor: Redactor
    private let names: [String]
    private let keys: Int

    /// - Parameter keepsIdentifiers: Says whether identifiers and addresses may be in the page.
    init(secrets: [ProtectedSecret], patterns: [Pattern], keepsIdentifiers: Bool) {
        var seen: Set<Pattern> = []
        let patterns = patterns.filter { (!keepsIdentifiers || $0.kind == .credential) && seen.insert($0).inserted }
        scanner = SecretScanner(secrets: secrets)
        redactor = Redactor(secrets: [], patterns: patterns, keepsIdentifiers: keepsIdentifiers)
        names = patterns.map(\.name) + (keepsIdentifiers ? [] : ["e-mail address", "IP address"])
        keys = secrets.count { !$0.isIdentifier }
    }

    /// What to say when nothing was found.
    var words: String {
        let shapes = "\(names.count) patterns"
        return keys == 0
            ? "The page was checked against \(shapes) only: no key was found to look for."
            : "The page was checked against \(keys) \(keys == 1 ? "key" : "keys") and \(shapes)."
    }

    /// What was found, and where; never the thing itself.
    struct Finding: Hashable {
        /// From 1.
        var line: Int
        var what: String
    }

    /// The first thing in a page that must not be there; nil when it may be written.
    ///
    /// What Markdown puts between words could part what belongs together, so each line is also looked at without it.
    func firstFinding(in page: String) -> Finding? {
        let bytes = Array(page.utf8)
        if let leak = scanner.firstLeak(in: bytes) {
            let line = bytes[..<min(leak.offset, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
            return Finding(line: line, what: leak.source.isEmpty ? "a key" : "the key from \(leak.source)")
        }
        for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = String(line)
            for text in [line, line.filter { $0 != "`" && $0 != "\\" }] {
                if let name = firstShape(in: text) { return Finding(line: index + 1, what: "something shaped like an \(name)", name) }
            }
        }
        return nil
    }

    private func firstShape(in text: String) -> String? {
        let redacted = redactor.redact(text)
        guard redacted != text else { return nil }
        return names.first { redacted.contains("[redacted \($0)]") && !text.contains("[redacted \($0)]") } ?? "key or identifier"
    }

    /// The page, if it may be written.
    ///
    /// - Parameter remedy: What to do about a finding.
    func approve(_ page: String, remedy: EchoedText) throws(UsageError) {
        guard let finding = firstFinding(in: page) else { return }
        throw UsageError(
            .output, "The page was not written: its line \(finding.line) holds \(outside: finding.what), which is not shown here",
            help: remedy)
    }
}

extension PageCheck.Finding {
    fileprivate init(line: Int, what: String, _ name: String) {
        let isVowel = name.first.map { "aeiouAEIOU".contains($0) } ?? false
        self.init(line: line, what: isVowel ? what : "something shaped like a \(name)")
    }
}
