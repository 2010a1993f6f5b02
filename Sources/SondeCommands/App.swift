public import Sonde

/// The tool: finds the command, runs it, and turns whatever happens into text and an exit status.
public struct App: Sendable {
    private let tool: ToolSpec
    private let commands: [any Command.Type]
    /// The versions of the libraries, for `--version --verbose`: `libcurl 7.88.1`.
    private let libraries: @Sendable () -> [String]

    private let providers: [any Provider]

    init(commands: [any Command.Type], providers: [any Provider] = [], libraries: @escaping @Sendable () -> [String] = { [] }) {
        self.commands = commands
        self.libraries = libraries
        self.providers = providers
        tool = .sonde(commands.map { $0.spec })
    }

    /// Runs the tool as a process: streams, signals and precautions included.
    ///
    /// The work is done on other threads; the main thread waits for signals.
    /// - Parameter interruption: Made on the first line of `main`.
    public func main(_ interruption: Interruption) -> Never {
        let environment = Precautions.take()
        let arguments = Array(CommandLine.arguments.dropFirst())
        Task.detached {
            let status = await run(arguments: arguments, environment: environment, interruption)
            System.leave(status.rawValue)
        }
        interruption.watch()
    }

    /// Runs with the standard streams of this process.
    ///
    /// - Parameter arguments: Without the program's own name.
    public func run(arguments: [String], environment: [String: String], _ interruption: Interruption) async -> ExitStatus {
        await run(arguments, in: .standard(environment: environment), interruption)
    }

    func run(_ arguments: [String], in console: Console, _ interruption: Interruption = Interruption()) async -> ExitStatus {
        let report = ErrorReport(tool: tool, arguments: arguments, width: console.width, isOnTerminal: console.terminals.error)
        let work = Task { () async -> (status: ExitStatus, isFinal: Bool) in
            do {
                return try await perform(
                    arguments, in: console, Toolbox(vendors: VendorLoader(providers: providers), interruption: { interruption.status }))
            } catch {
                console.progress.disable()
                if interruption.status == nil { console.note(report.text(for: error)) }
                if Self.isMonitoring(arguments) {
                    console.write(NagiosRendering.unknown((error as? UsageError)?.message.description ?? "the check could not be made"))
                    return (NagiosState.unknown.exitStatus, false)
                }
                return (error is CancellationError ? .interrupted : .usage, false)
            }
        }
        interruption.onFirst { work.cancel() }
        let (status, isFinal) = await work.value
        console.progress.disable()
        if let stopped = interruption.status, !isFinal { return stopped }
        if let failure = console.outputFailure {
            console.note("Error: Cannot write to standard output: \(failure.text)")
            return Self.isMonitoring(arguments) ? NagiosState.unknown.exitStatus : .usage
        }
        return status
    }

    /// Says whether a monitoring system waits for the answer, also where the arguments could not be understood.
    private static func isMonitoring(_ arguments: [String]) -> Bool {
        let word = OutputFormat.nagios.rawValue
        return arguments.contains { $0 == "--format=\(word)" || $0.hasSuffix("\(word)=-") }
            || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == word }
    }

    /// - Returns: The status, and whether it stands even when a signal came.
    private func perform(_ arguments: [String], in console: Console, _ tools: Toolbox) async throws -> (ExitStatus, Bool) {
        let help = HelpText(tool: tool, width: console.width)
        switch try ArgumentParser(tool).parse(arguments) {
        case .help(let command):
            console.write(command.map(help.screen(of:)) ?? help.overview())
            return (.pass, false)
        case .version(let details):
            let lines = ["\(tool.name) \(tool.version)"] + (details ? libraries() : [])
            console.write(lines.joined(separator: "\n") + "\n")
            return (.pass, false)
        case .run(let parsed):
            guard let type = commands.first(where: { $0.spec.name == parsed.command.name }) else {
                preconditionFailure("the parser found a command that is not in the list")
            }
            let command: any Command
            do throws(UsageError) {
                command = try type.init(parsed)
            } catch {
                var error = error
                error.command = parsed.command.name
                throw error
            }
            return (try await command.run(in: console, with: tools), parsed.command.isEndedBySignal)
        }
    }
}
