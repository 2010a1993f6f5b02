import Sonde
import SondeJSON

/// `sonde gate PROFILE`: checks and a policy, one pass or fail for a pipeline.
struct GateCommand: Command {
    static let spec = CommandSpec.gate
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let (environment, catalog) = try tools.prepare(arguments, console)
        guard
            let profile = try ProfileFile.load(
                arguments.positionals[0], environment: environment, catalog: catalog,
                keySources: KeyVariables.named(in: arguments))
        else {
            preconditionFailure("the argument is not optional")
        }
        let policy = GatePolicy(profile: profile)
        try policy.check()
        let judge = try Judge(vendors: catalog.vendors)
        let outputs = try ReportOutputs(arguments, console: console, command: nil, state: nil, profile: arguments.positionals[0])
        let baseline = try policy.baseline(catalog: catalog, judge: judge)
        let orders = try TargetOrders(
            arguments: arguments, catalog: catalog, environment: environment, isInteractive: false, profile: profile
        ).orders(of: []).map { (order) throws(UsageError) in try LocatedOrder(order, environment: environment) }
        let patterns = catalog.patterns
        if let path = arguments.string(Options.gateFrom) {
            var report = try SavedReport.read(path, catalog: catalog, judge: judge)
            try EarlierReport.checkNames(report, path)
            report.failsOnWarning = failsOnWarning
            report.exitsZero = false
            // Whatever was cut off then is missing in it, and said to be.
            report.interruption = nil
            let secrets = RunSecrets.collect(reports: [report], catalog: catalog, environment: environment)
            console.guardOutput(against: secrets)
            let own = Redactor.ownWords(secrets: secrets, patterns: patterns)
            let names = try policy.names(redactedBy: own)
            report.gate = policy.keeper(baseline: baseline, redactor: own).judge(
                report,
                expecting: zip(orders, names).map { order, name in
                    .init(
                        name: name, service: own.redact(Target.service(order.order.vendor, order.baseURL)),
                        model: order.order.model.map(own.redact))
                })
            try outputs.write(report, protection: PageProtection(secrets: secrets, patterns: patterns), to: console)
            return outputs.status(of: report)
        }
        try policy.refuseTooMany(limit: arguments.integer(Options.maxRequests) ?? 200)
        let targets = try await targets(of: orders, profile: profile, catalog: catalog, environment: environment)
        let secrets = RunSecrets.collect(targets: targets, catalog: catalog, environment: environment)
        console.guardOutput(against: secrets)
        // As the report will call them.
        let own = Redactor.ownWords(secrets: secrets, patterns: patterns)
        let names = try policy.names(redactedBy: own)
        let keeper = policy.keeper(baseline: baseline, redactor: own)
        if let notice = policy.notice(own) {
            console.note(TerminalText.wrapped(TerminalText.escaped(notice), to: console.width).joined(separator: "\n"))
        }
        var options = Diagnosis.Options()
        options.asksThirdParties = false
        options.followsUp = !arguments.flag(Options.noFollowUp)
        options.usesControl = !arguments.flag(Options.noControl)
        options.hasOwnBody = arguments.isGiven(Options.body)
        var session = CheckSession(
            console: console, outputs: outputs, options: options, limits: try CheckOptions.limits(arguments), secrets: secrets,
            failsOnWarning: failsOnWarning, showsProgress: !arguments.flag(Options.noProgress) && !arguments.flag(Options.quiet))
        session.settings = RunSettings.lines(targets, arguments).map(own.redact)
        session.furtherChecks = policy.furtherChecks
        session.samples = { policy.policy.samples(for: $0) }
        session.gate = { report in keeper.judge(report, expecting: names.map { .init(name: $0) }) }
        return try await session.run(targets, catalog: catalog, interruption: tools.interruption)
    }

    private func targets(
        of orders: [LocatedOrder], profile: ProfileFile, catalog: VendorCatalog, environment: [String: String]
    ) async throws -> [Target] {
        let keys = try KeyAssignments(arguments.strings(Options.key), orders: orders, reader: KeyReader(environment: environment))
        let builder = TargetBuilder(
            catalog: catalog, environment: environment, keys: keys,
            routes: try RouteOptions(arguments, environment: environment, profileRoutes: profile.profile.routes),
            shared: TargetBuilder.Shared(
                model: nil, scopes: [:],
                headers: try HeaderOption.headers(arguments.strings(Options.header), orders: orders, environment: environment),
                allowsPlainHTTP: arguments.flag(Options.allowHTTP)))
        var targets: [Target] = []
        for order in orders { targets.append(try await builder.target(order)) }
        return targets
    }

    private var failsOnWarning: Bool { arguments.choice(Options.failOn, as: FailureLevel.self) == .warn }
}
