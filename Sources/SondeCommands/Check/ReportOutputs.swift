import Sonde

/// Where a report goes: standard output, and files that are prepared before the run and written whole after it.
struct ReportOutputs {
    /// What standard output gets.
    var standardFormat: OutputFormat { standard }

    private let standard: OutputFormat
    private let files: [(format: OutputFormat, file: AtomicFile)]
    private let look: TextLook
    private let state: StateDirectory?
    /// The file to which the runner wants the summary of this step appended.
    private let summary: String?

    /// Checks every path before anything is sent.
    ///
    /// - Parameters:
    ///   - state: Where the last report is kept, or nil where it is not.
    ///   - profile: Where the targets are written down, if that is not what `--profile` says.
    init(_ arguments: ParsedArguments, console: Console, command: String?, state: StateDirectory?, profile: String? = nil)
        throws(UsageError)
    {
        let standard = arguments.choice(Options.format, as: OutputFormat.self) ?? .text
        var format = standard
        var files: [(format: OutputFormat, file: AtomicFile)] = []
        for text in arguments.strings(Options.output) {
            let spec = try OutputSpec(text, standard: standard)
            guard let path = spec.path else {
                format = spec.format
                continue
            }
            files.append((spec.format, try AtomicFile.prepare(path)))
        }
        if format == .nagios, arguments.command.option(named: Options.format.name) == Options.formatButMonitoring {
            throw UsageError(
                .conflict, "'\(own: arguments.command.name)' tells monitoring nothing of how a service is now",
                help: "For monitoring: sonde check … --format nagios.")
        }
        self.standard = format
        self.files = files
        self.state = state
        let formats = [format] + files.map(\.format)
        let named = console.environment[StepSummary.variable].flatMap { $0.isEmpty ? nil : $0 }
        summary = formats.contains(.github) ? named : nil
        let detail: TextLook.Detail = arguments.flag(Options.quiet) ? .quiet : arguments.flag(Options.verbose) ? .verbose : .normal
        let color = arguments.choice(Options.color, as: ColorChoice.self) ?? .auto
        look = TextLook(
            width: min(console.width, 100), style: console.style(color), detail: detail, offersCommands: !console.isCI,
            command: command, keepsReport: state != nil, verifyCommand: Self.verifyCommand(arguments, files, state),
            sameOptions: Self.sameOptions(arguments),
            profile: formats.contains(.sarif) ? (profile ?? arguments.stringIfOffered(Options.profile)).map(ProfilePlaces.init(path:)) : nil
        )
    }

    /// What standard output will get, before anything else of the arguments is looked at.
    static func standardFormat(_ arguments: ParsedArguments) -> OutputFormat {
        let standard = arguments.choice(Options.format, as: OutputFormat.self) ?? .text
        let specs = arguments.strings(Options.output).compactMap { try? OutputSpec($0, standard: standard) }
        return specs.last { $0.path == nil }?.format ?? standard
    }

    /// What the process ends with: Nagios has statuses of its own.
    func status(of report: Report) -> ExitStatus {
        guard standard == .nagios else { return report.exitStatus }
        return NagiosState(ReportResults(report).outcome).exitStatus
    }

    /// The first file that holds the whole report, by which a later run may go.
    var reportPath: String? { files.first { $0.format == .json }?.file.path }

    /// What verifies this run's report later: the first JSON file of it, or the one that is kept.
    private static func verifyCommand(
        _ arguments: ParsedArguments, _ files: [(format: OutputFormat, file: AtomicFile)], _ state: StateDirectory?
    )
        -> String?
    {
        guard arguments.command.name == CommandSpec.check.name else { return nil }
        let path = arguments.strings(Options.output).lazy.compactMap { try? OutputSpec($0, standard: .text) }.first {
            $0.format == .json && $0.path?.hasPrefix("/dev/") == false
        }?.path
        if let path { return "sonde verify \(ShellWord.quoted(path))" }
        return state == nil ? nil : "sonde verify"
    }

    /// The options that no report answers for, as far as they were given.
    private static func sameOptions(_ arguments: ParsedArguments) -> String? {
        let names = [
            Options.key, Options.organization, Options.project, Options.team, Options.header, Options.certificate, Options.certificateKey,
            Options.proxy, Options.proxyUser, Options.interface, Options.ipv4, Options.ipv6, Options.resolve, Options.connectTo,
            Options.certificateAuthorities, Options.allowHTTP, Options.body, Options.envFile, Options.vendorDirectory,
            Options.overrideVendor,
        ].filter(arguments.isGiven).map(\.display)
        return names.isEmpty ? nil : "with the same \(names.joined(separator: " "))"
    }

    /// Says whether nothing but a line for each case is wanted, on standard output: then none needs to be kept.
    var isLinesOnly: Bool { standard == .ndjson && files.isEmpty }

    /// Writes the files alone; one that cannot be written keeps none of the others back.
    ///
    /// - Returns: What was wrong with each file, by its path; nil where nothing was.
    func writeFiles(_ report: Report, protection: PageProtection, to console: Console) -> [(path: String, error: UsageError?)] {
        var pages = Pages(report: report, look: plain, protection: protection)
        return write(files, &pages, to: console)
    }

    /// Writes everything: what cannot be written keeps nothing else back, for the requests were sent, and maybe paid for.
    ///
    /// - Parameters:
    ///   - lines: What is written as `ndjson`, where that is more than a line for each target.
    ///   - protection: What a page for other people's eyes must not hold.
    ///   - path: The file that the report was read from, which stays as it is.
    /// - Throws: The first thing that could not be written; the others are said.
    func write(
        _ report: Report, lines: [UInt8]? = nil, protection: PageProtection, reusedFrom path: String? = nil, to console: Console
    ) throws(UsageError) {
        var pages = Pages(report: report, look: plain, protection: protection, made: lines.map { [.ndjson: $0] } ?? [:])
        var errors = write(files.filter { $0.format != .json || $0.file.path != path }, &pages, to: console).compactMap(\.error)
        if files.contains(where: { $0.format == .evidence }) {
            console.note(protection.check(keepsIdentifiers: false).words)
            if report.includesIdentifiers {
                console.note(
                    "Identifiers are not in that page; of the saved report 'sonde evidence' keeps them with --include-identifiers.")
            }
        }
        if let summary {
            do throws(UsageError) { try console.append(StepSummary.bytes(of: report), to: summary) } catch { errors.append(error) }
        }
        if let state, path == nil {
            let bytes = try pages.bytes(.json)
            // Keeping the last report is a convenience: a full disk must not spoil the answer.
            if console.mayWrite(bytes) { try? state.save(bytes, as: SavedReport.lastName) }
        }
        try console.write(standard == .text ? Rendering.bytes(of: report, as: standard, look, protection) : pages.bytes(standard))
        for error in errors.dropFirst() { console.note("Error: \(error.message)") }
        if let error = errors.first { throw error }
    }

    /// How what is not for the screen looks.
    private var plain: TextLook {
        var plain = look
        plain.style = .plain
        plain.width = 80
        return plain
    }

    private func write(
        _ files: [(format: OutputFormat, file: AtomicFile)], _ pages: inout Pages, to console: Console
    ) -> [(path: String, error: UsageError?)] {
        files.map { format, file in
            do throws(UsageError) {
                try console.commit(pages.bytes(format), to: file)
                return (file.path, nil)
            } catch {
                return (file.path, error)
            }
        }
    }

    /// A long report is rendered once for all who want it alike; standard output alone has a look of its own.
    private struct Pages {
        let report: Report
        let look: TextLook
        let protection: PageProtection
        var made: [OutputFormat: [UInt8]] = [:]

        mutating func bytes(_ format: OutputFormat) throws(UsageError) -> [UInt8] {
            if let known = made[format] { return known }
            let bytes = try Rendering.bytes(of: report, as: format, look, protection)
            made[format] = bytes
            return bytes
        }
    }
}
