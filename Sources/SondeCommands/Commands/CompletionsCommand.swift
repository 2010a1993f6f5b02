import Sonde
import SondeSimulator

/// `sonde completions SHELL`: a script that completes commands, options and their values.
struct CompletionsCommand: Command {
    static let spec = CommandSpec.completions
    private let tool: ToolSpec
    private let shell: Shell

    init(_ arguments: ParsedArguments) throws(UsageError) {
        tool = arguments.tool
        let name = arguments.positionals[0]
        guard let shell = Shell(rawValue: name) else { throw .unknown("shell", name, among: Shell.allCases.map(\.rawValue)) }
        self.shell = shell
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        // Without the user's own manifests: the script is installed for everybody.
        let vendors = try tools.vendors.load().vendors
        let words = CompletionWords(
            vendors: vendors.map(\.id), keyVariables: vendors.flatMap(\.key.variables), scenarios: Scenario.builtInNames,
            causes: Cause.allCases.map(\.rawValue), commands: tool.commands.map(\.name))
        console.write(shell.script(for: tool, words: words))
        return .pass
    }
}
