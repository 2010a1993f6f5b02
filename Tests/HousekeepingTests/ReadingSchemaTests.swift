import Sonde
import Testing

/// The schemas of files that people write, and the code that reads them, know the same keys.
struct ReadingSchemaTests {
    /// Every list of keys that the reading code allows, in these files.
    private func allowed(in paths: [String]) throws -> [Set<String>] {
        try paths.flatMap { path in
            try Repository.text("Sources/Sonde/" + path).matches(of: /object\(allowing: \[([^\]]*)\]/).map { list in
                Set(list.1.matches(of: /"([^"]+)"/).map { String($0.1) })
            }
        }
    }

    @Test(arguments: [
        "vendor": ["Vendor/Vendor+Manifest.swift", "Vendor/Sign+Manifest.swift", "Verdict/Advice.swift", "Redaction/Pattern+JSON.swift"],
        "profile": ["Profile/Profile+Reading.swift", "Gate/Policy+Reading.swift"],
    ])
    func `a schema allows exactly the keys that are read`(schema: String, readers: [String]) throws {
        // A list of signs by itself is the shared vocabulary, no part of a manifest.
        let read = try allowed(in: readers).filter { $0 != ["$schema", "signs"] }
        let described = try Schema.keySets(in: Repository.json("Profiles/\(schema).schema.json"))
        #expect(read.count > 1)
        for keys in read { #expect(described.contains(keys), "read, but not in the schema: \(keys.sorted())") }
        // Endpoints and limits are read by name, not from a list of keys.
        let named = [Set(Vendor.EndpointName.allCases.map(\.rawValue)), Set(Metric.allCases.map(\.rawValue))]
        for keys in described where !named.contains(keys) { #expect(read.contains(keys), "in the schema, but not read: \(keys.sorted())") }
    }
}
