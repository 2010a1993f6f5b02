extension Target {
    /// The address of a probe's request.
    public func url(of probe: Probe) -> String {
        let path = vendor.endpoints[probe.endpoint]?.path ?? ""
        switch probe.place {
        case .target: return baseURL.appending(path)
        case .below(let base): return baseURL.origin + base + path
        case .path(let path): return baseURL.origin + path
        case .elsewhere(let url): return url
        }
    }
}
