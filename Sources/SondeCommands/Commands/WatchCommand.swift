import Sonde

/// `sonde watch [TARGET …]`: rounds of checks, a line for each change of a verdict.
struct WatchCommand: Command {
    static let spec = CommandSpec.watch
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
        for text in arguments.strings(Options.output) where try OutputSpec(text, standard: .text).path == nil {
            throw UsageError(
                .conflict, "'--output' names standard output, which gets a line for each change",
                help: "Name a file, such as -o report.json.")
        }
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let (environment, catalog) = try tools.prepare(arguments, console)
        let profile = try ProfileFile.load(
            arguments.string(Options.profile), environment: environment, catalog: catalog, keySources: KeyVariables.named(in: arguments))
        let orders = try TargetOrders(
            arguments: arguments, catalog: catalog, environment: environment, isInteractive: console.isInteractive, profile: profile
        ).orders().map { (order) throws(UsageError) in try LocatedOrder(order, environment: environment) }
        try refuseHaste(orders)
        let outputs = try ReportOutputs(arguments, console: console, command: nil, state: nil)
        let keys = KeyAssignments.Cache()
        let builder = TargetBuilder(
            catalog: catalog, environment: environment,
            keys: try KeyAssignments(
                arguments.strings(Options.key), orders: orders, reader: KeyReader(environment: environment), cache: keys),
            routes: try RouteOptions(arguments, environment: environment, profileRoutes: profile?.profile.routes ?? []),
            shared: TargetBuilder.Shared(
                model: arguments.string(Options.model), scopes: CheckOptions.scopes(arguments),
                headers: try HeaderOption.headers(arguments.strings(Options.header), orders: orders, environment: environment),
                allowsPlainHTTP: arguments.flag(Options.allowHTTP)))
        let targets = try await WatchTargets(orders, builder: builder, keys: keys)
        var options = CheckOptions.diagnosis(arguments)
        try CheckOptions.refuseNothing(options)
        options.asksThirdParties = false
        let limits = try CheckOptions.limits(arguments)
        let budget = budget(targets.targets, options)
        options.costLimit = budget?.limit
        let wanted = WatchPlan(
            every: every, inferEvery: options.asksForInference ? arguments.integer(Options.inferEvery) : nil,
            rounds: arguments.integer(Options.rounds), ceiling: budget?.calls ?? ceiling,
            paidCallsPerRound: targets.targets.reduce(0) { $0 + RequestPlan.paidCalls(for: $1, options: options, limits: limits) })
        // What users said themselves is kept or refused; what they left to us is made to fit.
        let plan = arguments.isGiven(Options.inferEvery) ? wanted : wanted.spaced ?? wanted
        let secrets = RunSecrets.collect(targets: targets.targets, catalog: catalog, environment: environment)
        console.guardOutput(against: secrets)
        let notice = WatchNotice(plan: plan, targets: orders.count, budget: budget, isSpaced: plan != wanted)
        if arguments.flag(Options.dryRun) {
            let own = Redactor.ownWords(secrets: secrets)
            let requests = DryRun(targets: targets.targets.map { $0.redacted(by: own) }, options: options, limits: limits)
            let format = arguments.choice(Options.format, as: OutputFormat.self) ?? .text
            console.write(requests.bytes(as: format, width: console.width))
            let lines = notice.lines(to: console.width)
            format == .text ? console.write(lines + "\n") : console.note(lines)
            return .pass
        }
        if let refusal = notice.refusal { throw refusal }
        var check = CheckSession(
            console: console, outputs: outputs, options: options, limits: limits, secrets: secrets,
            keepsBodies: arguments.flag(Options.keepBodies), keepsIdentifiers: arguments.flag(Options.includeIdentifiers))
        let own = Redactor.ownWords(secrets: secrets, patterns: catalog.patterns)
        check.settings = RunSettings.lines(targets.targets, arguments).map(own.redact)
        let engine = try WatchEngine(
            targets: targets, check: check, catalog: catalog, environment: environment)
        return try await WatchSession(
            console: console, plan: plan, notice: notice, engine: engine, screen: screen(console, plan), options: options, limits: limits
        ).run()
    }

    /// Paid calls within a day.
    private var ceiling: Int { arguments.integer(Options.dailyRequests) ?? 200 }

    private func budget(_ targets: [Target], _ options: Diagnosis.Options) -> WatchBudget? {
        guard options.asksForInference, let amount = arguments.string(Options.dailyCost).flatMap(DecimalText.parse) else { return nil }
        return WatchBudget(
            amount: amount, ceiling: ceiling, isCeilingGiven: arguments.isGiven(Options.dailyRequests), targets: targets, options: options)
    }

    private var every: Duration { arguments.duration(Options.every) ?? .seconds(60) }

    /// Who is asked in earnest is not asked without a pause.
    private func refuseHaste(_ orders: [LocatedOrder]) throws(UsageError) {
        guard every < .seconds(1), let other = orders.first(where: { !$0.baseURL.isLoopback }) else { return }
        throw UsageError(
            .invalidValue, "'--every' is shorter than a second, and \(outside: other.order.name) is not on this machine",
            help: "Wait a second or more between rounds; less is for services on this machine.")
    }

    private func screen(_ console: Console, _ plan: WatchPlan) -> WatchScreen {
        let format = arguments.isGiven(Options.watchFormat) ? arguments.choice(Options.format, as: OutputFormat.self) : nil
        let isPlain = format ?? (console.terminals.output ? .text : .ndjson) == .ndjson
        let detail: TextLook.Detail =
            arguments.flag(Options.watchQuiet) ? .quiet : arguments.flag(Options.watchVerbose) ? .verbose : .normal
        let color = arguments.choice(Options.color, as: ColorChoice.self) ?? .auto
        if isPlain { return WatchScreen(console: console, plan: plan, form: .lines, detail: detail, style: .plain) }
        let isLive =
            console.isInteractive && console.environment["TERM"] != "dumb" && !arguments.flag(Options.noTable) && detail != .quiet
        return WatchScreen(console: console, plan: plan, form: isLive ? .table : .text, detail: detail, style: console.style(color))
    }
}

extension Diagnosis.Options {
    /// Says whether any check is answered by a request that generates something.
    fileprivate var asksForInference: Bool { infers || (pays && !checks.isDisjoint(with: CheckList.optional)) }
}
