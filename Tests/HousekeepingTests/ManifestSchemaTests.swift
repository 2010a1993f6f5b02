import Testing

/// The manifest's schema and the code that reads manifests know the same keys.
struct ManifestSchemaTests {
    /// Every list of keys that the reading code allows, in these files.
    private func allowed(in paths: [String]) throws -> [Set<String>] {
        try paths.flatMap { path in
            try Repository.text(path).matches(of: /object\(allowing: \[([^\]]*)\]/).map { list in
                Set(list.1.matches(of: /"([^"]+)"/).map { String($0.1) })
            }
        }
    }

    @Test func `the schema allows exactly the keys that are read`() throws {
        let folder = "Sources/Sonde/"
        let read = try allowed(in: ["Vendor/Vendor+Manifest.swift", "Vendor/Sign+Manifest.swift", "Verdict/Advice.swift"].map { folder + $0 })
        let described = try Schema.keySets(in: Repository.json("Profiles/vendor.schema.json"))
        #expect(read.count > 10)
        for keys in read where keys != ["$schema", "signs"] {
            #expect(described.contains(keys), "read, but not in the schema: \(keys.sorted())")
        }
    }
}
