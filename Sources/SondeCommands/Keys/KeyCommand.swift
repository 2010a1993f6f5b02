/// A program that prints a key, as password managers have.
///
/// No shell; its output and its errors are never shown; whatever it started ends with it.
struct KeyCommand {
    let words: [String]
    let environment: [String: String]
    let patience: Duration

    private enum Outcome {
        case ended(System.ChildEnd, output: [UInt8])
        case failed(PatientReader.Failure)
    }

    /// What it printed, up to the limit of a key file.
    func run() async throws(UsageError) -> [UInt8] {
        let child: System.Child
        do throws(SystemError) {
            child = try System.spawn(words, environment: environment)
        } catch {
            throw failure("it cannot be started: \(own: error.text)")
        }
        switch await watch(child) {
        case .ended(.exited(0), let output): return output
        case .ended(.exited(127), _): throw failure("it cannot be started")
        case .ended(.exited(let status), _): throw failure("it ended with status \(status)")
        case .ended(.signaled(let signal), _): throw failure("it was ended by signal \(signal)")
        case .failed(.tooLong): throw failure("it prints more than a key can be")
        case .failed(.tooSlow): throw failure("it did not end within \(own: "\(patience)")")
        case .failed(.cancelled): throw failure("interrupted")
        case .failed(.system(let error)): throw failure("\(own: error.text)")
        }
    }

    private func watch(_ child: System.Child) async -> Outcome {
        let deadline = ContinuousClock.now + patience
        var reader = PatientReader(child.output, limit: KeyReader.limit, deadline: deadline)
        var pause = Pause(deadline: deadline)
        defer { try? System.close(child.output) }
        do throws(PatientReader.Failure) {
            // A child of its own may hold the pipe open; the key is there when the command itself has ended.
            while !System.hasEnded(child) {
                _ = try reader.readWhatIsThere()
                try await pause.wait()
            }
            _ = try reader.readWhatIsThere()
            return .ended(System.killAndReap(child), output: reader.bytes)
        } catch {
            _ = System.killAndReap(child)
            return .failed(error)
        }
    }

    private func failure(_ reason: EchoedText) -> UsageError {
        UsageError(
            .keySource, "The key command gave no key: \(reason)",
            help: "Its output is never shown here; run it by itself to see what it says.")
    }
}
