import Sonde

/// One thing the tool does.
///
/// Reading the arguments and doing the work are apart, so that everything wrong with a command line is said before
/// anything happens.
protocol Command: Sendable {
    /// The description that parser and help read.
    static var spec: CommandSpec { get }

    /// Takes what it needs from the command line.
    ///
    /// - Throws: What is wrong with the arguments beyond what the description can tell.
    init(_ arguments: ParsedArguments) throws(UsageError)

    /// Does the work; when the surrounding task is cancelled, it stops and reports what was done.
    func run(in console: Console) async throws -> ExitStatus
}
