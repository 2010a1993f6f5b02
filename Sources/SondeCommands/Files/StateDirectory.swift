/// The folder in which the last report is kept: `$XDG_STATE_HOME/sonde`, else `~/.local/state/sonde`.
///
/// Only its owner can look into it. A folder that belongs to somebody else, or a symbolic link in its place, is refused.
struct StateDirectory: Hashable {
    let path: String
    /// The folder above `sonde`, and those of it that may have to be made.
    private let parents: [String]

    /// Nil when neither variable says where; a relative `XDG_STATE_HOME` counts as unset (XDG Base Directory Specification).
    init?(environment: [String: String]) {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            parents = [state]
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            parents = [home + "/.local", home + "/.local/state"]
        } else {
            return nil
        }
        path = (parents.last ?? "") + "/sonde"
    }

    /// Writes a file with mode 0600, making the folder where it is missing.
    ///
    /// - Parameter name: A plain file name of ours.
    func save(_ bytes: [UInt8], as name: StaticString) throws(UsageError) {
        do throws(SystemError) {
            for parent in parents { try make(parent) }
            try make(path)
            let status = try System.status(of: path, .noFollow)
            guard isOurs(status) else { throw SystemError.noPermission }
            if status.mode & 0o077 != 0 { try System.setMode(0o700, of: path) }
            // The rename would replace a link by itself; resolving it first is what must not happen here.
            if let existing = try? System.status(of: file(name), .noFollow), existing.kind == .symbolicLink {
                try System.remove(file(name))
            }
        } catch {
            throw UsageError(
                .file, "Cannot keep the report in \(argument: path): \(own: error.text)",
                help: "The folder must belong to you and be no link; XDG_STATE_HOME chooses another.")
        }
        try AtomicFile.prepare(file(name), mode: 0o600).commit(bytes)
    }

    /// The bytes of a file saved earlier; nil when there is none, or none that can be trusted.
    func load(_ name: StaticString, limit: Int) -> [UInt8]? {
        guard let folder = try? System.status(of: path, .noFollow), isOurs(folder),
            let status = try? System.status(of: file(name), .noFollow), status.kind == .regular, status.owner == System.effectiveUser
        else { return nil }
        return try? InputFile.read(file(name), purpose: "report", limit: limit)
    }

    private func file(_ name: StaticString) -> String {
        path + "/\(name)"
    }

    private func isOurs(_ status: System.FileStatus) -> Bool {
        status.kind == .directory && status.owner == System.effectiveUser
    }

    private func make(_ folder: String) throws(SystemError) {
        do throws(SystemError) {
            try System.makeDirectory(folder, mode: 0o700)
        } catch {
            guard error == .exists || (try? System.status(of: folder, .follow))?.kind == .directory else { throw error }
        }
    }
}
