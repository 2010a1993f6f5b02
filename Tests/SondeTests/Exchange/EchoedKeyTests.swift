@testable import Sonde
import Testing

@Suite struct EchoedKeyTests {
    private let own = ["sk-proj-", "sk-", "eyJ"]

    @Test(
        arguments: [
            ("Incorrect API key provided: hello. You can find yours at https://a.test", "not_a_key"),
            ("Incorrect API key provided: You are ******tep.. You can find yours at https://a.test", "key_blanks_inside"),
            ("Incorrect API key provided: sk-or-v1*****de5d. You can find yours at https://a.test", "wrong_vendor_key"),
            ("Incorrect API key provided: https://****lETQ. You can find yours at https://a.test", "key_is_address"),
            ("Authentication Fails, Your api key: ****null is invalid", "key_placeholder"),
            ("Incorrect API key provided: sk-proj-****MxYA. You can find yours at https://a.test", nil),
            ("Incorrect API key provided: sk****9Q. You can find yours at https://a.test", nil),
            ("Incorrect API key provided: ****9Qab. You can find yours at https://a.test", nil),
            ("Incorrect API key provided: [redacted API key]. You can find yours at https://a.test", nil),
        ] as [(String, String?)])
    func `what is left of a key shows what is wrong with it`(message: String, problem: String?) {
        #expect(EchoedKey.problem(in: message, own: own, foreign: ["sk-or-v1"]) == problem)
    }

    @Test func `where nothing is known of the vendor's keys any beginning may be right`() {
        #expect(EchoedKey.problem(in: "Incorrect API key provided: hello. You can find", foreign: []) == nil)
    }

    @Test(
        arguments: [
            ("Incorrect API key provided: sk-VK****wjh3. You can", "sk-VK"), ("Received API Key = sk-...0000, Key Hash", "sk-"),
            ("Incorrect API key provided: ****wjh3. You can", nil), ("No such key", nil),
        ] as [(String, String?)])
    func `the beginning is what stands before the mask`(message: String, beginning: String?) {
        #expect(EchoedKey.beginning(in: message) == beginning)
    }
}
