import Sonde

/// `sonde evidence [REPORT …]`: the page for a public thread or a support ticket.
struct EvidenceCommand: Command {
    static let spec = CommandSpec.evidence
    private let arguments: ParsedArguments
    private let facts: EvidenceFacts
    private let paths: [String]

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
        facts = try EvidenceFacts(tried: arguments.strings(Options.tried), notes: arguments.strings(Options.note))
        paths = arguments.positionals
        var seen: Set<String> = []
        if let twice = paths.first(where: { !seen.insert($0).inserted }) {
            throw UsageError(.conflict, "The report \(argument: twice) is named twice", help: "Name each report once.")
        }
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let (environment, catalog) = try tools.prepare(arguments, console)
        let file = try arguments.string(Options.page).flatMap { (path) throws(UsageError) in
            try path == "-" ? nil : AtomicFile.prepare(path)
        }
        let judge = try Judge(vendors: catalog.vendors)
        let reports = try paths.map { (path) throws(UsageError) in
            (name: Optional(path), report: try SavedReport.read(path, catalog: catalog, judge: judge, keepsUnknown: true))
        }
        let sources =
            try reports.isEmpty ? [(name: nil, report: SavedReport.last(in: environment, catalog: catalog, judge: judge))] : reports
        let secrets = try await secrets(of: sources.map(\.report), catalog: catalog, environment: environment)
        console.guardOutput(against: secrets)
        let protection = PageProtection(secrets: secrets, patterns: catalog.patterns)
        let wantsIdentifiers = arguments.flag(Options.includeIdentifiers)
        let parts = sources.map {
            protection.source($0.report, name: sources.count > 1 ? $0.name.map(Self.fileName) : nil, keepsIdentifiers: wantsIdentifiers)
        }
        let page = EvidencePage(sources: parts, facts: facts).text
        let check = protection.check(keepsIdentifiers: parts.contains(where: \.keepsIdentifiers))
        try check.approve(
            page, remedy: "If it came with --tried or --note, leave it out there. A key that was typed is in your shell's history, too.")
        if let file { try console.commit(Array(page.utf8), to: file) } else { console.write(page) }
        console.note(check.words)
        if wantsIdentifiers, !parts.allSatisfy(\.keepsIdentifiers) {
            console.note("Note: Identifiers stay removed where 'check' ran without --include-identifiers.")
        }
        // A page about nothing is no evidence of anything.
        return sources.allSatisfy(\.report.targets.isEmpty) ? .inconclusive : .pass
    }

    /// Without its folders, which may name a person.
    private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Every key that can be found here: those of the vendors' variables, of the variables that the reports name, and of `--key`.
    private func secrets(of reports: [Report], catalog: VendorCatalog, environment: [String: String]) async throws -> [ProtectedSecret] {
        var secrets = RunSecrets.collect(reports: reports, catalog: catalog, environment: environment)
        let reader = KeyReader(environment: environment)
        for text in arguments.strings(Options.key) {
            let source = try KeyAssignment(text).source
            guard let secret = try await reader.read(source), !secrets.contains(where: { $0.secret == secret }) else { continue }
            secrets.append(ProtectedSecret(secret, source: source.display))
        }
        return secrets
    }
}
