/// The help screens, in the layout of Apple's argument parser.
struct HelpText {
    let tool: ToolSpec
    /// Columns of the screen.
    var width = 80

    private static let column = 26

    /// The screen of the tool as a whole.
    func overview() -> String {
        var blocks = ["OVERVIEW: " + tool.abstract, "USAGE: \(tool.name) <subcommand>"].map { wrapped($0) }
        blocks.append(section("OPTIONS", CommandSpec.commonOptions(withVersion: true).map(Self.row)))
        let rows = tool.commands.map { command in
            (command.name == tool.defaultCommand ? command.name + " (default)" : command.name, command.abstract)
        }
        blocks.append(section("SUBCOMMANDS", rows))
        blocks.append("  See '\(tool.name) help <subcommand>' for detailed help.")
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// The screen of one command.
    func screen(of command: CommandSpec) -> String {
        var blocks = [wrapped("OVERVIEW: " + command.abstract)]
        if !command.discussion.isEmpty { blocks.append(wrapped(command.discussion)) }
        blocks.append(usage(of: command, title: "USAGE: "))
        if !command.arguments.isEmpty {
            blocks.append(section("ARGUMENTS", command.arguments.map { ("<\($0.name)>", $0.help) }))
        }
        for group in command.groups {
            blocks.append(section(group.title.uppercased() + " OPTIONS", group.options.map(Self.row)))
        }
        blocks.append(section("OPTIONS", CommandSpec.commonOptions(withVersion: command.name == tool.defaultCommand).map(Self.row)))
        return blocks.joined(separator: "\n\n") + "\n"
    }

    /// The usage line; options are written out as long as there are at most twelve.
    ///
    /// - Parameter title: What the line begins with, `USAGE: ` or `Usage: `; further lines hang below its end.
    func usage(of command: CommandSpec, title: String) -> String {
        let name = command.name == tool.defaultCommand ? "[\(command.name)]" : command.name
        var words = [tool.name, name]
        if command.options.count > 12 {
            words.append("[<options>]")
        } else {
            words += command.options.map(Self.synopsis)
        }
        words += command.arguments.map(\.usage)
        // Brackets stay in one piece: blanks within them are made blanks that do not break, and turned back afterwards.
        let line = words.map { String($0.map { $0 == " " ? "\u{A0}" : $0 }) }.joined(separator: " ")
        return String(wrapped(title + line, hanging: 7).map { $0 == "\u{A0}" ? " " : $0 })
    }

    private static func synopsis(_ option: OptionSpec) -> String {
        let dots = option.isRepeatable ? " ..." : ""
        return "[" + option.display + (option.valueName.map { " <\($0)>" } ?? "") + dots + "]"
    }

    private static func row(_ option: OptionSpec) -> (String, String) {
        let short = option.short.map { "-\($0), " } ?? ""
        return (short + option.display + (option.valueName.map { " <\($0)>" } ?? ""), explanation(of: option))
    }

    /// What an option does, which values it takes, and what holds without it.
    static func explanation(of option: OptionSpec) -> String {
        var remarks: [String] = []
        if !option.listedValues.isEmpty { remarks.append("values: " + option.listedValues.joined(separator: ", ")) }
        if let text = option.defaultText ?? option.defaultValue { remarks.append("default: " + text) }
        return remarks.isEmpty ? option.help : option.help + " (" + remarks.joined(separator: "; ") + ")"
    }

    private func section(_ title: String, _ rows: [(label: String, text: String)]) -> String {
        ([title + ":"] + rows.flatMap { row in self.lines(row.label, row.text) }).joined(separator: "\n")
    }

    /// The label, and the text from its column on; on the next line where the label is in the way.
    private func lines(_ label: String, _ text: String) -> [String] {
        let label = "  " + label
        var lines = TerminalText.wrapped(text, to: width, indent: Self.column)
        if label.count < Self.column, let first = lines.first {
            lines[0] = label + first.dropFirst(label.count)
        } else {
            lines.insert(label, at: 0)
        }
        return lines
    }

    private func wrapped(_ text: String, hanging: Int = 0) -> String {
        TerminalText.wrapped(text, to: width, hanging: hanging).joined(separator: "\n")
    }
}
