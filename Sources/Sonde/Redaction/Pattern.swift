/// The shape of a key, token or identifier: a fixed prefix, then a number of characters of one class.
///
/// Matched in linear time, only where no ASCII letter or digit stands in front. A run of such characters that is longer than
/// `length` allows is something else and does not match.
public struct Pattern: Sendable, Hashable {
    /// What it protects.
    public enum Kind: String, Sendable, Hashable {
        /// Keys and tokens: always redacted.
        case credential
        /// Who the user is at a vendor: redacted unless the user asks for identifiers to stay.
        case identifier
    }

    /// What is redacted, as the marker calls it: `team id` gives `[redacted team id]`.
    public var name: String
    /// What it protects.
    public var kind: Kind
    /// The characters in front, compared exactly; may be empty when `length` begins high enough to make up for it.
    public var prefix: String
    /// What follows the prefix.
    public var characters: CharacterClass
    /// How many characters follow the prefix.
    public var length: ClosedRange<Int>
    /// Says whether a digit must be among them, so that words and hyphenated names do not match.
    public var needsDigit: Bool
    /// Says whether the prefix stays in front of the marker.
    public var keepsPrefix: Bool
    /// Words in lower case that name such an identifier. Right behind one of them, as in `organization: org-a1`, a few characters
    /// after the prefix are enough; elsewhere that might be an ordinary word.
    public var namedBy: [String]

    /// A pattern of our own; those of files are read and checked by ``init(_:kind:)``.
    public init(
        _ name: String, _ kind: Kind, prefix: String, _ characters: CharacterClass, length: ClosedRange<Int>,
        needsDigit: Bool = false, keepsPrefix: Bool = false, namedBy: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.prefix = prefix
        self.characters = characters
        self.length = length
        self.needsDigit = needsDigit
        self.keepsPrefix = keepsPrefix
        self.namedBy = namedBy
    }

    /// Which characters may follow the prefix; all are ASCII.
    public enum CharacterClass: String, Sendable, Hashable, CaseIterable {
        case digits
        /// Hexadecimal digits in either case.
        case hex
        case lowercaseAlphanumeric = "lowercase-alphanumeric"
        case alphanumeric
        /// Letters, digits, `-` and `_` (RFC 4648 section 5).
        case base64url
        /// As `base64url`, with `.` and `=`.
        case token
        /// As `token`, with `~`, `+` and `/` (RFC 9110 section 11.2).
        case token68

        /// Says whether a byte is one of these characters.
        public func contains(_ byte: UInt8) -> Bool {
            switch self {
            case .digits: byte.isASCIIDigit
            case .hex: byte.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte.lowercasedASCII)
            case .lowercaseAlphanumeric: byte.isASCIIAlphanumeric && byte == byte.lowercasedASCII
            case .alphanumeric: byte.isASCIIAlphanumeric
            case .base64url: byte.isASCIIAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            case .token: Self.base64url.contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "=")
            case .token68:
                Self.token.contains(byte) || byte == UInt8(ascii: "~") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
            }
        }
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    var isASCIIAlphanumeric: Bool {
        isASCIIDigit || (self >= 0x41 && self <= 0x5A) || (self >= 0x61 && self <= 0x7A)
    }
}
