/// One command: the only description of it, read by the parser, the help and the suggestions.
struct CommandSpec: Hashable {
    var name: String
    /// One sentence, for its own help and for the list of commands.
    var abstract: String
    /// Paragraphs below the abstract, separated by empty lines; indented lines are kept as they are.
    var discussion: String
    var arguments: [ArgumentSpec]
    var groups: [OptionGroup]
    /// Says whether a signal is how it usually ends: its own status then stands.
    var isEndedBySignal = false

    init(_ name: String, abstract: String, discussion: String = "", arguments: [ArgumentSpec] = [], groups: [OptionGroup] = []) {
        self.name = name
        self.abstract = abstract
        self.discussion = discussion
        self.arguments = arguments
        self.groups = groups
    }

    var options: [OptionSpec] { groups.flatMap(\.options) }

    /// What every command takes, and what the tool takes without one.
    static func commonOptions(withVersion: Bool) -> [OptionSpec] { (withVersion ? [Options.version] : []) + [Options.help] }

    func option(named name: String) -> OptionSpec? {
        for group in groups {
            if let option = group.options.first(where: { $0.name == name }) { return option }
        }
        return nil
    }

    func option(short: Character) -> OptionSpec? {
        options.first { $0.short == short }
    }
}

/// The tool as a whole: its commands, and which one is meant when none is named.
struct ToolSpec: Hashable {
    var name: String
    var abstract: String
    var version: String
    var commands: [CommandSpec]
    /// Nil where a command must be named.
    var defaultCommand: String?

    func command(named name: String) -> CommandSpec? {
        commands.first { $0.name == name }
    }
}
