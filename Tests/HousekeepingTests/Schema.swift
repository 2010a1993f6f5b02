/// What the tests read in a JSON schema.
enum Schema {
    /// All lists of texts that stand under `enum`, anywhere.
    static func lists(in value: Any) -> [[String]] {
        children(of: value).flatMap(lists) + ((value as? [String: Any])?["enum"] as? [String]).map { [$0] }.orEmpty
    }

    /// The key sets of all objects that a schema describes, anywhere; a condition about some keys is no such description.
    static func keySets(in value: Any) -> [Set<String>] {
        let object = value as? [String: Any]
        let described = object?["additionalProperties"] == nil ? nil : object?["properties"] as? [String: Any]
        return children(of: value).flatMap(keySets) + described.map { [Set($0.keys)] }.orEmpty
    }

    private static func children(of value: Any) -> [Any] {
        (value as? [String: Any]).map { Array($0.values) } ?? (value as? [Any]) ?? []
    }
}

extension Optional where Wrapped: RangeReplaceableCollection {
    fileprivate var orEmpty: Wrapped { self ?? Wrapped() }
}
