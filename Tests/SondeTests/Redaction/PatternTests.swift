import Sonde
import SondeJSON
import Testing

@Suite struct PatternTests {
    private func redact(_ text: String, _ patterns: [Pattern] = Pattern.common, keepsIdentifiers: Bool = false) -> String {
        Redactor(secrets: [], patterns: patterns, keepsIdentifiers: keepsIdentifiers).redact(text)
    }

    @Test(arguments: [
        ("key sk-abcdefgh12345678ijkl.", "key [redacted API key]."),
        ("sk-proj-abcd_EFGH-1234567890", "[redacted API key]"),
        ("vck_SONDE0CONTROL0NOT0A0KEY", "[redacted API key]"),
        ("token=ghp_abcdefghijklmnopqrstuvwxyz0123456789", "token=[redacted access token]"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_", "[redacted access token]"),
        ("Authorization: Bearer abc+def/123456==", "Authorization: Bearer [redacted access token]"),
        ("in organization org-abcdefghijklmnopqrstuvwx on tokens", "in organization [redacted organization id] on tokens"),
        ("team_abcdefghijklmnopqrstuvwx", "[redacted team id]"),
        ("No such organization: org-demo.", "No such organization: [redacted organization id]."),
        ("Project `proj_demo` has no access", "Project `[redacted project id]` has no access"),
        (
            #"{"organization_id":"org-a1","projectId" : "prj_b2"}"#,
            #"{"organization_id":"[redacted organization id]","projectId" : "[redacted project id]"}"#
        ),
        (#"\"org\\\":\\\"org-demo\\\""#, #"\"org\\\":\\\"[redacted organization id]\\\""#),
        ("openai-organization: org-acme-eu-2", "openai-organization: [redacted organization id]"),
        ("Team ID team_demo, account acct_77", "Team ID [redacted team id], account [redacted account id]"),
        ("to jo.doe+x@mail.example.com.", "to [redacted e-mail address]."),
        ("jo%40example.com", "[redacted e-mail address]"),
        ("from 203.0.113.7:443, 10.0.0.1.", "from [redacted IP address]:443, [redacted IP address]."),
        ("[2001:db8::17]:443 or 2001:db8:0:1:2:3:4:5", "[[redacted IP address]]:443 or [redacted IP address]"),
        ("ip:2001:db8::17 ::ffff:203.0.113.7", "ip:[redacted IP address] [redacted IP address]"),
        ("sk%2Dabcdefgh12345678ijkl", "[redacted API key]"),
    ])
    func `shapes are found`(text: String, expected: String) {
        #expect(redact(text) == expected)
    }

    @Test(arguments: [
        "task-abcdefgh12345678ijkl", "sk-learn-has-many-documentation-pages", "use Bearer authentication or a Bearer token",
        "user-agent-string and org-structure", "a valid org-structure, proj_demo and team_demo", "organization\norg-demo",
        "disorganization org-demo",
        "at 12:34:56 on 127.0.0.1 or ::1 or 0.0.0.0", "std::vector a::b",
        "version 1.2.3 or 1.2.3.4.5",
        "999.1.1.1", "model@20240620", "@scope/package", "aa:bb:cc:dd:ee:ff", "req_abcdefghijklmnopqrstuvwx",
        "x-vercel-id iad1::abcde-1234567890-abcdef",
        "550e8400-e29b-41d4-a716-446655440000", "a@b", "100%", "gpt-4.1-mini", "9f2b1c0d7e6a5f4e-FRA",
    ])
    func `what is none stays`(text: String) {
        #expect(redact(text) == text)
    }

    @Test func `what follows a named identifier without end does not hide it`() {
        let tail = String(repeating: "-x", count: 80)
        #expect(redact("organization org-abcdefgh12345678ij\(tail)") == "organization [redacted organization id]\(tail)")
    }

    @Test func `the place in front of an identifier stays, and with it a public host`() throws {
        let pattern = try Pattern(
            JSONReader(["name": "account id", "prefix": "gateway.sample.test/v1/", "characters": "hex", "length": [32, 32]]))
        let id = String(repeating: "0a", count: 16)
        let expected = "https://gateway.sample.test/v1/[redacted account id]/my-gw"
        #expect(redact("https://gateway.sample.test/v1/\(id)/my-gw", [pattern]) == expected)
        #expect(redact(expected, [pattern]) == expected)
    }

    @Test func `identifiers stay when asked and credentials go all the same`() {
        let text = "team_abcdefghijklmnopqrstuvwx jo@example.com 203.0.113.7 sk-abcdefgh12345678ijkl"
        #expect(
            redact(text, keepsIdentifiers: true) == "team_abcdefghijklmnopqrstuvwx jo@example.com 203.0.113.7 [redacted API key]")
    }

    @Test func `a run longer than the pattern allows is something else`() {
        let pattern = Pattern("account id", .identifier, prefix: "", .hex, length: 32...32)
        let id = String(repeating: "0a", count: 16)
        #expect(redact("id \(id)", [pattern]) == "id [redacted account id]")
        #expect(redact("sha \(id)\(id)", [pattern]) == "sha \(id)\(id)")
        #expect(redact("id \(id)z", [pattern]) == "id [redacted account id]z")
    }

    @Test func `the longest of several matches wins`() {
        let short = Pattern("short", .credential, prefix: "ab_", .digits, length: 1...9)
        let long = Pattern("long", .credential, prefix: "ab_", .alphanumeric, length: 1...99)
        #expect(redact("ab_1234x", [short, long]) == "[redacted long]")
    }

    @Test func `a pattern is read from a manifest`() throws {
        let json: JSON = ["name": "team id", "prefix": "team_", "characters": "alphanumeric", "length": [24, 24]]
        #expect(try Pattern(JSONReader(json)) == Pattern("team id", .identifier, prefix: "team_", .alphanumeric, length: 24...24))
    }

    @Test(arguments: [
        (#"{"name":"x","characters":"hex","length":[4,40]}"#, "length", "ordinary words"),
        (#"{"name":"x","prefix":"a","characters":"hex","length":[2,40]}"#, "length", "ordinary words"),
        (#"{"name":"x","prefix":"team_","characters":"hex","length":[40,4]}"#, "length", "exchange"),
        (#"{"name":"x","prefix":"team_","characters":"hex","length":[4,5000]}"#, "length[1]", "4096"),
        (#"{"name":"x","prefix":"team_","characters":"hex","length":[4]}"#, "length", "least and the greatest"),
        (#"{"name":"x","prefix":"team_","characters":"hax","length":[4,5]}"#, "characters", "did you mean \"hex\"?"),
        (#"{"name":"x]","prefix":"team_","characters":"hex","length":[4,5]}"#, "name", "blanks and hyphens"),
        (#"{"name":"x","prefix":"te am","characters":"hex","length":[4,5]}"#, "prefix", "visible"),
        (#"{"name":"x","prefx":"team_","characters":"hex","length":[4,5]}"#, "prefx", "did you mean \"prefix\"?"),
        (#"{"prefix":"team_","characters":"hex","length":[4,5]}"#, "", "missing"),
    ])
    func `an impossible pattern is refused with path and remedy`(text: String, path: String, words: String) throws {
        let reader = JSONReader(try JSON.parse(Array(text.utf8)))
        let error = #expect(throws: JSONError.self) { try Pattern(reader) }
        #expect(error?.path == path)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
}
