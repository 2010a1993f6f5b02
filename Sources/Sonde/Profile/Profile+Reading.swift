public import SondeJSON

extension Profile {
    /// Reads a profile, strictly.
    ///
    /// - Parameter reader: On a document whose variables have been filled in, see ``ProfileVariables``.
    /// - Throws: `JSONError` with the path of what is wrong.
    public init(_ reader: JSONReader) throws(JSONError) {
        let root = try reader.object(allowing: ["$schema", "extends", "defaults", "targets", "routes", "policy"])
        extends = try root.optionalString("extends")
        if let extends, !Self.isSibling(extends) {
            throw root.error("a profile extends a file beside it; give its name alone, such as \"base.json\"", at: "extends")
        }
        defaults = try root.optionalMember("defaults").map { (reader) throws(JSONError) in try Defaults(reader) } ?? Defaults()
        routes = []
        for (name, route) in try root.optionalStringMap("routes") ?? [] {
            guard !name.isEmpty, !Self.ownRoutes.contains(name), !name.contains("=") else {
                throw root.error("a route may not be called \"\(name)\", which has a meaning of its own", at: "routes")
            }
            routes.append(NamedRoute(name: name, text: route))
        }
        targets = []
        var names: Set<String> = []
        let elements = extends == nil ? try root.array("targets") : try root.optionalArray("targets") ?? []
        for reader in elements {
            let entry = try Entry(reader, defaults: defaults, mayInherit: extends != nil)
            guard names.insert(entry.name).inserted else {
                throw reader.error("two targets are called \"\(entry.name)\"; names must differ", at: "name")
            }
            targets.append(entry)
        }
        policy = try root.optionalMember("policy").map { (reader) throws(JSONError) in try Policy(reader) }
    }
}

extension Profile {
    /// Says whether a name is that of a file in the same folder, and of nothing else.
    public static func isSibling(_ name: String) -> Bool { !name.isEmpty && !name.contains("/") && !name.hasPrefix(".") }
}

extension Profile.Entry {
    /// - Parameter mayInherit: Says that a vendor may come from another file's defaults.
    fileprivate init(_ reader: JSONReader, defaults: Profile.Defaults, mayInherit: Bool) throws(JSONError) {
        let object = try reader.object(allowing: ["name", "vendor", "base_url", "key", "model", "organization", "project", "team", "route"])
        path = reader.path
        vendor = try object.optionalString("vendor")
        baseURL = try object.optionalString("base_url")
        let given = try object.optionalString("name")
        guard vendor ?? baseURL ?? defaults.vendor != nil || (mayInherit && given != nil) else {
            throw object.error("a target needs a vendor or a base_url")
        }
        name = given ?? vendor ?? baseURL ?? defaults.vendor ?? ""
        guard !name.isEmpty, name.count <= 200 else { throw object.error("a name has 1 to 200 characters", at: "name") }
        key = try object.optionalString("key")
        model = try object.optionalString("model")
        route = try object.optionalString("route")
        scopes = try object.scopes()
    }
}

extension Profile.Defaults {
    fileprivate init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["vendor", "key", "model", "organization", "project", "team", "route"])
        vendor = try object.optionalString("vendor")
        key = try object.optionalString("key")
        model = try object.optionalString("model")
        route = try object.optionalString("route")
        scopes = try object.scopes()
    }
}

extension JSONReader {
    /// Scope name to value, of those that are given.
    fileprivate func scopes() throws(JSONError) -> [String: String] {
        var scopes: [String: String] = [:]
        for scope in ["organization", "project", "team"] { scopes[scope] = try optionalString(scope) }
        return scopes
    }
}
