extension Console {
    /// Writes a report to a file prepared before the run, after the last search for secrets.
    func commit(_ bytes: [UInt8], to file: AtomicFile) throws(UsageError) {
        guard mayWrite(bytes) else {
            throw UsageError(
                .output, "The output to \(argument: file.path) was withheld because it held a secret", help: "Please report this.")
        }
        try file.commit(bytes)
    }

    /// Appends to a file that somebody else made, after the last search for secrets.
    func append(_ bytes: [UInt8], to path: String) throws(UsageError) {
        guard mayWrite(bytes) else {
            throw UsageError(
                .output, "The output to \(argument: path) was withheld because it held a secret", help: "Please report this.")
        }
        do throws(SystemError) {
            let descriptor = try System.open(path, for: .append)
            do throws(SystemError) {
                try System.write(bytes, to: descriptor)
            } catch {
                try? System.close(descriptor)
                throw error
            }
            try System.close(descriptor)
        } catch {
            throw UsageError(
                .output, "Cannot append to \(argument: path): \(own: error.text)", help: "It is named by \(own: StepSummary.variable).")
        }
    }
}
