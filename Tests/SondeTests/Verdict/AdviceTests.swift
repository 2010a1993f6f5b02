@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct AdviceTests {
    @Test(
        arguments: [
            ("plain", "plain"), ("{a}", "1"), ("x {a} y {b} z", "x 1 y 2 z"), ("{a}{b}", "12"), ("", ""), ("open {a", "open {a"),
            ("{c}", nil), ("{a} {c}", nil), ("{}", nil),
            ("close }", "close }"),
        ] as [(String, String?)])
    func `a text is filled, or left out where a variable has no value`(text: String, expected: String?) {
        #expect(Template.fill(text, with: ["a": "1", "b": "2"]) == expected)
    }

    @Test func `a value is not filled again`() {
        #expect(Template.fill("{a}", with: ["a": "{b}", "b": "2"]) == "{b}")
    }

    private func advice(_ reason: String?, vendor: [String: JSON] = [:]) throws -> Advice {
        let book = try AdviceBook(
            JSONReader([
                "timeout": ["summary": "shared cause", "owner": "network", "steps": ["shared cause step"]],
                "stalled": ["summary": "shared reason", "retryable": true],
            ]))
        return book.advice(for: .timeout, reason: reason, vendor: try Sample.vendor(vendor))
    }

    @Test func `the reason comes before the cause, and what it leaves open the cause fills`() throws {
        #expect(try advice("stalled") == Advice(summary: "shared reason", owner: .network, isRetryable: true, steps: ["shared cause step"]))
        #expect(try advice(nil) == Advice(summary: "shared cause", owner: .network, steps: ["shared cause step"]))
        #expect(try advice("unheard-of").summary == "shared cause")
    }

    @Test func `the vendor's advice comes before the shared one, for the reason and for the cause`() throws {
        #expect(try advice("stalled", vendor: ["advice": ["stalled": ["steps": ["own"]]]]).steps == ["own"])
        #expect(try advice("stalled", vendor: ["advice": ["timeout": ["summary": "own cause"]]]).summary == "shared reason")
        #expect(try advice(nil, vendor: ["advice": ["timeout": ["summary": "own cause"]]]).summary == "own cause")
    }

    @Test func `a page of every cause has steps without a case`() throws {
        for cause in Cause.allCases where cause != .healthy {
            let steps = try CausePage(cause).steps
            #expect(!steps.isEmpty, "\(cause)")
            #expect(!steps.contains { $0.contains("{") }, "\(cause)")
        }
    }
}
