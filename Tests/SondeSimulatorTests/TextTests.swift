import SondeJSON
import Testing

@testable import SondeSimulator

/// Patterns, templates, encodings and dates.
@Suite struct TextTests {
    private func call(key: String? = nil, body: String = "") -> SimulatedCall {
        let headers = key.map { [Scenario.Header("Authorization", "Bearer \($0)")] } ?? []
        let request = Simulator.Request(
            method: "POST", path: "/v1/x", query: nil, headers: headers, source: "127.0.0.1", body: Array(body.utf8))
        return SimulatedCall(
            request, validKeys: [], requestID: "0123456789abcdef0123456789abcdef", milliseconds: 784_111_777_123)
    }

    @Test(arguments: [
        ("abc", "abc", true), ("abc", "abcd", false), ("", "", true), ("*", "", true), ("a*", "abc", true), ("*c", "abc", true),
        ("a*c", "ac", true), ("a*c*e", "abcde", true), ("a*c*e", "abde", false), ("*a*a*", "aa", true), ("*ab", "aab", true),
        ("/v1/*", "/v1", false), ("**", "x", true), ("a*b", "ab*", false),
    ])
    func `a star stands for any run of characters`(pattern: String, text: String, matches: Bool) {
        #expect(Wildcard(pattern).matches(text) == matches)
    }

    @Test(arguments: [
        ("{model}", "m"), ("{method} {path}", "POST /v1/x"), ("{source}", "127.0.0.1"), ("{request_id:5}-", "01234-"),
        ("{request_id}", "0123456789abcdef0123456789abcdef"), ("{now}", "784111777"), ("{now_ms}", "784111777123"),
        ("{date}", "Sun, 06 Nov 1994 08:49:37 GMT"), ("body{margin:0}", "body{margin:0}"), ("{", "{"), ("{}", "{}"),
        ("{{model}}", "{m}"), ("{Model}", "{Model}"), ("a { b", "a { b"),
    ])
    func `places are filled in and other braces left alone`(text: String, expected: String) throws {
        #expect(try Template(text).filled(for: call(body: #"{"model": "m"}"#)) == expected)
    }

    @Test(arguments: ["{modle}", "{request_id:0}", "{request_id:33}", "{key_rot13}", "{key_plain}"])
    func `a place that means nothing is refused`(text: String) {
        #expect(throws: Template.UnknownPlace.self) { try Template(text) }
    }

    @Test func `a text that is only a time becomes a number`() throws {
        let json = try JSONReader(["a": "{now}", "b": "{now_ms}", "c": "at {now}", "d": [1, true, nil]]).templateJSON()
        #expect(json.filled(for: call()) == ["a": 784_111_777, "b": 784_111_777_123, "c": "at 784111777", "d": [1, true, nil]])
    }

    @Test(arguments: [
        (KeyEncoding.plain, "sk-~1"), (.percent, "%73%6B%2D%7E%31"), (.base64, "c2stfjE="), (.base64url, "c2stfjE"),
        (.bearer, "QmVhcmVyIHNrLX4x"), (.hex, "736b2d7e31"), (.json, #"\u0073\u006b\u002d\u007e\u0031"#),
        (.html, "&#x73;&#x6b;&#x2d;&#x7e;&#x31;"), (.head, "sk"), (.tail, "-~1"),
    ])
    func `a key in every encoding`(encoding: KeyEncoding, expected: String) {
        #expect(encoding.encode("sk-~1") == expected)
    }

    @Test func `the two alphabets of base64 differ where they should`() {
        #expect(KeyEncoding.base64.encode("~~>??") == "fn4+Pz8=")
        #expect(KeyEncoding.base64url.encode("~~>??") == "fn4-Pz8")
    }

    @Test(arguments: [
        ("sk-proj-abcdefgh1234", "sk-proj-********1234"), ("None", "None"), ("123456789012", "123456789012"), ("", ""),
        ("1234567890123", "12345678*0123"),
    ])
    func `a key is masked as OpenAI masks it`(key: String, expected: String) throws {
        #expect(try Template("{masked_key}").filled(for: call(key: key)) == expected)
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"), (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
    func `dates are those of HTTP`(seconds: Int, expected: String) {
        #expect(httpDate(seconds: Int64(seconds)) == expected)
    }
}
