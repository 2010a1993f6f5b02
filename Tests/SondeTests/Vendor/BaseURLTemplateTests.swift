import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct BaseURLTemplateTests {
    private func template(_ text: String, _ variables: JSON) throws -> BaseURLTemplate? {
        try Sample.vendor(["base_url": .string(text), "base_url_variables": variables]).baseURLTemplate
    }

    @Test func `parts come from the first variable that has a value`() throws {
        let template = try #require(
            try template("https://api.sample.test/accounts/{account}/v1", ["account": ["ACCOUNT_ID", "OLD_ACCOUNT_ID"]]))
        #expect(template.filled(from: ["OLD_ACCOUNT_ID": "b"]) == "https://api.sample.test/accounts/b/v1")
        #expect(template.filled(from: ["ACCOUNT_ID": " a/\n", "OLD_ACCOUNT_ID": "b"]) == "https://api.sample.test/accounts/a/v1")
        #expect(template.filled(from: ["ACCOUNT_ID": ""]) == nil)
        #expect(template.missing(in: [:]) == ["ACCOUNT_ID"])
        #expect(template.missing(in: ["OLD_ACCOUNT_ID": "b"]) == [])
    }

    @Test(arguments: [
        "https://r.sample.test", "https://r.sample.test/", "https://r.sample.test/openai", "https://r.sample.test/openai/",
        "https://r.sample.test/openai/v1/",
    ])
    func `an endpoint that holds part of the path already gets only the rest`(endpoint: String) throws {
        let template = try #require(try template("{endpoint}/openai/v1", ["endpoint": ["ENDPOINT"]]))
        #expect(template.filled(from: ["ENDPOINT": endpoint]) == "https://r.sample.test/openai/v1")
    }

    @Test(arguments: [
        ("https://api.sample.test/accounts/{account}/v1", ["api.sample.test"], "https://api.sample.test/accounts/acme-1/v1", ["acme-1"]),
        ("https://api.sample.test/v1/{account}/{gateway}", ["api.sample.test"], "https://api.sample.test/v1/acme-1/default", ["acme-1"]),
        ("{endpoint}/openai/v1", ["*.sample.test"], "https://acme-1.sample.test/openai/v1", ["acme-1"]),
        ("{endpoint}/openai/v1", ["*.sample.test"], "https://mirror.test/openai/v1", []),
    ])
    func `what differs from customer to customer names one`(text: String, hosts: [String], url: String, names: [String]) throws {
        var vendor = try Sample.vendor()
        let variables = ["account", "gateway", "endpoint"].filter { text.contains("{\($0)}") }.map { ($0, JSON.array(["V"])) }
        (vendor.baseURLTemplate, vendor.hosts) = (try template(text, .object(JSON.Object(variables))), hosts)
        #expect(try vendor.customerNames(in: BaseURL(parsing: url)) == names)
        vendor.baseURLTemplate = nil
        #expect(try vendor.customerNames(in: BaseURL(parsing: url)) == [])
    }

    @Test func `a vendor with such an address has no fixed one`() throws {
        let vendor = try Sample.vendor(["base_url": "https://{name}.sample.test/v1", "base_url_variables": ["name": ["NAME"]]])
        #expect(vendor.baseURL == nil)
    }

    private static let broken: [(text: String, variables: JSON)] = [
        ("https://api.sample.test/{account}/v1", [:]), ("https://api.sample.test/{account}/v1", ["account": []]),
        ("https://api.sample.test/{account}/v1", ["account": ["A"], "other": ["B"]]), ("ftp://{host}/v1", ["host": ["A"]]),
        ("https://{host}/v1?a=b", ["host": ["A"]]),
    ]

    @Test(arguments: broken.indices) func `a part that nothing fills, a variable nowhere used and a text that is no address are refused`(
        index: Int
    ) {
        #expect(throws: JSONError.self) { try template(Self.broken[index].text, Self.broken[index].variables) }
    }
}
