/// A cursor into one of our own files that knows where it is, for errors that name the place.
///
/// ```swift
/// let target = try reader.object(allowing: ["name", "vendor", "model"])
/// let name = try target.string("name")
/// let model = try target.optionalString("model")
/// ```
///
/// Every method throws ``JSONError`` with a path; ``JSONError/located(in:)`` adds line and column. `null` counts as absent for
/// what is optional and as the wrong type for what is not. Messages quote values of the file: redact them like any user text.
public struct JSONReader: Sendable {
    /// What the cursor stands on.
    public let value: JSON
    /// Where the value stands, such as `targets[2].timeout`; empty for the top.
    public let path: String

    /// A cursor on a value; the path is empty at the top of a file.
    public init(_ value: JSON, path: String = "") {
        self.value = value
        self.path = path
    }

    /// An error about this value, to be thrown by who knows more about it than its type.
    public func error(_ message: String) -> JSONError {
        JSONError(message, path: path)
    }

    /// An error about the value under a key; it names the key also when it is missing.
    public func error(_ message: String, at key: String) -> JSONError {
        JSONError(message, path: SourcePath.appending(key: key, to: path))
    }

    func mismatch(_ expectation: String) -> JSONError {
        error("expected \(expectation), found \(value.excerpt)")
    }
}

// MARK: Objects and arrays

extension JSONReader {
    /// This reader, once it is sure that it stands on an object that has no other keys than these.
    ///
    /// - Throws: ``JSONError`` that names the unknown key, and the one that was meant where that is clear.
    public func object(allowing keys: [String]) throws(JSONError) -> JSONReader {
        for member in try object().members where !keys.contains(member.key) {
            let meant = closestMatch(to: member.key, among: keys)
            let remedy = meant.map { "did you mean \"\($0)\"?" } ?? "allowed are \(keys.joined(separator: ", "))"
            throw JSONError(
                "unknown key \(JSON.string(member.key).excerpt); \(remedy)",
                path: SourcePath.appending(key: member.key, to: path), isAboutKey: true)
        }
        return self
    }

    /// The object this reader stands on.
    public func object() throws(JSONError) -> JSON.Object {
        guard let object = value.objectValue else { throw mismatch("an object") }
        return object
    }

    /// The members of an object whose keys are free, such as names, in order.
    public func members() throws(JSONError) -> [(key: String, value: JSONReader)] {
        try object().members.map { ($0.key, JSONReader($0.value, path: SourcePath.appending(key: $0.key, to: path))) }
    }

    /// The elements of the array this reader stands on.
    public func elements() throws(JSONError) -> [JSONReader] {
        guard let elements = value.arrayValue else { throw mismatch("an array") }
        return elements.enumerated().map { JSONReader($1, path: SourcePath.appending(index: $0, to: path)) }
    }

    /// The value under a key.
    public func member(_ key: String) throws(JSONError) -> JSONReader {
        guard let value = try object()[key] else { throw error("the key \"\(key)\" is missing; add it") }
        return JSONReader(value, path: SourcePath.appending(key: key, to: path))
    }

    /// The value under a key; nil when there is none or `null`.
    public func optionalMember(_ key: String) throws(JSONError) -> JSONReader? {
        guard let value = try object()[key], !value.isNull else { return nil }
        return JSONReader(value, path: SourcePath.appending(key: key, to: path))
    }

    /// The elements of the array under a key.
    public func array(_ key: String) throws(JSONError) -> [JSONReader] {
        try member(key).elements()
    }

    /// The elements of the array under a key; nil when there is none.
    public func optionalArray(_ key: String) throws(JSONError) -> [JSONReader]? {
        try optionalMember(key)?.elements()
    }
}

extension JSON {
    /// The value as a message shows it: short, on one line, and never a whole array or object.
    var excerpt: String {
        switch self {
        case .array: return "an array"
        case .object: return "an object"
        case .string(let text) where text.utf8.count > 40:
            return JSON.string(text.prefix(40) + "…").text()
        default: return text()
        }
    }
}
