/// The network path a request takes: proxy, source address, address family, overridden names, trust.
///
/// Two routes never share a connection, a resolved address or a TLS session.
public struct Route: Sendable, Hashable {
    /// How the user calls it: `direct`, `env`, `proxy=…`, `ipv4`, or a name from a profile. Safe to print.
    public var name: String
    /// Which proxy is used.
    public var proxy: ProxyRule
    /// Source interface name, or source address, as curl's `--interface` takes it.
    public var interface: String?
    /// Which address families are tried.
    public var family: AddressFamily
    /// Name overrides in curl's `--resolve` syntax, `HOST:PORT:ADDRESS[,ADDRESS]`.
    public var resolve: [String]
    /// Connection overrides in curl's `--connect-to` syntax, `HOST:PORT:CONNECT-HOST:CONNECT-PORT`.
    public var connectTo: [String]
    /// The certificate authorities to trust, in PEM; it replaces the system's, as curl's `--cacert` does.
    public var certificateAuthorities: String?
    /// The client certificate and its key, both PEM files.
    public var clientCertificate: ClientCertificate?
    /// Tells apart what must share no connection although the way is the same, such as the cells of a comparison.
    public var isolation = 0
    /// What a saved report tells of the path; nothing ever goes there.
    public var told: RouteFacts?

    public init(
        name: String = "env", proxy: ProxyRule = .environment, interface: String? = nil, family: AddressFamily = .any,
        resolve: [String] = [], connectTo: [String] = [], certificateAuthorities: String? = nil,
        clientCertificate: ClientCertificate? = nil
    ) {
        self.name = name
        self.proxy = proxy
        self.interface = interface
        self.family = family
        self.resolve = resolve
        self.connectTo = connectTo
        self.certificateAuthorities = certificateAuthorities
        self.clientCertificate = clientCertificate
    }

    /// Says whether a proxy is known to stand on this path.
    var isThroughProxy: Bool { RouteFacts(self).proxy != nil || name.hasPrefix("proxy") }

    /// Which proxy is used.
    public enum ProxyRule: Sendable, Hashable {
        /// None, whatever the environment says.
        case direct
        /// As the proxy variables say; must be resolved for a host before it reaches a transport.
        case environment
        /// This one.
        case fixed(Proxy)
    }

    /// The address families that a name may be resolved to.
    public enum AddressFamily: String, Sendable, Hashable {
        case any, ipv4, ipv6
    }

    /// A client certificate for mutual TLS.
    public struct ClientCertificate: Sendable, Hashable {
        /// Path of the certificate.
        public var certificate: String
        /// Path of its private key; nil when it is in the certificate's file.
        public var key: String?

        public init(certificate: String, key: String? = nil) {
            self.certificate = certificate
            self.key = key
        }
    }
}
