import Sonde
import SondeSimulator

/// `sonde demo [SCENARIO]`: the simulator, checked at once. Real keys are never read.
struct DemoCommand: Command {
    static let spec = CommandSpec.demo
    private let arguments: ParsedArguments

    /// Three services, one of each kind of trouble: none, the account, the money.
    static let usual = ["healthy", "vercel-account-denied", "openai-no-quota"]

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let catalog = try tools.vendors.load()
        let named = arguments.positionals.first
        let scenarios = try (named.map { [$0] } ?? Self.usual).map { (name) throws(UsageError) in try ScenarioFile.load(name) }
        let outputs = try ReportOutputs(arguments, console: console, command: "sonde demo\(named.map { " " + $0 } ?? "")", state: nil)
        var simulators: [Simulator] = []
        defer { for simulator in simulators { simulator.stop() } }
        var targets: [Target] = []
        for (index, scenario) in scenarios.enumerated() {
            let simulator = try ScenarioFile.start(scenario)
            simulators.append(simulator)
            let caller = named == nil && index == 0 ? scenario.callers.last ?? scenario.callers[0] : scenario.callers[0]
            targets.append(try target(caller, of: scenario, at: simulator, catalog: catalog))
        }
        let secrets = RunSecrets.collect(targets: targets, catalog: catalog, environment: [:])
        var limits = RunLimits()
        // A scenario that stalls must not keep anybody waiting.
        (limits.total, limits.inference) = (.seconds(3), .seconds(3))
        let session = CheckSession(
            console: console, outputs: outputs, options: try diagnosis(of: scenarios), limits: limits, secrets: secrets,
            isExitZero: arguments.flag(Options.exitZero),
            showsProgress: !arguments.flag(Options.noProgress) && !arguments.flag(Options.quiet))
        return try await session.run(targets, catalog: catalog, interruption: tools.interruption)
    }

    /// What is asked: as the scenario's own arguments say, where there is only one.
    private func diagnosis(of scenarios: [Scenario]) throws(UsageError) -> Diagnosis.Options {
        guard scenarios.count == 1, let scenario = scenarios.first,
            case .run(let parsed) = try ArgumentParser(arguments.tool).parse([CommandSpec.check.name] + scenario.arguments)
        else { return Diagnosis.Options() }
        return CheckOptions.diagnosis(parsed)
    }

    /// Organization, project and team, as the scenario's own arguments name them.
    private func scopes(of scenario: Scenario) throws(UsageError) -> [String: String] {
        guard case .run(let parsed) = try ArgumentParser(arguments.tool).parse([CommandSpec.check.name] + scenario.arguments) else {
            return [:]
        }
        return CheckOptions.scopes(parsed)
    }

    private func target(_ caller: Scenario.Caller, of scenario: Scenario, at simulator: Simulator, catalog: VendorCatalog)
        throws(UsageError) -> Target
    {
        guard let vendor = catalog.vendor(named: caller.vendor) else {
            throw .unknown("vendor", caller.vendor, among: catalog.names)
        }
        let baseURL: BaseURL
        do throws(BaseURL.Invalid) { baseURL = try BaseURL(parsing: simulator.baseURL) } catch {
            throw UsageError(.configuration, "\(own: error.message)")
        }
        let credential = caller.key.map { key in
            Credential(source: .demo, secret: Secret(key), publicPrefix: vendor.key.publicPrefix(of: key))
        }
        return Target(
            name: scenario.name, vendor: vendor, provider: catalog.provider(of: vendor), baseURL: baseURL, credential: credential,
            model: caller.model,
            scopes: try scopes(of: scenario), route: Route(name: "direct", proxy: .direct))
    }
}
