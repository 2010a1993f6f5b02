/// Reads files that a user names, up to a limit.
enum InputFile {
    /// The bytes of a regular file, or of a pipe as process substitution gives.
    ///
    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - purpose: What it is, for the message: `profile`, `scenario`.
    ///   - limit: Bytes; a longer file is refused.
    static func read(_ path: String, purpose: StaticString, limit: Int) throws(UsageError) -> [UInt8] {
        var failure: EchoedText
        do throws(SystemError) {
            let descriptor = try path == "-" ? 0 : System.open(path, for: .read(.follow))
            defer { if path != "-" { try? System.close(descriptor) } }
            let kind = try System.status(of: descriptor).kind
            if kind == .directory {
                failure = "it is a directory"
            } else if path != "-", kind == .device {
                failure = "it is a device"
            } else {
                let bytes = try readAll(descriptor, upTo: limit + 1)
                if bytes.count <= limit { return bytes }
                failure = "it is longer than \(limit) bytes"
            }
        } catch {
            failure = "\(own: error.text)"
        }
        throw UsageError(.file, "Cannot read the \(own: "\(purpose)") \(argument: path): \(failure)")
    }

    private static func readAll(_ descriptor: Int32, upTo limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            do throws(SystemError) {
                System.waitUntilReadable(descriptor)
                let more = try System.read(descriptor, upTo: min(65_536, limit - bytes.count))
                if more.isEmpty { break }
                bytes += more
            } catch {
                guard error == .wouldBlock else { throw error }
            }
        }
        return bytes
    }
}
