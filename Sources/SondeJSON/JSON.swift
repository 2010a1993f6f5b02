/// A JSON value (RFC 8259), independent of how it was read.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent that fits.
    case integer(Int64)
    /// Any other number; never infinite and never NaN when it was read.
    case number(Double)
    case string(String)
    case array([JSON])
    case object(Object)
}

extension JSON {
    /// The members of an object, in the order they were written.
    public struct Object: Sendable, Hashable {
        /// One key with its value.
        public struct Member: Sendable, Hashable {
            /// The key, unescaped.
            public var key: String
            /// The value under the key.
            public var value: JSON

            /// Takes both as they are.
            public init(key: String, value: JSON) {
                self.key = key
                self.value = value
            }
        }

        /// All members in order; keys differ when the object was read.
        public private(set) var members: [Member]

        /// An object without members.
        public init() { members = [] }

        /// Takes the pairs as they are; keys must differ.
        public init(_ pairs: [(String, JSON)]) {
            members = pairs.map { Member(key: $0.0, value: $0.1) }
        }

        /// How many members there are.
        public var count: Int { members.count }
        /// Says whether there are no members.
        public var isEmpty: Bool { members.isEmpty }
        /// The keys in order.
        public var keys: [String] { members.map(\.key) }

        /// The value under a key; setting nil removes the member, setting a new key appends it.
        public subscript(key: String) -> JSON? {
            get { members.first { $0.key == key }?.value }
            set {
                if let index = members.firstIndex(where: { $0.key == key }) {
                    if let newValue { members[index].value = newValue } else { members.remove(at: index) }
                } else if let newValue {
                    members.append(Member(key: key, value: newValue))
                }
            }
        }

        /// Appends without looking whether the key is there already; for building, where keys are known to differ.
        public mutating func append(_ key: String, _ value: JSON) {
            members.append(Member(key: key, value: value))
        }

        /// Makes room for this many members in one step.
        mutating func reserveCapacity(_ count: Int) {
            members.reserveCapacity(count)
        }
    }
}

extension JSON {
    /// Says whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The text of a string, or nil.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The value of `true` or `false`, or nil.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A whole number, also when it was written with a fraction of zero.
    public var intValue: Int? {
        switch self {
        case .integer(let value): Int(exactly: value)
        // Not `Int(exactly:)`, which needs the C library of mathematics at link time.
        case .number(let value) where value >= -0x1p63 && value < 0x1p63 && Double(Int(value)) == value: Int(value)
        default: nil
        }
    }

    /// A number, whole or not.
    public var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The elements of an array, or nil.
    public var arrayValue: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members of an object, or nil.
    public var objectValue: Object? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member of an object, or nil when this is no object or has none.
    public subscript(key: String) -> JSON? { objectValue?[key] }

    /// The element of an array, or nil when this is no array or has none.
    public subscript(index: Int) -> JSON? {
        guard let array = arrayValue, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral, ExpressibleByStringInterpolation
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Object(elements)) }
    public init(nilLiteral: ()) { self = .null }
}
