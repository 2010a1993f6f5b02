import Foundation
import Testing

/// Rules that no compiler knows.
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
        let files = Repository.files(below: "Sources/Sonde", ending: ".swift") + Repository.files(below: "Sources/Sonde", ending: ".json")
        let found = try names.sorted().flatMap { try Repository.lines(of: files, with: $0) }
        #expect(found == [])
    }

    @Test(arguments: ["CCurl": "SondeHTTP", "CJansson": "SondeJSON", "CMicrohttpd": "SondeSimulator"])
    func `one module imports each C library`(library: String, module: String) throws {
        let found = try Repository.lines(of: product + tests, with: "import \(library)")
        #expect(found.allSatisfy { $0.hasPrefix("Sources/\(module)/") }, "\(found)")
        #expect(!found.isEmpty)
    }

    @Test func `providers import the engine and JSON, nothing else`() throws {
        let files = product.filter { $0.hasPrefix("Plugins/") }
        #expect(
            try Repository.lines(of: files, with: "import ") {
                $0.contains(/^[a-z ]*import\s/) && !$0.contains(/import (Sonde|SondeJSON)$/)
            } == [])
    }

    @Test func `the transport is imported by the commands and by tests`() throws {
        let found = try Repository.lines(of: product, with: "import SondeHTTP")
        #expect(found.allSatisfy { $0.hasPrefix("Sources/SondeCommands/") }, "\(found)")
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
        let files = (product + tests).filter { !$0.hasPrefix(own) }
        #expect(try Repository.lines(of: files, with: "plugin") == [])
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
