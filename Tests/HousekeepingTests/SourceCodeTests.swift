import Foundation
import Testing

/// Rules that no compiler knows.
///
/// The build's own check of imports allows whatever is reached by way of a dependency, so it is made here.
struct SourceCodeTests {
    private let product =
        Repository.files(below: "Sources", ending: ".swift")
        + Repository.files(below: "Plugins", ending: ".swift").filter { $0.contains("/Sources/") }
    private let tests =
        Repository.files(below: "Tests", ending: ".swift")
        + Repository.files(below: "Plugins", ending: ".swift").filter { $0.contains("/Tests/") }
    private let own = "Tests/HousekeepingTests/"

    @Test func `nothing is tried by force, and nothing is left for later`() throws {
        let files = (product + tests).filter { !$0.hasPrefix(own) }
        #expect(
            try Repository.lines(of: files, with: "try!", "TODO", "FIXME", "XXX") { $0.contains(/\btry!|\bTODO\b|\bFIXME\b|\bXXX\b/) } == []
        )
    }

    @Test func `the engine names no vendor`() throws {
        var names: Set<String> = []
        for path in Repository.files(below: "Plugins", ending: ".json") {
            let manifest = try Repository.json(path)
            names.formUnion([manifest["id"], manifest["name"]].compactMap { ($0 as? String)?.lowercased() })
        }
        #expect(names.count > 3)
        // An English word; the vendor's full name is looked for all the same.
        names.remove("together")
        // Keys are hidden by their public beginnings whatever vendor is asked, and some of those are a vendor's name.
        let shapes = "Sources/Sonde/Redaction/Pattern+Common.swift"
        let files = [".swift", ".json"].flatMap { Repository.files(below: "Sources/Sonde", ending: $0) }.filter { $0 != shapes }
        let found = try names.sorted().flatMap { try Repository.lines(of: files, with: $0) }
        #expect(found == [])
    }

    @Test(arguments: ["CCurl": "SondeHTTP", "CJansson": "SondeJSON", "CMicrohttpd": "SondeSimulator"])
    func `one module imports each C library`(library: String, module: String) throws {
        let found = try Repository.lines(of: product, with: "import \(library)")
        #expect(found.allSatisfy { $0.hasPrefix("Sources/\(module)/") }, "\(found)")
        #expect(!found.isEmpty)
    }

    /// What each module may import besides the standard library, the C library and `Synchronization`. The arrows point down.
    private static let layers: [(folder: String, imports: Set<String>)] = [
        ("Sources/SondeJSON", ["CJansson"]),
        ("Sources/Sonde", ["SondeJSON"]),
        ("Sources/SondeHTTP", ["Sonde", "CCurl"]),
        ("Sources/SondeSimulator", ["SondeJSON", "CMicrohttpd"]),
        ("Sources/SondeCommands", ["Sonde", "SondeJSON", "SondeHTTP", "SondeSimulator"]),
        ("Plugins", ["Sonde", "SondeJSON"]),
    ]

    @Test(arguments: layers)
    func `modules import what is below them, nothing else`(folder: String, imports: Set<String>) throws {
        let allowed = imports.union(["Glibc", "Musl", "Darwin", "Synchronization"])
        let files = product.filter { $0.hasPrefix(folder + "/") }
        #expect(!files.isEmpty)
        let found = try Repository.lines(of: files, with: "import ") { line in
            guard let module = line.firstMatch(of: /^(@\w+ +)?([a-z]+ +)?import +(\w+)/)?.3 else { return false }
            return !allowed.contains(String(module))
        }
        #expect(found == [])
    }

    @Test func `product code goes without Foundation and without regular expressions`() throws {
        #expect(
            try Repository.lines(of: product, with: "import Foundation", "import _StringProcessing", "import RegexBuilder", "Regex<") == [])
    }

    @Test func `unsafe code is in the modules that wrap C`() throws {
        let files = product.filter { $0.hasPrefix("Sources/Sonde/") || $0.hasPrefix("Plugins/") }
        #expect(try Repository.lines(of: files, with: "unsafe") { $0.contains(/\bunsafe\b/) && !$0.contains(/^ *\/\//) } == [])
    }

    @Test func `whoever vouches for a type across threads says why`() throws {
        for path in product {
            let text = try Repository.text(path)
            guard text.contains("@unchecked Sendable") else { continue }
            let lines = text.components(separatedBy: "\n")
            for (number, line) in lines.enumerated() where line.contains("@unchecked Sendable") && !line.contains(/^ *\/\//) {
                let before = lines[max(0, number - 3)...number].joined()
                #expect(before.contains("//"), "\(path):\(number + 1): no reason beside @unchecked Sendable")
            }
        }
    }

    @Test func `no file is long`() throws {
        for path in product + tests {
            let count = try Repository.text(path).utf8.count { $0 == UInt8(ascii: "\n") }
            #expect(count <= 500, "\(path) has \(count) lines; split it")
        }
    }

    @Test func `the word plugin stays out of code`() throws {
        #expect(try Repository.lines(of: product, with: "plugin") == [])
        let package = try Repository.lines(of: ["Package.swift"], with: "plugin") { !$0.contains(/^\/\/|path: "Plugins\//) }
        #expect(package == [])
    }

    @Test func `no file names a place on one machine`() throws {
        let texts = [
            "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Makefile", "Scripts/setup", ".ci/run", "Package.swift",
        ]
        #expect(
            try Repository.lines(of: product + texts, with: "/root/", "/home/", "/work/", "/Users/") {
                $0.contains(/(^|[\s"'(`=])\/(root|home|work|Users)\//)
            } == [])
    }
}
