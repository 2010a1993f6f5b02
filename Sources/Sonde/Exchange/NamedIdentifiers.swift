import SondeJSON

/// Whom an answer is about, as far as it says so itself: in the headers that carry an organization, project or team, and in members
/// of an error's body that are called so.
enum NamedIdentifiers {
    /// What to hide in every text of the answer, whole and whatever its shape; of a body only what begins as such identifiers do.
    static func find(in response: Response, of vendor: Vendor) -> [ProtectedSecret] {
        var found = vendor.scopes.compactMap { scope in
            response.headers[scope.header].map { protected($0.trimmingBlanks(), "\(scope.scope) id") }
        }
        let isRefusal = !(200..<300).contains(response.status)
        if isRefusal, BodyKind(of: response.body, contentType: response.headers["content-type"]) == .json,
            let body = JSON.lenient(response.body)
        {
            search(body, depth: 0, &found)
        }
        return found.filter { $0.secret.count >= leastLength }.unique
    }

    private static let leastLength = 4
    private static let greatestDepth = 6
    private static let words: Set = ["organization", "org", "project", "team", "account", "workspace"]

    private static func search(_ json: JSON, depth: Int, _ found: inout [ProtectedSecret]) {
        guard depth < greatestDepth else { return }
        for element in json.arrayValue ?? [] { search(element, depth: depth + 1, &found) }
        for member in json.objectValue?.members ?? [] {
            search(member.value, depth: depth + 1, &found)
            guard let text = member.value.stringValue, names(member.key), let pattern = pattern(of: text) else { continue }
            found.append(protected(text, pattern.name))
        }
    }

    /// Says whether a key is one of the words, perhaps with `id` behind it: `org_id`, `organizationId`.
    private static func names(_ key: String) -> Bool {
        var word = key.lowercased()
        if word.hasSuffix("id") { word.removeLast(2) }
        while word.last == "_" || word.last == "-" { word.removeLast() }
        return words.contains(word)
    }

    private static func pattern(of text: String) -> Pattern? {
        guard text.utf8.count <= 128, text.utf8.allSatisfy({ Pattern.CharacterClass.base64url.contains($0) }) else { return nil }
        return Pattern.common.first { !$0.namedBy.isEmpty && text.hasPrefix($0.prefix) && text != $0.prefix }
    }

    private static func protected(_ text: String, _ name: String) -> ProtectedSecret {
        var identifier = ProtectedSecret(Secret(text), name: name)
        (identifier.isIdentifier, identifier.countsOnlyWhole) = (true, true)
        return identifier
    }
}
