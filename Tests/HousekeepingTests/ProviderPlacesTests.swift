import Foundation
import Testing

/// A provider stands in four places, a vendor in three: none may be forgotten.
struct ProviderPlacesTests {
    /// Folder to the manifests that Package.swift lists for it.
    private func listed() throws -> [String: [String]] {
        let rows = try Repository.text("Package.swift").matches(of: /^ +\("(\w+)", \[([^\]]*)\]\),?$/.anchorsMatchLineEndings())
        return Dictionary(uniqueKeysWithValues: rows.map { row in (String(row.1), row.2.matches(of: /"([^"]+)"/).map { String($0.1) }) })
    }

    @Test func `the folders of provider modules are the list in Package.swift`() throws {
        #expect(try Repository.folders(in: "Plugins") == listed().keys.sorted())
    }

    @Test func `the folders of provider modules are the registry of the executable`() throws {
        let registry = try Repository.text("Sources/CLI/Providers.swift")
        let imported = registry.matches(of: /^import (\w+)Provider$/.anchorsMatchLineEndings()).map { String($0.1) }
        #expect(try imported.sorted() == Repository.folders(in: "Plugins"))
    }

    @Test func `the manifests in each folder are those that Package.swift lists and the provider offers`() throws {
        for (folder, vendors) in try listed() {
            #expect(try Repository.names(in: "Plugins/\(folder)/Vendors") == vendors.map { $0 + ".json" }.sorted(), "in \(folder)")
            let code = try Repository.files(below: "Plugins/\(folder)/Sources", ending: ".swift").map(Repository.text).joined()
            let offered = code.matches(of: /VendorManifest\(name: "([^"]+)\.json"/).map { String($0.1) }
            #expect(offered.sorted() == vendors.sorted(), "what the provider in \(folder) offers")
        }
    }

    @Test func `a manifest is called as its vendor, and its vendor is in the README`() throws {
        let shown = try Markdown.firstCells(of: "README.md", under: "Vendors")
        var known: [String] = []
        for (folder, vendors) in try listed() {
            for vendor in vendors {
                // A file's name becomes one of code, in which a dot cannot stand.
                let id = try #require(try Repository.json("Plugins/\(folder)/Vendors/\(vendor).json")["id"] as? String)
                #expect(id.replacing(".", with: "-") == vendor)
                known.append(id)
            }
        }
        #expect(shown.sorted() == known.sorted())
    }

    @Test func `a provider module has a readme, sources, tests, and a line in the readme of all`() throws {
        let shown = try Markdown.firstCells(of: "Plugins/README.md", under: "Modules")
        #expect(try shown.sorted() == Repository.folders(in: "Plugins"))
        for folder in try Repository.folders(in: "Plugins") {
            #expect(Repository.exists("Plugins/\(folder)/README.md"), "\(folder)")
            #expect(!Repository.files(below: "Plugins/\(folder)/Sources", ending: ".swift").isEmpty, "\(folder)")
            #expect(!Repository.files(below: "Plugins/\(folder)/Tests", ending: "Tests.swift").isEmpty, "\(folder)")
        }
    }

    @Test func `the readme of the provider modules says first what they are not`() throws {
        let first = try Repository.text("Plugins/README.md").components(separatedBy: "\n").first
        #expect(first == "Provider modules of Sonde. These are not SwiftPM plugins.")
    }
}
