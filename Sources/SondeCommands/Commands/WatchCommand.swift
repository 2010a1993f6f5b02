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
        let plan = WatchPlan(
            every: every, inferEvery: options.pays ? arguments.integer(Options.inferEvery) : nil,
            rounds: arguments.integer(Options.rounds), ceiling: arguments.integer(Options.dailyRequests) ?? 200,
            paidCallsPerRound: targets.targets.reduce(0) { $0 + RequestPlan.paidCalls(for: $1, options: options, limits: limits) })
        try refuseTooMany(plan, targets: orders.count)
        let secrets = RunSecrets.collect(targets: targets.targets, catalog: catalog, environment: environment)
        console.guardOutput(against: secrets)
        let notice = WatchNotice(plan: plan, targets: orders.count)
        if arguments.flag(Options.dryRun) {
            let own = Redactor.ownWords(secrets: secrets)
            let requests = DryRun(targets: targets.targets.map { $0.redacted(by: own) }, options: options, limits: limits)
            let format = arguments.choice(Options.format, as: OutputFormat.self) ?? .text
            console.write(requests.bytes(as: format, width: console.width))
            format == .text ? console.write(notice.lines(to: console.width) + "\n") : console.note(notice.lines(to: console.width))
            return .pass
        }
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

    private var every: Duration { arguments.duration(Options.every) ?? .seconds(60) }

    /// Who is asked in earnest is not asked without a pause.
    private func refuseHaste(_ orders: [LocatedOrder]) throws(UsageError) {
        guard every < .seconds(1), let other = orders.first(where: { !$0.baseURL.isLoopback }) else { return }
        throw UsageError(
            .invalidValue, "'--every' is shorter than a second, and \(outside: other.order.name) is not on this machine",
            help: "Wait a second or more between rounds; less is for services on this machine.")
    }

    private func refuseTooMany(_ plan: WatchPlan, targets: Int) throws(UsageError) {
        guard !plan.isWithinCeiling else { return }
        let number = { (count: Int) -> EchoedText in "\(own: "\(count)")" }
        var remedies: [EchoedText] = []
        if let fitting = plan.fittingInferEvery { remedies.append("--infer-every \(number(fitting))") }
        if let fitting = plan.fittingEvery { remedies.append("--every \(number(Int(fitting.components.seconds)))s") }
        var help: EchoedText = "Nothing was sent. "
        if let first = remedies.first {
            help.append("Ask less often: \(first)")
            for other in remedies.dropFirst() { help.append(", or \(other)") }
            help.append(". ")
        }
        help.append("Or allow it: --max-requests \(number(plan.paidCallsPerDay)).")
        throw UsageError(
            .configuration,
            "Watching \(own: Counted.text(targets, "target")) like this takes up to \(number(plan.paidCallsPerDay)) paid calls a day, and \(number(plan.ceiling)) are allowed",
            help: help)
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
