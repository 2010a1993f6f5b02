/// The shells that completions are made for.
enum Shell: String, CaseIterable {
    case bash, zsh, fish

    /// A script that this shell reads.
    func script(for tool: ToolSpec, words: CompletionWords) -> String {
        switch self {
        case .bash: BashCompletion(tool: tool, words: words).script
        case .zsh: ZshCompletion(tool: tool, words: words).script
        case .fish: FishCompletion(tool: tool, words: words).script
        }
    }
}

extension ToolSpec {
    /// The options of a command, those included that every command has.
    func completedOptions(of command: CommandSpec) -> [OptionSpec] {
        var options = command.options + [OptionSpec("help", short: "h", .flag, help: "Show help information.")]
        if command.name == defaultCommand { options.append(OptionSpec("version", .flag, help: "Show the version.")) }
        return options
    }

    /// Whose options and arguments are meant where no command is named.
    var impliedCommand: String { defaultCommand ?? "help" }
}
