import Sonde
@testable import SondeCommands

/// Takes every argument of `check` as far as this module does, and refuses names it does not know.
struct TestCheck: Command {
    static let spec = CommandSpec.check
    let arguments: ParsedArguments
    let outputs: [OutputSpec]

    init(_ arguments: ParsedArguments) throws(UsageError) {
        self.arguments = arguments
        if let vendor = arguments.string(Options.vendor) { try Self.know(vendor, "vendor") }
        for target in arguments.positionals { try Self.know(target, "target") }
        for key in arguments.strings(Options.key) { _ = try KeyAssignment(key) }
        for header in arguments.strings(Options.header) { _ = try HeaderSource(header) }
        if let user = arguments.string(Options.proxyUser) { _ = try VariableSource(user, option: Options.proxyUser) }
        for file in arguments.strings(Options.envFile) { _ = try DotenvFile.load(file) }
        for option in [Options.profile, Options.body, Options.certificateAuthorities] {
            if let file = arguments.string(option) { _ = try InputFile.read(file, purpose: "file", limit: 1_000) }
        }
        outputs = try OutputSpec.list(arguments.strings(Options.output), standard: arguments.choice(Options.format) ?? .text)
        for output in outputs {
            if let path = output.path { _ = try AtomicFile.prepare(path) }
        }
        // The rest is taken for wrong, to see how it is repeated.
        for option in arguments.command.options {
            guard case .text = option.value, arguments.isGiven(option), option.name != "output" else { continue }
            for value in arguments.strings(option) where !["vercel", "openai", "env:KEY"].contains(value) {
                throw UsageError(.invalidValue, "The value \(argument: value) is of no use")
            }
        }
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        console.write("checked \(arguments.positionals.joined(separator: " "))\n")
        return arguments.flag(Options.exitZero) ? .pass : .checkFailed
    }

    private static func know(_ name: String, _ kind: StaticString) throws(UsageError) {
        let names = ["vercel", "openai", "groq"]
        guard names.contains(name) else { throw .unknown(kind, name, among: names) }
    }
}

struct TestDemo: Command {
    static let spec = CommandSpec.demo
    init(_ arguments: ParsedArguments) throws(UsageError) {}
    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus { .pass }
}

struct TestSimulate: Command {
    static let spec = CommandSpec.simulate
    init(_ arguments: ParsedArguments) throws(UsageError) {}

    /// Waits to be stopped.
    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus {
        console.write("listening\n")
        while !Task.isCancelled { await Task.yield() }
        console.write("stopped\n")
        return .pass
    }
}

struct TestVendors: Command {
    static let spec = CommandSpec.vendors
    init(_ arguments: ParsedArguments) throws(UsageError) {}
    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus { throw CancellationError() }
}

struct TestCauses: Command {
    static let spec = CommandSpec.causes
    init(_ arguments: ParsedArguments) throws(UsageError) {}

    struct Mishap: Error, CustomStringConvertible {
        var description: String { "one\u{1B}[31m\ntwo" }
    }

    func run(in console: Console, with tools: Toolbox) async throws -> ExitStatus { throw Mishap() }
}

/// What one call of the tool did.
struct Call {
    var status: Sonde.ExitStatus
    var output: String
    var error: String

    static let app = App(
        commands: [TestCheck.self, TestDemo.self, TestSimulate.self, TestVendors.self, TestCauses.self, HelpCommand.self],
        libraries: { ["libcurl 7.88.1", "jansson 2.14"] })

    static func sonde(_ arguments: String..., width: Int = 80) async -> Call {
        await sonde(arguments, width: width)
    }

    static func sonde(
        _ arguments: [String], width: Int = 80, on terminals: Console.Terminals = .none, failing: SystemError? = nil,
        interruption: Interruption = Interruption()
    ) async -> Call {
        let output = MemoryStream(failing: failing)
        let error = MemoryStream()
        let console = Console(output: output, error: error, environment: [:], terminals: terminals, width: width)
        let status = await app.run(arguments, in: console, interruption)
        return Call(status: status, output: output.text, error: error.text)
    }
}
