import Sonde

/// Reads keys from their sources into ``Secret`` values.
///
/// One final line end is normal in a file, a pipe or a command's output and dropped; in a variable it stays, for it is a
/// finding. Standard input is read once and then remembered by nobody: a second target that wants it is refused by the caller.
struct KeyReader {
    /// Bytes of a key file at most.
    static let limit = 65_536

    var environment: [String: String]
    /// How long a command, or the writer of a pipe, may take.
    var patience: Duration = .seconds(10)
    /// Where `stdin` reads from.
    var standardInput: Int32 = 0

    /// - Returns: Nil when a variable is not set, which is a finding about the target and no error.
    /// - Throws: What is wrong with the source; never with any of what it held. `CancellationError` becomes a usage error too
    ///   and is told apart by the surrounding task.
    func read(_ source: KeySource) async throws(UsageError) -> Secret? {
        switch source {
        case .environment(let name):
            return environment[name].map { Secret($0) }
        case .file(let path):
            return Secret(Self.withoutFinalLineEnd(try await readFile(expanded(path))))
        case .standardInput:
            guard !System.isTerminal(standardInput) else {
                throw UsageError(
                    .keySource, "Standard input is a terminal, which would show the key",
                    help: "Pipe it, as in 'pass show openai | sonde check openai --key stdin'.")
            }
            return Secret(Self.withoutFinalLineEnd(try await readPipe(standardInput, from: "standard input")))
        case .command(let words):
            let command = KeyCommand(words: words, environment: environment, patience: patience)
            return Secret(Self.withoutFinalLineEnd(try await command.run()))
        }
    }

    private func readFile(_ path: String) async throws(UsageError) -> [UInt8] {
        let descriptor: Int32
        do throws(SystemError) {
            descriptor = try System.open(path, for: .read(.follow))
        } catch {
            throw unreadable(path, "\(own: error.text)")
        }
        defer { try? System.close(descriptor) }
        switch try? System.status(of: descriptor).kind {
        case .regular, .pipe: break
        case .directory: throw unreadable(path, "it is a directory")
        default: throw unreadable(path, "it is neither a file nor a pipe")
        }
        return try await readPipe(descriptor, from: "\(argument: path)")
    }

    private func readPipe(_ descriptor: Int32, from name: EchoedText) async throws(UsageError) -> [UInt8] {
        do throws(PatientReader.Failure) {
            return try await PatientReader(descriptor, limit: Self.limit, deadline: .now + patience).readAll()
        } catch {
            let reason: EchoedText =
                switch error {
                case .tooLong: "it is longer than a key can be"
                case .tooSlow: "nothing more came for \(own: "\(patience.components.seconds)") s"
                case .cancelled: "interrupted"
                case .system(let error): "\(own: error.text)"
                }
            throw UsageError(.keySource, "Cannot read the key from \(name): \(reason)", help: KeySource.remedy)
        }
    }

    private func unreadable(_ path: String, _ reason: EchoedText) -> UsageError {
        UsageError(.keySource, "Cannot read the key from \(argument: path): \(reason)", help: "Check the path after 'file:'.")
    }

    /// The shell leaves `~` alone behind `file:`, so it is understood here.
    private func expanded(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
        return home + path.dropFirst()
    }

    private static func withoutFinalLineEnd(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.last == 0x0a else { return bytes }
        let rest = bytes.dropLast()
        return Array(rest.last == 0x0d ? rest.dropLast() : rest)
    }
}
