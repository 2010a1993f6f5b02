@testable import Sonde
import Testing

@Suite struct BodyKindTests {
    @Test(
        arguments: [
            ("", "application/json", .empty), (" \r\n\t", nil, .empty), ("\u{FEFF}", nil, .empty), ("{}", nil, .json),
            ("\u{FEFF} {}", "text/plain", .json),
            ("[1]", "text/plain", .json), ("\"text\"", nil, .json), ("null", "application/json; charset=utf-8", .json),
            ("null", nil, .text),
            ("oops", "application/problem+json", .json), ("\n\n  {\"a\":1}", "application/json", .json),
            ("<!DOCTYPE html><p>", "application/json", .html), ("<HTML>", nil, .html), ("<head>", nil, .html),
            ("<p>x", "text/html; charset=utf-8", .html),
            ("<?xml version=\"1.0\"?>", "application/xml", .text), ("data: {}\n\n", nil, .eventStream),
            ("event: error\n", nil, .eventStream),
            (": keep-alive\n\ndata: 1", nil, .eventStream), ("x", "text/event-stream", .eventStream),
            ("upstream connect error", "text/plain", .text),
            ("upstream connect error", nil, .text), ("\u{1}\u{2}\u{3}", "application/octet-stream", .binary), ("\u{1B}[31mred", nil, .text),
            ("a\u{0}b", nil, .binary),
        ] as [(String, String?, BodyKind)])
    func `the first bytes decide, then the content type`(body: String, type: String?, kind: BodyKind) {
        #expect(BodyKind(of: Array(body.utf8), contentType: type) == kind)
    }

    @Test func `a page stays one whatever its type claims`() {
        for type in ["application/json", "text/plain", nil] {
            #expect(BodyKind(of: Array("  <!doctype HTML>".utf8), contentType: type) == .html)
        }
    }
}
