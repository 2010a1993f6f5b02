import SondeJSON

/// Reads a status page's list of components, in the format of Statuspage's API (version 2).
///
/// Components are known by name: their ids change, and a page's overall state mixes products.
enum StatusDocument {
    /// The components of these names; where none are named, those that are not well, at most ten.
    static func status(in body: JSON, components names: [String]) -> Facts.Status? {
        guard let entries = body["components"]?.arrayValue else { return nil }
        let components = entries.compactMap { entry -> Facts.Status.Component? in
            guard let name = entry["name"]?.stringValue, let state = entry["status"]?.stringValue else { return nil }
            return Facts.Status.Component(name: name, state: state)
        }
        guard !components.isEmpty else { return nil }
        let wanted = components.filter { component in
            names.isEmpty ? component.isTroubled : names.contains { $0.equalsIgnoringCase(component.name) }
        }
        return wanted.isEmpty && !names.isEmpty ? nil : Facts.Status(components: Array(wanted.prefix(10)))
    }
}

extension Facts.Status.Component {
    var isTroubled: Bool { state != "operational" }
    /// Says whether the vendor admits that requests fail.
    var isDown: Bool { state == "partial_outage" || state == "major_outage" }
}

/// Reads what Cloudflare's edge says of a caller: lines of `name=value`.
enum EdgeTrace {
    /// The value of `ip`; nil where there is none.
    static func address(in text: String) -> String? {
        guard let line = text.split(whereSeparator: \.isNewline).first(where: { $0.hasPrefix("ip=") }) else { return nil }
        let address = line.dropFirst(3)
        guard (2...45).contains(address.utf8.count),
            address.utf8.allSatisfy({ $0.isASCIIDigit || (0x61...0x66).contains($0 | 0x20) || $0 == 0x2E || $0 == 0x3A })
        else {
            return nil
        }
        return String(address)
    }

    /// `203.0.113.0/24`, or `2001:db8:1::/48`: enough to tell two ways apart, too little to tell who it is.
    static func block(of address: String) -> String? {
        if address.contains(":") {
            let groups = address.split(separator: ":", omittingEmptySubsequences: false).prefix { !$0.isEmpty }.prefix(3)
            return groups.isEmpty ? nil : groups.joined(separator: ":") + "::/48"
        }
        let bytes = address.split(separator: ".")
        return bytes.count == 4 ? bytes.prefix(3).joined(separator: ".") + ".0/24" : nil
    }

    /// The value of `loc`, an ISO 3166 code; nil where there is none, or `XX` for unknown.
    static func country(in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("loc=") {
            let code = line.dropFirst(4)
            guard code.utf8.count == 2, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }), code != "XX"
            else { return nil }
            return String(code)
        }
        return nil
    }
}
