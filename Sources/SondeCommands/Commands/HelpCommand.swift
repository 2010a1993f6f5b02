import Sonde

/// `sonde help [COMMAND]`: the same screens as `--help`.
struct HelpCommand: Command {
    static let spec = CommandSpec.help

    private let tool: ToolSpec
    private let subject: CommandSpec?

    init(_ arguments: ParsedArguments) throws(UsageError) {
        tool = arguments.tool
        guard let name = arguments.positionals.first else {
            subject = nil
            return
        }
        guard let command = tool.command(named: name) else {
            throw .unknown("subcommand", name, among: tool.commands.map(\.name))
        }
        subject = command
    }

    func run(in console: Console, with tools: Toolbox) async -> ExitStatus {
        let text = HelpText(tool: tool, width: console.width)
        console.write(subject.map(text.screen(of:)) ?? text.overview())
        return .pass
    }
}
