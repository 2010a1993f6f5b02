/// A file that is written whole or not at all.
///
/// ``prepare(_:)`` finds out before the run whether the file can be written, and leaves no trace; ``commit(_:)`` writes a
/// temporary file beside it and renames that. Devices and pipes are written to directly, since a name is all they have.
struct AtomicFile: Hashable {
    /// As the user wrote it.
    let path: String
    /// The file itself, where `path` is a symbolic link to it.
    private let target: String
    private let isDirect: Bool
    private let mode: UInt32

    /// Checks that the file can be written: its folder takes new files, and what is there may be replaced.
    ///
    /// - Parameter mode: Permissions of the new file, cut down by the umask.
    /// - Throws: The path, the reason and the remedy.
    static func prepare(_ path: String, mode: UInt32 = 0o666) throws(UsageError) -> AtomicFile {
        do throws(SystemError) {
            let target = try resolve(path)
            let kind = try kind(of: target)
            let isDirect = kind == .device || kind == .pipe || isSpecial(target)
            guard kind != .directory else { throw .isDirectory }
            guard kind == nil || System.isWritable(target) else { throw .noPermission }
            let file = AtomicFile(path: path, target: target, isDirect: isDirect, mode: mode)
            if !isDirect {
                let trial = try file.makeTemporary()
                try? System.close(trial.descriptor)
                file.discard(trial)
            }
            return file
        } catch {
            throw failure(path, error)
        }
    }

    /// Nil when there is no such file yet.
    private static func kind(of path: String) throws(SystemError) -> System.FileKind? {
        do throws(SystemError) {
            return try System.status(of: path, .follow).kind
        } catch {
            guard error == .notFound else { throw error }
            return nil
        }
    }

    /// Paths such as `/dev/stdout` and `/dev/fd/3`, which may lead to any kind of file and have no folder to work in.
    private static func isSpecial(_ path: String) -> Bool {
        path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
    }

    /// Writes the bytes and gives the file its name; on failure an earlier file of the name is as it was.
    func commit(_ bytes: [UInt8]) throws(UsageError) {
        do throws(SystemError) {
            if isDirect {
                try writeDirectly(bytes)
            } else {
                try replace(with: bytes)
            }
        } catch {
            throw Self.failure(path, error)
        }
    }

    private func writeDirectly(_ bytes: [UInt8]) throws(SystemError) {
        let descriptor = try System.open(target, for: .write)
        do throws(SystemError) {
            try System.write(bytes, to: descriptor)
        } catch {
            try? System.close(descriptor)
            // A reader that has enough, as in `-o json=>(head -1)`.
            if error == .brokenPipe { return }
            throw error
        }
        try System.close(descriptor)
    }

    private func replace(with bytes: [UInt8]) throws(SystemError) {
        let temporary = try makeTemporary()
        do throws(SystemError) {
            do throws(SystemError) {
                try System.write(bytes, to: temporary.descriptor)
            } catch {
                try? System.close(temporary.descriptor)
                throw error
            }
            try System.close(temporary.descriptor)
            try System.rename(temporary.path, to: target)
            TemporaryFiles.forget(temporary.path)
        } catch {
            discard(temporary)
            throw error
        }
    }

    private func makeTemporary() throws(SystemError) -> (path: String, descriptor: Int32) {
        var attempts = 0
        while true {
            let tail = String(UInt64.random(in: 0...UInt64.max), radix: 36)
            let path = "\(target).\(tail).tmp"
            do throws(SystemError) {
                let descriptor = try System.open(path, for: .create(mode: mode))
                TemporaryFiles.remember(path)
                return (path, descriptor)
            } catch {
                attempts += 1
                guard error == .exists, attempts < 8 else { throw error }
            }
        }
    }

    private func discard(_ temporary: (path: String, descriptor: Int32)) {
        try? System.remove(temporary.path)
        TemporaryFiles.forget(temporary.path)
    }

    /// Follows symbolic links, also one whose destination does not exist yet, as a shell's redirection does.
    private static func resolve(_ path: String) throws(SystemError) -> String {
        var path = path
        for _ in 0..<40 {
            guard !isSpecial(path), let status = try? System.status(of: path, .noFollow), status.kind == .symbolicLink else {
                return path
            }
            let destination = try System.destination(ofLink: path)
            path = destination.hasPrefix("/") ? destination : (folder(of: path) + destination)
        }
        throw .tooManyLinks
    }

    /// With a slash at its end; empty for a bare name.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    private static func failure(_ path: String, _ error: SystemError) -> UsageError {
        let remedy: EchoedText =
            switch error {
            case .notFound, .notADirectory: "Its folder must exist; sonde makes none."
            case .isDirectory: "Name a file in it, such as report.json."
            case .diskFull: "Free some space, or name a file elsewhere. An earlier file of this name is untouched."
            default: "Name another file, in a folder that you can write to."
            }
        return UsageError(.output, "Cannot write \(argument: path): \(own: error.text)", help: remedy)
    }
}
