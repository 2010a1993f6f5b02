extension Target {
    /// Every place that takes part in this target's requests, as `host:port`: the proxy, then the peers that `--connect-to` and
    /// `--resolve` put in the place of the service, then the service itself.
    public var peers: [String] {
        let own = Peer(host: baseURL.host, port: String(baseURL.port))
        var met = [own]
        var others: [Peer] = []
        if case .fixed(let proxy) = route.proxy {
            met.append(Peer(host: proxy.host.lowercased(), port: String(proxy.port)))
            others.append(met[1])
        }
        for text in route.connectTo {
            if let peer = Peer.connectTo(text, from: own) {
                others.append(peer)
                met.append(peer)
            }
        }
        for text in route.resolve { others += met.flatMap { Peer.resolved(text, from: $0) } }
        var seen: Set<String> = []
        return (others + [own]).map(\.text).filter { seen.insert($0).inserted }
    }
}

/// A host and port, taken from curl's notation for overrides.
private struct Peer {
    /// Without brackets.
    var host: String
    var port: String

    var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Of `HOST1:PORT1:HOST2:PORT2` the second, where the first is meant; an empty part stands for any, or for the same.
    static func connectTo(_ text: String, from origin: Peer) -> Peer? {
        let parts = parts(of: text)
        guard parts.count == 4, parts[0].isEmpty || parts[0].equalsIgnoringCase(origin.host), parts[1].isEmpty || parts[1] == origin.port
        else { return nil }
        guard !parts[2].isEmpty || !parts[3].isEmpty else { return nil }
        return Peer(host: parts[2].isEmpty ? origin.host : parts[2].lowercased(), port: parts[3].isEmpty ? origin.port : parts[3])
    }

    /// Of `HOST:PORT:ADDRESS[,ADDRESS]` the addresses, where host and port are meant.
    static func resolved(_ text: String, from origin: Peer) -> [Peer] {
        let parts = parts(of: text.hasPrefix("+") ? String(text.dropFirst()) : text, limit: 3)
        guard parts.count == 3, parts[0] == "*" || parts[0].equalsIgnoringCase(origin.host), parts[1] == origin.port else { return [] }
        return parts[2].split(separator: ",").map { Peer(host: $0.filter { $0 != "[" && $0 != "]" }, port: origin.port) }
    }

    /// Separated by colons, those within brackets apart; a last part takes whatever is left, and brackets stay only there.
    private static func parts(of text: String, limit: Int = 4) -> [String] {
        var parts = [""]
        var isBracketed = false
        for character in text {
            switch character {
            case "[" where parts.count < limit || limit == 4: isBracketed = true
            case "]" where isBracketed: isBracketed = false
            case ":" where !isBracketed && parts.count < limit: parts.append("")
            default: parts[parts.count - 1].append(character)
            }
        }
        return parts
    }
}
