/// Reads files that a user names, up to a limit.
enum InputFile {
    /// The bytes of a regular file, or of a pipe as process substitution gives.
    ///
    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - purpose: What it is, for the message: `profile`, `scenario`.
    ///   - limit: Bytes; a longer file is refused.
    static func read(_ path: String, purpose: StaticString, limit: Int) throws(UsageError) -> [UInt8] {
        let descriptor = try open(path, purpose: purpose)
        defer { if path != "-" { try? System.close(descriptor) } }
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try readAll(descriptor, upTo: limit + 1) } catch {
            throw unreadable(path, purpose, "\(own: error.text)")
        }
        guard bytes.count <= limit else { throw unreadable(path, purpose, "it is longer than \(limit) bytes") }
        return bytes
    }

    /// A descriptor of the file, or that of standard input, which is not to be closed.
    static func open(_ path: String, purpose: StaticString) throws(UsageError) -> Int32 {
        var failure: EchoedText
        do throws(SystemError) {
            let descriptor = try path == "-" ? 0 : System.open(path, for: .read(.follow))
            let kind = try System.status(of: descriptor).kind
            guard kind == .directory || (path != "-" && kind == .device) else { return descriptor }
            if path != "-" { try System.close(descriptor) }
            failure = kind == .directory ? "it is a directory" : "it is a device"
        } catch {
            failure = "\(own: error.text)"
        }
        throw unreadable(path, purpose, failure)
    }

    static func unreadable(_ path: String, _ purpose: StaticString, _ why: EchoedText) -> UsageError {
        UsageError(.file, "Cannot read the \(own: "\(purpose)") \(argument: path): \(why)")
    }

    /// Says what keeps a library from reading a file later, without reading it now: a pipe gives its bytes only once.
    ///
    /// - Parameter path: Has no short form: `-` is refused, since no library takes it for standard input.
    static func check(_ path: String, purpose: StaticString) throws(UsageError) {
        let failure: EchoedText?
        do throws(SystemError) {
            let kind = try path == "-" ? nil : System.status(of: path, .follow).kind
            failure =
                switch kind {
                case nil: "standard input cannot be used for it"
                case .directory: "it is a directory"
                case .socket: "it is a socket"
                case .regular, .pipe, .device, .symbolicLink: System.mayRead(path) ? nil : "\(own: SystemError.noPermission.text)"
                }
        } catch {
            failure = "\(own: error.text)"
        }
        if let failure { throw UsageError(.file, "Cannot read the \(own: "\(purpose)") \(argument: path): \(failure)") }
    }

    /// The bytes of a regular file that nobody named; nil for anything else, which is left alone: to open a pipe is to take part in it.
    static func glance(_ path: String, limit: Int) -> [UInt8]? {
        guard (try? System.status(of: path, .follow))?.kind == .regular else { return nil }
        return try? read(path, purpose: "file", limit: limit)
    }

    /// Everything up to the end or the limit; ends within a twentieth of a second once the task is cancelled.
    private static func readAll(_ descriptor: Int32, upTo limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            guard !Task.isCancelled else { throw .interrupted }
            do throws(SystemError) {
                System.waitUntilReadable(descriptor)
                guard System.isReadable(descriptor) else { continue }
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
