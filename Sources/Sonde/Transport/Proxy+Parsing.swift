extension Proxy {
    /// Why a text is no proxy; quotes nothing of it, since it may hold a password.
    public struct Invalid: Error, Sendable, Hashable {
        public var message: String

        public init(message: String) {
            self.message = message
        }
    }

    /// Reads a proxy as curl does: `[scheme://][user:password@]host[:port]`, http where no scheme stands, port 1080 where none does.
    public init(parsing text: String) throws(Invalid) {
        var rest = text[...]
        var scheme = Scheme.http
        if let mark = rest.range(of: "://") {
            let name = rest[..<mark.lowerBound].lowercased()
            guard let known = Scheme(rawValue: name) else {
                throw Invalid(message: "a proxy's scheme must be http, https, socks5 or socks5h")
            }
            scheme = known
            rest = rest[mark.upperBound...]
        }
        rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        var credentials: Secret?
        if let at = rest.lastIndex(of: "@") {
            credentials = Secret(PercentEncoding.decode(rest[..<at]))
            rest = rest[rest.index(after: at)...]
        }
        let host: Substring
        var port = scheme == .https ? 443 : 1080
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            host = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
        } else {
            host = rest.prefix { $0 != ":" }
            rest = rest[host.endIndex...]
        }
        if rest.hasPrefix(":") {
            guard rest.dropFirst().utf8.allSatisfy(\.isASCIIDigit), let number = Int(rest.dropFirst()), (1...65535).contains(number) else {
                throw Invalid(message: "a proxy's port must be a number from 1 to 65535")
            }
            port = number
        } else if !rest.isEmpty {
            throw Invalid(message: "a proxy has text behind the ] of its address")
        }
        guard !host.isEmpty, !host.contains("["), host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Invalid(message: "a proxy needs a host, as in http://proxy.example:3128")
        }
        self.init(scheme: scheme, host: host.lowercased(), port: port, credentials: credentials)
    }
}
