import Foundation
@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct VendorManifestTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    /// Every fixture with what it must give: `line:column: path: message`.
    static let expected: [(name: String, message: String)] = [
    ]

    private func refusal(_ name: String) throws -> String {
        let bytes = Array(try Data(contentsOf: Self.folder.appending(path: "invalid-\(name).json")))
        do {
            _ = try Vendor(JSONReader(.parse(bytes)))
            return "accepted"
        } catch {
            return String(error.located(in: bytes).description(file: "").dropFirst())
        }
    }

    @Test(arguments: expected)
    func `a broken manifest is refused with the place and the remedy`(name: String, message: String) throws {
        #expect(try refusal(name) == message)
    }

    @Test func `every fixture is in the table`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path()).filter { $0.hasPrefix("invalid-") }
        #expect(files.sorted() == Self.expected.map { "invalid-\($0.name).json" }.sorted())
    }

    @Test func `a refused base URL does not show what stood before its @`() throws {
        #expect(try !refusal("base-url-user").contains("hunter2"))
    }

    @Test func `a complete manifest is read as it is written`() throws {
        let vendor = try Sample.vendor()
        #expect(vendor.id == "sample")
        #expect(vendor.aliases == ["smp"])
        #expect(vendor.kind == .direct)
        #expect(vendor.baseURL?.text == "https://api.sample.test/v1")
        #expect(vendor.key.variables == ["SAMPLE_API_KEY", "SAMPLE_KEY"])
        #expect(vendor.key.minimumLength == 20)
        #expect(vendor.scopes == [Vendor.ScopeHeader(scope: "organization", header: "Sample-Organization", variables: ["SAMPLE_ORG"])])
        #expect(vendor.endpoints[.key]?.provesKey == true)
        #expect(vendor.endpoints[.key]?.balance == Vendor.BalanceFields(remaining: "balance", used: "used", currency: "USD"))
        #expect(vendor.endpoints[.models]?.needsKey == false)
        #expect(vendor.probeModels == ["small-1", "small-2"])
        #expect(vendor.support?.asksFor == ["time"])
        #expect(vendor.verified.date == "2026-11-20")
    }

    @Test func `what is left out has its default`() throws {
        let bytes = Array(#"{"id":"a","name":"A","provider":"p","kind":"local","key":{},"endpoints":{"inference":{"path":"/x"}},"verified":{"date":"2026-11-20","sources":[]}}"#.utf8)
        let vendor = try Vendor(JSONReader(.parse(bytes)))
        #expect(vendor.baseURL == nil)
        #expect(vendor.key.header == "Authorization")
        #expect(vendor.key.headerPrefix == "Bearer ")
        #expect(vendor.key.minimumLength == 1)
        #expect(!vendor.key.isOptional)
        #expect(vendor.endpoints[.inference] == Vendor.Endpoint(path: "/x", needsKey: true, provesKey: false, balance: nil, inconclusiveFor: []))
        #expect(vendor.inference.tokenLimitField == "max_tokens")
        #expect(vendor.inference.tokenLimit == 16)
        #expect(vendor.responseHeaders.requestID == ["x-request-id"])
        #expect(vendor.signs.isEmpty)
    }

    @Test func `another header carries the key bare unless a prefix is named`() throws {
        #expect(try Sample.vendor(["key": ["header": "x-api-key"]]).key.headerPrefix == "")
        #expect(try Sample.vendor(["key": ["header": "x-api-key", "header_prefix": "Key "]]).key.headerPrefix == "Key ")
    }

    @Test func `one value of a condition is a list of one`() throws {
        let one = try Sign(JSONReader(["when": ["status": 403, "type": "a"], "cause": "timeout"]))
        let list = try Sign(JSONReader(["when": ["status": [403], "type": ["a"]], "cause": "timeout"]))
        #expect(one == list)
        #expect(one.certainty == .likely)
    }

    @Test func `headers that signs and the manifest name are kept`() throws {
        let vendor = try Sample.vendor(["signs": [["when": ["headers": ["X-Odd": ""]], "cause": "intercepted"]]])
        #expect(vendor.keptHeaders == ["x-request-id", "x-sample-tier", "x-odd"])
    }

    @Test func `the longest public beginning of a key counts`() throws {
        let vendor = try Sample.vendor(["key": ["prefixes": ["sk-", "sk-proj-"], "tokens": [["name": "t", "prefix": "eyJ"]]]])
        #expect(vendor.key.publicPrefix(of: "sk-proj-abc") == "sk-proj-")
        #expect(vendor.key.publicPrefix(of: "sk-abc") == "sk-")
        #expect(vendor.key.publicPrefix(of: "eyJx") == "eyJ")
        #expect(vendor.key.publicPrefix(of: "abc") == "")
    }
}
