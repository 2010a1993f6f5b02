@testable import Sonde
import Testing

/// Compared with curl 7.88 by hand.
@Suite struct ProxyEnvironmentTests {
    private func variable(_ variables: [String: String], _ url: String = "https://api.sample.test/v1") throws -> String? {
        try ProxyEnvironment(variables).proxy(for: BaseURL(parsing: url))?.variable
    }

    @Test func `nothing set is direct`() throws {
        #expect(try variable([:]) == nil)
    }

    @Test func `for https the lower-case variable comes first, then capitals, then the one for all`() throws {
        var variables = [
            "https_proxy": "http://a:1", "HTTPS_PROXY": "http://b:1", "all_proxy": "http://c:1", "ALL_PROXY": "http://d:1",
            "http_proxy": "http://e:1",
        ]
        for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            #expect(try variable(variables) == name)
            variables[name] = nil
        }
        #expect(try variable(variables) == nil)
    }

    @Test func `for http capitals are ignored, since a web server fills them from a request`() throws {
        #expect(try variable(["HTTP_PROXY": "http://a:1"], "http://api.sample.test") == nil)
        #expect(try variable(["http_proxy": "http://a:1"], "http://api.sample.test") == "http_proxy")
        #expect(try variable(["HTTP_PROXY": "http://a:1", "ALL_PROXY": "http://b:1"], "http://api.sample.test") == "ALL_PROXY")
        #expect(try variable(["HTTPS_PROXY": "http://a:1"], "http://api.sample.test") == nil)
    }

    @Test func `an empty variable counts as one that is not set`() throws {
        #expect(try variable(["https_proxy": "", "HTTPS_PROXY": "http://a:1"]) == "HTTPS_PROXY")
        #expect(try variable(["https_proxy": "", "ALL_PROXY": "http://a:1"]) == "ALL_PROXY")
        #expect(try variable(["https_proxy": ""]) == nil)
        #expect(try variable(["https_proxy": "http://a:1", "no_proxy": "", "NO_PROXY": "api.sample.test"]) == nil)
    }

    @Test(arguments: [
        ("*", true), ("api.sample.test", true), ("API.Sample.Test", true), ("sample.test", true), (".sample.test", true),
        ("a.test,sample.test", true),
        ("a.test, sample.test", true), ("a.test sample.test", true), ("ple.test", false), ("x.api.sample.test", false), ("", false),
        (",,", false), ("a.test,*", false),
        ("other.test", false),
    ])
    func `no_proxy names a host or a domain above it`(list: String, isExcluded: Bool) throws {
        #expect(try (variable(["https_proxy": "http://p:1", "no_proxy": list]) == nil) == isExcluded)
        #expect(try (variable(["https_proxy": "http://p:1", "NO_PROXY": list]) == nil) == isExcluded)
    }

    @Test(arguments: [
        ("http://127.0.0.1:80", "127.0.0.1", true), ("http://127.9.0.1:80", "127.0.0.0/8", true),
        ("http://128.0.0.1", "127.0.0.0/8", false),
        ("http://10.1.2.3", "10.1.2.0/24", true), ("http://10.1.3.3", "10.1.2.0/24", false), ("http://10.1.3.3", "0.0.0.0/0", true),
        ("http://10.1.2.3", "10.1.2.3/33", false), ("http://10.1.2.3", "2.3", false), ("http://[::1]:8080", "::1", true),
        ("http://[::1]:8080", "[::1]", true),
    ])
    func `no_proxy names an address or a block of them`(url: String, list: String, isExcluded: Bool) throws {
        #expect(try (variable(["all_proxy": "http://p:1", "no_proxy": list], url) == nil) == isExcluded)
    }

    @Test func `the lower-case list wins`() throws {
        #expect(try variable(["https_proxy": "http://p:1", "no_proxy": "other.test", "NO_PROXY": "sample.test"]) == "https_proxy")
    }

    @Test func `a variable that is no proxy is named, and its value is not shown`() throws {
        let error = try #require(throws: Proxy.Invalid.self) { try variable(["https_proxy": "ftp://me:hunter2@p:1"]) }
        #expect(error.message.hasPrefix("https_proxy: "))
        #expect(!error.message.contains("hunter2"))
    }

    @Test func `names are those that are set, never their values`() {
        #expect(
            ProxyEnvironment(["https_proxy": "http://u:p@h", "ALL_PROXY": "", "NO_PROXY": "x", "PATH": "/"]).names == [
                "https_proxy", "NO_PROXY",
            ])
    }
}
