import SondeJSON
import Testing

@Suite struct LenientTests {
    @Test func `a byte-order mark is skipped`() {
        #expect(JSON.lenient([0xEF, 0xBB, 0xBF] + bytes("{\"a\":1}")) == ["a": 1])
    }

    @Test func `invalid UTF-8 is replaced`() {
        #expect(JSON.lenient(bytes("[\"a") + [0xFF, 0xC3] + bytes("b\"]")) == ["a\u{FFFD}\u{FFFD}b"])
    }

    @Test func `raw control bytes in texts are kept`() {
        #expect(JSON.lenient(bytes("[\"a\nb\u{0}c\td\"]")) == ["a\nb\u{0}c\td"])
    }

    @Test func `an escaped NUL is kept in values and replaced in keys`() {
        #expect(JSON.lenient(bytes(#"["a\u0000b"]"#)) == ["a\u{0}b"])
        #expect(JSON.lenient(bytes(#"{"a\u0000b\u0000" : "c\u0000"}"#)) == ["a\u{FFFD}b\u{FFFD}": "c\u{0}"])
        #expect(JSON.lenient(bytes("{\"a\u{0}b\":\"c\u{0}\"}")) == ["a\u{FFFD}b": "c\u{0}"])
    }

    @Test func `half a surrogate pair is replaced and a whole one is kept`() {
        #expect(
            JSON.lenient(bytes(#"["\ud800","\udc00x","\ud83d\ude00","\ud83d\ud83d\ude00","\\ud800"]"#))
                == ["\u{FFFD}", "\u{FFFD}x", "😀", "\u{FFFD}😀", "\\ud800"])
    }

    @Test func `numbers too big become the nearest Double`() {
        let text = "[9223372036854775807,9223372036854775808,-12345678901234567890123,1e999,-1e999,1e-999,0.1]"
        #expect(
            JSON.lenient(bytes(text)) == [
                .integer(.max), .number(9_223_372_036_854_775_808), .number(-1.2345678901234567e22),
                .number(.greatestFiniteMagnitude), .number(-.greatestFiniteMagnitude), .number(0), .number(0.1),
            ])
        #expect(JSON.lenient(bytes(String(repeating: "9", count: 400))) == .number(.greatestFiniteMagnitude))
    }

    @Test(arguments: ["", " ", "<html>", "[1] x", "[1", "{\"a\":1,}", "[\u{1}]", "oops", "[\"\\x\"]", "{1:2}", "\u{FEFF}"])
    func `what is no JSON stays none`(text: String) {
        #expect(JSON.lenient(bytes(text)) == nil)
    }

    @Test func `megabytes of hostile text end in linear time`() {
        let million = 1 << 20
        let digits = [UInt8](repeating: UInt8(ascii: "9"), count: million)
        #expect(JSON.lenient(digits) == .number(.greatestFiniteMagnitude))
        let halves = bytes("[\"" + String(repeating: "\\ud800", count: million / 6) + "\"]")
        #expect(JSON.lenient(halves)?[0]?.stringValue?.unicodeScalars.count == million / 6)
        let controls = bytes("{\"" + String(repeating: "\u{0}", count: million) + "\":1}")
        #expect(JSON.lenient(controls)?.objectValue?.keys[0].utf8.count == 3 * million)
        let garbage = bytes("[\"") + [UInt8](repeating: 0xFF, count: million) + bytes("\"]")
        #expect(JSON.lenient(garbage)?[0]?.stringValue?.utf8.count == 3 * million)
        let keys = (0..<50_000).map { "\"k\($0)\":1e999" }.joined(separator: ",")
        #expect(JSON.lenient(bytes("{\(keys)}"))?.objectValue?.count == 50_000)
        let blanks = bytes("[" + String(repeating: "\"\u{0}\"" + String(repeating: " ", count: 1000) + ",", count: 1000) + "1]")
        #expect(JSON.lenient(blanks)?.arrayValue?.count == 1001)
    }

    @Test func `random bytes never crash`() {
        var generator = SeededGenerator(seed: 11)
        let alphabet = bytes(#"{}[]":,\u0d8e19+-. "#) + [0x00, 0x0A, 0xC3, 0xA9, 0xFF, 0xEF]
        for _ in 0..<15_000 {
            let text = (0..<Int.random(in: 0...24, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! }
            if let value = JSON.lenient(text) {
                #expect(JSON.lenient(bytes(value.text())) == value)
            }
        }
    }
}
