/// Reads a command line by the descriptions in ``CommandSpec``.
struct ArgumentParser {
    /// What a command line asks for.
    enum Request: Hashable {
        case run(ParsedArguments)
        /// A help screen: of one command, or of the tool.
        case help(CommandSpec?)
        /// The version; with the libraries' when details are wanted.
        case version(details: Bool)
    }

    let tool: ToolSpec

    init(_ tool: ToolSpec) {
        self.tool = tool
    }

    /// - Parameter arguments: Without the program's own name.
    func parse(_ arguments: [String]) throws(UsageError) -> Request {
        let named = arguments.first.flatMap(tool.command(named:))
        let words = named == nil ? arguments[...] : arguments.dropFirst()
        // Help wins over any mistake beside it: who asks for it is not to be told off first.
        let plain = words.prefix { $0 != "--" }
        if plain.contains("--help") || plain.contains("-h") { return .help(named) }
        if named == nil, plain.contains("--version") {
            return .version(details: plain.contains("--verbose") || plain.contains("-v"))
        }
        guard let command = named ?? tool.defaultCommand.flatMap(tool.command(named:)) else {
            guard let first = arguments.first else { return .help(nil) }
            throw .unknown("subcommand", first, among: tool.commands.map(\.name))
        }
        do throws(UsageError) {
            var reader = Reader(words: words, result: ParsedArguments(tool: tool, command: command))
            try reader.read()
            if named == nil, let first = reader.result.positionals.first, let meant = tool.command(named: first) {
                throw UsageError(
                    .unexpectedArgument, "The command '\(own: meant.name)' comes first",
                    help: "Write '\(own: tool.name) \(own: meant.name)' and then the options.")
            }
            return .run(reader.result)
        } catch {
            var error = error
            error.command = command.name
            throw error
        }
    }
}

extension ArgumentParser {
    /// Walks along the words once.
    private struct Reader {
        var words: ArraySlice<String>
        var result: ParsedArguments

        mutating func read() throws(UsageError) {
            while let word = words.popFirst() {
                if word == "--" {
                    for word in words { try take(positional: word) }
                    break
                } else if word.hasPrefix("--") {
                    try take(long: word)
                } else if word.hasPrefix("-"), word.count > 1 {
                    try take(short: word)
                } else {
                    try take(positional: word)
                }
            }
            try checkConflicts()
            for (index, argument) in result.command.arguments.enumerated()
            where argument.count == .one && result.positionals.count <= index {
                throw UsageError(.missingArgument, "Missing expected argument '<\(own: argument.name)>'", help: "\(own: argument.help)")
            }
        }

        private mutating func take(long word: String) throws(UsageError) {
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = result.command.option(named: name) else { throw unknownOption("--" + name) }
            if option.value == .flag {
                guard parts.count == 1 else {
                    throw UsageError(.invalidValue, "The option '\(own: option.display)' takes no value")
                }
                result.append("", for: option)
            } else {
                try take(parts.count == 2 ? String(parts[1]) : nextValue(of: option, written: option.display), for: option)
            }
        }

        /// A cluster: flags one after the other, and at its end perhaps an option with its value, as in `-4m5`.
        private mutating func take(short word: String) throws(UsageError) {
            var rest = word.dropFirst()
            while let letter = rest.first {
                // `-xai-…` is sooner a key than a proxy called `ai-…`.
                guard !KeyShape.beginsLikeKey(String(rest)) else { throw unknownOption(String(rest)) }
                rest.removeFirst()
                guard let option = result.command.option(short: letter) else {
                    // Of a cluster that may be a key not even the letter is repeated.
                    throw unknownOption(KeyShape.matches(word) || word.count <= 2 ? word : "-\(letter)")
                }
                if option.value == .flag {
                    result.append("", for: option)
                } else {
                    let attached = rest.first == "=" ? rest.dropFirst() : rest
                    try take(attached.isEmpty ? nextValue(of: option, written: "-\(letter)") : String(attached), for: option)
                    return
                }
            }
        }

        private mutating func take(positional word: String) throws(UsageError) {
            let arguments = result.command.arguments
            guard arguments.last?.count == .any || result.positionals.count < arguments.count else {
                throw UsageError(.unexpectedArgument, "Unexpected argument \(argument: word)")
            }
            guard !word.isEmpty else {
                let name = arguments[min(result.positionals.count, arguments.count - 1)].name
                throw UsageError(
                    .invalidValue, "The argument '<\(own: name)>' is empty", help: "Is a variable in your command unset?")
            }
            result.append(positional: word)
        }

        private mutating func nextValue(of option: OptionSpec, written name: String) throws(UsageError) -> String {
            guard let next = words.first, next == "-" || !next.hasPrefix("-") else {
                throw UsageError(
                    .missingValue, "Missing value for '\(own: name) <\(own: option.valueName ?? "")>'",
                    help: words.isEmpty ? nil : "A value that starts with a dash is written \(own: option.display)=VALUE.")
            }
            words.removeFirst()
            return next
        }

        private mutating func take(_ value: String, for option: OptionSpec) throws(UsageError) {
            try option.validate(value)
            result.append(value, for: option)
        }

        private func checkConflicts() throws(UsageError) {
            for option in result.command.options where result.isGiven(option) {
                for name in option.excludes {
                    guard let other = result.command.option(named: name), result.isGiven(other) else { continue }
                    throw UsageError(.conflict, "'\(own: option.display)' and '\(own: other.display)' exclude each other")
                }
            }
        }

        private func unknownOption(_ written: String) -> UsageError {
            var message: EchoedText = "Unknown option \(argument: written)"
            let names = (result.command.options + CommandSpec.commonOptions(withVersion: true)).map(\.name)
            if !message.hidesKey, let near = Suggestion.nearest(to: String(written.drop { $0 == "-" }), among: names) {
                message.append(". Did you mean '--\(own: near)'?")
                return UsageError(.unknownOption, message)
            }
            let owners = result.tool.commands.filter { $0.options.contains { $0.display == written } }.map(\.name)
            guard let owner = owners.first else { return UsageError(.unknownOption, message) }
            return UsageError(
                .unknownOption, message, help: "It belongs to '\(own: result.tool.name) \(own: owner)'.")
        }
    }
}
