/// Completions for bash 3.2 and newer, without any package of helpers.
struct BashCompletion {
    let tool: ToolSpec
    let words: CompletionWords

    var script: String {
        let cases = tool.commands.map(branch).joined(separator: "\n")
        let names = tool.commands.map(\.name)
        return """
            # bash completion for \(tool.name) \(tool.version); made by '\(tool.name) completions bash'.

            _\(tool.name)() {
                local line=${COMP_LINE:0:COMP_POINT} command=\(tool.impliedCommand)
                local word option='' options='' kind='' list='' rest='' restlist='' head='' count
                local -a words=()
                COMPREPLY=()
                # The words as they were typed: bash parts '--key env:NAME' at the colon, and '--format=json' at the sign.
                IFS=$' \\t' read -ra words <<<"$line"
                [[ $line == *[[:blank:]] ]] && words+=('')
                count=${#words[@]}
                (( count > 1 )) || return 0
                word=${words[count-1]}
                (( count > 2 )) && option=${words[count-2]}
                case ${words[1]} in
                \(names.joined(separator: "|"))) (( count > 2 )) && command=${words[1]} ;;
                esac
                if [[ $word == --*=* ]]; then
                    option=${word%%=*}
                    word=${word#*=}
                fi

                case $command in
            \(cases)
                esac
                if [[ -z $kind && $word == -* ]]; then
                    kind=words list=$options
                elif (( count == 2 )); then
                    kind=words list='\(Self.quoted((names + first).joined(separator: " ")))'
                elif [[ -z $kind ]]; then
                    kind=$rest list=$restlist
                fi

                case $kind in
                files) compopt -o default 2>/dev/null; return 0 ;;
                folders) compopt -o dirnames 2>/dev/null; return 0 ;;
                list) [[ $word == *,* ]] && head=${word%,*}, ;;
                both) compopt -o default 2>/dev/null ;;
                words) ;;
                *) return 0 ;;
                esac
                IFS=$'\\n' read -rd '' -a COMPREPLY < <(compgen -P "$head" -W "$list" -- "${word##*,}")
                # What readline takes for another word is not given to it again.
                [[ $COMP_WORDBREAKS == *:* && $word == *:* ]] && COMPREPLY=("${COMPREPLY[@]#"${word%:*}:"}")
                if [[ $kind == list || ${COMPREPLY[0]-} == *: ]]; then compopt -o nospace 2>/dev/null; fi
                return 0
            }

            complete -F _\(tool.name) \(tool.name)

            """
    }

    /// What may stand in the first place besides a command.
    private var first: [String] {
        guard let name = tool.defaultCommand, let argument = tool.command(named: name)?.arguments.first else { return [] }
        return words.completion(of: argument).words
    }

    private func branch(_ command: CommandSpec) -> String {
        let options = tool.completedOptions(of: command)
        var lines = ["    \(command.name))", "        options='\(options.flatMap(\.spellings).joined(separator: " "))'"]
        if let argument = command.arguments.first {
            let (kind, list) = Self.offer(words.completion(of: argument))
            lines.append("        rest=\(kind) restlist='\(list)'")
        }
        lines.append("        case $option in")
        var offers: [(offer: String, options: [String])] = []
        for option in options where option.value != .flag {
            let (kind, list) = Self.offer(words.completion(of: option))
            let offer = list.isEmpty ? "kind=\(kind)" : "kind=\(kind) list='\(list)'"
            if let index = offers.firstIndex(where: { $0.offer == offer }) {
                offers[index].options += option.spellings
            } else {
                offers.append((offer, option.spellings))
            }
        }
        lines += offers.map { "        \($0.options.joined(separator: "|"))) \($0.offer) ;;" }
        if offers.isEmpty { lines.append("        *) ;;") }
        return (lines + ["        esac", "        ;;"]).joined(separator: "\n")
    }

    private static func offer(_ completion: Completion) -> (kind: String, list: String) {
        let list = quoted(completion.words.joined(separator: " "))
        return switch completion {
        case .nothing: ("nothing", list)
        case .words: ("words", list)
        case .list: ("list", list)
        case .wordsOrFiles: ("both", list)
        case .files: ("files", list)
        case .folders: ("folders", list)
        }
    }

    private static func quoted(_ text: String) -> String { text.replacing("'", by: #"'\''"#) }
}
