import SondeJSON
import Testing

@Suite struct WritingTests {
    @Test func `values come back as they were`() throws {
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<2_000 {
            let value = randomJSON(using: &generator)
            #expect(try JSON.parse(bytes(value.text())) == value)
            #expect(try JSON.parse(bytes(value.text(pretty: true))) == value)
            #expect(JSON.lenient(bytes(value.text())) == value)
        }
    }

    @Test func `nothing that moves a terminal's cursor or turns its text is written raw`() {
        let scalars = (0..<0x2100).compactMap(Unicode.Scalar.init)
        let text = JSON.string(String(String.UnicodeScalarView(scalars))).text()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
                Issue.record("U+\(String(scalar.value, radix: 16)) is written raw")
            default: break
            }
        }
        #expect(text.unicodeScalars.contains("é") && text.unicodeScalars.contains("\u{200D}"))
    }

    @Test func `escapes are the short ones where JSON has them`() {
        #expect(
            JSON.string("\"\\\u{8}\t\n\u{C}\r\u{1b}\u{7f}\u{85}\u{202e}/é😀").text()
                == #""\"\\\b\t\n\f\r\u001b\u007f\u0085\u202e/é😀""#)
    }

    @Test func `numbers are the shortest text that reads back`() {
        let numbers: JSON = [
            0.1, 5.0, 1e300, .number(.leastNonzeroMagnitude), 1e-7, .number(-0.0), .number(.infinity), .number(.nan),
            .integer(.min),
        ]
        #expect(numbers.text() == "[0.1,5.0,1e+300,5e-324,1e-07,-0.0,null,null,-9223372036854775808]")
    }

    @Test func `the pretty form has a line for each member`() {
        let value: JSON = ["a": [1, []], "b": [:], "c": ["d": nil]]
        #expect(
            value.text(pretty: true) == """
                {
                  "a": [
                    1,
                    []
                  ],
                  "b": {},
                  "c": {
                    "d": null
                  }
                }
                """)
    }

    @Test func `writing appends`() {
        var output = bytes("x")
        JSON.array([1, "a"]).write(to: &output)
        #expect(output == bytes("x[1,\"a\"]"))
    }
}
