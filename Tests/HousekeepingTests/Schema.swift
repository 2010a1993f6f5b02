/// What the tests read in a JSON schema.
enum Schema {
    /// All lists of texts that stand under `enum`, anywhere.
    static func lists(in value: Any) -> [[String]] {
        children(of: value).flatMap(lists) + ((value as? [String: Any])?["enum"] as? [String]).map { [$0] }.orEmpty
    }

    /// The key sets of all objects that a schema describes, anywhere.
    static func keySets(in value: Any) -> [Set<String>] {
        children(of: value).flatMap(keySets) + ((value as? [String: Any])?["properties"] as? [String: Any]).map { [Set($0.keys)] }.orEmpty
    }

    private static func children(of value: Any) -> [Any] {
        (value as? [String: Any]).map { Array($0.values) } ?? (value as? [Any]) ?? []
    }
}

extension Optional where Wrapped: RangeReplaceableCollection {
    fileprivate var orEmpty: Wrapped { self ?? Wrapped() }
}
