internal import SondeJSON

extension JSONReader {
    /// A text that is not empty.
    func nonEmptyString(_ key: String) throws(JSONError) -> String {
        let text = try string(key)
        guard !text.isEmpty else { throw error("is empty; say something", at: key) }
        return text
    }

    /// The elements of a list, or the one value that stands there without a list; nothing when the key is missing.
    func oneOrMore(_ key: String) throws(JSONError) -> [JSONReader] {
        guard let member = try optionalMember(key) else { return [] }
        guard member.value.arrayValue != nil else { return [member] }
        let elements = try member.elements()
        guard !elements.isEmpty else { throw member.error("the list is empty; fill it, or remove \"\(key)\"") }
        return elements
    }

    /// The text this reader stands on, with its places.
    func template() throws(JSONError) -> Template {
        let text = try string()
        do {
            return try Template(text)
        } catch {
            throw unknown(error)
        }
    }

    /// The value this reader stands on, with the places in all its texts.
    func templateJSON() throws(JSONError) -> TemplateJSON {
        switch value {
        case .string: .string(try template())
        case .array: .array(try elements().map { (element) throws(JSONError) in try element.templateJSON() })
        case .object:
            .object(
                try members().map { (key, value) throws(JSONError) in
                    TemplateJSON.Member(key: key, value: try value.templateJSON())
                })
        default: .fixed(value)
        }
    }

    /// Header names with a text, a list of texts for several fields, or null for none.
    func headerChanges(_ key: String) throws(JSONError) -> [Scenario.HeaderChange] {
        guard let headers = try optionalMember(key) else { return [] }
        return try headers.members().map { (name, value) throws(JSONError) in
            guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else {
                throw value.error("this is no name for a header; letters, digits and \"-\" make one")
            }
            guard !["content-length", "transfer-encoding"].contains(name.lowercased()) else {
                throw value.error("the length is worked out; for a wrong one use \"fault\": {\"kind\": \"cut\", \"at\": \"body\"}")
            }
            guard !value.value.isNull else { return Scenario.HeaderChange(name: name, values: []) }
            let values = value.value.arrayValue == nil ? [value] : try value.elements()
            return Scenario.HeaderChange(
                name: name,
                values: try values.map { (value) throws(JSONError) in
                    guard try value.string().utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                        throw value.error("a header's value has no line ends or other control characters; remove them")
                    }
                    return try value.template()
                })
        }
    }

    private func unknown(_ place: Template.UnknownPlace) -> JSONError {
        let remedy =
            closestMatch(to: place.name, among: Template.names).map { "did you mean \"{\($0)}\"?" }
            ?? "known are \(Template.names.joined(separator: ", "))"
        return error("unknown place \"{\(place.name)}\"; \(remedy)")
    }
}

extension UInt8 {
    /// A character of which header names are made (RFC 9110 section 5.6.2).
    fileprivate var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
