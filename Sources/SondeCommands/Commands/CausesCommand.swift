import Sonde

/// `sonde causes [CAUSE]`: what a verdict can say.
struct CausesCommand: Command {
    static let spec = CommandSpec.causes
    private let arguments: ParsedArguments

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        guard let name = arguments.positionals.first else {
            let width = Cause.allCases.map { $0.rawValue.count }.max() ?? 0
            let lines = Cause.allCases.flatMap { cause in
                TerminalText.labeled(cause.rawValue, column: width + 2, cause.meaning, to: console.width)
            }
            console.write(
                (lines + [""] + TerminalText.wrapped("See 'sonde causes CAUSE' for what to do about one.", to: console.width)).joined(
                    separator: "\n") + "\n")
            return .pass
        }
        guard let cause = Cause(rawValue: name.lowercased().replacing("-", by: "_")) else {
            throw UsageError.unknown("cause", name, among: Cause.allCases.map(\.rawValue))
        }
        let style = console.style(arguments.choice(Options.color, as: ColorChoice.self) ?? .auto)
        let page = try CausePage(cause)
        var lines = [style(.heading, cause.rawValue)] + TerminalText.wrapped(cause.meaning, to: console.width, indent: 2)
        if cause.usualOwner != .nobody {
            lines.append("  Usually acts first: \(cause.usualOwner.phrase).")
        } else if cause.isRetryable {
            lines.append("  Nobody has to act: it passes with time.")
        }
        if !page.steps.isEmpty {
            lines += ["", style(.strong, "What to do, in general")]
            for (index, step) in page.steps.enumerated() {
                lines += TerminalText.wrapped("\(index + 1). \(step)", to: console.width, indent: 2, hanging: 5)
            }
        }
        console.write(lines.joined(separator: "\n") + "\n")
        return .pass
    }
}
