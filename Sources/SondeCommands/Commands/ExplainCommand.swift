import Sonde
import SondeHTTP
import SondeJSON

/// `sonde explain [FILE|-]`: a diagnosis without network.
struct ExplainCommand: Command {
    static let spec = CommandSpec.explain
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let path = try path(console)
        let catalog = try tools.vendors.load(
            directories: arguments.strings(Options.vendorDirectory), overridden: arguments.strings(Options.overrideVendor),
            environment: console.environment)
        let outputs = try ReportOutputs(arguments, console: console, command: path == "-" ? nil : "sonde explain \(path)", state: nil)
        let secrets = RunSecrets.collect(targets: [], catalog: catalog, environment: console.environment)
        let scanner = SecretScanner(secrets: secrets)
        console.guardOutput { scanner.firstLeak(in: $0) != nil }
        let patterns = catalog.patterns
        let scrubber = Scrubber(secrets: secrets, patterns: patterns)
        let explainer = try Explainer(
            catalog: catalog, vendor: vendor(in: catalog), redactor: Redactor(secrets: secrets, patterns: patterns),
            moment: Timestamp(microseconds: System.now()))
        let input = RecordingInput(lines: try InputLines(path, purpose: "recording"), scrubber: scrubber)
        let unreadable =
            try outputs.isLinesOnly
            ? stream(input, explainer, to: console)
            : collect(input, explainer, outputs, PageProtection(secrets: secrets, patterns: patterns), console)
        if scrubber.hasFoundKey {
            let words =
                "Note: The text held a key. It is not repeated here, but whoever has seen the text has the key: replace it at the vendor."
            console.note(TerminalText.wrapped(words, to: console.width).joined(separator: "\n"))
        }
        return unreadable > 0 ? .usage : .pass
    }

    private func path(_ console: Console) throws(UsageError) -> String {
        if let path = arguments.positionals.first { return path }
        guard !console.terminals.input else {
            throw UsageError(
                .missingArgument, "There is nothing to explain", help: "Name a file, or '-' and paste the text, then press Ctrl-D.")
        }
        return "-"
    }

    private func vendor(in catalog: VendorCatalog) throws(UsageError) -> Vendor? {
        guard let name = arguments.string(Options.vendor) else { return nil }
        guard let vendor = catalog.vendor(named: name) else { throw .unknown("vendor", name, among: catalog.names) }
        return vendor
    }

    /// Writes a line for each case as it comes; the number of those that could not be read.
    private func stream(_ input: RecordingInput, _ explainer: Explainer, to console: Console) throws(UsageError) -> Int {
        var unreadable = 0
        var output: [UInt8] = []
        try input.forEach { item in
            for outcome in explainer.explain(item) {
                outcome.write(to: &output)
                if case .unreadable = outcome { unreadable += 1 }
            }
            if output.count > 1 << 16 {
                console.write(output)
                output.removeAll(keepingCapacity: true)
            }
            return !console.hasLostReader
        }
        if !output.isEmpty { console.write(output) }
        return unreadable
    }

    /// Writes one report about all cases.
    private func collect(
        _ input: RecordingInput, _ explainer: Explainer, _ outputs: ReportOutputs, _ protection: PageProtection, _ console: Console
    ) throws -> Int {
        let start = ContinuousClock.now
        var results: [TargetResult] = []
        var unreadable = 0
        var lines: [UInt8] = []
        try input.forEach { item in
            for outcome in explainer.explain(item) {
                outcome.write(to: &lines)
                switch outcome {
                case .explained(_, let result): results.append(result)
                case .unreadable(let line, let error):
                    unreadable += 1
                    console.note("Error: Line \(line): \(TerminalText.escaped(error))")
                }
            }
            return true
        }
        guard !results.isEmpty || unreadable == 0 else { return unreadable }
        let report = Report(
            startedAt: explainer.moment, zoneOffsetSeconds: System.zoneOffset(atSeconds: explainer.moment.seconds),
            duration: ContinuousClock.now - start,
            network: Report.NetworkFacts(library: CurlLibrary.version), targets: results, recorded: Report.Recorded(unreadable: unreadable))
        try outputs.write(report, lines: lines, protection: protection, to: console)
        return unreadable
    }
}
