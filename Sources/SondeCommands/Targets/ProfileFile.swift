import Sonde
import SondeJSON

/// A profile with the files it came from, so that errors name the place.
struct ProfileFile {
    /// The file that was named.
    var path: String
    /// Complete: with what it extends, and its defaults in its targets.
    var profile: Profile
    /// Path to text, of the file that was named and of those that it extends.
    private var sources: [String: [UInt8]] = [:]

    /// How many files may extend each other.
    private static let depthLimit = 8

    /// Reads `--profile FILE`; nil without one.
    ///
    /// - Parameter keySources: Variables that hold secrets by an option, besides those that manifests and the profile itself name.
    static func load(_ path: String?, environment: [String: String], catalog: VendorCatalog, keySources: [String]) throws(UsageError)
        -> ProfileFile?
    {
        guard let path else { return nil }
        let files = try chain(path)
        // A variable that one file reads a key from must not be filled into another.
        let variables = ProfileVariables(
            environment: environment,
            keySources: catalog.vendors.flatMap { $0.key.variables + $0.key.nearMisses } + keySources
                + files.flatMap { ProfileVariables.keySources(in: $0.json) })
        let profiles = try files.map { (file) throws(UsageError) in
            do throws(JSONError) {
                var profile = try Profile(JSONReader(variables.filled(file.json)))
                for index in profile.targets.indices { profile.targets[index].file = file.path }
                return profile
            } catch {
                throw UsageError(.configuration, "\(outside: error.located(in: file.bytes).description(file: file.path))")
            }
        }
        let sources = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        return ProfileFile(path: path, profile: profiles.dropFirst().reduce(profiles[0]) { $0.extending($1) }, sources: sources)
    }

    /// The file that was named, and those that extend each other from it on.
    private static func chain(_ path: String) throws(UsageError) -> [(path: String, bytes: [UInt8], json: JSON)] {
        var files: [(path: String, bytes: [UInt8], json: JSON)] = []
        var next: String? = path
        while let path = next {
            let bytes = try InputFile.read(path, purpose: "profile", limit: 16 << 20)
            let json: JSON
            do throws(JSONError) { json = try JSON.parse(bytes) } catch {
                throw UsageError(.configuration, "\(outside: error.located(in: bytes).description(file: path))")
            }
            files.append((path, bytes, json))
            guard let base = json["extends"]?.stringValue, Profile.isSibling(base) else { return files }
            let basePath = sibling(base, of: path)
            let place = place(UsageError(.configuration, ""), at: "extends", of: path, bytes)
            guard !files.contains(where: { $0.path == basePath }), files.count <= depthLimit else {
                throw UsageError(
                    .configuration, "\(place.message)the profile extends itself by way of \(argument: base)",
                    help: "Break the circle: one of the files must extend none.")
            }
            if let error = linkError(base, at: basePath) { throw Self.place(error, at: "extends", of: path, bytes) }
            next = basePath
        }
        return files
    }

    /// What is wrong with a file that must stand beside the profile itself; nil where nothing is.
    static func linkError(_ name: String, at path: String) -> UsageError? {
        guard (try? System.status(of: path, .noFollow))?.kind == .symbolicLink else { return nil }
        return UsageError(
            .configuration, "\(argument: name) is a symbolic link, which may lead anywhere", help: "Put the file itself beside the profile."
        )
    }

    /// A file in the folder of another one.
    static func sibling(_ name: String, of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) + name } ?? name
    }

    /// The targets, with defaults filled in.
    var targets: [Profile.Entry] { profile.completeTargets }

    /// File and path, `profile.json: targets[2]`, for errors found after the file was read.
    func place(of entry: Profile.Entry) -> String { "\(entry.file): \(entry.path)" }

    /// The same error, with the place in front.
    ///
    /// - Parameters:
    ///   - path: Within the document, such as `targets[2].vendor`.
    ///   - file: The one that was named, or one that it extends.
    func error(_ error: UsageError, at path: String, of file: String? = nil) -> UsageError {
        let file = file ?? self.path
        return Self.place(error, at: path, of: file, sources[file] ?? [])
    }

    private static func place(_ error: UsageError, at path: String, of file: String, _ bytes: [UInt8]) -> UsageError {
        let position = JSONError("", path: path).located(in: bytes).position
        var placed = error
        placed.message = "\(outside: file)\(own: position.map { ":\($0.line):\($0.column)" } ?? ""): \(error.message)"
        return placed
    }
}
