/// The address that all of a target's requests begin with, taken apart.
public struct BaseURL: Sendable, Hashable {
    public enum Scheme: String, Sendable, Hashable {
        case http, https

        var defaultPort: Int { self == .https ? 443 : 80 }
    }

    public var scheme: Scheme
    /// Lower case, without the brackets of an IPv6 address.
    public var host: String
    /// 1 to 65535; the scheme's own where none was given.
    public var port: Int
    /// Begins with a slash unless empty, never ends with one.
    public var path: String

    public init(scheme: Scheme, host: String, port: Int? = nil, path: String = "") {
        self.scheme = scheme
        self.host = host
        self.port = port ?? scheme.defaultPort
        self.path = path
    }

    /// Scheme, host and port: what a key is bound to.
    public var origin: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == scheme.defaultPort ? "\(scheme.rawValue)://\(name)" : "\(scheme.rawValue)://\(name):\(port)"
    }

    /// The whole address, without a final slash: `https://api.example.com/v1`.
    public var text: String { origin + path }

    /// Stands where a recording tells no address (RFC 2606 section 2: no such host can be).
    public static let unknown = BaseURL(scheme: .https, host: "unknown.invalid")

    /// The URL of a path below this one.
    public func appending(_ path: String) -> String { text + path }

    /// Says whether the host names this machine by itself: `localhost`, a name below it, or a loopback address.
    public var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
            || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
    }
}

extension BaseURL {
    /// Why a text is no usable base URL. `message` says what and how to mend it, and quotes no user information.
    public struct Invalid: Error, Sendable, Hashable {
        public var message: String
    }

    /// Takes a URL apart (RFC 3986, the part that services use).
    ///
    /// A missing scheme is taken as https, or http on a loopback host, since that is what people type. Trailing slashes are dropped.
    public init(parsing text: String) throws(Invalid) {
        guard !text.isEmpty else { throw Invalid(message: "the base URL is empty") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw Invalid(message: "the base URL contains blanks or control characters; remove them")
        }
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw Invalid(message: "the base URL contains characters outside ASCII; write the host in its punycode form")
        }
        var rest = Substring(text)
        var scheme: Scheme?
        if let mark = rest.range(of: "://") {
            switch rest[..<mark.lowerBound].lowercased() {
            case "https": scheme = .https
            case "http": scheme = .http
            default: throw Invalid(message: "the base URL must begin with https:// (or http:// for this machine)")
            }
            rest = rest[mark.upperBound...]
        }
        if rest.contains("?") { throw Invalid(message: "the base URL must not contain a query; leave out everything from the ? on") }
        if rest.contains("#") { throw Invalid(message: "the base URL must not contain a fragment; leave out everything from the # on") }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        var path = String(rest[slash...])
        while path.hasSuffix("/") { path.removeLast() }
        if authority.contains("@") {
            throw Invalid(
                message:
                    "the base URL contains user information before an @; give the key with --key instead (what stood there is not shown)")
        }
        let (host, port) = try Self.split(authority)
        guard !host.isEmpty else { throw Invalid(message: "the base URL names no host") }
        self.init(scheme: .https, host: host.lowercased(), port: port, path: path)
        let chosen = scheme ?? (isLoopback ? .http : .https)
        self = BaseURL(scheme: chosen, host: self.host, port: port, path: path)
    }

    private static func split(_ authority: Substring) throws(Invalid) -> (String, Int?) {
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw Invalid(message: "the base URL has a [ without its ]") }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let tail = authority[authority.index(after: end)...]
            if tail.hasPrefix(":") {
                port = tail.dropFirst()
            } else if !tail.isEmpty {
                throw Invalid(message: "the base URL has text behind the ]")
            }
        } else if let colon = authority.lastIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
            if host.contains(":") { throw Invalid(message: "an IPv6 address in the base URL needs brackets, as in http://[::1]:8080/v1") }
        }
        guard let port, !port.isEmpty else { return (String(host), nil) }
        guard port.utf8.allSatisfy(\.isASCIIDigit), let number = Int(port), (1...65535).contains(number) else {
            throw Invalid(message: "the base URL's port is not a number from 1 to 65535")
        }
        return (String(host), number)
    }
}

extension Substring {
    /// The first place at which `fragment` stands.
    func range(of fragment: String) -> Range<Index>? {
        guard let first = fragment.utf8.first else { return startIndex..<startIndex }
        var rest = utf8[...]
        while let place = rest.firstIndex(of: first) {
            rest = rest[place...]
            if rest.starts(with: fragment.utf8) { return place..<rest.index(place, offsetBy: fragment.utf8.count) }
            rest.removeFirst()
        }
        return nil
    }
}
