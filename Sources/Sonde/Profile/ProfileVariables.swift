public import SondeJSON

/// Fills variables into the strings of a profile: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, and `$$` for one `$`.
///
/// Never into a `key`, which names a place and is no text; and never with a variable that holds a key, whatever the string is for: it
/// might be sent, or shown.
public struct ProfileVariables {
    private let environment: [String: String]
    private let keySources: Set<String>
    private let looksLikeKey: @Sendable (String) -> Bool

    /// - Parameters:
    ///   - keySources: Names of variables that hold keys, for any vendor or by any option.
    ///   - looksLikeKey: Tells a key by its look, for variables of any other name.
    public init(
        environment: [String: String], keySources: some Sequence<String>,
        looksLikeKey: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.environment = environment
        self.keySources = Set(keySources)
        self.looksLikeKey = looksLikeKey
    }

    /// The document with every variable filled in.
    ///
    /// - Throws: `JSONError` with the path of the string.
    public func filled(_ json: JSON) throws(JSONError) -> JSON {
        try filled(JSONReader(json), keys: keySources.union(Self.keySources(in: json)))
    }

    private func filled(_ reader: JSONReader, keys: Set<String>) throws(JSONError) -> JSON {
        switch reader.value {
        case .string(let text): return .string(try filled(text, reader, keys))
        case .array:
            return .array(try reader.elements().map { (element) throws(JSONError) in try filled(element, keys: keys) })
        case .object:
            var object = JSON.Object()
            for (key, member) in try reader.members() {
                object.append(key, key == "key" || key == "$schema" ? member.value : try filled(member, keys: keys))
            }
            return .object(object)
        default: return reader.value
        }
    }

    private func filled(_ text: String, _ reader: JSONReader, _ keys: Set<String>) throws(JSONError) -> String {
        guard text.contains("$") else { return text }
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result.append("$")
                rest = rest.dropFirst()
            } else if rest.first == "{" {
                guard let end = rest.firstIndex(of: "}") else { throw reader.error("\"${\" has no \"}\"; write \"$$\" for a dollar sign") }
                result += try value(of: rest[rest.index(after: rest.startIndex)..<end], reader, keys)
                rest = rest[rest.index(after: end)...]
            } else {
                result.append("$")
            }
        }
        return result + rest
    }

    /// What stands for `NAME`, `NAME:-default` or `NAME:?message`.
    private func value(of expression: Substring, _ reader: JSONReader, _ keys: Set<String>) throws(JSONError) -> String {
        let colon = expression.firstIndex(of: ":")
        let name = String(colon.map { expression[..<$0] } ?? expression)
        guard let first = name.utf8.first, !(0x30...0x39).contains(first),
            name.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x5F })
        else { throw reader.error("\"${\(expression)}\" is no variable; write ${NAME}, ${NAME:-default} or ${NAME:?message}") }
        guard !keys.contains(name) else {
            throw reader.error("\(name) holds a key, which a profile never takes in; name it where it is read: \"key\": \"env:\(name)\"")
        }
        let value = environment[name].flatMap { $0.isEmpty ? nil : $0 }
        if let value, looksLikeKey(value) {
            throw reader.error("what \(name) holds looks like a key, which a profile never takes in")
        }
        guard let colon else {
            guard let value = environment[name] else {
                throw reader.error("the variable \(name) is not set; set it, or give a default: ${\(name):-default}")
            }
            return value
        }
        let rest = expression[expression.index(after: colon)...]
        switch rest.first {
        case "-": return value ?? String(rest.dropFirst())
        case "?":
            guard let value else {
                throw reader.error("the variable \(name) is not set: \(rest.count > 1 ? String(rest.dropFirst()) : "it is needed")")
            }
            return value
        default: throw reader.error("\"${\(expression)}\" is no variable; write ${NAME}, ${NAME:-default} or ${NAME:?message}")
        }
    }

    /// The variables that a document itself reads keys from.
    public static func keySources(in json: JSON) -> [String] {
        switch json {
        case .array(let elements): elements.flatMap(keySources)
        case .object(let object):
            object.members.flatMap { member in
                guard member.key == "key", let text = member.value.stringValue else { return keySources(in: member.value) }
                return text.hasPrefix("env:") ? [String(text.dropFirst(4))] : []
            }
        default: []
        }
    }
}
