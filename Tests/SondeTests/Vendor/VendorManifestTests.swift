import Foundation
@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct VendorManifestTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    /// Every fixture with what it must give: `line:column: path: message`.
    static let expected: [(name: String, message: String)] = [
        ("advice-owner", #"9:29: advice.r.owner: expected one of you, account_admin, network, vendor_support, vendor, nobody, found "me""#),
        ("advice-steps", #"9:29: advice.r.steps: expected an array, found "do""#),
        ("advice-unknown", #"9:20: advice.r.step: unknown key "step"; did you mean "steps"?"#),
        ("aliases", #"9:14: aliases: expected an array, found "bad""#),
        (
            "balance",
            #"7:59: endpoints.models.balance.left: unknown key "left"; allowed are of, remaining, used, total, granted, bought, free_tier, currency, currency_field"#
        ),
        ("base-url-scheme", "9:15: base_url: the base URL must begin with https:// (or http:// for this machine)"),
        (
            "base-url-user",
            "9:15: base_url: the base URL contains user information before an @; give the key with --key instead (what stood there is not shown)"
        ),
        ("base-url", "9:15: base_url: the base URL must not contain a query; leave out everything from the ? on"),
        ("duplicate-key", #"3:3: the key "id" stands here a second time; remove one of them"#),
        (
            "endpoint-name",
            #"7:25: endpoints.chat: "chat" is no endpoint; use one of models, key, inference, balance, responses, embeddings"#
        ),
        ("endpoint-path", "7:36: endpoints.models.path: a path begins with a slash"),
        ("endpoint-proof", "7:61: endpoints.models.proves_key: expected true or false, found 1"),
        ("endpoint-unknown", #"7:47: endpoints.models.need_key: unknown key "need_key"; did you mean "needs_key"?"#),
        ("extra-body", "9:31: inference.extra_body: expected an object, found an array"),
        ("headers", #"9:15: headers.request-id: unknown key "request-id"; did you mean "request_id"?"#),
        ("hosts", "9:23: hosts[1]: expected a string, found 1"),
        (
            "identifier-class",
            #"9:70: identifiers[0].characters: expected one of digits, hex, lowercase-alphanumeric, alphanumeric, base64url, token, token68, found "letters""#
        ),
        (
            "identifier",
            "9:83: identifiers[0].length: this would match ordinary words; give a longer prefix, or a least length of 12 without one"
        ),
        ("key-min-length", "6:49: key.min_length: expected a whole number from 1 to 512, found 0"),
        ("key-optional", #"6:47: key.optional: expected true or false, found "yes""#),
        ("key-token-unknown", #"6:60: key.tokens[0].prefx: unknown key "prefx"; did you mean "prefix"?"#),
        ("key-token", #"6:46: key.tokens[0]: the key "prefix" is missing; add it"#),
        ("key-unknown", #"6:35: key.envs: unknown key "envs"; did you mean "env"?"#),
        ("kind", #"5:11: kind: unknown value "gatway"; did you mean "gateway"?"#),
        ("links", "9:21: links.keys: expected a string, found an array"),
        ("missing-endpoints", #"1:1: the key "endpoints" is missing; add it"#),
        ("missing-id", #"1:1: the key "id" is missing; add it"#),
        ("missing-key", #"1:1: the key "key" is missing; add it"#),
        ("missing-name", #"1:1: the key "name" is missing; add it"#),
        ("missing-provider", #"1:1: the key "provider" is missing; add it"#),
        ("missing-verified", #"1:1: the key "verified" is missing; add it"#),
        ("name-type", "3:11: name: expected a string, found 7"),
        ("price-fields", #"7:57: endpoints.models.prices: the key "input" is missing; add it"#),
        ("price", "9:54: prices[0].input_usd_per_million: expected a price: a number of US dollars from 0 up"),
        ("probe-models", "9:20: probe_models[0]: expected a string, found 1"),
        ("rate-limit", #"9:31: headers.rate_limits[0]: the key "remaining" is missing; add it"#),
        ("request-headers", "9:30: request_headers.X-A: expected a string, found 1"),
        ("scope", #"9:14: scopes[0]: the key "header" is missing; add it"#),
        (
            "sign-body",
            #"9:31: signs[0].when.body: expected one of empty, json, broken_json, html, text, event_stream, binary, found "xml""#
        ),
        (
            "sign-cause",
            #"9:48: signs[0].cause: unknown value "account_denid"; did you mean "account_denied"?"#
        ),
        ("sign-certainty", #"9:79: signs[0].certainty: expected one of possible, likely, certain, found "sure""#),
        ("sign-condition", #"9:23: signs[0].when.mesage: unknown key "mesage"; did you mean "message"?"#),
        ("sign-empty", #"9:13: signs[0]: a sign without a condition fits everything; add one under "when""#),
        ("sign-empty-text", "10:26: signs[0].when.message: an empty text fits everything; take it out"),
        ("sign-message", "9:40: signs[0].when.message[1]: expected a string, found 1"),
        (
            "sign-shadowed",
            "12:14: signs[2].when: signs[0] fits whenever this does and comes first, so this never speaks; ask for more here, or put it before the other"
        ),
        ("sign-speaker", #"9:77: signs[0].speaker: expected one of api, edge, upstream, proxy, middlebox, unknown, found "nobody""#),
        ("sign-status", "9:33: signs[0].when.status: expected a whole number from 100 to 599, found 600"),
        (
            "sign-title-without-page",
            #"10:40: signs[0].when.title: only a page has a title; take it out, or add "html" to "body""#
        ),
        (
            "sign-twice",
            "11:14: signs[1].when: signs[0] fits whenever this does and comes first, so this never speaks; ask for more here, or put it before the other"
        ),
        ("sign-unknown", #"9:66: signs[0].reasn: unknown key "reasn"; did you mean "reason"?"#),
        ("sign-without-when", #"9:13: signs[0]: the key "when" is missing; add it"#),
        (
            "sign-words-in-nothing",
            "10:23: signs[0].when.body: such a body holds no words, and this sign asks for some; take one of them out"
        ),
        ("status-page", #"9:18: status_page: the key "url" is missing; add it"#),
        ("support", #"9:14: support: the key "url" is missing; add it"#),
        ("syntax", #"2:15: expected a key in double quotes, found ",""#),
        ("token-limit", "9:32: inference.token_limit: expected a whole number from 1 to 64, found 65"),
        ("top", "1:1: expected an object, found an array"),
        ("unknown-key", #"9:3: baseurl: unknown key "baseurl"; did you mean "base_url"?"#),
        ("verified-date", #"8:15: verified: the key "date" is missing; add it"#),
        ("verified-sources", #"8:15: verified: the key "sources" is missing; add it"#),
    ]

    private func refusal(_ name: String) throws -> String {
        let bytes = Array(try Data(contentsOf: Self.folder.appending(path: "invalid-\(name).json")))
        do {
            let reader = JSONReader(try .parse(bytes))
            _ = try Vendor(reader)
            try Vendor.refuseCollidingSigns(in: reader)
            return "accepted"
        } catch {
            return String(error.located(in: bytes).description(file: "").dropFirst())
        }
    }

    @Test(arguments: expected)
    func `a broken manifest is refused with the place and the remedy`(name: String, message: String) throws {
        #expect(try refusal(name) == message)
    }

    /// Signs of which either may speak stand beside each other.
    @Test(arguments: [
        #"{"code": "a"}, {"type": "a"}"#, #"{"code": "a"}, {"code": ["a", "b"]}"#, #"{"message": "low balance"}, {"message": "balance"}"#,
        #"{"message": "a", "status": 403}, {"message": "a", "status": [403, 429]}"#,
        #"{"message_all": ["a", "b"]}, {"message_all": ["a", "c"]}"#,
        #"{"headers": {"x-a": "1"}}, {"headers": {"x-a": ""}}"#, #"{"title": "a", "body": "html"}, {"title": "b", "body": "html"}"#,
    ])
    func `a sign that can still speak is accepted`(conditions: String) throws {
        let whens = try #require(JSON.parse(Array("[\(conditions)]".utf8)).arrayValue)
        let causes: [JSON] = ["billing_blocked", "account_denied"]
        let signs = zip(whens, causes).map { when, cause -> JSON in ["when": when, "cause": cause] }
        try Vendor.refuseCollidingSigns(in: JSONReader(["signs": .array(signs)]))
    }

    @Test func `a sign that only repeats the cause of a wider one is harmless`() throws {
        let signs: JSON = [
            ["when": ["message": "balance"], "cause": "billing_blocked"], ["when": ["message": "low balance"], "cause": "billing_blocked"],
        ]
        try Vendor.refuseCollidingSigns(in: JSONReader(["signs": signs]))
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
        #expect(
            vendor.endpoints[.key]?.balance == Vendor.BalanceFields(subject: .account, remaining: "balance", used: "used", currency: "USD"))
        #expect(vendor.endpoints[.models]?.needsKey == false)
        #expect(vendor.probeModels == ["small-1", "small-2"])
        #expect(vendor.support?.asksFor == ["time"])
        #expect(vendor.verified.date == "2026-11-20")
    }

    @Test func `what is left out has its default`() throws {
        let bytes = Array(
            #"{"id":"a","name":"A","provider":"p","kind":"local","key":{},"endpoints":{"inference":{"path":"/x"}},"verified":{"date":"2026-11-20","sources":[]}}"#
                .utf8)
        let vendor = try Vendor(JSONReader(.parse(bytes)))
        #expect(vendor.baseURL == nil)
        #expect(vendor.key.header == "Authorization")
        #expect(vendor.key.headerPrefix == "Bearer ")
        #expect(vendor.key.minimumLength == 1)
        #expect(!vendor.key.isOptional)
        #expect(
            vendor.endpoints[.inference]
                == Vendor.Endpoint(
                    path: "/x", isBelowOrigin: false, keyHeader: nil, needsKey: true, provesKey: false, balance: nil, inconclusiveFor: [])
        )
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
        #expect(Set(vendor.keptHeaders.filter { !$0.hasPrefix("x-ratelimit-") }) == ["x-request-id", "x-sample-tier", "x-odd"])
    }

    @Test func `the longest public beginning of a key counts`() throws {
        let vendor = try Sample.vendor(["key": ["prefixes": ["sk-", "sk-proj-"], "tokens": [["name": "t", "prefix": "eyJ"]]]])
        #expect(vendor.key.publicPrefix(of: "sk-proj-abc") == "sk-proj-")
        #expect(vendor.key.publicPrefix(of: "sk-abc") == "sk-")
        #expect(vendor.key.publicPrefix(of: "eyJx") == "eyJ")
        #expect(vendor.key.publicPrefix(of: "abc") == "")
    }
}
