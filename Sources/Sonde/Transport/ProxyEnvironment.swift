/// What the proxy variables say, read as curl reads them.
///
/// libcurl cannot tell afterwards which proxy it took; so the choice is made here and told to it.
/// Source: curl's manual page, section ENVIRONMENT.
public struct ProxyEnvironment: Sendable {
    private let variables: [String: String]

    public init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// The variables that are set, by name; their values may hold passwords.
    public var names: [String] {
        ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"].filter(isSet)
    }

    /// Those that name a proxy, with where they lead: `https_proxy=http://proxy.example:3128`, without name and password.
    public var proxies: [String] {
        names.filter { !$0.lowercased().hasPrefix("no_") }.map { name in
            let proxy = variables[name].flatMap { try? Proxy(parsing: $0) }
            return "\(name)=\(proxy?.display ?? "(not understood)")"
        }
    }

    /// The proxy for a base URL, with the variable that named it; nil when it is reached directly.
    public func proxy(for url: BaseURL) throws(Proxy.Invalid) -> (proxy: Proxy, variable: String)? {
        guard !isExcluded(url) else { return nil }
        // HTTP_PROXY in capitals is ignored: a CGI server fills it from a request's header.
        let names =
            url.scheme == .https ? ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] : ["http_proxy", "all_proxy", "ALL_PROXY"]
        guard let name = names.first(where: isSet), let value = variables[name] else { return nil }
        do {
            return (try Proxy(parsing: value), name)
        } catch {
            throw Proxy.Invalid(message: "\(name): \(error.message)")
        }
    }

    /// An empty variable counts as one that is not set.
    private func isSet(_ name: String) -> Bool { variables[name]?.isEmpty == false }

    /// Says whether `no_proxy` names this host: itself, a domain above it, a block of addresses, or nothing but `*`.
    private func isExcluded(_ url: BaseURL) -> Bool {
        guard let name = ["no_proxy", "NO_PROXY"].first(where: isSet), let list = variables[name] else { return false }
        if list == "*" { return true }
        let isAddress = url.host.contains(":") || AddressBlock(url.host + "/32") != nil
        for entry in list.split(whereSeparator: { $0 == "," || $0 == " " }) {
            var name = entry.lowercased()
            if name.hasPrefix("[") { name = String(name.dropFirst().prefix { $0 != "]" }) }
            if name.hasPrefix(".") { name.removeFirst() }
            if name.isEmpty { continue }
            if name.contains("/") {
                if AddressBlock(name)?.contains(url.host) == true { return true }
            } else if url.host == name || (!isAddress && url.host.hasSuffix("." + name)) {
                return true
            }
        }
        return false
    }
}
