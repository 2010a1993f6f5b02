import Sonde
import SondeJSON

/// Makes the catalog of vendors: the built-in manifests, and those of the user.
struct VendorLoader: Sendable {
    let providers: [any Provider]

    /// Reads every manifest.
    ///
    /// - Parameters:
    ///   - directories: Folders of `*.json` manifests, besides the one in the configuration folder.
    ///   - overridden: Ids of built-in vendors that a user's manifest may replace.
    /// - Throws: The file, line, column and remedy of what is wrong.
    func load(directories: [String] = [], overridden: [String] = [], environment: [String: String] = [:]) throws(UsageError)
        -> VendorCatalog
    {
        var vendors: [Vendor] = []
        for manifest in providers.flatMap(\.manifests) {
            vendors.append(try Self.vendor(manifest, providers: providers, isBuiltIn: true))
        }
        for id in overridden where !vendors.contains(where: { $0.id == id }) {
            throw UsageError.unknown("built-in vendor", id, among: vendors.map(\.id))
        }
        for path in try Self.files(in: directories, environment: environment) {
            let bytes = try InputFile.read(path, purpose: "vendor manifest", limit: 1 << 20)
            let vendor = try Self.vendor(VendorManifest(name: path, bytes: bytes), providers: providers, isBuiltIn: false)
            try Self.admit(vendor, from: path, into: &vendors, overridden: overridden)
        }
        return VendorCatalog(vendors: vendors, providers: providers)
    }

    private static func vendor(_ manifest: VendorManifest, providers: [any Provider], isBuiltIn: Bool) throws(UsageError) -> Vendor {
        do throws(JSONError) {
            let reader = JSONReader(try JSON.parse(manifest.bytes))
            var vendor = try Vendor(reader)
            vendor.isBuiltIn = isBuiltIn
            // Tests hold the built-in ones to it.
            if !isBuiltIn { try Vendor.refuseCollidingSigns(in: reader) }
            guard providers.contains(where: { $0.id == vendor.provider }) else {
                throw reader.error(
                    "no provider is called \"\(vendor.provider)\"; use one of \(providers.map(\.id).joined(separator: ", "))",
                    at: "provider")
            }
            return vendor
        } catch {
            throw UsageError(.configuration, "\(outside: error.located(in: manifest.bytes).description(file: manifest.name))")
        }
    }

    /// Takes a user's vendor into the list; one that would take another's name, host or key variable must be allowed to.
    private static func admit(_ vendor: Vendor, from path: String, into vendors: inout [Vendor], overridden: [String]) throws(UsageError) {
        vendors.removeAll { other in overridden.contains(other.id) && other.id == vendor.id }
        for other in vendors {
            guard let clash = vendor.claim(of: other) else { continue }
            throw UsageError(
                .configuration, "\(outside: path): \(argument: clash) belongs to the vendor \(own: other.id)",
                help: "Choose another, or give the manifest the id \(own: other.id) and allow it with --override-vendor \(own: other.id).")
        }
        vendors.append(vendor)
    }

    private static func files(in directories: [String], environment: [String: String]) throws(UsageError) -> [String] {
        var paths: [String] = []
        if let folder = configurationFolder(environment), let names = try? System.names(in: folder) {
            paths += manifests(names, in: folder)
        }
        for directory in directories {
            do throws(SystemError) {
                paths += manifests(try System.names(in: directory), in: directory)
            } catch {
                throw UsageError(
                    .file, "Cannot read the vendor folder \(argument: directory): \(own: error.text)",
                    help: "Check the path after --vendor-dir.")
            }
        }
        return paths
    }

    private static func manifests(_ names: [String], in folder: String) -> [String] {
        names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted().map { folder + "/" + $0 }
    }

    /// `$XDG_CONFIG_HOME/sonde/vendors`, else below `~/.config`; a relative variable counts as unset.
    private static func configurationFolder(_ environment: [String: String]) -> String? {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") { return base + "/sonde/vendors" }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.config/sonde/vendors" : nil }
    }
}

extension Vendor {
    /// The first name, host or variable of this vendor that is another's, too; nil when there is none.
    fileprivate func claim(of other: Vendor) -> String? {
        let names = [other.id] + other.aliases
        // What one vendor reads as a key must not be what the other reads, nor what it tells people not to use.
        let variables = Set(other.key.variables + other.key.nearMisses)
        return ([id] + aliases).first { name in names.contains { $0.equalsIgnoringCase(name) } }
            ?? hosts.first { host in other.hosts.contains { HostPattern($0).overlaps(HostPattern(host)) } }
            ?? key.variables.first(where: variables.contains) ?? key.nearMisses.first(where: other.key.variables.contains)
    }
}
