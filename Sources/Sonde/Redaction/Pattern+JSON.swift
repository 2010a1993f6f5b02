public import SondeJSON

extension Pattern {
    /// Reads one pattern of a manifest: `{"name": "team id", "prefix": "team_", "characters": "alphanumeric", "length": [24, 24]}`.
    ///
    /// - Throws: ``JSONError`` for a pattern that could not match, would match ordinary words, or whose name cannot stand in a marker.
    public init(_ reader: JSONReader, kind: Kind = .identifier) throws(JSONError) {
        let reader = try reader.object(allowing: ["name", "prefix", "characters", "length"])
        let name = try reader.string("name")
        guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy({ $0.isMarkerCharacter }) else {
            throw reader.error("a name has up to 40 ASCII letters, digits, blanks and hyphens", at: "name")
        }
        let prefix = try reader.optionalString("prefix") ?? ""
        guard prefix.utf8.count <= 64, prefix.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw reader.error("a prefix has at most 64 visible ASCII characters", at: "prefix")
        }
        let bounds = try reader.array("length")
        guard bounds.count == 2 else {
            throw reader.error("expected the least and the greatest length, such as [16, 40]", at: "length")
        }
        let (least, greatest) = (try bounds[0].int(in: 1...4096), try bounds[1].int(in: 1...4096))
        guard least <= greatest else {
            throw reader.error("the least length is above the greatest; exchange them", at: "length")
        }
        guard least + 2 * prefix.utf8.count >= 12 else {
            throw reader.error(
                "this would match ordinary words; give a longer prefix, or a least length of 12 without one", at: "length")
        }
        // A prefix that ends with a slash is the place at which an id stands, such as a public host, and tells nobody's.
        self.init(
            name, kind, prefix: prefix, try reader.choice("characters", of: CharacterClass.self), length: least...greatest,
            keepsPrefix: prefix.hasSuffix("/"))
    }
}

extension UInt8 {
    fileprivate var isMarkerCharacter: Bool { isASCIIAlphanumeric || self == UInt8(ascii: " ") || self == UInt8(ascii: "-") }
}
