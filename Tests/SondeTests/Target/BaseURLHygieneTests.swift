import Sonde
import SondeJSON
import Testing
import TestSupport

@Suite struct BaseURLHygieneTests {
    private func findings(_ text: String, _ changes: [String: JSON] = [:]) throws -> [Finding] {
        let other = try Sample.vendor([
            "id": "other", "name": "Other Service", "hosts": ["api.other.test"], "base_url": "https://api.other.test",
        ])
        return BaseURLHygiene.findings(
            for: try BaseURL(parsing: text), vendor: try Sample.vendor(changes), hosts: [("api.other.test", other)])
    }

    @Test func `the vendor's own base URL is beyond reproach`() throws {
        #expect(try findings("https://api.sample.test/v1").isEmpty)
    }

    @Test(arguments: [
        ("https://api.sample.test", "missing_path"), ("https://api.sample.test/v1/v1", "doubled_path"),
        ("https://api.sample.test/v2", "other_path"),
        ("https://api.sample.test/api/v1", "other_path"), ("https://x.eu.sample.test", "missing_path"),
        ("https://api.other.test/v1", "other_vendors_host"),
        ("https://mirror.test/v1/chat/completions", "operation_in_base_url"), ("https://mirror.test/v1/models", "operation_in_base_url"),
    ])
    func `a slip is a warning that says what is expected`(text: String, reason: String) throws {
        let finding = try #require(try findings(text).first { $0.reason == reason })
        #expect(finding.severity == .warning)
        #expect(finding.cause == nil)
    }

    @Test func `plain http to the vendor's own host is blocked`() throws {
        let finding = try #require(try findings("http://api.sample.test/v1").first)
        #expect(finding.severity == .blocking)
        #expect(finding.cause == .wrongEndpoint)
        #expect(finding.text.contains("https://api.sample.test/v1"))
    }

    @Test func `a mirror is noted and nothing more`() throws {
        let findings = try findings("https://mirror.test/v1")
        #expect(findings.map(\.reason) == ["not_the_vendors_host"])
        #expect(findings.first?.severity == .note)
    }

    @Test func `a vendor that lives anywhere has no wrong host`() throws {
        #expect(try findings("https://mirror.test/v1", ["base_url": nil, "hosts": []]).isEmpty)
    }

    @Test func `a regional host with the right path is right`() throws {
        #expect(try findings("https://x.eu.sample.test/v1").isEmpty)
    }
}
