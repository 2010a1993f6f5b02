extension Target {
    /// Path and query of an endpoint on this target, as a request line has them.
    ///
    /// - Parameter base: What precedes the endpoint's path; the base URL's own path unless given.
    func path(of name: Vendor.EndpointName, below base: String? = nil) -> String {
        let base = base ?? baseURL.path
        guard let endpoint = vendor.endpoints[name] else { return base }
        let query = vendor.query.filter { $0.below.map(base.containsFragment) ?? true }.map { "\($0.name)=\($0.value)" }
        return (endpoint.isBelowOrigin ? "" : base) + endpoint.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// The whole URL of an endpoint on this target.
    func url(of name: Vendor.EndpointName) -> String { baseURL.origin + path(of: name) }

    /// The address of a probe's request.
    public func url(of probe: Probe) -> String {
        switch probe.place {
        case .target: url(of: probe.endpoint)
        case .below(let base): baseURL.origin + path(of: probe.endpoint, below: base)
        case .path(let path): baseURL.origin + path
        case .elsewhere(let url): url
        }
    }
}
