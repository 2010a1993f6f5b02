import Foundation
import SondeJSON
import Testing

@testable import SondeSimulator

@Suite struct ReadmeTests {
    private let readme: String

    init() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        readme = try String(contentsOf: tests.appending(path: "../../Sources/SondeSimulator/README.md"), encoding: .utf8)
    }

    @Test func `the table has every built-in scenario as its file describes it`() {
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.hasSuffix(". |") }.prefix(Scenario.builtIn.count)
        let expected = Scenario.builtIn.map { "| `\($0.name)` | \($0.vendor) | `\($0.expect)` | \($0.summary) |" }
        #expect(rows.map(String.init) == expected)
    }

    @Test func `the example is a valid scenario`() throws {
        let example = try #require(readme.split(separator: "```json\n").last?.split(separator: "```").first)
        #expect(try Scenario(parsing: Array(example.utf8)).name == "no-embeddings")
    }

    @Test func `every place is documented`() {
        for name in Template.names { #expect(readme.contains("`{\(name)}`"), "\(name)") }
    }
}
