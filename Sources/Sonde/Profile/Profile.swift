public import SondeJSON

/// Targets in the user's words, from a JSON file.
public struct Profile: Sendable, Hashable {
    public var targets: [Entry]
    /// In the order of the file.
    public var routes: [NamedRoute]

    /// A way with a name of the user's.
    public struct NamedRoute: Sendable, Hashable {
        public var name: String
        /// In the words of `--route`.
        public var text: String
    }

    /// One target as it is written.
    public struct Entry: Sendable, Hashable {
        public var name: String
        public var vendor: String?
        public var baseURL: String?
        /// `env:NAME`, `file:PATH`; never the key itself.
        public var key: String?
        public var model: String?
        /// Scope name to value.
        public var scopes: [String: String]
        public var route: String?
        /// Where it stands in the file, such as `targets[2]`.
        public var path: String
    }

    /// The words that name a route by themselves.
    public static let ownRoutes = ["direct", "env", "ipv4", "ipv6"]

    /// Reads a profile, strictly.
    ///
    /// - Throws: `JSONError` with the path of what is wrong.
    public init(_ reader: JSONReader) throws(JSONError) {
        let root = try reader.object(allowing: ["$schema", "targets", "routes"])
        routes = []
        for (name, route) in try root.optionalStringMap("routes") ?? [] {
            guard !name.isEmpty, !Self.ownRoutes.contains(name), !name.contains("=") else {
                throw root.error("a route may not be called \"\(name)\", which has a meaning of its own", at: "routes")
            }
            routes.append(NamedRoute(name: name, text: route))
        }
        targets = []
        var names: Set<String> = []
        for reader in try root.array("targets") {
            let entry = try Entry(reader)
            guard names.insert(entry.name).inserted else {
                throw reader.error("two targets are called \"\(entry.name)\"; names must differ", at: "name")
            }
            targets.append(entry)
        }
    }
}

extension Profile.Entry {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["name", "vendor", "base_url", "key", "model", "organization", "project", "team", "route"])
        path = reader.path
        vendor = try object.optionalString("vendor")
        baseURL = try object.optionalString("base_url")
        guard let name = try object.optionalString("name") ?? vendor ?? baseURL else {
            throw object.error("a target needs a vendor or a base_url")
        }
        guard !name.isEmpty, name.count <= 200 else { throw object.error("a name has 1 to 200 characters", at: "name") }
        self.name = name
        key = try object.optionalString("key")
        model = try object.optionalString("model")
        route = try object.optionalString("route")
        scopes = [:]
        for scope in ["organization", "project", "team"] { scopes[scope] = try object.optionalString(scope) }
    }
}
