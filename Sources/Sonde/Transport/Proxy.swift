/// A forward proxy: what it speaks, where it listens, and who we are to it.
public struct Proxy: Sendable, Hashable {
    public enum Scheme: String, Sendable, Hashable {
        case http, https
        /// SOCKS 5 with names resolved by the proxy (curl's `socks5h`).
        case socks5h
        /// SOCKS 5 with names resolved here.
        case socks5
    }

    public var scheme: Scheme
    public var host: String
    public var port: Int
    /// `user:password`, percent-decoded; a secret as a whole.
    public var credentials: Secret?

    public init(scheme: Scheme, host: String, port: Int, credentials: Secret? = nil) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.credentials = credentials
    }

    /// The proxy without its credentials, as it may be shown: `http://proxy.example:3128`.
    public var display: String {
        "\(scheme.rawValue)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
