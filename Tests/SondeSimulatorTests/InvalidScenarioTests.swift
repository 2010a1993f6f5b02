import Foundation
import SondeJSON
import SondeSimulator
import Testing

@Suite struct InvalidScenarioTests {
    /// Every fixture with the message it must give.
    static let expected: [(name: String, message: String)] = [
        ("also-key", "7:54: also[0].key: expected a string, found 1"),
        ("answer-key", #"9:30: routes[0].answer.staus: unknown key "staus"; did you mean "status"?"#),
        ("arguments", #"7:16: arguments: expected an array, found "--org""#),
        ("base-path", #"7:16: base_path: a base path begins with "/" and does not end with it; write "" for none"#),
        ("body-and-text", #"9:50: routes[0].answer.text: an answer has a "body" (JSON) or a "text", not both; remove one"#),
        ("chunks", "9:50: routes[0].answer.chunks.bytes: expected a whole number from 1 to 1048576, found 0"),
        ("condition-call", #"9:36: routes[0].when.call: call numbers are written 1, "2-4" or "3-", counted from 1"#),
        ("condition-call-zero", "9:36: routes[0].when.call: expected a whole number of at least 1, found 0"),
        ("condition-empty-list", #"9:37: routes[0].when.model: the list is empty; fill it, or remove "model""#),
        (
            "condition-header",
            #"9:45: routes[0].when.headers.X: expected true for present, false for absent, a text, a list of texts, or {"not": …}"#
        ),
        ("condition-key", #"9:28: routes[0].when.kye: unknown key "kye"; did you mean "key"?"#),
        (
            "condition-key-state",
            #"9:35: routes[0].when.key: unknown value "vaild"; did you mean "valid"?"#
        ),
        ("condition-stream", #"9:38: routes[0].when.stream: expected true or false, found "yes""#),
        ("delay", "9:42: routes[0].answer.delay_ms: expected a whole number from 0 to 3600000, found -1"),
        ("duplicate-key", #"7:3: the key "model" stands here a second time; remove one of them"#),
        ("echo", "9:42: routes[0].answer.echo_key: expected true or false, found 1"),
        ("empty-summary", "3:14: summary: is empty; say something"),
        ("event", #"9:41: routes[0].answer.events[0]: an event has "data", a "comment" or a "pause_ms"; add one"#),
        (
            "event-both",
            #"9:41: routes[0].answer.events[0]: an event has "data", a "comment" or a "pause_ms"; write one element for each"#
        ),
        ("event-name", #"9:51: routes[0].answer.events[0].event: an event with a name has "data" too; add it"#),
        (
            "fault-bytes",
            #"9:87: routes[0].answer.fault.after_bytes: "after_bytes" goes with "at": "body" only; change "at", or remove it"#
        ),
        (
            "fault-kind",
            #"9:48: routes[0].answer.fault.kind: unknown value "stal"; did you mean "stall"?"#
        ),
        ("fault-place", #"9:63: routes[0].answer.fault.at: expected one of start, headers, body, found "middle""#),
        (
            "header-length",
            #"7:33: headers.Content-Length: the length is worked out; for a wrong one use "fault": {"kind": "cut", "at": "body"}"#
        ),
        ("header-name", #"7:22: headers["X Y"]: this is no name for a header; letters, digits and "-" make one"#),
        ("header-value", "7:20: headers.X: a header's value has no line ends or other control characters; remove them"),
        ("missing-key", #"1:1: the key "key" is missing; add it"#),
        ("missing-name", #"1:1: the key "name" is missing; add it"#),
        ("name", #"2:11: name: a name has lower-case letters, digits and "-" only"#),
        ("otherwise", #"7:16: otherwise: only "healthy" can answer otherwise; write that, or leave "otherwise" out"#),
        (
            "real-key",
            #"5:10: key: a scenario's key is made up and says so: it contains "DEMO", without blanks or letters beyond ASCII"#
        ),
        (
            "route-answer-and-headers",
            #"9:30: routes[0].headers: a route has an "answer" or "headers", not both; put the headers into the answer"#
        ),
        ("route-key", #"9:19: routes[0].answr: unknown key "answr"; did you mean "answer"?"#),
        ("route-method", #"9:16: routes[0].method: a method is in capitals, such as "GET""#),
        ("route-path", #"9:14: routes[0].path: a path begins with "/" or "*""#),
        (
            "route-without-answer",
            #"9:5: routes[0]: a route has an "answer", or "headers" for whatever a later route answers; add one"#
        ),
        ("route-without-path", #"9:5: routes[0]: the key "path" is missing; add it"#),
        ("routes", "8:13: routes: expected an array, found an object"),
        ("status", "9:40: routes[0].answer.status: expected a whole number from 200 to 599, found 100"),
        ("syntax", #"7:3: expected ',' or '}', found "\"""#),
        ("template", #"9:45: routes[0].answer.body.a[0]: unknown place "{modle}"; did you mean "{model}"?"#),
        ("template-in-header", #"9:47: routes[0].answer.headers.X: unknown place "{nwo}"; did you mean "{now}"?"#),
        ("unknown-key", #"4:3: vendro: unknown key "vendro"; did you mean "vendor"?"#),
    ]

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    @Test(arguments: expected) func `a broken rule is told with its place and its remedy`(name: String, message: String) throws {
        let file = "invalid-\(name).json"
        let bytes = Array(try Data(contentsOf: Self.folder.appending(path: file)))
        let error = #expect(throws: JSONError.self) { try Scenario(parsing: bytes) }
        #expect(error?.description(file: file) == file + ":" + message)
    }

    @Test func `every fixture is tested`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path()).filter { !$0.hasPrefix(".") }
        #expect(files.sorted() == Self.expected.map { "invalid-\($0.name).json" }.sorted())
    }
}
