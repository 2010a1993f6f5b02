import SondeJSON

extension JSONReader {
    /// Refuses every text below here, keys too, that holds a control character or a mark that turns the direction of writing.
    ///
    /// Manifests are copied from anywhere, and what they say is printed on terminals and sent in headers.
    func refuseControlCharacters() throws(JSONError) {
        switch value {
        case .string(let text):
            guard !text.unicodeScalars.contains(where: Self.isControl) else {
                throw error("the text holds a control character; take it out")
            }
        case .array:
            for element in try elements() { try element.refuseControlCharacters() }
        case .object:
            for member in try members() {
                guard !member.key.unicodeScalars.contains(where: Self.isControl) else {
                    throw error("a key holds a control character; take it out")
                }
                try member.value.refuseControlCharacters()
            }
        case .null, .bool, .integer, .number: break
        }
    }

    /// A word of an open vocabulary under a key, `[a-z0-9_]+`; nil when there is none.
    func optionalIdentifier(_ key: String) throws(JSONError) -> String? {
        guard let text = try optionalString(key) else { return nil }
        guard !text.isEmpty,
            text.utf8.allSatisfy({ $0.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") })
        else {
            throw error("a \(key) is made of small letters, digits and underscores", at: key)
        }
        return text
    }

    /// C0, DEL and C1; embeddings, overrides and isolates of bidirectional text; separators of lines.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
