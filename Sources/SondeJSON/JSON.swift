/// A JSON value (RFC 8259), independent of how it was read.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object(Object)
}

extension JSON {
    /// The members of an object, in the order they were written.
    public struct Object: Sendable, Hashable {
        public struct Member: Sendable, Hashable {
            public var key: String
            public var value: JSON
        }

        public private(set) var members: [Member]

        public init() { members = [] }

        public init(_ pairs: [(String, JSON)]) {
            members = pairs.map { Member(key: $0.0, value: $0.1) }
        }

        public var count: Int { members.count }
        public var isEmpty: Bool { members.isEmpty }
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
    }
}

extension JSON {
    public var isNull: Bool { self == .null }

    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A whole number, also when it was written with a fraction of zero.
    public var intValue: Int? {
        switch self {
        case .integer(let value): Int(exactly: value)
        case .number(let value): Int(exactly: value)
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

    public var arrayValue: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

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
