/// A header that the API gets, with the place of what is not to be shown instead of the thing itself.
public struct PlannedHeader: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case plain(String)
        /// A key, the user's or a made-up one, behind these words.
        case key(prefix: String)
        /// The organization, project or team that the user named.
        case scope(Vendor.ScopeHeader)
    }

    public var name: String
    public var value: Value
}

extension Target {
    /// The headers of a probe's request that are the vendor's business: its own, the key, the scopes in use. None for a probe that does
    /// not ask the API; what the user added stands in ``headers``.
    public func plannedHeaders(for probe: Probe) -> [PlannedHeader] {
        guard probe.asksAPI else { return [] }
        var headers = vendor.requestHeaders.map { PlannedHeader(name: $0.name, value: .plain($0.value)) }
        if probe.keyUse != .none {
            let own = vendor.endpoints[probe.endpoint]?.keyHeader
            headers.append(PlannedHeader(name: own ?? vendor.key.header, value: .key(prefix: own == nil ? vendor.key.headerPrefix : "")))
        }
        return headers + vendor.scopes.filter { scopes[$0.scope] != nil }.map { PlannedHeader(name: $0.header, value: .scope($0)) }
    }
}

extension KeyRules {
    /// What follows ``controlPrefix`` in a made-up key: it says what it is, and makes the key long enough to be well formed.
    public func controlText(tail: String) -> String {
        let text = "SONDE0CONTROL0NOT0A0KEY" + tail
        let missing = minimumLength - controlPrefix.utf8.count - text.utf8.count
        return text + String(repeating: "0", count: max(0, missing))
    }
}
