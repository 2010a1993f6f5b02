import SondeJSON

/// A base URL with parts that differ from customer to customer, such as `https://api.example.com/accounts/{account}/v1`.
///
/// A variable at the very beginning stands for scheme and host, and may already hold a part of what follows it.
public struct BaseURLTemplate: Sendable, Hashable {
    /// With the variables in braces.
    public var text: String
    /// Name of each variable to the environment variables that fill it, in order.
    public var variables: [String: [String]]

    /// The environment variables of every part that has no value, in the order of the parts.
    public func missing(in environment: [String: String]) -> [String] {
        names.filter { value(of: $0, in: environment) == nil }.compactMap { variables[$0]?.first }
    }

    /// The base URL as text; nil while a part has no value.
    public func filled(from environment: [String: String]) -> String? {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            guard let value = value(of: String(rest[rest.index(after: open)..<close]), in: environment) else { return nil }
            result += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest.dropFirst(text.first == "{" ? Self.overlap(of: result, with: rest) : 0)
    }

    /// The names in braces, in order.
    var names: [String] {
        var names: [String] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            names.append(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return names
    }

    private func value(of name: String, in environment: [String: String]) -> String? {
        let found = variables[name]?.lazy.compactMap { environment[$0]?.trimmingBlanks() }.first { !$0.isEmpty }
        guard var value = found else { return nil }
        while value.hasSuffix("/") { value.removeLast() }
        return value
    }

    /// How many characters of the path the value before it already ends with, whole segments only.
    private static func overlap(of value: String, with path: Substring) -> Int {
        var end = path.endIndex
        while end > path.startIndex {
            if value.hasSuffix(path[..<end]) { return path.distance(from: path.startIndex, to: end) }
            end = path[..<end].lastIndex(of: "/") ?? path.startIndex
        }
        return 0
    }
}

extension BaseURLTemplate {
    /// Reads a template and the variables that fill it, `{"account": ["ACCOUNT_ID"]}`.
    ///
    /// - Throws: What is wrong with either: a part that nothing fills, a variable that is nowhere used, a text that can be no base URL.
    init(_ text: JSONReader, variables reader: JSONReader?) throws(JSONError) {
        self.text = try text.string()
        variables = [:]
        for (name, list) in try reader?.members() ?? [] {
            guard names.contains(name) else { throw list.error("the base URL has no part {\(name)}") }
            variables[name] = try list.elements().map { (element) throws(JSONError) in try element.string() }
        }
        if let bare = names.first(where: { variables[$0]?.isEmpty ?? true }) {
            throw text.error("nothing fills {\(bare)}; name its variables under \"base_url_variables\"")
        }
        let sample = Dictionary(
            names.map { ("VALUE_OF_" + $0, $0 == names.first && self.text.hasPrefix("{") ? "https://sample.invalid" : "sample") }
        ) { $1 }
        let probe = BaseURLTemplate(text: self.text, variables: Dictionary(names.map { ($0, ["VALUE_OF_" + $0]) }) { $1 })
        do throws(BaseURL.Invalid) {
            _ = try BaseURL(parsing: probe.filled(from: sample) ?? "")
        } catch {
            throw text.error(error.message)
        }
    }
}
