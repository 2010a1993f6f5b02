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
        command.options + CommandSpec.commonOptions(withVersion: command.name == defaultCommand)
    }

    /// Whose options and arguments are meant where no command is named.
    var impliedCommand: String { defaultCommand ?? "help" }
}
