import SondeJSON
import Testing

@Suite struct JSONReaderTests {
    private static let text = """
        {
          "targets": [
            {"name": "a"},
            {"name": "é", "model": 1},
            {"name": "c", "timeout": "10s", "modle": "x"}
          ],
          "a.b": {"": 0}
        }
        """

    private func error(_ text: String = text, _ read: (JSONReader) throws(JSONError) -> Void) throws -> JSONError {
        let reader = JSONReader(try JSON.parse(bytes(text)))
        do {
            try read(reader)
        } catch {
            return error.located(in: bytes(text))
        }
        throw JSONError("nothing was thrown")
    }

    @Test func `a wrong type is named with path, place and what was found`() throws {
        let error = try error { reader throws(JSONError) in _ = try reader.array("targets")[2].double("timeout") }
        #expect(error.description(file: "p.json") == #"p.json:5:30: targets[2].timeout: expected a number, found "10s""#)
    }

    @Test func `an unknown key is named at the key, with the one that was meant`() throws {
        let error = try error { reader throws(JSONError) in
            _ = try reader.array("targets")[2].object(allowing: ["name", "timeout", "model"])
        }
        #expect(error.description(file: "p.json") == #"p.json:5:37: targets[2].modle: unknown key "modle"; did you mean "model"?"#)
    }

    @Test func `an unknown key that resembles nothing lists what is allowed`() throws {
        let error = try error("{\"zebra\": 1}") { reader throws(JSONError) in _ = try reader.object(allowing: ["name", "model"]) }
        #expect(error.message == #"unknown key "zebra"; allowed are name, model"#)
    }

    @Test func `a missing key is named at the object that lacks it`() throws {
        let error = try error { reader throws(JSONError) in _ = try reader.array("targets")[0].string("model") }
        #expect(error.description(file: "p.json") == #"p.json:3:5: targets[0]: the key "model" is missing; add it"#)
    }

    @Test func `columns count characters and not bytes`() throws {
        let error = try error { reader throws(JSONError) in _ = try reader.array("targets")[1].string("model") }
        #expect(error.position == JSONError.Position(line: 4, column: 28))
    }

    @Test func `unusual keys are quoted in the path and still found`() throws {
        let error = try error { reader throws(JSONError) in _ = try reader.member("a.b").string("") }
        #expect(error.path == #"["a.b"][""]"#)
        #expect(error.position == JSONError.Position(line: 7, column: 15))
    }

    @Test func `a path that leads nowhere points at what is around it`() {
        let error = JSONError("x", path: "targets[1].nowhere.deeper").located(in: bytes(Self.text))
        #expect(error.position == JSONError.Position(line: 4, column: 5))
    }

    @Test func `an error without a position is described without one`() {
        #expect(JSONError("bad", path: "a").description(file: "f") == "f: a: bad")
        #expect(JSONError("bad").description(file: "f") == "f: bad")
    }

    @Test func `values are read by type`() throws {
        let reader = JSONReader([
            "s": "x", "b": true, "i": 5, "d": 2.5, "n": nil, "l": ["p", "q"], "m": ["k": "v", "j": "w"], "w": 3.0,
        ])
        #expect(try reader.string("s") == "x")
        #expect(try reader.bool("b"))
        #expect(try reader.int("i", in: 1...5) == 5)
        #expect(try reader.int("w") == 3)
        #expect(try reader.double("d") == 2.5 && reader.double("i") == 5)
        #expect(try reader.strings("l") == ["p", "q"])
        #expect(try reader.stringMap("m").map(\.key) == ["k", "j"])
        #expect(try reader.optionalString("none") == nil && reader.optionalString("n") == nil)
        #expect(try reader.optionalInt("i") == 5 && reader.optionalBool("none") == nil && reader.double("d") == 2.5)
        #expect(try reader.optionalStrings("none") == nil && reader.optionalStringMap("none") == nil)
        #expect(try reader.optionalArray("l")?.count == 2)
        #expect(try reader.member("m").members().map(\.value.path) == ["m.k", "m.j"])
    }

    @Test(arguments: [
        ("string", "expected a string, found 1"), ("bool", "expected true or false, found 1"),
        ("elements", "expected an array, found 1"), ("object", "expected an object, found 1"),
        ("int", "expected a whole number from 2 to 9, found 1"), ("double", "expected a number of at least 2.0, found 1"),
    ])
    func `a mismatch says what was expected`(kind: String, message: String) throws {
        let error = try error("{\"x\": 1}") { reader throws(JSONError) in
            let x = try reader.member("x")
            switch kind {
            case "string": _ = try x.string()
            case "bool": _ = try x.bool()
            case "elements": _ = try x.elements()
            case "object": _ = try x.object()
            case "int": _ = try x.int(in: 2...9)
            default: _ = try x.double(in: 2 ... .infinity)
            }
        }
        #expect(error.message == message)
        #expect(error.path == "x")
    }

    @Test func `a null where something is required is the wrong type`() throws {
        let error = try error("{\"x\": null}") { reader throws(JSONError) in _ = try reader.string("x") }
        #expect(error.message == "expected a string, found null")
    }

    @Test func `an array of texts names the element that is none`() throws {
        let error = try error("{\"x\": [\"a\", [1]]}") { reader throws(JSONError) in _ = try reader.strings("x") }
        #expect(error.description == "x[1]: expected a string, found an array")
        #expect(error.position == JSONError.Position(line: 1, column: 13))
    }

    private enum Color: String, CaseIterable { case red, green, blue }

    @Test func `a closed list names its cases`() throws {
        #expect(try JSONReader(["c": "red"]).choice("c", of: Color.self) == .red)
        #expect(try JSONReader([:]).optionalChoice("c", of: Color.self) == nil)
        let error = try error("{\"c\": \"gren\"}") { reader throws(JSONError) in _ = try reader.choice("c", of: Color.self) }
        #expect(error.message == #"unknown value "gren"; did you mean "green"?"#)
    }

    @Test func `long values are shortened in messages`() throws {
        let error = try error("{\"x\": \"\(String(repeating: "y", count: 100))\"}") { reader throws(JSONError) in
            _ = try reader.int("x")
        }
        #expect(error.message.count < 100)
    }
}

@Suite struct DidYouMeanTests {
    @Test(arguments: [
        ("modle", "model"), ("MODEL", "model"), ("nam", "name"), ("provder", "provider"), ("base-url", "base_url"),
        ("timeouts", "timeout"),
    ])
    func `a slip of the finger finds its word`(typed: String, meant: String) {
        #expect(closestMatch(to: typed, among: ["name", "model", "provider", "base_url", "timeout"]) == meant)
    }

    @Test(arguments: ["x", "", "zebra", "mode_of_transport", String(repeating: "m", count: 100_000)])
    func `what resembles nothing finds nothing`(typed: String) {
        #expect(closestMatch(to: typed, among: ["name", "model", "is", ""]) == nil)
    }
}
