import Foundation
import Sonde
import Testing

/// Causes, checks and exit statuses are closed lists: code, advice, schemas and README have the same words.
struct VocabularyTests {
    private let causes = Cause.allCases.map(\.rawValue)

    @Test func `every cause has advice`() throws {
        let advice = try Repository.json("Sources/Sonde/Verdict/advice.json")
        for cause in causes { #expect(advice[cause] != nil, "\(cause)") }
    }

    @Test func `every cause has a row in the README, in order`() throws {
        #expect(try Markdown.firstCells(of: "README.md", under: "Causes") == causes)
    }

    @Test func `every check has a row in the README, in order`() throws {
        #expect(try Markdown.firstCells(of: "README.md", under: "Checks") == CheckList.all.map { $0.id })
    }

    @Test func `every check is in the list, has four headings and a test file`() throws {
        let files = try Repository.names(in: "Sources/Sonde/Checks").filter { $0.hasSuffix("Check.swift") && $0 != "Check.swift" }
        #expect(files.count == CheckList.all.count)
        let tests = Repository.files(below: "Tests/SondeTests", ending: "CheckTests.swift")
        for file in files {
            let text = try Repository.text("Sources/Sonde/Checks/\(file)")
            for heading in ["Sends:", "Passes when:", "Fails when:", "Costs:"] {
                #expect(text.contains("/// - \(heading)"), "\(file) lacks \(heading)")
            }
            let test = file.replacing(".swift", with: "Tests.swift")
            #expect(tests.contains { $0.hasSuffix("/\(test)") }, "no \(test) in Tests/SondeTests")
        }
    }

    @Test func `every exit status has a row in the README`() throws {
        let shown = try Markdown.firstCells(of: "README.md", under: "Exit status").compactMap { Int32($0) }
        #expect(shown.sorted() == ExitStatus.allCases.map(\.rawValue).sorted())
    }

    @Test(arguments: ["vendor", "report"])
    func `the closed lists in the schemas are those of the code`(name: String) throws {
        let definitions = try #require(try Repository.json("Profiles/\(name).schema.json")["$defs"] as? [String: Any])
        let lists = Set(Schema.lists(in: definitions))
        var known: [[String]] = [
            causes, Confidence.allCases.map(\.rawValue), Speaker.allCases.map(\.rawValue), Owner.allCases.map(\.rawValue),
        ]
        known += [BodyKind.allCases.map(\.rawValue), Probe.Kind.allCases.map(\.rawValue)]
        if name == "report" { known += [TransportFailure.Kind.allCases.map(\.rawValue), CheckResult.Outcome.allCases.map(\.rawValue)] }
        for list in known { #expect(lists.contains(list), "no such list in the schema: \(list)") }
    }
}
