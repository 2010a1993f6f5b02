/// Why a text is not the JSON that was expected.
public struct JSONError: Error, Sendable, Hashable {
    /// What is wrong and how to mend it.
    public var message: String
    /// Where, such as `targets[2].timeout`; empty for syntax errors.
    public var path: String
    /// Line and column, both from 1, column in characters; nil when the source text is not at hand.
    public var position: Position?
    /// Says whether the error is about the last key of `path` and not about the value under it.
    public var isAboutKey: Bool

    /// An error that does not know its position yet, or takes it as given.
    ///
    /// - Parameters:
    ///   - path: As ``JSONReader/path`` gives it; empty for the whole text.
    ///   - isAboutKey: True makes ``located(in:)`` point at the last key of `path`, and not at its value.
    public init(_ message: String, path: String = "", position: Position? = nil, isAboutKey: Bool = false) {
        self.message = message
        self.path = path
        self.position = position
        self.isAboutKey = isAboutKey
    }

    /// A place in a text.
    public struct Position: Sendable, Hashable {
        /// From 1; lines end with a line feed.
        public var line: Int
        /// From 1, in characters as a reader counts them.
        public var column: Int

        /// Takes both as they are, from 1.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        /// The place of a byte.
        ///
        /// - Parameter offset: From 0; beyond the text it means its end.
        public init(of offset: Int, in bytes: [UInt8]) {
            let before = bytes.prefix(max(0, offset))
            let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            line = 1 + before.count { $0 == UInt8(ascii: "\n") }
            column = 1 + String(decoding: before[start...], as: UTF8.self).count
        }
    }

    /// The same error with its position, looked up in the text it is about.
    ///
    /// When the path leads nowhere in the text, the position is that of the closest value around it.
    public func located(in bytes: [UInt8]) -> JSONError {
        guard position == nil, let offset = SourceWalker.offset(of: path, isKey: isAboutKey, in: bytes) else { return self }
        var located = self
        located.position = Position(of: offset, in: bytes)
        return located
    }

    /// One line for people, as compilers write it: `file:line:column: path: message`, without what is not known.
    public func description(file: String) -> String {
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        return "\(place): \(description)"
    }
}

extension JSONError: CustomStringConvertible {
    /// `path: message`.
    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
