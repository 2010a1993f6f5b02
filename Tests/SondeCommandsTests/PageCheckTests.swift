import Sonde
import TestSupport
import Testing

@testable import SondeCommands

struct PageCheckTests {
    private func check(_ secrets: [String] = [Sample.key], keepsIdentifiers: Bool = false) -> PageCheck {
        PageCheck(
            secrets: secrets.map { ProtectedSecret(Secret($0), publicPrefixCount: 4, source: "env:SAMPLE_API_KEY") },
            patterns: Pattern.common + Pattern.common, keepsIdentifiers: keepsIdentifiers)
    }

    @Test func `it says how many keys and patterns it knows, each once`() {
        let count = Set(Pattern.common).count + 2
        #expect(check().words == "The page was checked against 1 key and \(count) patterns.")
        #expect(check([Sample.key, "another-key-8f3k"]).words == "The page was checked against 2 keys and \(count) patterns.")
        #expect(check([]).words == "The page was checked against \(count) patterns only: no key was found to look for.")
        #expect(check(keepsIdentifiers: true).words.contains("\(Set(Pattern.common.filter { $0.kind == .credential }).count) patterns"))
    }

    @Test(arguments: [
        (Sample.key, "the key from env:SAMPLE_API_KEY"), ("sk-abcdef0123456789ab", "something shaped like an API key"),
        ("Bearer `abcdef0123456789`", "something shaped like an access token"),
        ("`Bearer` abcdef0123456789", "something shaped like an access token"),
        ("jane@sample.test", "something shaped like an e-mail address"), ("203.0.113.9", "something shaped like an IP address"),
        ("team_abcdef0123456789", "something shaped like a team id"),
    ])
    func `it says in which line something is, and not what`(text: String, what: String) throws {
        let finding = try #require(check().firstFinding(in: "# one\n\ntwo \(text) three\n\(text)"))
        #expect(finding == PageCheck.Finding(line: 3, what: what))
        #expect(throws: UsageError.self) { try check().approve("x \(text)", remedy: "No.") }
    }

    @Test func `what redaction left is no finding`() throws {
        let page = "`[redacted API key]` at 127.0.0.1, \"Authorization: Bearer $API_KEY\", fra1::iad1::81f8b-1795173226517-81f8b1741747"
        #expect(check().firstFinding(in: page) == nil)
    }

    @Test func `identifiers may stay where they are wanted, keys never`() {
        let check = check(keepsIdentifiers: true)
        #expect(check.firstFinding(in: "team_abcdef0123456789 jane@sample.test 203.0.113.9") == nil)
        #expect(check.firstFinding(in: Sample.key) != nil && check.firstFinding(in: "sk-abcdef0123456789ab") != nil)
    }
}
