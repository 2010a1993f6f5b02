extension Target {
    /// Path and query of an endpoint on this target, as a request line has them.
    func path(of name: Vendor.EndpointName) -> String {
        guard let endpoint = vendor.endpoints[name] else { return baseURL.path }
        let query = vendor.query.filter { $0.below.map(baseURL.path.containsFragment) ?? true }.map { "\($0.name)=\($0.value)" }
        return (endpoint.isBelowOrigin ? "" : baseURL.path) + endpoint.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// The whole URL of an endpoint on this target.
    func url(of name: Vendor.EndpointName) -> String { baseURL.origin + path(of: name) }
}
