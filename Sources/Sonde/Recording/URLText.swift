/// A URL as it stands in a text: the parts that tell where a call went.
struct URLText {
    /// Scheme, host and port.
    let origin: String
    /// Lower case, without the port.
    let host: String
    /// Name and port, as they stand there.
    let server: String
    /// From the first slash to the query, or `/`.
    let path: String

    /// Nil unless the text begins with `http://` or `https://` and names a host.
    init?(_ text: some StringProtocol) {
        guard let mark = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else { return nil }
        let rest = text.dropFirst(mark.count).prefix { !$0.isWhitespace && !"\"'`<>,;)]}\\".contains($0) }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let server = String(authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority)
        let name = server.hasPrefix("[") ? String(server.dropFirst().prefix { $0 != "]" }) : String(server.prefix { $0 != ":" })
        guard !name.isEmpty else { return nil }
        self.server = server
        (origin, host, path) = (mark + server, name.lowercased(), Self.path(of: String(rest.dropFirst(authority.count))))
    }

    /// A path without query and fragment; `/` for none.
    static func path(of target: String) -> String {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        return path.hasPrefix("/") ? String(path) : "/"
    }

    /// Every URL in a text, in order; no more than a few.
    static func all(in text: String) -> [URLText] {
        var found: [URLText] = []
        var rest = text[...]
        while found.count < 32, let mark = rest.utf8.firstRange(of: Array("http".utf8)) {
            if let url = URLText(rest[mark.lowerBound...].prefix(2048)) { found.append(url) }
            rest = rest[mark.upperBound...]
        }
        return found
    }
}
