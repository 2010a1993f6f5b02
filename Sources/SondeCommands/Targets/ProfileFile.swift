import Sonde
import SondeJSON

/// A profile with the files it came from, so that errors name the place.
struct ProfileFile {
    /// The file that was named.
    var path: String
    /// Complete: with what it extends, and its defaults in its targets.
    var profile: Profile
    /// Of the file that was named and of those that it extends.
    let sources: ProfileSources

    /// How many files may extend each other.
    private static let depthLimit = 8

    /// Reads `--profile FILE`; nil without one.
    ///
    /// - Parameter keySources: Variables that hold secrets by an option, besides those that manifests and the profile itself name.
    static func load(_ path: String?, environment: [String: String], catalog: VendorCatalog, keySources: [String]) throws(UsageError)
        -> ProfileFile?
    {
        guard let path else { return nil }
        let sources = ProfileSources(files: try chain(path))
        // A variable that one file reads a key from must not be filled into another.
        let variables = ProfileVariables(
            environment: environment,
            keySources: catalog.vendors.flatMap { $0.key.variables + $0.key.nearMisses } + keySources
                + sources.files.flatMap { ProfileVariables.keySources(in: $0.json) },
            looksLikeKey: KeyShape.beginsLikeKey)
        let profiles = try sources.files.map { (file) throws(UsageError) in
            do throws(JSONError) {
                var profile = try Profile(JSONReader(variables.filled(file.json)))
                for index in profile.targets.indices { profile.targets[index].file = file.path }
                return profile
            } catch {
                throw UsageError(.configuration, "\(outside: error.located(in: file.bytes).description(file: file.path))")
            }
        }
        let profile = profiles.dropFirst().reduce(profiles[0]) { $0.extending($1) }
        for route in profile.routes {
            do throws(UsageError) { _ = try RouteText(route.text) } catch {
                throw sources.error(error, at: SourcePath.appending(key: route.name, to: "routes"))
            }
        }
        return ProfileFile(path: path, profile: profile, sources: sources)
    }

    /// The file that was named, and those that extend each other from it on.
    private static func chain(_ path: String) throws(UsageError) -> [ProfileSources.File] {
        var files: [ProfileSources.File] = []
        var next: String? = path
        while let path = next {
            let bytes: [UInt8]
            do throws(UsageError) { bytes = try InputFile.read(path, purpose: "profile", limit: 16 << 20) } catch {
                throw files.last?.error(error, at: "extends") ?? error
            }
            let json: JSON
            do throws(JSONError) { json = try JSON.parse(bytes) } catch {
                throw UsageError(.configuration, "\(outside: error.located(in: bytes).description(file: path))")
            }
            let file = ProfileSources.File(path: path, bytes: bytes, json: json)
            files.append(file)
            guard let base = json["extends"]?.stringValue, Profile.isSibling(base) else { return files }
            let basePath = sibling(base, of: path)
            guard !files.contains(where: { $0.path == basePath }), files.count <= depthLimit else {
                throw file.error(
                    UsageError(
                        .configuration, "the profile extends itself by way of \(argument: base)",
                        help: "Break the circle: one of the files must extend none."), at: "extends")
            }
            if let error = linkError(base, at: basePath) { throw file.error(error, at: "extends") }
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
}
