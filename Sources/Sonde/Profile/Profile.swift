/// Targets, routes and a policy in the user's words, from a JSON file.
public struct Profile: Sendable, Hashable {
    /// The file beside this one from which what is not said here is taken; nil for none.
    public var extends: String?
    /// What holds for each target that says nothing of it.
    public var defaults: Defaults
    public var targets: [Entry]
    /// In the order of the file.
    public var routes: [NamedRoute]
    public var policy: Policy?

    /// What targets have in common.
    public struct Defaults: Sendable, Hashable {
        public var vendor: String?
        public var key: String?
        public var model: String?
        /// Scope name to value.
        public var scopes: [String: String] = [:]
        public var route: String?

        public init() {}
    }

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
        /// Where it stands in its file, such as `targets[2]`.
        public var path: String
        /// The file in which it stands; empty for the one that was named.
        public var file = ""
    }

    /// The words that name a route by themselves.
    public static let ownRoutes = ["direct", "env", "ipv4", "ipv6"]
}

extension Profile {
    /// This profile with whatever it leaves unsaid taken from another one.
    ///
    /// Targets and routes of the same name are replaced whole, the others come first; of the defaults and the policy each member
    /// is replaced by itself.
    public func extending(_ base: Profile) -> Profile {
        var merged = self
        merged.extends = nil
        merged.defaults = defaults.extending(base.defaults)
        merged.targets = Self.merged(base.targets, targets, by: \.name)
        merged.routes = Self.merged(base.routes, routes, by: \.name)
        merged.policy = policy.map { policy in base.policy.map(policy.extending) ?? policy } ?? base.policy
        return merged
    }

    /// The targets, each with what the defaults say where it says nothing.
    public var completeTargets: [Entry] {
        targets.map { entry in
            var entry = entry
            // An address may be that of a vendor, which is then asked; the default is for what no address tells.
            if entry.baseURL == nil { entry.vendor = entry.vendor ?? defaults.vendor }
            entry.key = entry.key ?? defaults.key
            entry.model = entry.model ?? defaults.model
            entry.route = entry.route ?? defaults.route
            entry.scopes.merge(defaults.scopes) { own, _ in own }
            return entry
        }
    }

    private static func merged<Element, Name: Equatable>(_ base: [Element], _ own: [Element], by name: (Element) -> Name) -> [Element] {
        var result = base
        for element in own {
            if let index = result.firstIndex(where: { name($0) == name(element) }) {
                result[index] = element
            } else {
                result.append(element)
            }
        }
        return result
    }
}

extension Profile.Defaults {
    fileprivate func extending(_ base: Self) -> Self {
        var merged = self
        merged.vendor = vendor ?? base.vendor
        merged.key = key ?? base.key
        merged.model = model ?? base.model
        merged.route = route ?? base.route
        merged.scopes.merge(base.scopes) { own, _ in own }
        return merged
    }
}
