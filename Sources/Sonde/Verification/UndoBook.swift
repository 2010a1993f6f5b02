import SondeJSON

/// What people do only for as long as something fails, and should take back once it works again, by reason and by cause.
public struct UndoBook: Sendable {
    private let entries: [String: [String]]

    /// - Throws: `JSONError` when the embedded document is broken, which tests rule out.
    public init() throws { try self.init(JSONReader(.parse(PackageResources.undo_json))) }

    init(_ reader: JSONReader) throws(JSONError) {
        var entries: [String: [String]] = [:]
        for (key, value) in try reader.members() { entries[key] = try value.strings() }
        self.entries = entries
    }

    /// The reasons and causes that have an entry.
    public var keys: Set<String> { Set(entries.keys) }

    /// What to take back, the reason's steps before the cause's; a step that needs a word which is not known is left out.
    func steps(for verdict: Verdict, of target: Target) -> [String] {
        let vendor = target.vendor
        var values = ["vendor": vendor.name, "host": target.baseURL.host]
        values["variable"] = vendor.key.variables.first
        values["base_url_variable"] = vendor.baseURLVariables.first
        for (name, link) in vendor.links { values["\(name)_url"] = link }
        var seen: Set<String> = []
        return [verdict.reason, verdict.cause.rawValue].compactMap(\.self).flatMap { entries[$0] ?? [] }
            .compactMap { Template.fill($0, with: values) }.filter { seen.insert($0).inserted }
    }
}
