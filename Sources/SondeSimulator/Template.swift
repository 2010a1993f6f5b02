/// A text with places such as `{model}` that are filled in for each request.
struct Template: Sendable, Hashable {
    let parts: [Part]

    enum Part: Sendable, Hashable {
        case text(String)
        case place(Place)
    }

    /// What can stand between braces.
    enum Place: Sendable, Hashable {
        /// `{model}`: the `model` of the request's JSON body, empty without one.
        case model
        /// `{method}`
        case method
        /// `{path}`: without query.
        case path
        /// `{source}`: the caller's address.
        case source
        /// `{request_id}`: 32 random hexadecimal digits, the same throughout one answer; `{request_id:N}` is the first N.
        case requestID(length: Int)
        /// `{now}`: seconds since 1970.
        case now
        /// `{now_ms}`: milliseconds since 1970.
        case nowMilliseconds
        /// `{date}`: now, as in an HTTP `Date` header.
        case date
        /// `{masked_key}`: the caller's key as OpenAI repeats it, first eight and last four characters with stars between.
        case maskedKey
        /// `{key}`, `{key_hex}` and so on: the caller's key.
        case key(KeyEncoding)
    }

    /// The names that may stand between braces, for messages.
    static let names =
        ["model", "method", "path", "source", "request_id", "now", "now_ms", "date", "masked_key", "key"]
        + KeyEncoding.allCases.filter { $0 != .plain }.map { "key_" + $0.rawValue }

    init(parts: [Part]) {
        self.parts = parts
    }

    /// Reads a text; a name in braces that is none of ``names`` is returned as the error.
    init(_ text: String) throws(UnknownPlace) {
        var parts: [Part] = []
        var rest = text[...]
        var literal = ""
        while let open = rest.firstIndex(of: "{") {
            literal += rest[..<open]
            let inside = rest[rest.index(after: open)...]
            var name = inside.prefix { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
            // Only this one has a number, so that a style sheet's `{margin:0}` is none of ours.
            if name == "request_id", inside[name.endIndex...].first == ":" {
                let number = inside[name.endIndex...].dropFirst().prefix { ("0"..."9").contains($0) }
                name = inside[..<number.endIndex]
            }
            if inside[name.endIndex...].first == "}", !name.isEmpty {
                guard let place = Place(String(name)) else { throw UnknownPlace(name: String(name)) }
                if !literal.isEmpty { parts.append(.text(literal)) }
                literal = ""
                parts.append(.place(place))
                rest = inside[name.endIndex...].dropFirst()
            } else {
                literal.append("{")
                rest = inside
            }
        }
        literal += rest
        if !literal.isEmpty { parts.append(.text(literal)) }
        self.parts = parts
    }

    func filled(for call: SimulatedCall) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .place(let place): call.value(of: place)
            }
        }.joined()
    }

    /// The name in braces that means nothing.
    struct UnknownPlace: Error {
        let name: String
    }
}

extension Template.Place {
    init?(_ name: String) {
        switch name {
        case "model": self = .model
        case "method": self = .method
        case "path": self = .path
        case "source": self = .source
        case "request_id": self = .requestID(length: 32)
        case "now": self = .now
        case "now_ms": self = .nowMilliseconds
        case "date": self = .date
        case "masked_key": self = .maskedKey
        case "key": self = .key(.plain)
        default:
            if name.hasPrefix("request_id:"), let length = Int(name.dropFirst(11)), (1...32).contains(length) {
                self = .requestID(length: length)
            } else if name.hasPrefix("key_"), let encoding = KeyEncoding(rawValue: String(name.dropFirst(4))),
                encoding != .plain
            {
                self = .key(encoding)
            } else {
                return nil
            }
        }
    }
}
