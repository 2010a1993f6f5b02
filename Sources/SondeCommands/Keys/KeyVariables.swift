/// The variables from which a command line reads secrets: a profile may not take their values in.
enum KeyVariables {
    /// Of `--key`, `-H` and `--proxy-user`, as far as the command has them.
    static func named(in arguments: ParsedArguments) -> [String] {
        [Options.key, Options.header, Options.proxyUser].flatMap { option in
            arguments.command.option(named: option.name) == nil
                ? [] : arguments.strings(option).compactMap { text in text.firstRange(of: "env:").map { String(text[$0.upperBound...]) } }
        }
    }
}
