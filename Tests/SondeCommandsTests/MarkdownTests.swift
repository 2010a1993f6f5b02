import Testing

@testable import SondeCommands

struct MarkdownTests {
    @Test(arguments: [
        ("The key is recognized: this one, “Forbidden.” (403).", "The key is recognized: this one, “Forbidden.” (403)."),
        ("403 access_denied “Forbidden.”", "403 `access_denied` “Forbidden.”"),
        ("GET /v1/models answered.", "GET `/v1/models` answered."),
        ("ask @team, see #12 or GH-12", "ask `@team`, see `#12` or `GH-12`"),
        ("www.evil.test and http://evil.test/x, evil.test too", "`www.evil.test` and `http://evil.test/x`, `evil.test` too"),
        ("defaced by deadbeef", "`defaced` by `deadbeef`"),
        (":tada: ::", "`:tada`: `::`"),
        ("<script>x</script> &lt; [a](b) ![c](d)", "`<script>x</script>` `&lt`; `[a](b`) `![c](d`)"),
        ("a  b", "a b"),
        ("key [redacted API key] at /v1/[redacted team id]/x", "key `[redacted API key]` at `/v1/[redacted team id]/x`"),
        ("[redacted x](http://evil.test)", "`[redacted x](http://evil.test`)"),
        ("1234567 123456", "`1234567` 123456"),
        ("it's a made-up one", "it's a made-up one"),
        ("", ""),
    ])
    func `words stay words, and everything else stands in code`(text: String, expected: String) {
        #expect(Markdown.prose(text) == expected)
    }

    @Test(arguments: [
        ("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``` x", "```` ``` x ````"), (" x ", "`  x  `"), ("\\", "`\\`"), ("", "–"),
        ("a\u{202E}b\u{1B}[1m\nc", "`a\\u{202E}b\\x1B[1m\\nc`"),
    ])
    func `a code span is closed by nothing in it`(text: String, expected: String) {
        #expect(Markdown.code(text) == expected)
    }

    @Test(arguments: ["```", "``````", "~~~", "a\n````\nb", "\r\n```\r\n"])
    func `a block is closed by nothing in it`(text: String) {
        let lines = Markdown.block(text, language: "sh")
        let fence = lines[lines.count - 1]
        #expect(lines[0] == fence + "sh")
        #expect(fence.count >= 3 && fence.allSatisfy { $0 == "`" })
        #expect(!lines.dropFirst().dropLast().contains { $0.contains(fence) })
    }

    @Test func `a cell holds no pipe, whatever stands before it`() {
        let row = Markdown.row([Markdown.code("a|b"), Markdown.code("\\|"), Markdown.code("\\\\|")])
        #expect(row.count { $0 == "|" } == 4)
    }

    @Test(arguments: ["javascript:alert(1)", "https://a.test/>x<", "https://a.test/ b", "http://a.test"])
    func `only a plain https address becomes a link`(url: String) {
        #expect(Markdown.link("https://a.test/b?c=d") == "<https://a.test/b?c=d>")
        #expect(Markdown.link(url) == Markdown.code(url))
    }
}
