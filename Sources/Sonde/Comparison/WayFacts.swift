/// What a cell's exchanges tell of the way they took.
///
/// Every value is as somebody told it: the vendor's edge, the socket, the certificate.
public struct WayFacts: Sendable, Hashable {
    /// The country from which the vendor's edge saw the requests come, two letters of ISO 3166.
    public var country: String?
    /// The address from which it saw them come, cut to its block unless the user wants it whole.
    public var egress: String?
    /// Codes of the places that took the connections, such as `fra1`, each once.
    public var edges: [String]
    /// Codes of the places in which the service ran, each once.
    public var regions: [String]
    /// The addresses of this machine from which the connections went, each once, public ones cut to their block like ``egress``.
    public var sources: [String]
    /// The addresses that were connected to, the proxy's where there is one, each once.
    public var peers: [String]
    /// Which address families were used.
    public var families: [Family]
    /// The proxy, without its password.
    public var proxy: String?
    /// Who signed the certificates that were shown, each once.
    public var issuers: [String]

    public enum Family: String, Sendable, Hashable, CaseIterable {
        case ipv4, ipv6
    }

    /// - Parameters:
    ///   - result: Of the cell.
    ///   - proxy: What it went through.
    public init(_ result: TargetResult, proxy: String?) {
        self.proxy = proxy
        let exchanges = result.exchanges.filter(\.probe.asksOwnOrigin)
        country = exchanges.lazy.compactMap(\.answer?.facts.country).last
        egress = exchanges.lazy.compactMap(\.answer?.facts.egress).last
        edges = exchanges.compactMap(\.reading.edge?.edge).unique
        regions = exchanges.compactMap(\.reading.edge?.region).unique
        sources = exchanges.compactMap(\.connection.localAddress).unique
        peers = exchanges.compactMap(\.connection.peerAddress).unique
        families = peers.map { $0.contains(":") ? .ipv6 : .ipv4 }.unique
        issuers = exchanges.compactMap(\.connection.tls?.certificate?.issuer).unique
    }

    /// All that is known, for a line a cell: `from 10.0.0.5 to 192.0.2.7 (IPv4); seen as coming from DE; taken at Frankfurt, DE (fra1)`.
    public var summary: String? {
        var parts: [String] = []
        if !peers.isEmpty {
            let family = families.map { $0 == .ipv4 ? "IPv4" : "IPv6" }.joined(separator: " and ")
            let (there, start) = (peers.joined(separator: ", "), sources.joined(separator: ", "))
            let ends =
                sources.isEmpty
                ? "\(proxy == nil ? "connected to" : "proxy at") \(there)"
                : "from \(start) to \(proxy == nil ? "" : "the proxy at ")\(there)"
            parts.append("\(ends) (\(family))")
        }
        if let sentence { parts.append(sentence) }
        if !regions.isEmpty { parts.append("served from \(regions.map(EdgePlaces.described).joined(separator: ", "))") }
        return parts.joinedIfAny("; ")
    }

    /// Why it is not known from which address the service saw the requests come; nil where it is.
    public func missingEgress(_ result: TargetResult) -> String? {
        guard country == nil, egress == nil else { return nil }
        if result.target.vendor.edgeTrace == nil { return "egress address not told by this vendor's edge" }
        let wasAsked = result.exchanges.contains { $0.probe.kind == .edgeTrace }
        return wasAsked ? "egress address not told: the vendor's edge did not answer" : "egress address not asked for"
    }

    /// `seen as coming from DE; Frankfurt (fra1)`, as much as is known; nil where nothing is.
    var sentence: String? {
        var parts: [String] = []
        if let origin = [country, egress].compactMap(\.self).joinedIfAny(" ") { parts.append("seen as coming from \(origin)") }
        if !edges.isEmpty { parts.append("taken at \(edges.map(EdgePlaces.described).joined(separator: ", "))") }
        if let proxy { parts.append("through \(proxy)") }
        return parts.joinedIfAny("; ")
    }
}

extension Probe {
    /// Says whether it goes to the target's own host, to the API or beside it.
    fileprivate var asksOwnOrigin: Bool {
        if case .elsewhere = place { false } else { true }
    }
}

extension [String] {
    /// The elements with something between them; nil when there are none.
    package func joinedIfAny(_ separator: String) -> String? { isEmpty ? nil : joined(separator: separator) }
}
