import SondeJSON
import Testing

@Suite struct ParsingTests {
    @Test func `every kind of value is read as what it is`() throws {
        let text = #"{"a":null,"b":[true,false],"c":-9223372036854775808,"d":1.5e3,"e":"x\u00e9\ud83d\ude00","f":{},"g":-0.0}"#
        let expected: JSON = [
            "a": nil, "b": [true, false], "c": .integer(.min), "d": 1500.0, "e": "xé😀", "f": [:], "g": .number(-0.0),
        ]
        #expect(try JSON.parse(bytes(text)) == expected)
        #expect(JSON.lenient(bytes(text)) == expected)
    }

    @Test func `a bare value is a text of its own`() throws {
        #expect(try JSON.parse(bytes(" 12 ")) == 12)
        #expect(try JSON.parse(bytes("\"x\"")) == "x")
        #expect(try JSON.parse(bytes("null")) == nil)
    }

    @Test func `members keep the order of the text`() throws {
        let object = try JSON.parse(bytes(#"{"z":1,"a":2,"m":3}"#)).objectValue
        #expect(object?.keys == ["z", "a", "m"])
    }

    @Test func `the last of two equal keys wins when reading leniently`() {
        #expect(JSON.lenient(bytes(#"{"a":1,"b":2,"a":3}"#))?["a"] == 3)
    }

    @Test(arguments: [
        ("{\n  \"a\": 1,\n  \"a\": 2\n}", 3, 3, "second time"),
        ("{\"a\": [1, 2,]}", 1, 12, "remove it"),
        ("{\"é\": 1 \"b\": 2}", 1, 9, "expected ',' or '}'"),
        ("{'a': 1}", 1, 2, "double quotes"),
        ("// hi\n{}", 1, 1, "no comments"),
        ("{\"a\": 1}\n# hi", 2, 1, "after the end"),
        ("[1, 2", 1, 6, "line 1, column 1 is not closed"),
        ("", 1, 1, "empty"),
        (" \n ", 1, 1, "empty"),
        ("\u{FEFF}{}", 1, 1, "byte-order mark"),
        ("[\"a\nb\"]", 1, 2, "not closed on its line"),
        ("[\"a\tb\"]", 1, 4, #"\t"#),
        (#"["\x"]"#, 1, 3, "backslash"),
        (#"["\u12"]"#, 1, 3, "four hexadecimal digits"),
        (#"["\ud800"]"#, 1, 3, "surrogate"),
        (#"{"a\u0000": 1}"#, 1, 2, #"\u0000"#),
        ("[01]", 1, 2, "not a number"),
        ("[1.]", 1, 2, "not a number"),
        ("[-]", 1, 2, "expected a value"),
        ("[True]", 1, 2, "lowercase"),
        ("[None]", 1, 2, "null"),
        ("[NaN]", 1, 2, "finite"),
        ("[12345678901234567890]", 1, 2, "too big"),
        ("[1e999]", 1, 2, "too big"),
        ("{\"a\" 1}", 1, 6, "':'"),
        ("{a: 1}", 1, 2, "key in double quotes"),
        ("[\"abc", 1, 2, "close it"),
        ("[1}", 1, 3, "expected ',' or ']'"),
    ])
    func `a fault is named with its place and a remedy`(text: String, line: Int, column: Int, words: String) throws {
        let error = try #require(fault(text))
        #expect(error.position == JSONError.Position(line: line, column: column))
        #expect(error.message.contains(words), "\(error.message)")
    }

    @Test func `invalid UTF-8 is named with its place`() throws {
        let error = try #require(fault(bytes("[\"é") + [0xFF] + bytes("\"]")))
        #expect(error.position == JSONError.Position(line: 1, column: 4))
        #expect(error.message.contains("UTF-8"))
    }

    @Test func `128 levels are read and 129 are refused`() throws {
        func nested(_ levels: Int) -> [UInt8] {
            bytes(String(repeating: "[", count: levels) + String(repeating: "]", count: levels))
        }
        #expect(try JSON.parse(nested(128)).arrayValue?.count == 1)
        #expect(JSON.lenient(nested(128)) != nil)
        #expect(fault(nested(129))?.position == JSONError.Position(line: 1, column: 129))
        #expect(JSON.lenient(nested(129)) == nil)
        #expect(fault(nested(10_000)) != nil)
        #expect(JSON.lenient(nested(10_000)) == nil)
        #expect(JSON.lenient(bytes(String(repeating: "{\"a\":", count: 10_000))) == nil)
    }

    @Test func `brackets inside texts are no levels`() throws {
        let text = "[\"\\\"" + String(repeating: "[{", count: 500) + "\"]"
        #expect(try JSON.parse(bytes(text))[0]?.stringValue?.count == 1001)
    }

    @Test func `a document cut off at any byte is refused and never crashes`() throws {
        let whole = bytes(#"{"a":[1,-2.5e+3,true,null,"x\n\u00e9\ud83d\ude00é😀"],"b":{"c":{}},"d":"\\"}"#)
        #expect(JSON.lenient(whole) != nil)
        for length in whole.indices {
            let cut = Array(whole[..<length])
            #expect(JSON.lenient(cut) == nil, "cut after \(length)")
            #expect(fault(cut)?.position != nil, "cut after \(length)")
        }
    }

    @Test func `the walker finds a fault wherever jansson refuses a text`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = bytes(#"{}[]":,\/u0d8e1+-. tnfalsr"#) + [0x00, 0x0A, 0xC3, 0xA9, 0xFF]
        let seed = bytes(#"{"a":[1,-2.5e3,true,null,"\u00e9"],"b":{"c":false}}"#)
        for _ in 0..<6_000 {
            var text = seed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                text[Int.random(in: text.indices, using: &generator)] = alphabet.randomElement(using: &generator)!
            }
            guard let error = fault(text) else { continue }
            #expect(error.position != nil)
            // jansson's own words always quote with "near"; ours never do.
            #expect(!error.message.contains(" near "), "\(String(decoding: text, as: UTF8.self)): \(error.message)")
        }
    }
}
