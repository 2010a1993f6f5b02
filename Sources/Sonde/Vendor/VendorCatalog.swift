import SondeJSON

/// Every vendor that is known, found by id, alias or host.
public struct VendorCatalog: Sendable {
    /// In the order in which their providers list them.
    public let vendors: [Vendor]
    private let providers: [String: any Provider]
    /// The number of each vendor by its ids and aliases in lower case.
    private let numbers: [String: Int]
    /// Every vendor's own hosts, made once: a run of many targets asks for them with each.
    public let hosts: [(host: String, vendor: Vendor)]
    /// All that has the shape of a key, or of an identifier of some vendor's.
    public let patterns: [Pattern]
    private let foreign: [String: [(prefix: String, vendor: String)]]

    /// - Precondition: Every vendor's `provider` is one of `providers`, and ids and aliases differ; manifests that ship are tested for it.
    public init(vendors: [Vendor], providers: [any Provider]) {
        self.vendors = vendors
        numbers = Dictionary(
            vendors.enumerated().flatMap { number, vendor in ([vendor.id] + vendor.aliases).map { ($0.lowercased(), number) } },
            uniquingKeysWith: { first, _ in first })
        hosts = vendors.flatMap { vendor in vendor.hosts.map { ($0, vendor) } }
        patterns = Pattern.common + vendors.flatMap(\.identifiers)
        foreign = Dictionary(vendors.map { ($0.id, Self.foreignPrefixes(to: $0, among: vendors)) }, uniquingKeysWith: { $1 })
        self.providers = Dictionary(uniqueKeysWithValues: providers.map { ($0.id, $0) })
    }

    /// The vendor of this id or alias, without regard to case.
    public func vendor(named name: String) -> Vendor? {
        numbers[name.lowercased()].map { vendors[$0] }
    }

    /// A vendor of which nothing but the name is known, for the reports of others: it has no host, no key and no words, so that nothing
    /// can be sent to it or read by it.
    func standIn(named id: String) -> Vendor? {
        guard let provider = vendors.first?.provider else { return nil }
        let manifest: JSON = [
            "id": .string(id), "name": .string(id), "provider": .string(provider), "kind": "direct", "key": .object(JSON.Object()),
            "endpoints": .object(JSON.Object()), "verified": ["date": "", "sources": .array([])],
        ]
        return try? Vendor(JSONReader(manifest))
    }

    /// The vendor one of whose own hosts this is.
    public func vendor(atHost host: String) -> Vendor? {
        vendors.first { $0.hosts.contains { HostPattern($0).matches(host) } }
    }

    /// The module that speaks for a vendor.
    public func provider(of vendor: Vendor) -> any Provider {
        guard let provider = providers[vendor.provider] else { preconditionFailure("no provider \(vendor.provider)") }
        return provider
    }

    /// Every id and alias, for did-you-mean.
    public var names: [String] { vendors.flatMap { [$0.id] + $0.aliases } }

    /// Every variable that holds a key, of every vendor: none of them may be interpolated or shown.
    public var keyVariables: [String] { vendors.flatMap(\.key.variables) }

    /// Distinctive beginnings of the keys of all vendors but one, the longest first.
    public func foreignPrefixes(to vendor: Vendor) -> [(prefix: String, vendor: String)] {
        foreign[vendor.id] ?? Self.foreignPrefixes(to: vendor, among: vendors)
    }

    private static func foreignPrefixes(to vendor: Vendor, among vendors: [Vendor]) -> [(prefix: String, vendor: String)] {
        let own = Set(vendor.key.prefixes + vendor.key.tokens.map(\.prefix))
        return vendors.filter { $0.id != vendor.id }
            .flatMap { other in other.key.distinctivePrefixes.filter { !own.contains($0) }.map { ($0, other.name) } }
            .sorted { $0.0.utf8.count > $1.0.utf8.count }
    }
}
