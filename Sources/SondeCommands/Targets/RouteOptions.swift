import Sonde

/// The network path, as options and environment say.
struct RouteOptions {
    private let environment: ProxyEnvironment
    /// What the options say, for every target alike.
    private let common: Route
    private let named: String?

    init(_ arguments: ParsedArguments, environment: [String: String]) throws(UsageError) {
        self.environment = ProxyEnvironment(environment)
        named = arguments.string(Options.route)
        var route = Route(name: named ?? "env")
        route.interface = arguments.string(Options.interface)
        route.resolve = arguments.strings(Options.resolve)
        route.connectTo = arguments.strings(Options.connectTo)
        route.certificateAuthorities = arguments.string(Options.certificateAuthorities)
        route.clientCertificate = arguments.string(Options.certificate).map {
            Route.ClientCertificate(certificate: $0, key: arguments.string(Options.certificateKey))
        }
        // libcurl would find out during the first request, or never where it is not needed.
        for option in [Options.certificateAuthorities, Options.certificate, Options.certificateKey] {
            if let path = arguments.string(option) { try InputFile.check(path, purpose: "certificate file") }
        }
        switch arguments.last(of: [Options.ipv4, Options.ipv6])?.name {
        case Options.ipv4.name: route.family = .ipv4
        case Options.ipv6.name: route.family = .ipv6
        default: break
        }
        if let text = arguments.string(Options.proxy) {
            var proxy = try Self.proxy { () throws(Proxy.Invalid) in try Proxy(parsing: text) }
            guard proxy.credentials == nil else {
                throw UsageError(
                    .invalidValue, "The address after '--proxy' has a name or password in it (not shown)",
                    help:
                        "It is now in your shell history, and others on this machine can see it. Put USER:PASSWORD into a variable: --proxy-user env:NAME."
                )
            }
            if let credentials = try Self.proxyUser(arguments, environment) { proxy.credentials = credentials }
            route.proxy = .fixed(proxy)
            if named == nil { route.name = "proxy=\(proxy.display)" }
        }
        common = route
    }

    /// The route to one address, with the proxy variables resolved for it.
    ///
    /// - Parameter name: From a profile; an option wins over it.
    func route(named name: String?, to baseURL: BaseURL) throws(UsageError) -> Route {
        var route = common
        guard route.proxy == .environment else { return route }
        route.name = named ?? name ?? "env"
        switch route.name {
        case "direct":
            route.proxy = .direct
        case "env":
            let found = try Self.proxy { () throws(Proxy.Invalid) in try environment.proxy(for: baseURL) }
            route.proxy = found.map { .fixed($0.proxy) } ?? .direct
        default:
            throw .unknown("route", route.name, among: ["direct", "env"])
        }
        return route
    }

    private static func proxy<Value>(_ read: () throws(Proxy.Invalid) -> Value) throws(UsageError) -> Value {
        do throws(Proxy.Invalid) {
            return try read()
        } catch {
            throw UsageError(
                .invalidValue, "\(own: error.message)",
                help: "A proxy is written as http://proxy.example:3128; its password goes into --proxy-user env:NAME.")
        }
    }

    private static func proxyUser(_ arguments: ParsedArguments, _ environment: [String: String]) throws(UsageError) -> Secret? {
        guard let text = arguments.string(Options.proxyUser) else { return nil }
        let source = try VariableSource(text, option: Options.proxyUser)
        guard let value = environment[source.variable], !value.isEmpty else {
            throw UsageError(
                .keySource, "The variable \(argument: source.variable) for '--proxy-user' is not set", help: "It holds USER:PASSWORD.")
        }
        return Secret(value)
    }
}
