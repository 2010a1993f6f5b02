import Sonde
import SondeJSON

/// The files that a profile came from, to say where in them something stands.
struct ProfileSources {
    /// From the one that was named on, each extending the next.
    var files: [File]

    struct File {
        var path: String
        var bytes: [UInt8]
        var json: JSON

        func says(_ path: String) -> Bool { json.value(at: path) != nil }

        /// An error with `file:line:column` in front.
        ///
        /// - Parameter path: Within the document, such as `targets[2].vendor`; where nothing stands there, the closest value around it.
        func error(_ error: UsageError, at path: String) -> UsageError {
            let position = JSONError("", path: path).located(in: bytes).position
            var placed = error
            placed.message = "\(outside: self.path)\(own: position.map { ":\($0.line):\($0.column)" } ?? ""): \(error.message)"
            return placed
        }
    }

    /// An error about what the first of the files says that says anything of it.
    func error(_ error: UsageError, at path: String) -> UsageError {
        (files.first { $0.says(path) } ?? files[0]).error(error, at: path)
    }

    /// An error about a target, or about what a member of it says, be it for itself or by the defaults.
    func error(_ error: UsageError, in entry: Profile.Entry, at member: String? = nil) -> UsageError {
        let file = files.first { $0.path == entry.file } ?? files[0]
        guard let member else { return file.error(error, at: entry.path) }
        let (own, common) = ("\(entry.path).\(member)", "defaults.\(member)")
        guard !file.says(own), let source = files.first(where: { $0.says(common) }) else { return file.error(error, at: own) }
        return source.error(error, at: common)
    }

    /// What the text of a member of a target is read as; nil where there is none.
    ///
    /// - Throws: What is wrong with it, with its place.
    func reading<Value>(
        _ member: String, of entry: Profile.Entry, _ text: String?, as read: (String) throws(UsageError) -> Value
    ) throws(UsageError) -> Value? {
        guard let text else { return nil }
        do throws(UsageError) { return try read(text) } catch { throw self.error(error, in: entry, at: member) }
    }
}
