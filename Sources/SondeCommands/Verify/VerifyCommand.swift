import Sonde

/// `sonde verify [REPORT]`: what failed in an earlier report again, everything else held constant.
struct VerifyCommand: Command {
    static let spec = CommandSpec.verify
    private let arguments: ParsedArguments
    private let wait: Duration?

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
        wait = arguments.duration(Options.wait)
        if let wait, wait < WaitSchedule.shortestPause {
            throw UsageError(
                .invalidValue, "'--wait' is shorter than the shortest pause between two rounds, 5 minutes",
                help: "Wait longer, or leave it out to ask once.")
        }
        if arguments.positionals.first == "-", arguments.strings(Options.key).contains(where: { $0 == "stdin" || $0.hasSuffix("=stdin") }) {
            throw UsageError(.conflict, "Report and key cannot both come from standard input", help: "Name a file for one of them.")
        }
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let (environment, catalog) = try tools.prepare(arguments, console)
        let known = RunSecrets.collect(targets: [], catalog: catalog, environment: environment)
        let saved = try EarlierReport.load(arguments.positionals.first, catalog: catalog, secrets: known, environment: environment)
        if saved.heldKey {
            console.note(
                "Note: The report held a key. It is not repeated here, but whoever has seen the report has the key: replace it at the vendor."
            )
        }
        let outputs = try ReportOutputs(arguments, console: console, command: saved.command, state: nil)
        var limits = try CheckOptions.limits(arguments)
        // Where it is asked again in any case, repetitions within a round would only cost.
        if wait != nil, !arguments.isGiven(Options.retry) { limits.retries = 0 }
        let plan = try await VerifyPlan(saved, arguments: arguments, catalog: catalog, environment: environment, limits: limits)
        let secrets = RunSecrets.collect(targets: plan.targets, catalog: catalog, environment: environment)
        console.guardOutput(against: secrets)
        let paid = WaitNotice(limit: wait, plan: plan, retries: limits.retries)
        if arguments.flag(Options.dryRun) {
            console.write(plan.dryRun(paid, own: .ownWords(secrets: secrets), width: console.width))
            return .pass
        }
        if !arguments.flag(Options.despiteDifferences) { try plan.refuseDifferences() }
        let session = VerifySession(
            console: console, outputs: outputs, limits: limits, secrets: secrets, notice: paid,
            keepsBodies: arguments.flag(Options.keepBodies), keepsIdentifiers: arguments.flag(Options.includeIdentifiers),
            showsProgress: !arguments.flag(Options.noProgress) && !arguments.flag(Options.quiet))
        return try await session.run(plan, catalog: catalog, interruption: tools.interruption)
    }
}
