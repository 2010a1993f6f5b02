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
    /// Written out only when somebody asks: a long report has many thousand values, and mostly no error to tell.
    private let place: Place?

    /// Where the value stands, such as `targets[2].timeout`; empty for the top.
    public var path: String { place?.path ?? "" }

    /// A cursor on the top of a file.
    public init(_ value: JSON) {
        self.init(value, at: nil)
    }

    private init(_ value: JSON, at place: Place?) {
        self.value = value
        self.place = place
    }

    /// The last step of the way to a value, and the place that it was taken from.
    private final class Place: Sendable {
        private let step: SourcePath.Step
        private let origin: Place?

        init(_ step: SourcePath.Step, from origin: Place?) {
            self.step = step
            self.origin = origin
        }

        var path: String {
            let path = origin?.path ?? ""
            return switch step {
            case .key(let key): SourcePath.appending(key: key, to: path)
            case .index(let index): SourcePath.appending(index: index, to: path)
            }
        }
    }

    private func below(_ step: SourcePath.Step, _ value: JSON) -> JSONReader {
        JSONReader(value, at: Place(step, from: place))
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
        try object().members.map { ($0.key, below(.key($0.key), $0.value)) }
    }

    /// The elements of the array this reader stands on.
    public func elements() throws(JSONError) -> [JSONReader] {
        guard let elements = value.arrayValue else { throw mismatch("an array") }
        return elements.enumerated().map { below(.index($0), $1) }
    }

    /// The value under a key.
    public func member(_ key: String) throws(JSONError) -> JSONReader {
        guard let value = try object()[key] else { throw error("the key \"\(key)\" is missing; add it") }
        return below(.key(key), value)
    }

    /// The value under a key; nil when there is none or `null`.
    public func optionalMember(_ key: String) throws(JSONError) -> JSONReader? {
        guard let value = try object()[key], !value.isNull else { return nil }
        return below(.key(key), value)
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
