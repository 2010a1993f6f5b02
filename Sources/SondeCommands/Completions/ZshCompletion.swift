/// Completions for zsh, by its own `_arguments`.
struct ZshCompletion {
    let tool: ToolSpec
    let words: CompletionWords

    var script: String {
        let commands = tool.commands.map { "        \(Self.quoted("\(Self.escaped($0.name)):\($0.abstract.firstSentence)"))" }
        return """
            #compdef \(tool.name)
            # zsh completion for \(tool.name) \(tool.version); made by '\(tool.name) completions zsh'.

            # Words that end in a colon go on; the others do not.
            _\(tool.name)_words() {
                local -a expl whole open
                while [[ $1 != -- ]]; do expl+=("$1"); shift; done
                shift
                whole=(${@:#*:}) open=(${(M)@:#*:})
                compadd "$expl[@]" -a whole
                compadd "$expl[@]" -S '' -a open
            }

            \(tool.commands.map(function).joined(separator: "\n\n"))

            _\(tool.name)() {
                local curcontext="$curcontext"
                local -a commands
                commands=(
            \(commands.joined(separator: "\n"))
                )
                if (( CURRENT == 2 )); then
                    _describe -t commands command commands
                    _\(tool.name)_\(tool.impliedCommand)
                elif (( ${+functions[_\(tool.name)_$words[2]]} )) && (( ${commands[(I)$words[2]:*]} )); then
                    local name=$words[2]
                    shift words
                    (( CURRENT-- ))
                    curcontext="${curcontext%:*:*}:\(tool.name)-$name:"
                    _\(tool.name)_$name
                else
                    _\(tool.name)_\(tool.impliedCommand)
                fi
            }

            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
                _\(tool.name) "$@"
            else
                compdef _\(tool.name) \(tool.name)
            fi

            """
    }

    private func function(_ command: CommandSpec) -> String {
        let options = tool.completedOptions(of: command)
        let lines =
            options.flatMap { specs($0, among: options) } + command.arguments.enumerated().map { spec($1, place: $0 + 1) }
        return "_\(tool.name)_\(command.name)() {\n    _arguments -s -S \\\n"
            + lines.map { "        " + Self.quoted($0) }.joined(separator: " \\\n") + "\n}"
    }

    private func specs(_ option: OptionSpec, among options: [OptionSpec]) -> [String] {
        let excluded = option.excludes + options.filter { $0.excludes.contains(option.name) }.map(\.name)
        let others = Set(excluded).sorted().compactMap { name in options.first { $0.name == name } }.flatMap(\.spellings)
        let head = option.isRepeatable ? "*" : "(" + (option.spellings + others).joined(separator: " ") + ")"
        let help = "[\(Self.escaped(option.summary))]"
        guard let value = option.valueName else { return option.spellings.map { head + $0 + help } }
        let tail = help + ":\(Self.escaped(value)):\(action(words.completion(of: option)))"
        return option.spellings.map { head + $0 + ($0.hasPrefix("--") ? "=" : "+") + tail }
    }

    private func spec(_ argument: ArgumentSpec, place: Int) -> String {
        let place = argument.count == .any ? "*" : argument.count == .one ? "\(place)" : "\(place):"
        return "\(place):\(Self.escaped(argument.name)):\(action(words.completion(of: argument)))"
    }

    private func action(_ completion: Completion) -> String {
        switch completion {
        case .nothing: " "
        case .words(let words): "_\(tool.name)_words -- \(Self.escaped(words.joined(separator: " ")))"
        case .list(let words): "_sequence compadd - \(Self.escaped(words.joined(separator: " ")))"
        case .wordsOrFiles(let words): " _alternative 'words:word:(\(Self.escaped(words.joined(separator: " "))))' 'files:file:_files'"
        case .files: "_files"
        case .folders: "_files -/"
        }
    }

    /// Safe where brackets and colons part a specification.
    private static func escaped(_ text: String) -> String {
        text.map { #"\[]:$`"#.contains($0) ? #"\\#($0)"# : String($0) }.joined()
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", by: #"'\''"#) + "'" }
}
