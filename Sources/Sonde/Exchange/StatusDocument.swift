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
