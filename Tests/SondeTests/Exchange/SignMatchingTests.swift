@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct SignMatchingTests {
    private func sign(_ reason: String, _ when: JSON) throws -> Sign {
        try Sign(JSONReader(["when": when, "cause": "inconclusive", "reason": .string(reason)]))
    }

    private func best(_ signs: [Sign], behind: [Sign] = [], _ answer: Answer, _ probe: Probe = Probe(.inference, endpoint: .inference))
        -> String?
    {
        Vocabulary.best(for: answer, probe: probe, in: [Vocabulary(signs), Vocabulary(behind)])?.reason
    }

    private let answer = Answer(
        status: 403, headers: Headers([HeaderField("X-Kind", "Challenge page")]), bodyKind: .html,
        errors: [ErrorLayer(message: "You are Not allowed.", type: "Denied", code: "no_way", param: "model")], title: "Go away")

    /// One sign for each condition, weakest first.
    private var ladder: [(name: String, when: JSON)] {
        [
            ("probe", ["probe": "inference"]), ("status", ["status": 403]), ("body", ["body": "html"]),
            ("headers", ["headers": ["x-kind": "challenge"]]),
            ("title", ["title": "away"]), ("message", ["message": "not allowed"]), ("param", ["param": "model"]),
            ("type", ["type": "denied"]),
            ("code", ["code": "NO_WAY"]),
        ]
    }

    @Test func `code comes before type, param, message, title, headers and body, status last`() throws {
        for (low, weaker) in ladder.enumerated() {
            for stronger in ladder[(low + 1)...] {
                let signs = [try sign(weaker.name, weaker.when), try sign(stronger.name, stronger.when)]
                #expect(best(signs, answer) == stronger.name)
                #expect(best(signs.reversed(), answer) == stronger.name)
            }
        }
    }

    @Test func `a stronger condition outweighs all weaker ones together`() throws {
        for (index, stronger) in ladder.enumerated().dropFirst() {
            var together = JSON.Object()
            for weaker in ladder[..<index] { for member in weaker.when.objectValue?.members ?? [] { together[member.key] = member.value } }
            let signs = [try sign("together", .object(together)), try sign(stronger.name, stronger.when)]
            #expect(best(signs, answer) == stronger.name)
        }
    }

    @Test func `of two that ask for the same, the first written counts`() throws {
        #expect(best([try sign("a", ["status": [403, 401]]), try sign("b", ["status": 403])], answer) == "a")
    }

    @Test func `the one that asks for more counts`() throws {
        #expect(best([try sign("a", ["type": "denied"]), try sign("b", ["type": "denied", "status": 403])], answer) == "b")
    }

    @Test func `the vendor's own come before the shared ones`() throws {
        #expect(best([try sign("own", ["message": "not allowed"])], behind: [try sign("shared", ["code": "no_way"])], answer) == "own")
    }

    @Test func `a shared one that says something comes before the vendor's that rests on the status alone`() throws {
        for when: JSON in [["status": 403], ["probe": "inference"], ["status": 403, "probe": "inference"]] {
            #expect(best([try sign("own", when)], behind: [try sign("shared", ["message": "not allowed"])], answer) == "shared")
        }
        #expect(best([try sign("own", ["status": 403])], behind: [try sign("shared", ["status": 403])], answer) == "own")
        #expect(best([try sign("own", ["body": "html"])], behind: [try sign("shared", ["code": "no_way"])], answer) == "own")
    }

    @Test(
        arguments: [
            ["status": 401], ["status": [400, 404]], ["type": "other"], ["code": "no"], ["param": "other"], ["message": "allow it"],
            ["message_all": ["not", "never"]],
            ["headers": ["x-kind": "portal"]], ["headers": ["x-other": ""]], ["body": "json"], ["title": "stay"], ["probe": "models"],
            ["status": 403, "code": "other"],
        ] as [JSON])
    func `one condition that does not hold is enough`(when: JSON) throws {
        #expect(best([try sign("x", when)], answer) == nil)
    }

    @Test(
        arguments: [
            ["status": [401, 403]], ["type": ["x", "DENIED"]], ["message": ["x", "NOT ALLOWED"]], ["message_all": ["you", "not"]],
            ["headers": ["X-KIND": ""]],
            ["body": ["json", "html"]], ["title": ["x", "GO"]], ["probe": ["models", "inference"]],
            ["type": "denied", "code": "no_way", "param": "model", "message": "allowed"],
        ] as [JSON])
    func `alternatives are enough, and case does not matter`(when: JSON) throws {
        #expect(best([try sign("x", when)], answer) == "x")
    }

    @Test func `conditions on the error hold for one and the same layer`() throws {
        let layers = Answer(
            status: 400, bodyKind: .json,
            errors: [ErrorLayer(type: "outer", code: "1"), ErrorLayer(message: "deep", type: "inner", code: "2")])
        #expect(best([try sign("x", ["type": "inner", "code": "2", "message": "deep"])], layers) == "x")
        #expect(best([try sign("x", ["type": "outer", "code": "2"])], layers) == nil)
    }

    @Test func `a probe is named by its purpose or by its endpoint`() throws {
        let sign = try sign("x", ["probe": "key"])
        #expect(best([sign], answer, Probe(.key, endpoint: .key)) == "x")
        #expect(best([sign], answer, Probe(.badKey, endpoint: .key)) == "x")
        #expect(best([sign], answer, Probe(.badKey, endpoint: .inference)) == nil)
    }

    @Test func `without an error in the body plain text stands for the message`() throws {
        let text = Answer(status: 503, bodyKind: .text, excerpt: "upstream connect error")
        #expect(best([try sign("x", ["message": "connect error"])], text) == "x")
        #expect(best([try sign("x", ["code": "connect error"])], text) == nil)
    }

    @Test func `an error without a message matches no fragment`() throws {
        #expect(best([try sign("x", ["message": "c"])], Answer(status: 400, bodyKind: .json, errors: [ErrorLayer(code: "c")])) == nil)
    }

    @Test(arguments: [
        ("Not Allowed", "not", true), ("Not Allowed", "ALLOWED", true), ("abc", "", true), ("", "", true), ("", "a", false),
        ("ab", "abc", false),
        ("aab", "ab", true), ("É", "é", false), ("état", "tat", true),
    ])
    func `a fragment is found without regard to ASCII case`(text: String, fragment: String, isThere: Bool) {
        #expect(text.containsFragment(fragment) == isThere)
    }
}
