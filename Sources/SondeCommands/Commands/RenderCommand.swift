import Sonde

/// `sonde render [REPORT]`: any rendering of a saved report, judged again; nothing is sent.
struct RenderCommand: Command {
    static let spec = CommandSpec.render
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let (environment, catalog) = try tools.prepare(arguments, console)
        let outputs = try ReportOutputs(arguments, console: console, command: nil, state: nil)
        let judge = try Judge(vendors: catalog.vendors)
        var report =
            try arguments.positionals.first.map { (path) throws(UsageError) in
                try SavedReport.read(path, catalog: catalog, judge: judge, keepsUnknown: true)
            } ?? SavedReport.last(in: environment, catalog: catalog, judge: judge)
        if arguments.isGiven(Options.failOn) {
            report.failsOnWarning = arguments.choice(Options.failOn, as: FailureLevel.self) == .warn
        }
        if arguments.flag(Options.exitZero) { report.exitsZero = true }
        let secrets = RunSecrets.collect(reports: [report], catalog: catalog, environment: environment)
        console.guardOutput(against: secrets)
        let protection = PageProtection(secrets: secrets, patterns: catalog.patterns)
        try outputs.write(report, protection: protection, to: console)
        return outputs.status(of: report)
    }
}
