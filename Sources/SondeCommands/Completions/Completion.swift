/// What a shell offers in the place of a value.
enum Completion: Hashable {
    case nothing
    case words([String])
    /// Some of these words, separated by commas.
    case list([String])
    /// One of these words, or a file.
    case wordsOrFiles([String])
    case files, folders

    var words: [String] {
        switch self {
        case .words(let words), .list(let words), .wordsOrFiles(let words): words
        case .nothing, .files, .folders: []
        }
    }
}

/// The words that completions know besides those of the option table, as they are when a script is made.
struct CompletionWords {
    var vendors: [String]
    /// Variables in which vendors' keys are looked for.
    var keyVariables: [String]
    var scenarios: [String]
    var causes: [String]
    var commands: [String]

    func completion(of option: OptionSpec) -> Completion {
        switch option.value {
        case .flag, .duration, .integer, .amount: .nothing
        case .choice(let words): .words(words)
        case .choices(let words, _): .list(words)
        case .text(let name):
            switch option.name {
            case "vendor", "override-vendor": .words(vendors)
            case "proxy-user": .words(["env:"])
            default: completion(ofValue: name)
            }
        }
    }

    func completion(of argument: ArgumentSpec) -> Completion {
        switch argument.name {
        case "target", "id": .words(vendors)
        case "cause": .words(causes)
        case "scenario": .wordsOrFiles(scenarios)
        case "subcommand": .words(commands)
        case "shell": .words(Shell.allCases.map(\.rawValue))
        case "profile": .files
        // Alternatives that are written out, as in `check|init`, and the file that each of them takes.
        case let name where name.contains("|"): .wordsOrFiles(name.split(separator: "|").map(String.init))
        default: completion(ofValue: argument.name)
        }
    }

    /// By the name that a value has in the help.
    private func completion(ofValue name: String) -> Completion {
        switch name {
        case "dir": .folders
        case "[target=]source": .words(keyVariables.map { "env:" + $0 } + ["env:", "file:", "stdin", "command:"])
        case _ where name.hasSuffix("file") || name.hasSuffix("report"): .files
        default: .nothing
        }
    }
}

extension OptionSpec {
    /// What a shell says beside it: the first sentence of the help, without its period.
    var summary: String { help.firstSentence }

    /// `-o` and `--output`.
    var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + [display] }
}

extension String {
    /// Up to the first period that ends a sentence, which is left out.
    var firstSentence: String {
        let words = split(separator: " ", omittingEmptySubsequences: false)
        let end = words.firstIndex { $0.hasSuffix(".") && $0.count > 2 } ?? words.endIndex - 1
        let sentence = words[...end].joined(separator: " ")
        return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }
}
