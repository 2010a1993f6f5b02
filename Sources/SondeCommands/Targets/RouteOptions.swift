import Sonde

/// The network path, as options and environment say.
struct RouteOptions {
    let arguments: ParsedArguments
    let environment: [String: String]

    /// The route to one address, with the proxy variables resolved for it.
    ///
    /// - Parameter name: From a profile; an option wins over it.
    func route(named name: String?, to baseURL: BaseURL) throws(UsageError) -> Route {
        let name = arguments.string(Options.route) ?? name ?? "env"
        var route = Route(name: name)
        route.interface = arguments.string(Options.interface)
        route.resolve = arguments.strings(Options.resolve)
        route.connectTo = arguments.strings(Options.connectTo)
        route.certificateAuthorities = arguments.string(Options.certificateAuthorities)
        route.clientCertificate = arguments.string(Options.certificate).map { Route.ClientCertificate(certificate: $0, key: arguments.string(Options.certificateKey)) }
        switch arguments.last(of: [Options.ipv4, Options.ipv6])?.name {
        case Options.ipv4.name: route.family = .ipv4
        case Options.ipv6.name: route.family = .ipv6
        default: break
        }
        let credentials = try proxyUser()
        do throws(Proxy.Invalid) {
            if let text = arguments.string(Options.proxy) {
                var proxy = try Proxy(parsing: text)
                if let credentials { proxy.credentials = credentials }
                route.proxy = .fixed(proxy)
                route.name = arguments.isGiven(Options.route) ? name : "proxy=\(proxy.display)"
            } else {
                switch name {
                case "direct": route.proxy = .direct
                case "env": route.proxy = try ProxyEnvironment(environment).proxy(for: baseURL).map { .fixed($0.proxy) } ?? .direct
                default: throw Proxy.Invalid(message: "")
                }
            }
        } catch {
            if error.message.isEmpty { throw .unknown("route", name, among: ["direct", "env"]) }
            throw UsageError(.invalidValue, "\(own: error.message)", help: "A proxy is written as http://proxy.example:3128; its password goes into --proxy-user env:NAME.")
        }
        return route
    }

    private func proxyUser() throws(UsageError) -> Secret? {
        guard let text = arguments.string(Options.proxyUser) else { return nil }
        let source = try VariableSource(text, option: Options.proxyUser)
        guard let value = environment[source.variable], !value.isEmpty else {
            throw UsageError(.keySource, "The variable \(argument: source.variable) for '--proxy-user' is not set", help: "It holds USER:PASSWORD.")
        }
        return Secret(value)
    }
}
