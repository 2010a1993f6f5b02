import Sonde

/// A way as a user writes it: `direct`, `env`, `proxy=URL`, `interface=NAME`, `ipv4`, `ipv6`, `resolve=ADDRESS`.
enum RouteText: Hashable {
    /// No proxy, whatever the environment says.
    case direct
    /// As the environment says.
    case environment
    case proxy(Proxy)
    /// From this interface or source address; proxies as the environment says, so that nothing else differs.
    case interface(String)
    /// Addresses of one family only; proxies as the environment says.
    case family(Route.AddressFamily)
    /// This address in the place of what the name resolves to, direct: through a proxy it would be looked up elsewhere.
    case resolve(String)

    /// - Parameters:
    ///   - text: As it was given; it is never repeated whole where it may hold a password.
    ///   - names: Further names that would have been understood.
    init(_ text: String, names: [String] = []) throws(UsageError) {
        guard let equals = text.firstIndex(of: "=") else {
            switch text {
            case "direct": self = .direct
            case "env": self = .environment
            case "ipv4": self = .family(.ipv4)
            case "ipv6": self = .family(.ipv6)
            default:
                throw .unknown(
                    "route", text, among: Profile.ownRoutes + names,
                    help: "A route is direct, env, ipv4, ipv6, proxy=URL, interface=NAME, resolve=ADDRESS, or a name of the profile.")
            }
            return
        }
        let (kind, value) = (String(text[..<equals]), String(text[text.index(after: equals)...]))
        guard !value.isEmpty else {
            throw UsageError(.invalidValue, "The route \(argument: kind) has nothing behind its '='", help: "Write \(own: kind)=VALUE.")
        }
        switch kind {
        case "proxy": self = .proxy(try Self.proxy(value))
        case "interface": self = .interface(value)
        case "resolve": self = .resolve(try Self.address(value))
        default: throw .unknown("route", kind, among: ["proxy", "interface", "resolve"])
        }
    }

    private static func proxy(_ text: String) throws(UsageError) -> Proxy {
        let proxy: Proxy
        do throws(Proxy.Invalid) { proxy = try Proxy(parsing: text) } catch {
            throw UsageError(.invalidValue, "\(own: error.message)", help: "A proxy is written as http://proxy.example:3128.")
        }
        guard proxy.credentials == nil else { throw .passwordInProxy }
        return proxy
    }

    /// Several addresses may stand there, separated by commas, as libcurl takes them.
    private static func address(_ text: String) throws(UsageError) -> String {
        let addresses = text.split(separator: ",", omittingEmptySubsequences: false)
        guard addresses.allSatisfy({ System.isAddress(String($0).withoutBrackets) }) else {
            throw UsageError(
                .invalidValue, "\(argument: text) is not an IP address", help: "resolve= takes the address to use, such as 203.0.113.7.")
        }
        return text
    }

    /// How reports call it.
    var name: String {
        switch self {
        case .direct: "direct"
        case .environment: "env"
        case .proxy(let proxy): "proxy=\(proxy.display)"
        case .interface(let name): "interface=\(name)"
        case .family(let family): family.rawValue
        case .resolve(let address): "resolve=\(address)"
        }
    }

    /// Changes a route to go this way to an address.
    ///
    /// - Parameter credentials: For a proxy that is named here.
    func apply(to route: inout Route, for baseURL: BaseURL, credentials: Secret?) {
        switch self {
        case .direct: route.proxy = .direct
        case .environment: route.proxy = .environment
        case .proxy(var proxy):
            proxy.credentials = credentials
            route.proxy = .fixed(proxy)
        case .interface(let name): route.interface = name
        case .family(let family): route.family = family
        case .resolve(let address):
            route.proxy = .direct
            let host = baseURL.host.contains(":") ? "[\(baseURL.host)]" : baseURL.host
            route.resolve.append("\(host):\(baseURL.port):\(address)")
        }
    }
}

extension UsageError {
    static let passwordInProxy = UsageError(
        .invalidValue, "The address of the proxy has a name or password in it (not shown)",
        help:
            "It is now in your shell history, and others on this machine can see it. Put USER:PASSWORD into a variable: --proxy-user env:NAME."
    )
}
