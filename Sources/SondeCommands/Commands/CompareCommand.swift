import Sonde

/// `sonde compare TARGET…`: the same checks over every combination of targets, routes and keys, and what their difference proves.
struct CompareCommand: Command {
    static let spec = CommandSpec.compare
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
        guard arguments.strings(Options.from).isEmpty || arguments.positionals.isEmpty else {
            throw UsageError(
                .conflict, "'--from' compares reports that were made before, so it takes no targets",
                help: "Leave out the targets, or '--from'.")
        }
        let alone = [
            Options.keys, Options.routes, Options.samples, Options.profile, Options.dryRun, Options.model, Options.models, Options.maxCost,
        ]
        if arguments.isGiven(Options.from), let other = alone.first(where: arguments.isGiven) {
            throw UsageError(
                .conflict, "'--from' compares reports that were made before, so '--\(own: other.name)' has no meaning for it",
                help: "Leave out one of the two.")
        }
        for option in [Options.routes, Options.keys] {
            let values = arguments.strings(option)
            for (index, value) in values.enumerated() where values[..<index].contains(value) {
                // A command may hold what must not be repeated.
                let source = option == Options.keys ? try KeyAssignment(value).source : nil
                let named: EchoedText = if case .command = source { "one command" } else { "\(argument: value)" }
                throw UsageError(.conflict, "'--\(own: option.name)' names \(named) twice, and compared with itself it differs in nothing")
            }
        }
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let (environment, catalog) = try tools.prepare(arguments, console)
        let from = arguments.strings(Options.from)
        if !from.isEmpty {
            let outputs = try ReportOutputs(arguments, console: console, command: nil, state: nil)
            var report = try MergedReports(paths: from, catalog: catalog, environment: environment).report()
            report.failsOnWarning = arguments.choice(Options.failOn, as: FailureLevel.self) == .warn
            report.exitsZero = arguments.flag(Options.exitZero)
            let secrets = RunSecrets.collect(reports: [report], catalog: catalog, environment: environment)
            console.guardOutput(against: secrets)
            let protection = PageProtection(
                secrets: secrets,
                patterns: catalog.patterns)
            try outputs.write(report, protection: protection, to: console)
            return outputs.status(of: report)
        }
        let (targets, plan) = try await ComparisonBuilder(
            catalog: catalog, environment: environment, arguments: arguments,
            profile: try ProfileFile.load(
                arguments.string(Options.profile), environment: environment, catalog: catalog, keySources: KeyVariables.named(in: arguments)
            )
        ).build()
        let secrets = RunSecrets.collect(targets: targets, catalog: catalog, environment: environment)
        console.guardOutput(against: secrets)
        let limits = try CheckOptions.limits(arguments)
        var options = CheckOptions.diagnosis(arguments)
        try CheckOptions.refuseNothing(options)
        options.tracesEgress = true
        let costs = CheckOptions.costLimits(arguments, cells: targets.count, rounds: plan.rounds, options)
        options.costLimit = costs.checks
        try refuseTooMany(plan, options)
        let outputs = try ReportOutputs(
            arguments, console: console, command: nil,
            state: console.isInteractive && !arguments.flag(Options.dryRun) ? StateDirectory(environment: environment) : nil)
        for text in plan.renamings {
            console.note(wrapped("Note: " + Redactor.ownWords(secrets: secrets).redact(text), console))
        }
        if arguments.flag(Options.dryRun) {
            let own = Redactor.ownWords(secrets: secrets)
            let requests = DryRun(targets: targets.map { $0.redacted(by: own) }, options: options, limits: limits)
            console.write(requests.bytes(as: outputs.standardFormat, width: console.width))
            if let rounds = plan.rounds {
                let words = wrapped(measurement(plan, rounds, limits), console)
                if outputs.standardFormat == .text { console.write(words + "\n") } else { console.note(words) }
            }
            return .pass
        }
        try CheckOptions.refuseCost(of: targets, options)
        if let limit = costs.samples, let rounds = plan.rounds {
            try CheckOptions.refuseCost(ofMeasuring: targets, options, requests: rounds + 1, limit: limit)
        }
        if let rounds = plan.rounds { console.note(wrapped(measurement(plan, rounds, limits), console)) }
        var session = CheckSession(
            console: console, outputs: outputs, options: options, limits: limits, secrets: secrets,
            keepsBodies: arguments.flag(Options.keepBodies), keepsIdentifiers: arguments.flag(Options.includeIdentifiers),
            failsOnWarning: arguments.choice(Options.failOn, as: FailureLevel.self) == .warn,
            isExitZero: arguments.flag(Options.exitZero),
            showsProgress: !arguments.flag(Options.noProgress) && !arguments.flag(Options.quiet))
        let own = Redactor.ownWords(secrets: secrets, patterns: catalog.patterns)
        session.settings = RunSettings.lines(targets, arguments).map(own.redact)
        session.comparison = plan
        session.sampleCostLimit = costs.samples
        return try await session.run(targets, catalog: catalog, interruption: tools.interruption)
    }

    private func wrapped(_ text: String, _ console: Console) -> String {
        TerminalText.wrapped(TerminalText.escaped(text), to: console.width).joined(separator: "\n")
    }

    /// The requests of the measurement, which are counted before any is sent.
    private func refuseTooMany(_ plan: ComparisonPlan, _ options: Diagnosis.Options) throws(UsageError) {
        guard let rounds = plan.rounds else { return }
        guard options.infers else {
            throw UsageError(
                .conflict, "'--samples' measures inference, and '--no-inference' forbids it", help: "Leave one of the two out.")
        }
        guard plan.cells.count > 1 else {
            throw UsageError(.conflict, "'--samples' compares the times of at least two services, routes or keys")
        }
        let count = SampleRun.requests(cells: plan.cells.count, rounds: rounds)
        let limit = arguments.integer(Options.maxRequests) ?? 200
        guard count > limit else { return }
        throw UsageError(
            .configuration,
            "\(own: "\(rounds)") samples of \(own: "\(plan.cells.count)") combinations are \(own: "\(count)") paid requests",
            help: "Nothing was sent. Take fewer samples, or allow it: --max-requests \(own: "\(count)")")
    }

    private func measurement(_ plan: ComparisonPlan, _ rounds: Int, _ limits: RunLimits) -> String {
        let count = SampleRun.requests(cells: plan.cells.count, rounds: rounds)
        let end =
            limits.samplesWithinRun
            ? "ends with the run, \(DurationText.words(limits.deadline)) after its start"
            : "ends after \(DurationText.words(limits.sampling(count))) at the latest"
        return
            "Measuring sends up to \(count) paid requests more: \(Counted.text(rounds, "round")) and one to warm up, for each of \(plan.cells.count) combinations that work. It \(end) (--deadline)."
    }
}
