extension Console {
    /// Writes a report to a file prepared before the run, after the last search for secrets.
    func commit(_ bytes: [UInt8], to file: AtomicFile) throws(UsageError) {
        guard mayWrite(bytes) else {
            throw UsageError(
                .output, "The output to \(argument: file.path) was withheld because it held a secret", help: "Please report this.")
        }
        try file.commit(bytes)
    }
}
