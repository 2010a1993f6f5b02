import Synchronization

/// What a command knows of the world outside: its streams, its environment, and who is looking.
///
/// Data goes to standard output, everything else to standard error. A reader that went away is no error; an output that
/// fails otherwise is remembered in ``outputFailure`` and decides the exit status.
final class Console: Sendable {
    /// What is true of the three standard streams.
    struct Terminals: Sendable, Hashable {
        var input: Bool
        var output: Bool
        var error: Bool

        static let none = Terminals(input: false, output: false, error: false)
    }

    let environment: [String: String]
    let terminals: Terminals
    /// Columns of the terminal, 80 where there is none.
    let width: Int
    /// Whether a continuous-integration service runs this: no progress, no questions, nothing kept.
    let isCI: Bool
    let progress: ProgressLine

    private let output: any OutputStream
    private let error: any OutputStream

    private let failure = Mutex<SystemError?>(nil)
    private let outputGuard = OutputGuard()

    init(
        output: any OutputStream, error: any OutputStream, environment: [String: String], terminals: Terminals = .none, width: Int = 80
    ) {
        self.output = output
        self.error = error
        self.environment = environment
        self.terminals = terminals
        self.width = max(40, width)
        isCI = Self.isCI(environment)
        progress = ProgressLine(
            stream: error, columns: self.width, outputGuard: outputGuard,
            isPossible: terminals.error && !isCI && environment["TERM"] != "dumb")
    }

    /// The console of this process.
    ///
    /// The width is that of the terminal; `COLUMNS` counts where there is none.
    static func standard(environment: [String: String]) -> Console {
        let terminals = Terminals(input: System.isTerminal(0), output: System.isTerminal(1), error: System.isTerminal(2))
        let columns = System.columns(of: 1) ?? System.columns(of: 2) ?? environment["COLUMNS"].flatMap(Int.init)
        return Console(
            output: DescriptorStream(descriptor: 1), error: DescriptorStream(descriptor: 2), environment: environment,
            terminals: terminals, width: min(columns ?? 80, 1_000))
    }

    /// Whether a person sits at it: somebody sees the output, and it is not a CI service's pretended terminal.
    var isInteractive: Bool { terminals.output && !isCI }

    /// Writes data to standard output, as it is.
    func write(_ text: String) {
        write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) {
        progress.clear()
        guard isFree(bytes) else { return }
        guard outputFailure == nil, !hasLostReader else { return }
        do {
            try output.write(bytes)
        } catch {
            failure.withLock { $0 = error }
        }
    }

    /// Writes a line, or lines, to standard error.
    ///
    /// - Parameter text: Without a final line end; escaped already.
    func note(_ text: String) {
        progress.clear()
        let bytes = Array((text + "\n").utf8)
        guard isFree(bytes) else { return }
        try? error.write(bytes)
    }

    /// Writes a question to standard error, and leaves the cursor behind it.
    ///
    /// - Parameter text: Escaped already.
    func prompt(_ text: String) {
        progress.clear()
        let bytes = Array(text.utf8)
        guard isFree(bytes) else { return }
        try? error.write(bytes)
    }

    /// Why standard output could not be written; nil when all is well, and when merely its reader went away.
    var outputFailure: SystemError? {
        hasLostReader ? nil : failure.withLock { $0 }
    }

    /// Whether the reader of standard output went away, as `head` does, or its terminal; there is no point in going on printing.
    var hasLostReader: Bool {
        let failure = failure.withLock { $0 }
        return failure == .brokenPipe || terminals.output && failure == .inputOutput
    }

    /// Looks at everything that is written from now on, the progress line and files included; for the last search for secrets.
    func guardOutput(with scan: @escaping OutputScan) {
        outputGuard.install(scan)
    }

    /// Says whether the last search finds nothing in these bytes; for files.
    func mayWrite(_ bytes: [UInt8]) -> Bool { outputGuard.isFree(bytes) }

    private func isFree(_ bytes: [UInt8]) -> Bool {
        guard !outputGuard.isFree(bytes) else { return true }
        try? error.write(Array("Error: An output was withheld because it held a secret. Please report this.\n".utf8))
        failure.withLock { $0 = $0 ?? .noPermission }
        return false
    }

    func style(_ choice: ColorChoice) -> Style {
        Style(choice, environment: environment, isTerminal: terminals.output)
    }

    private static func isCI(_ environment: [String: String]) -> Bool {
        if let value = environment["CI"], !["", "0", "false", "no"].contains(value.lowercased()) { return true }
        return ["GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION"]
            .contains { environment[$0].map { !$0.isEmpty } ?? false }
    }
}
