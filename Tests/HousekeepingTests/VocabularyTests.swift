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

    /// Advice of a cause may serve a reason, but what vendors say often deserves its own.
    @Test func `every reason that a sign names has advice, of its own or of its cause`() throws {
        let shared = try Repository.json("Sources/Sonde/Verdict/advice.json")
        let files =
            Repository.files(below: "Plugins", ending: ".json").filter { $0.contains("/Vendors/") } + [
                "Sources/Sonde/Provider/vocabulary.json"
            ]
        #expect(files.count > 20)
        var borrowers: [String: Set<String>] = [:]
        for file in files {
            let manifest = try Repository.json(file)
            let own = manifest["advice"] as? [String: Any] ?? [:]
            for (key, entry) in own {
                let steps = (entry as? [String: Any])?["steps"] as? [String]
                #expect(steps?.count != 1, "\(file): \(key) says what to do, and not when to stop or what to leave")
            }
            for sign in manifest["signs"] as? [[String: Any]] ?? [] {
                let cause = try #require(sign["cause"] as? String)
                guard let reason = sign["reason"] as? String, own[reason] == nil, shared[reason] == nil else { continue }
                let steps = (own[cause] ?? shared[cause]).flatMap { ($0 as? [String: Any])?["steps"] as? [String] } ?? []
                #expect(steps.count >= 2, "\(file): \(reason)")
                borrowers[reason, default: []].insert(file)
            }
        }
        for (reason, files) in borrowers {
            #expect(files.count < 3, "\(reason) comes up in \(files.sorted()) and has no advice of its own")
        }
    }

    @Test func `advice that forbids or gives up says so where people waste the most time`() throws {
        let shared = try Repository.json("Sources/Sonde/Verdict/advice.json")
        for key in [
            "billing_blocked", "insufficient_quota", "rate_limited", "permission_denied", "account_denied", "region_blocked",
            "provider_outage",
        ] {
            let steps = try #require((shared[key] as? [String: Any])?["steps"] as? [String])
            #expect(steps.contains { $0.contains("Do not ") || $0.contains("Neither ") || $0.contains("will not help") }, "\(key)")
        }
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
