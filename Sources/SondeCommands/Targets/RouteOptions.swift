import Sonde

/// The network path, as options, profile and environment say.
struct RouteOptions {
    private let environment: ProxyEnvironment
    /// What the options say, for every target alike.
    private let common: Route
    /// What `--route` names, where there is one route for all.
    private let named: String?
    /// The routes of the profile, by name.
    private let profileRoutes: [String: String]
    private let credentials: Secret?
    private let absentInterface: AbsentInterface

    /// What a route from an interface that this machine does not have comes to.
    enum AbsentInterface {
        /// The command line is refused: nothing could be checked.
        case isRefused
        /// That route fails by itself, and the others are compared.
        case isFinding
    }

    /// - Parameter profileRoutes: Those that the profile names.
    init(
        _ arguments: ParsedArguments, environment: [String: String], profileRoutes: [Profile.NamedRoute] = [],
        absentInterface: AbsentInterface = .isRefused
    ) throws(UsageError) {
        self.environment = ProxyEnvironment(environment)
        self.profileRoutes = Dictionary(profileRoutes.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
        self.absentInterface = absentInterface
        let names = arguments.strings(Options.route)
        named = names.count == 1 ? names[0] : nil
        credentials = try Self.proxyUser(arguments, environment)
        var route = Route(name: named ?? "env")
        route.interface = arguments.stringIfOffered(Options.interface)
        route.resolve = arguments.strings(Options.resolve)
        route.connectTo = arguments.strings(Options.connectTo)
        route.certificateAuthorities = arguments.string(Options.certificateAuthorities)
        route.clientCertificate = arguments.string(Options.certificate).map {
            Route.ClientCertificate(certificate: $0, key: arguments.string(Options.certificateKey))
        }
        if let interface = route.interface { try RouteOverride.checkInterface(interface) }
        for text in route.resolve { try RouteOverride.checkResolve(text) }
        for text in route.connectTo { try RouteOverride.checkConnectTo(text) }
        // libcurl would find out during the first request, or never where it is not needed.
        for option in [Options.certificateAuthorities, Options.certificate, Options.certificateKey] {
            if let path = arguments.string(option) { try InputFile.check(path, purpose: "certificate file") }
        }
        switch arguments.last(of: [Options.ipv4, Options.ipv6])?.name {
        case Options.ipv4.name: route.family = .ipv4
        case Options.ipv6.name: route.family = .ipv6
        default: break
        }
        if let text = arguments.stringIfOffered(Options.proxy) {
            var proxy = try Self.proxy { () throws(Proxy.Invalid) in try Proxy(parsing: text) }
            guard proxy.credentials == nil else { throw .passwordInProxy }
            proxy.credentials = credentials
            route.proxy = .fixed(proxy)
            if named == nil { route.name = "proxy=\(proxy.display)" }
        }
        common = route
        for name in names { _ = try text(of: name) }
    }

    /// The route to one address, with the proxy variables resolved for it.
    ///
    /// - Parameters:
    ///   - name: From a profile's target; `--route` wins over it.
    ///   - chosen: That of one cell of a comparison, which wins over both.
    func route(named name: String?, chosen: String? = nil, to baseURL: BaseURL) throws(UsageError) -> Route {
        var route = common
        // A proxy that an option names is the whole answer.
        guard route.proxy == .environment else { return route }
        let name = chosen ?? named ?? name ?? "env"
        let text = try text(of: name)
        route.name = profileRoutes[name] == nil ? text.name : name
        text.apply(to: &route, for: baseURL, credentials: credentials)
        if route.proxy == .environment {
            let found = try Self.proxy { () throws(Proxy.Invalid) in try environment.proxy(for: baseURL) }
            route.proxy = found.map { .fixed($0.proxy) } ?? .direct
        }
        return route
    }

    private func text(of name: String) throws(UsageError) -> RouteText {
        let text = try RouteText(profileRoutes[name] ?? name, names: profileRoutes.keys.sorted())
        if absentInterface == .isRefused, case .interface(let interface) = text { try RouteOverride.checkInterface(interface) }
        return text
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
