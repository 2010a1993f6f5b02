import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct ManifestTests {
    private func error(_ changes: [String: JSON]) -> JSONError? {
        do {
            _ = try Sample.vendor(changes)
            return nil
        } catch {
            return error as? JSONError
        }
    }

    @Test(arguments: ["\u{1B}[31m", "\r", "\u{9B}", "\u{202E}", "\u{2066}"])
    func `a control character is refused wherever it stands, with its place`(control: String) {
        #expect(error(["name": .string("Sample\(control)")])?.path == "name")
        #expect(error(["key": ["prefixes": ["smp_", .string("x\(control)")]]])?.path == "key.prefixes[1]")
        #expect(error(["links": [control: "https://sample.test"]]) != nil)
        #expect(error(["inference": ["extra_body": ["stop": [.string(control)]]]])?.path == "inference.extra_body.stop[0]")
        #expect(error(["name": "Sämple 服务"]) == nil)
    }

    @Test(arguments: [("quota_2", true), ("", false), ("Quota", false), ("no quota", false), ("quota-gone", false), ("é", false)])
    func `a reason is an identifier`(reason: String, isValid: Bool) {
        let found = error(["signs": [["when": ["code": "x"], "cause": "billing_blocked", "reason": .string(reason)]]])
        #expect((found == nil) == isValid)
        if !isValid { #expect(found?.path == "signs[0].reason") }
    }
}
