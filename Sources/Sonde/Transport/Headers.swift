/// One header field as it was received or will be sent.
public struct HeaderField: Sendable, Hashable {
    /// The name, in the case it came in; compare through ``Headers``, which ignores case (RFC 9110 section 5.1).
    public var name: String
    /// The value, without blanks around it.
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The header fields of one message, in order, looked up without regard to case.
public struct Headers: Sendable, Hashable {
    /// All of them, repeated names included.
    public var fields: [HeaderField]

    public init(_ fields: [HeaderField] = []) {
        self.fields = fields
    }

    /// The first value under this name, or nil.
    public subscript(name: String) -> String? {
        fields.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    /// Every value under this name, in order.
    public func values(_ name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }

    /// Appends a field; others of the same name stay.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(HeaderField(name, value))
    }

    public var isEmpty: Bool { fields.isEmpty }
}

extension String {
    /// Says whether two texts are equal when ASCII letters are compared without case.
    public func equalsIgnoringCase(_ other: String) -> Bool {
        let (a, b) = (utf8, other.utf8)
        guard a.count == b.count else { return false }
        return zip(a, b).allSatisfy { $0 == $1 || ($0.lowercasedASCII == $1.lowercasedASCII) }
    }
}

extension UInt8 {
    /// The byte with A–Z folded to a–z.
    @inlinable public var lowercasedASCII: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
