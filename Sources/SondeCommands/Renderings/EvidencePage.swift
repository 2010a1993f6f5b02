import Sonde

/// The page to paste into a public thread or a support ticket, in Markdown: one target, or several with a table on top.
///
/// Every text of a report is foreign here, since the report may be anybody's: it passes through ``Redactor`` and ``Markdown``, in this
/// order, on its only way into the page.
struct EvidencePage {
    /// A report and what hides things in it.
    struct Source {
        var report: Report
        /// The name of its file, for telling several apart; nil where there is but one.
        var name: String?
        var redactor: Redactor
        /// Says whether its identifiers are left in the page.
        var keepsIdentifiers = false
    }

    let sources: [Source]
    var facts = EvidenceFacts()

    /// A page is there to be read: of many targets only so many have a section, those that are not well first.
    private static let sectionLimit = 5

    private struct Entry {
        var source: Source
        var result: TargetResult
    }

    private var entries: [Entry] { sources.flatMap { source in source.report.targets.map { Entry(source: source, result: $0) } } }

    var text: String {
        let entries = entries
        var blocks: [[String]] = []
        if entries.count == 1, let only = entries.first {
            blocks = section(of: only).blocks(level: 1) + [offline].filter { !$0.isEmpty }
        } else {
            blocks = ([["# \(title(entries))"], table(entries), proofs, offline] + measurements).filter { !$0.isEmpty }
            let shown = Self.shown(entries)
            for entry in shown { blocks += section(of: entry).blocks(level: 2) }
            if shown.count < entries.count {
                blocks.append(["\(entries.count - shown.count) more targets are only in the table; a report of fewer shows each."])
            }
        }
        let sections = entries.map { section(of: $0) }
        blocks += closing(sections)
        return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private func section(of entry: Entry) -> EvidenceSection {
        EvidenceSection(report: entry.source.report, result: entry.result, redactor: entry.source.redactor)
    }

    private static func shown(_ entries: [Entry]) -> [Entry] {
        guard entries.count > sectionLimit else { return entries }
        return Array(entries.lazy.filter { $0.result.outcome != .pass }.prefix(sectionLimit))
    }

    // MARK: On top

    private func title(_ entries: [Entry]) -> String {
        if entries.isEmpty { return "Nothing was measured" }
        let failed = entries.count { $0.result.verdict.cause != .healthy }
        let what = sources.count == 1 ? "\(entries.count) targets" : "\(entries.count) targets in \(sources.count) reports"
        return failed == 0 ? "\(what), all healthy" : "\(what), \(failed) not healthy"
    }

    private func table(_ entries: [Entry]) -> [String] {
        guard !entries.isEmpty else { return ["No target was checked."] }
        var titles = ["target", "service", "verdict", "status", "checked (UTC)"]
        if sources.count > 1 { titles.append("report") }
        return Markdown.header(titles)
            + entries.map { entry in
                let section = section(of: entry)
                var cells = [
                    section.code(entry.result.target.name), section.prose(entry.result.target.vendor.name),
                    "\(section.code(entry.result.verdict.cause.rawValue)), \(entry.result.verdict.confidence.rawValue)",
                    section.statuses, EvidenceSection.clock(entry.result.startedAt),
                ]
                if sources.count > 1 { cells.append(section.code(entry.source.name ?? "")) }
                return Markdown.row(cells)
            }
    }

    /// What the targets' difference proves, where they were compared.
    private var proofs: [String] {
        sources.flatMap { source in
            (source.report.comparison?.conclusions ?? []).map { conclusion in
                "- \(Markdown.prose(source.redactor.redact(conclusion.text))) (\(conclusion.confidence.rawValue))"
            }
        }
    }

    /// The times that were measured, and who lists which models.
    private var measurements: [[String]] {
        sources.flatMap { source in
            source.report.comparison.map { MarkdownMeasurements(comparison: $0, clean: source.redactor.redact).blocks } ?? []
        }
    }

    private var offline: [String] {
        sources.contains { $0.report.isOffline }
            ? ["No host was reached, and all failed alike: the machine seems to have been offline. No service is blamed."] : []
    }

    // MARK: At the end

    private func closing(_ sections: [EvidenceSection]) -> [[String]] {
        let isHealthy = sections.allSatisfy { $0.result.verdict.cause == .healthy }
        var blocks: [[String]] = []
        if !isHealthy || facts != EvidenceFacts() {
            let tried =
                facts.tried.isEmpty ? ["- Tried before: \(Self.blank)"] : facts.tried.map { "- Tried before: \(Markdown.prose($0))" }
            let others = isHealthy ? [] : sections.flatMap(\.openQuestions)
            var seen: Set<String> = []
            let lines = facts.lines(asked: others.filter { seen.insert($0).inserted }).map { label, value in
                "- \(Markdown.prose(label)): \(value.map(Markdown.prose) ?? Self.blank)"
            }
            blocks.append(["## Also known"])
            blocks.append(tried + lines)
        }
        let channels = isHealthy ? [] : channels(sections)
        if !channels.isEmpty { blocks += [["## Where to send this"], channels] }
        blocks.append([foot])
        return blocks
    }

    private static let blank = "________ (fill in, or delete this line)"

    /// The vendors' channels, each once, and what they ask for.
    private func channels(_ sections: [EvidenceSection]) -> [String] {
        var seen: Set<String> = []
        return sections.filter { $0.result.verdict.cause != .healthy }.compactMap { section in
            let vendor = section.result.target.vendor
            guard section.isAnswered || section.result.exchanges.isEmpty else {
                guard seen.insert(section.result.target.baseURL.host).inserted else { return nil }
                return
                    "- Whoever runs the network from here to \(section.code(section.result.target.baseURL.host)): the service answered nothing, so its support has nothing to look up."
            }
            guard let support = vendor.support else {
                let host = section.result.target.baseURL.host
                return seen.insert(host).inserted ? "- Whoever runs \(section.code(host))." : nil
            }
            guard seen.insert(vendor.id).inserted else { return nil }
            let asked = support.asksFor.isEmpty ? "" : " It asks for: \(Markdown.prose(support.asksFor.joined(separator: "; ")))."
            return "- \(Markdown.prose(vendor.name)): \(Markdown.link(support.url))\(asked)"
        }
    }

    private var foot: String {
        let hidden =
            sources.contains(where: \.keepsIdentifiers)
            ? "Identifiers are in it: for a private ticket only, never for a public thread."
            : "Keys, identifiers of accounts, e-mail and IP addresses are removed. Give an identifier only in a private message to staff, even when it is asked for in public."
        return "Made with \(Tool.name) \(Tool.version). \(hidden)"
    }
}
