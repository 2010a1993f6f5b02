/// Completions for fish 3.
struct FishCompletion {
    let tool: ToolSpec
    let words: CompletionWords

    var script: String {
        let names = tool.commands.map(\.name).joined(separator: " ")
        var lines = """
            # fish completion for \(tool.name) \(tool.version); made by '\(tool.name) completions fish'.

            # The command that the words before the cursor name, and the one that is meant without.
            function __\(tool.name)_is
                set -l words (commandline -opc)
                set -l command \(tool.impliedCommand)
                if set -q words[2]; and contains -- $words[2] \(names)
                    set command $words[2]
                end
                test $command = $argv[1]
            end

            function __\(tool.name)_is_first
                test (count (commandline -opc)) -eq 1
            end

            complete -c \(tool.name) -f

            """
        for command in tool.commands {
            lines +=
                "complete -c \(tool.name) -n __\(tool.name)_is_first -a \(command.name) -d \(Self.quoted(command.abstract.firstSentence))\n"
        }
        for command in tool.commands {
            lines += "\n"
            let start = "complete -c \(tool.name) -n '__\(tool.name)_is \(command.name)'"
            for option in tool.completedOptions(of: command) {
                let value = option.value == .flag ? "" : " " + offer(words.completion(of: option), isArgument: false)
                let short = option.short.map { " -s \($0)" } ?? ""
                lines += "\(start)\(short) -l \(option.name)\(value) -d \(Self.quoted(option.summary))\n"
            }
            for argument in command.arguments {
                let offer = offer(words.completion(of: argument), isArgument: true)
                if !offer.isEmpty { lines += "\(start) \(offer)\n" }
            }
        }
        return lines
    }

    private func offer(_ completion: Completion, isArgument: Bool) -> String {
        let list = Self.quoted(completion.words.joined(separator: " "))
        let exclusive = isArgument ? "" : "-x "
        return switch completion {
        case .nothing: isArgument ? "" : "-x"
        case .words: "\(exclusive)-a \(list)"
        case .list(let words): "-x -a \(Self.quoted("(__fish_append , \(words.joined(separator: " ")))"))"
        case .wordsOrFiles: "-F -a \(list)"
        case .files: isArgument ? "-F" : "-r -F"
        case .folders: "-x -a '(__fish_complete_directories)'"
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", by: "\\\\").replacing("'", by: "\\'") + "'"
    }
}
