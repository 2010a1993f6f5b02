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

    /// The variables and the vendors that the options name, for a command that has '--env-file', '--vendor-dir' and '--override-vendor'.
    ///
    /// Whatever is said from then on, errors too, is searched for the keys that are known already.
    func prepare(_ arguments: ParsedArguments, _ console: Console) throws(UsageError) -> (
        environment: [String: String], catalog: VendorCatalog
    ) {
        let environment = try DotenvFile.merge(arguments.strings(Options.envFile), into: console.environment)
        let catalog = try vendors.load(
            directories: arguments.strings(Options.vendorDirectory), overridden: arguments.strings(Options.overrideVendor),
            environment: environment)
        console.guardOutput(against: RunSecrets.collect(targets: [], catalog: catalog, environment: environment))
        return (environment, catalog)
    }
}
