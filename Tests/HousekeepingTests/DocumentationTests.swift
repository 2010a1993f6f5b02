import Foundation
import Testing

/// What the documents promise is there.
struct DocumentationTests {
    private var documents: [String] {
        get throws {
            try Repository.names(in: "").filter { $0.hasSuffix(".md") }
                + Repository.files(below: "Plugins", "Profiles", "Benchmarks", "Sources", "Tests", ending: ".md")
                // What the tool wrote about hostile servers is no document of ours.
                .filter { !$0.contains("/Renderings/") }
        }
    }

    @Test func `links to files lead somewhere`() throws {
        for document in try documents {
            let folder = document.split(separator: "/").dropLast().joined(separator: "/")
            for link in Markdown.relativeLinks(in: try Repository.text(document)) {
                #expect(Repository.exists(folder.isEmpty ? link : "\(folder)/\(link)"), "\(document) links to \(link)")
            }
        }
    }

    @Test func `every built-in scenario has a row in the simulator's readme`() throws {
        let names = try Repository.names(in: "Sources/SondeSimulator/Scenarios").map { $0.replacing(".json", with: "") }
        #expect(try Set(names).isSubset(of: Markdown.firstCells(of: "Sources/SondeSimulator/README.md", under: "Built-in scenarios")))
    }

    @Test func `options in the README exist`() throws {
        let code = try Repository.files(below: "Sources/SondeCommands", ending: ".swift").map(Repository.text).joined()
        for option in Set(try Repository.text("README.md").matches(of: /--([a-z][a-z-]+)/).map { String($0.1) })
        where option != "version" && option != "help" {
            #expect(code.contains("\"\(option)\""), "README.md speaks of --\(option)")
        }
    }

    @Test func `make targets in the documents exist`() throws {
        let makefile = try Repository.text("Makefile")
        for document in ["README.md", "CONTRIBUTING.md"] {
            for target in Set(try Repository.text(document).matches(of: /`make ([a-z]+)/).map { String($0.1) }) {
                #expect(makefile.contains("\n\(target):"), "\(document) speaks of make \(target)")
            }
        }
    }

    @Test func `the changelog has the version of the tool`() throws {
        let version = try #require(try Repository.text("Sources/Sonde/Report/Tool.swift").firstMatch(of: /version = "([^"]+)"/)?.1)
        #expect(try Repository.text("CHANGELOG.md").contains("## \(version)"))
    }
}
