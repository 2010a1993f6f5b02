import Foundation

/// What a real shell offers where the cursor is behind a line.
struct ShellCompletions {
    let user: User
    let shell: String
    private let script: String

    init(_ shell: String) async throws {
        user = try User()
        self.shell = shell
        script = try user.writes(try await user.runs("completions", shell).text, to: "_sonde.\(shell)")
    }

    /// The words offered, as the shell would put them in; in bash those of the last part of a word, and what readline is asked to do.
    func offers(_ line: String) async throws -> [String] {
        let (program, arguments): (String, [String]) =
            switch shell {
            case "bash": ("/bin/bash", ["--norc", "-c", Self.bash, "bash", script, line])
            case "fish": ("/usr/bin/fish", ["--no-config", "-c", "source \(script); complete -C \"$argv[1]\"", line])
            default: ("/usr/bin/zsh", ["-f", "-c", Self.zsh, "zsh", script, line])
            }
        let run = try await user.runs(arguments, program: program)
        return run.text.split(whereSeparator: \.isNewline).map { String($0.split(separator: "\t")[0]) }
            + (run.errorOutput.isEmpty ? [] : [run.errorText])
    }

    /// Readline's own part is told apart by `compopt`.
    private static let bash = """
        source "$1" || exit
        complete -p sonde >/dev/null || exit
        compopt() { echo "+$2"; }
        COMP_LINE=$2 COMP_POINT=${#2}
        _sonde sonde
        printf '%s\\n' "${COMPREPLY[@]}"
        """

    /// zsh completes only where somebody types, so it runs on a terminal of its own, and says what it would list.
    private static let zsh = """
        setopt extended_glob
        zmodload zsh/zpty
        zpty shell "zsh -f -i"
        zpty -w shell "PS1= PS2=; unsetopt prompt_cr prompt_sp; autoload -Uz compinit; compinit -u -D; source ${(q)1}"
        zpty -w shell 'compadd() {
            if [[ " $*" == *" -"[a-zA-Z]#[OAD]" "* ]]; then builtin compadd "$@"; return; fi
            local -a __hits; builtin compadd -A __hits "$@"; (( $#__hits )) || return 1
            print -rl -- "{"${^__hits}"}"
            builtin compadd "$@"
        }'
        zpty -w shell 'setopt extended_glob; give() { _main_complete; print "<en""d>"; exit }; zle -C give complete-word give; bindkey "^I" give; print "<rea""dy>"'
        while zpty -r shell text; do [[ $text == *"<ready>"* ]] && break; done
        zpty -n -w shell "$2"$'\\t'
        while zpty -r shell text; do
            text=${text%%[[:space:]]##}
            [[ $text == *"<end>"* ]] && break
            [[ $text == *\\{*\\} ]] && print -r -- ${${text##*\\{}%\\}}
        done
        zpty -d shell
        """
}
