import Sonde

/// The manual pages: one of the tool, and one of each command, `sonde-check(1)`.
struct ManualPage {
    let tool: ToolSpec
    /// Nil for the page of the tool as a whole.
    var command: CommandSpec?

    static func all(of tool: ToolSpec) -> [ManualPage] {
        [ManualPage(tool: tool)] + tool.commands.map { ManualPage(tool: tool, command: $0) }
    }

    var name: String { command.map { "\(tool.name)-\($0.name)" } ?? tool.name }
    var fileName: String { name + ".1" }

    var text: String {
        // Without a date: the same tool makes the same page on any day.
        var lines = [".TH \(Roff.argument(name.uppercased())) 1 \"\" \(Roff.argument("\(tool.name) \(tool.version)")) \"User Commands\""]
        // Lines that end where they may, and words in one piece: what is read here is typed.
        lines += [".nh", ".ad l", ".SH NAME", "\(Roff.text(name)) \\- \(Roff.text(Self.title(command?.abstract ?? tool.abstract)))"]
        lines += [".SH SYNOPSIS", synopsis]
        lines += command.map(body) ?? overview
        lines += section(
            "EXIT STATUS", ExitStatus.allCases.sorted { $0.rawValue < $1.rawValue }.map { (Roff.bold(String($0.rawValue)), $0.meaning) })
        lines += [".SH SEE ALSO", seeAlso]
        return lines.joined(separator: "\n") + "\n"
    }

    /// As `whatis` lists it: without capital and period.
    private static func title(_ abstract: String) -> String {
        let text = abstract.hasSuffix(".") ? abstract.dropLast() : Substring(abstract)
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    private var synopsis: String {
        guard let command else {
            return "\(Roff.bold(tool.name)) \(Roff.italic("command")) [\\fIoption\\fR ...] [\\fIargument\\fR ...]"
        }
        let name = command.name == tool.defaultCommand ? "[\(Roff.bold(command.name))]" : Roff.bold(command.name)
        let options = command.options.isEmpty ? "" : " [\\fIoption\\fR ...]"
        let arguments = command.arguments.map { argument in
            let name = Roff.italic(argument.name)
            return switch argument.count {
            case .one: " " + name
            case .optional: " [\(name)]"
            case .any: " [\(name) ...]"
            }
        }
        return Roff.bold(tool.name) + " " + name + options + arguments.joined()
    }

    private var overview: [String] {
        [".SH DESCRIPTION", Roff.text(tool.abstract)]
            + section("COMMANDS", tool.commands.map { (Self.reference("\(tool.name)-\($0.name)"), $0.abstract) })
            + section("OPTIONS", CommandSpec.commonOptions(withVersion: true).map(row))
            + section(
                "FILES",
                [
                    (
                        Roff.italic("$XDG_CONFIG_HOME/sonde/vendors/*.json"),
                        "Vendor manifests of your own; ~/.config where the variable is not set."
                    ),
                    (
                        Roff.italic("$XDG_STATE_HOME/sonde/last-report.json"),
                        "The report of the last check on a terminal; ~/.local/state where the variable is not set."
                    ),
                ])
    }

    private func body(_ command: CommandSpec) -> [String] {
        let (paragraphs, examples) = Self.parts(of: command.discussion)
        var lines = [".SH DESCRIPTION", Roff.text(command.abstract)] + paragraphs.flatMap { [".PP", Roff.text($0)] }
        if !command.arguments.isEmpty { lines += section("ARGUMENTS", command.arguments.map { (Roff.italic($0.name), $0.help) }) }
        lines.append(".SH OPTIONS")
        for group in command.groups { lines += [".SS \(Roff.argument(group.title))"] + rows(group.options.map(row)) }
        lines += [".SS Help"] + rows(CommandSpec.commonOptions(withVersion: false).map(row))
        if !examples.isEmpty { lines += [".SH EXAMPLES", ".nf"] + examples.map(Roff.text) + [".fi"] }
        return lines
    }

    /// Paragraphs as they are, and the indented lines of all.
    private static func parts(of discussion: String) -> (paragraphs: [String], examples: [String]) {
        var (paragraphs, examples): ([String], [String]) = ([], [])
        for line in discussion.split(separator: "\n") {
            if line.hasPrefix("  ") {
                examples.append(String(line.drop { $0 == " " }))
            } else if line != "Examples:" {
                paragraphs.append(String(line))
            }
        }
        return (paragraphs, examples)
    }

    private func row(_ option: OptionSpec) -> (String, String) {
        let value = option.valueName.map { " " + Roff.italic($0) } ?? ""
        return (option.spellings.map(Roff.bold).joined(separator: ", ") + value, HelpText.explanation(of: option))
    }

    private func section(_ title: String, _ entries: [(label: String, text: String)]) -> [String] { [".SH \(title)"] + rows(entries) }

    private func rows(_ entries: [(label: String, text: String)]) -> [String] {
        entries.flatMap { [".TP", $0.label, Roff.text($0.text)] }
    }

    private static func reference(_ page: String) -> String { Roff.bold(page) + "(1)" }

    private var seeAlso: String {
        guard command != nil else { return "\(Self.reference("curl")), \(Self.reference("jq"))" }
        return Self.reference(tool.name)
    }
}

extension ExitStatus {
    /// When the tool ends with it.
    var meaning: String {
        switch self {
        case .pass: "Every requested check passed, and something proved the key."
        case .checkFailed: "A check failed, for a reason that trying again will not mend."
        case .usage: "Wrong usage or configuration, or a result that could not be written."
        case .inconclusive: "Nothing trustworthy was measured, or this machine is offline."
        case .thresholdBreached: "The checks pass, but a threshold or a baseline is breached."
        case .retryable: "Everything that failed may pass later: wait and try again."
        case .interrupted: "Stopped by Ctrl-C; what was done is still reported."
        case .terminated: "Stopped by SIGTERM; what was done is still reported."
        }
    }
}
