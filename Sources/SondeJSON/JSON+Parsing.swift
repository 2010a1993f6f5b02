extension JSON {
    /// Reads one of our own files: strict RFC 8259, duplicate keys refused, at most 128 levels deep.
    ///
    /// - Throws: ``JSONError`` with line and column of the place, and a remedy.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        fatalError()
    }

    /// Reads what a remote server sent, as far as it goes: nil only when no value can be made of it.
    ///
    /// Forgiven: a byte-order mark, duplicate keys (the last wins), NUL, invalid UTF-8 (replaced), lone surrogates, numbers too big
    /// (to the nearest `Double`). Not forgiven: more than 128 levels, text behind the value, a value that was cut off.
    public static func lenient(_ bytes: [UInt8]) -> JSON? {
        fatalError()
    }
}

/// Why a text is not the JSON that was expected.
public struct JSONError: Error, Sendable, Hashable {
    /// What is wrong and how to mend it.
    public var message: String
    /// Where, such as `targets[2].timeout`; empty for syntax errors.
    public var path: String
    /// Line and column, both from 1, column in characters; nil when the source text is not at hand.
    public var position: Position?

    public struct Position: Sendable, Hashable {
        public var line: Int
        public var column: Int
    }
}
