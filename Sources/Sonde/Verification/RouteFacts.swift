import SondeJSON

/// What a report says of a route besides its name: enough to see whether another run goes the same way, and never used to go there.
public struct RouteFacts: Sendable, Hashable {
    /// Without credentials.
    public var proxy: String?
    /// Says whether the proxy was given a user name and a password.
    public var hasProxyCredentials = false
    public var interface: String?
    public var family = Route.AddressFamily.any
    /// As `--resolve` and `--connect-to` were given.
    public var overrides: [String] = []
    public var hasOwnAuthorities = false
    public var hasClientCertificate = false

    /// A direct way without anything special.
    public init() {}

    public init(_ route: Route) {
        if let told = route.told {
            self = told
            return
        }
        if case .fixed(let proxy) = route.proxy { (self.proxy, hasProxyCredentials) = (proxy.display, proxy.credentials != nil) }
        interface = route.interface
        family = route.family
        overrides = route.resolve + route.connectTo
        hasOwnAuthorities = route.certificateAuthorities != nil
        hasClientCertificate = route.clientCertificate != nil
    }

    /// In words; `direct` for the plain way.
    package var text: String {
        let parts = [
            proxy.map { "proxy \($0)" }, interface.map { "interface \($0)" }, family == .any ? nil : family.rawValue,
            overrides.isEmpty ? nil : "overrides \(overrides.joined(separator: " "))",
            hasOwnAuthorities ? "own certificate authorities" : nil,
            hasClientCertificate ? "client certificate" : nil,
        ]
        let known = parts.compactMap(\.self)
        return known.isEmpty ? "direct" : known.joined(separator: ", ")
    }

    func redacted(by redactor: Redactor) -> RouteFacts {
        var facts = self
        facts.proxy = proxy.map(redactor.redact)
        facts.interface = interface.map(redactor.redact)
        facts.overrides = overrides.map(redactor.redact)
        return facts
    }
}

extension RouteFacts {
    /// Nil for the plain way, of which there is nothing to say.
    var json: JSON? {
        guard self != RouteFacts() else { return nil }
        var entries = JSON.Object()
        if let proxy { entries.append("proxy", .string(proxy)) }
        if hasProxyCredentials { entries.append("proxy_credentials", true) }
        if let interface { entries.append("interface", .string(interface)) }
        if family != .any { entries.append("family", .string(family.rawValue)) }
        if !overrides.isEmpty { entries.append("overrides", .strings(overrides)) }
        if hasOwnAuthorities { entries.append("own_authorities", true) }
        if hasClientCertificate { entries.append("client_certificate", true) }
        return .object(entries)
    }

    init(saved reader: JSONReader) throws(JSONError) {
        proxy = try reader.optionalText("proxy")
        hasProxyCredentials = try reader.optionalBool("proxy_credentials") ?? false
        interface = try reader.optionalText("interface")
        family = try reader.optionalText("family").flatMap(Route.AddressFamily.init) ?? .any
        overrides = try reader.elements("overrides").map { (element) throws(JSONError) in try element.text() }
        hasOwnAuthorities = try reader.optionalBool("own_authorities") ?? false
        hasClientCertificate = try reader.optionalBool("client_certificate") ?? false
    }
}
