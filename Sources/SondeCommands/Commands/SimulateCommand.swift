import Sonde
import SondeSimulator

/// `sonde simulate SCENARIO`: a simulated service that runs until it is stopped.
struct SimulateCommand: Command {
    static let spec = CommandSpec.simulate
    private let name: String
    private let port: UInt16

    init(_ arguments: ParsedArguments) throws(UsageError) {
        name = arguments.positionals.first ?? ""
        port = UInt16(arguments.integer(Options.port) ?? 0)
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        let scenario = try ScenarioFile.load(name)
        let simulator = try ScenarioFile.start(scenario, port: port)
        console.write(ScenarioFile.introduction(scenario, simulator))
        // Until Ctrl-C or SIGTERM cancel this task; a stop that was asked for is no failure.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
        simulator.stop()
        return .pass
    }
}
