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
    /// - Parameter keySources: Variables that hold keys besides those that vendors' manifests and the profile name.
    static func load(_ path: String?, environment: [String: String], catalog: VendorCatalog, keySources: [String] = []) throws(UsageError)
        -> ProfileFile?
    {
        guard let path else { return nil }
        let variables = ProfileVariables(
            environment: environment, keySources: catalog.vendors.flatMap { $0.key.variables + $0.key.nearMisses } + keySources)
        var sources: [String: [UInt8]] = [:]
        let profile = try read(path, variables, chain: [], into: &sources)
        return ProfileFile(path: path, profile: profile, sources: sources)
    }

    /// Reads one file and what it extends.
    private static func read(
        _ path: String, _ variables: ProfileVariables, chain: [String], into sources: inout [String: [UInt8]]
    ) throws(UsageError) -> Profile {
        let bytes = try InputFile.read(path, purpose: "profile", limit: 16 << 20)
        sources[path] = bytes
        var profile: Profile
        do throws(JSONError) {
            profile = try Profile(JSONReader(variables.filled(.parse(bytes))))
        } catch {
            throw UsageError(.configuration, "\(outside: error.located(in: bytes).description(file: path))")
        }
        for index in profile.targets.indices { profile.targets[index].file = path }
        guard let base = profile.extends else { return profile }
        let place = place(UsageError(.configuration, ""), at: "extends", of: path, bytes)
        let basePath = sibling(base, of: path)
        guard !(chain + [path]).contains(basePath), chain.count < depthLimit else {
            throw UsageError(
                .configuration, "\(place.message)the profile extends itself by way of \(argument: base)",
                help: "Break the circle: one of the files must extend none.")
        }
        guard (try? System.status(of: basePath, .noFollow))?.kind != .symbolicLink else {
            throw UsageError(
                .configuration, "\(place.message)\(argument: base) is a symbolic link, which may lead anywhere",
                help: "Put the file itself beside the profile.")
        }
        return profile.extending(try read(basePath, variables, chain: chain + [path], into: &sources))
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
