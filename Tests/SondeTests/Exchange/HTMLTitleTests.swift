@testable import Sonde
import Testing

@Suite struct HTMLTitleTests {
    @Test(arguments: [
        ("<html><head><title>Just a moment...</title>", "Just a moment..."), ("<TITLE lang=\"en\">\n  Log \t in\r\n</TITLE>", "Log in"),
        ("<title>a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#39;&nbsp;f</title>", "a & b <c> \"d\" 'e' f"),
        ("<title>&amp;lt;</title>", "&lt;"),
        ("<title>first</title><title>second</title>", "first"), ("<title>caf\u{E9}</title >", "café"),
    ])
    func `the first title is found, its blanks folded`(body: String, title: String) {
        #expect(HTMLTitle.find(in: Array(body.utf8)) == title)
    }

    @Test(arguments: [
        "", "<title>", "<title", "<title>never ends", "<title> \n </title>", "<title></title>", "<p>no title</p>", "title>x</title>",
    ])
    func `without a whole title there is none`(body: String) {
        #expect(HTMLTitle.find(in: Array(body.utf8)) == nil)
    }

    @Test func `bytes that are no UTF-8 do not break it`() {
        #expect(HTMLTitle.find(in: Array("<title>a".utf8) + [0xFF, 0xC0] + Array("b</title>".utf8)) == "a\u{FFFD}\u{FFFD}b")
    }

    @Test func `a title beyond the first 64 KiB is not looked for`() {
        let filler = [UInt8](repeating: UInt8(ascii: " "), count: 64 << 10)
        #expect(HTMLTitle.find(in: filler + Array("<title>x</title>".utf8)) == nil)
    }

    @Test func `a body cut at any byte is read or not, and no more`() {
        let page = Array("<!doctype html><title class='a'>Hello &amp; bye</title><p>".utf8)
        for end in page.indices {
            let title = HTMLTitle.find(in: Array(page[..<end]))
            #expect(title == nil || title == "Hello & bye")
        }
    }
}
