import Sonde

/// `sonde help [COMMAND]`: the same screens as `--help`; with `--man` the manual pages.
struct HelpCommand: Command {
    static let spec = CommandSpec.help

    private let tool: ToolSpec
    private let subject: CommandSpec?
    private let manual: String?

    init(_ arguments: ParsedArguments) throws(UsageError) {
        tool = arguments.tool
        manual = arguments.string(Options.manual)
        guard let name = arguments.positionals.first else {
            subject = nil
            return
        }
        guard let command = tool.command(named: name) else {
            throw .unknown("subcommand", name, among: tool.commands.map(\.name))
        }
        // 'sonde help profile init' is about 'profile', whose screen tells of 'init', too.
        if arguments.positionals.count > (command.arguments.isEmpty ? 1 : 2) {
            throw UsageError(
                .unexpectedArgument, "There is one screen for each subcommand", help: "Write 'sonde help \(own: command.name)'.")
        }
        subject = command
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        if let manual {
            for page in subject.map({ [ManualPage(tool: tool, command: $0)] }) ?? ManualPage.all(of: tool) {
                try console.commit(Array(page.text.utf8), to: AtomicFile.prepare("\(manual)/\(page.fileName)"))
            }
            return .pass
        }
        let text = HelpText(tool: tool, width: console.width)
        console.write(subject.map(text.screen(of:)) ?? text.overview())
        return .pass
    }
}
