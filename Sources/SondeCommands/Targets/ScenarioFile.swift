import Sonde
import SondeJSON
import SondeSimulator

/// Scenarios by name or from a file.
enum ScenarioFile {
    static func load(_ name: String) throws(UsageError) -> Scenario {
        if let scenario = Scenario.builtIn(name) { return scenario }
        guard name.contains("/") || name.hasSuffix(".json") else {
            throw .unknown(
                "scenario", name, among: Scenario.builtInNames,
                help: "One of \(own: Scenario.builtInNames.joined(separator: ", ")); or a scenario file, such as ./mine.json.")
        }
        let bytes = try InputFile.read(name, purpose: "scenario", limit: 4 << 20)
        do throws(JSONError) {
            return try Scenario(parsing: bytes)
        } catch {
            throw UsageError(.configuration, "\(outside: error.located(in: bytes).description(file: name))")
        }
    }

    static func start(_ scenario: Scenario, addresses: [String] = ["127.0.0.1"], port: UInt16 = 0) throws(UsageError) -> Simulator {
        do throws(SimulatorError) {
            return try Simulator.start(scenario: scenario, addresses: addresses, port: port)
        } catch {
            throw UsageError(
                .configuration, "Cannot run the simulator: \(own: error.message)", help: "Choose another port with --port, or leave it out."
            )
        }
    }

    /// What to do with a simulator that is running.
    static func introduction(_ scenario: Scenario, _ simulator: Simulator) -> String {
        var lines = ["\(scenario.name): \(scenario.summary)", "", "  base URL  \(simulator.baseURL)"]
        lines += scenario.callers.map { "  key       \($0.key ?? "none needed")  (as \($0.vendor), model \($0.model))" }
        lines.append("")
        let key = scenario.key.map { " -H 'Authorization: Bearer \($0)'" } ?? ""
        lines.append("  curl -i \(simulator.baseURL)/models\(key)")
        lines += ["", "Point your application at it. Ctrl-C stops it."]
        return lines.map(TerminalText.escaped).joined(separator: "\n") + "\n"
    }
}
