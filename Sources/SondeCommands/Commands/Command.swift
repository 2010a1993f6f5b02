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
    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus
}

/// What commands share besides the console.
struct Toolbox: Sendable {
    /// Loads the vendors that are known.
    var vendors: VendorLoader
    /// The status of the signal that stopped the process, once one did.
    var interruption: @Sendable () -> ExitStatus?
}
