import Sonde

/// `sonde check [TARGET …]`: the smallest requests that can tell, one cause for each target.
struct CheckCommand: Command {
    static let spec = CommandSpec.check
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let (environment, catalog) = try tools.prepare(arguments, console)
        let profile = try ProfileFile.load(
            arguments.string(Options.profile), environment: environment, catalog: catalog, keySources: KeyVariables.named(in: arguments))
        let orders = try TargetOrders(
            arguments: arguments, catalog: catalog, environment: environment, isInteractive: console.isInteractive, profile: profile
        ).orders()
        let located = try orders.map { (order) throws(UsageError) in try LocatedOrder(order, environment: environment) }
        let limits = try CheckOptions.limits(arguments)
        let outputs = try ReportOutputs(
            arguments, console: console, command: commandLine(orders),
            state: console.isInteractive && !arguments.flag(Options.dryRun) ? StateDirectory(environment: environment) : nil)
        let keys = try KeyAssignments(arguments.strings(Options.key), orders: located, reader: KeyReader(environment: environment))
        let builder = TargetBuilder(
            catalog: catalog, environment: environment, keys: keys,
            routes: try RouteOptions(arguments, environment: environment, profileRoutes: profile?.profile.routes ?? []),
            shared: TargetBuilder.Shared(
                model: arguments.string(Options.model), scopes: CheckOptions.scopes(arguments),
                headers: try HeaderOption.headers(arguments.strings(Options.header), orders: located, environment: environment),
                allowsPlainHTTP: arguments.flag(Options.allowHTTP)))
        var targets: [Target] = []
        for order in located { targets.append(try await builder.target(order)) }
        let secrets = RunSecrets.collect(targets: targets, catalog: catalog, environment: environment)
        console.guardOutput(against: secrets)
        var options = CheckOptions.diagnosis(arguments)
        try CheckOptions.refuseNothing(options)
        options.costLimit = CheckOptions.costLimit(arguments, targets: targets.count)
        if arguments.flag(Options.dryRun) {
            let own = Redactor.ownWords(secrets: secrets)
            let plan = DryRun(targets: targets.map { $0.redacted(by: own) }, options: options, limits: limits)
            console.write(plan.bytes(as: outputs.standardFormat, width: console.width))
            return .pass
        }
        try CheckOptions.refuseCost(of: targets, options)
        var session = CheckSession(
            console: console, outputs: outputs, options: options, limits: limits,
            secrets: secrets, keepsBodies: arguments.flag(Options.keepBodies),
            keepsIdentifiers: arguments.flag(Options.includeIdentifiers),
            failsOnWarning: arguments.choice(Options.failOn, as: FailureLevel.self) == .warn,
            isExitZero: arguments.flag(Options.exitZero),
            showsProgress: !arguments.flag(Options.noProgress) && !arguments.flag(Options.quiet))
        let patterns = catalog.patterns
        let own = Redactor.ownWords(secrets: secrets, patterns: patterns)
        session.settings = RunSettings.lines(targets, arguments).map(own.redact)
        if let saved = try SavedPass(arguments, outputs: outputs) {
            let asked = ReportReuse(
                targets: targets.map { $0.redacted(by: own) }, options: options, settings: session.settings,
                proxies: ProxyEnvironment(console.environment).proxies.map(own.redact))
            let report = try saved.report(insteadOf: asked, catalog: catalog, console: console) { report in
                (report.failsOnWarning, report.exitsZero) = (session.failsOnWarning, session.isExitZero)
            }
            if let report {
                try outputs.write(
                    report, protection: PageProtection(secrets: secrets, patterns: patterns), reusedFrom: saved.path, to: console)
                return outputs.status(of: report)
            }
        }
        return try await session.run(targets, catalog: catalog, interruption: tools.interruption)
    }

    /// What to type for the same run; nil when it was more than a few targets.
    private func commandLine(_ orders: [TargetOrder]) -> String? {
        guard !arguments.hasOptions, orders.count <= 3 else { return nil }
        return (["sonde check"] + orders.map { $0.baseURL ?? $0.vendor.id }).joined(separator: " ")
    }
}
