import Sonde
import Testing
import TestSupport

@Suite struct TargetTests {
    @Test(arguments: [
        ("api.sample.test", "api.sample.test", true), ("API.Sample.Test", "api.sample.test", true),
        ("api.sample.test", "x.api.sample.test", false),
        ("api.sample.test", "sample.test", false), ("*.sample.test", "api.sample.test", true), ("*.sample.test", "a.b.sample.test", true),
        ("*.sample.test", "sample.test", false), ("*.sample.test", ".sample.test", false), ("*.sample.test", "evilsample.test", false),
        ("*.sample.test", "sample.test.evil.test", false), ("api.sample.test", "", false),
    ])
    func `a host pattern is a name, or all below one`(pattern: String, host: String, matches: Bool) {
        #expect(HostPattern(pattern).matches(host) == matches)
    }

    @Test(arguments: [
        ("api.sample.test", "API.SAMPLE.TEST", true), ("*.sample.test", "api.sample.test", true),
        ("api.sample.test", "*.Sample.test", true),
        ("*.sample.test", "*.eu.sample.test", true), ("*.sample.test", "sample.test", false), ("*.sample.test", "*.other.test", false),
    ])
    func `two patterns overlap when one host could be meant by both`(one: String, other: String, overlap: Bool) {
        #expect(HostPattern(one).overlaps(HostPattern(other)) == overlap)
    }

    @Test func `the first blocking finding blocks, notes and warnings do not`() throws {
        let warning = Finding("key", .warning, reason: "w", "…")
        let blocking = Finding("key", .blocking, cause: .keyMalformed, reason: "b", "…")
        #expect(try Sample.target(findings: [warning, blocking]).blockingFinding == blocking)
        #expect(try Sample.target(findings: [warning]).blockingFinding == nil)
    }

    @Test func `a simulator is not the vendor's host`() throws {
        #expect(try Sample.target().isOnVendorHost)
        #expect(try !Sample.target(baseURL: "http://127.0.0.1:8080/v1").isOnVendorHost)
    }
}
