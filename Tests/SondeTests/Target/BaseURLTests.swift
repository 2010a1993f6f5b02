@testable import Sonde
import Testing

@Suite struct BaseURLTests {
    private func refusal(_ text: String) -> String? {
        do {
            _ = try BaseURL(parsing: text)
            return nil
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        ("https://api.sample.test/v1", "https://api.sample.test/v1"), ("https://api.sample.test/v1///", "https://api.sample.test/v1"),
        ("https://api.sample.test", "https://api.sample.test"), ("https://api.sample.test/", "https://api.sample.test"),
        ("HTTPS://API.Sample.Test/V1", "https://api.sample.test/V1"), ("https://api.sample.test:443/v1", "https://api.sample.test/v1"),
        ("http://api.sample.test:80", "http://api.sample.test"), ("https://api.sample.test:8443/v1", "https://api.sample.test:8443/v1"),
        ("https://api.sample.test:/v1", "https://api.sample.test/v1"), ("api.sample.test/v1", "https://api.sample.test/v1"),
        ("localhost:11434/v1", "http://localhost:11434/v1"), ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://[2001:DB8::1]/v1", "http://[2001:db8::1]/v1"), ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("https://api.sample.test/a@b/c:d", "https://api.sample.test/a@b/c:d"),
        ("https://api.sample.test/v1%20x", "https://api.sample.test/v1%20x"),
    ])
    func `what people write is understood`(text: String, expected: String) throws {
        #expect(try BaseURL(parsing: text).text == expected)
    }

    @Test func `the parts are those of the address`() throws {
        let url = try BaseURL(parsing: "http://[::1]:8080/v1/")
        #expect(url == BaseURL(scheme: .http, host: "::1", port: 8080, path: "/v1"))
        #expect(url.origin == "http://[::1]:8080")
        #expect(url.appending("/models") == "http://[::1]:8080/v1/models")
        #expect(try BaseURL(parsing: "https://a.test").port == 443)
        #expect(try BaseURL(parsing: "http://a.test").port == 80)
    }

    @Test(arguments: [
        ("", "empty"), ("https://", "names no host"), ("https:///v1", "names no host"), ("https://:8080/v1", "names no host"),
        ("https://[]/v1", "names no host"),
        ("ftp://a.test", "must begin with https://"), ("javascript://x", "must begin with https://"), ("https://a.test/v1?key=1", "query"),
        ("https://a.test/v1#top", "fragment"), ("https://a.test /v1", "blanks"), (" https://a.test", "blanks"),
        ("https://a.test/v1\n", "blanks"),
        ("https://a.test/\u{7F}", "control"), ("https://bücher.test", "punycode"), ("https://a.test:0", "port"),
        ("https://a.test:65536", "port"),
        ("https://a.test:http", "port"), ("https://a.test:-1", "port"), ("https://a.test:+443", "port"),
        ("https://a.test:99999999999999999999", "port"),
        ("http://[::1", "["), ("http://[::1]x", "]"), ("http://::1:8080", "brackets"), ("2001:db8::1", "brackets"),
    ])
    func `what is no base URL is refused, with the reason`(text: String, word: String) {
        #expect(refusal(text)?.contains(word) == true, "\(refusal(text) ?? "accepted")")
    }

    @Test(arguments: [
        "https://user:hunter2@a.test/v1", "https://hunter2@a.test", "http://hunter2:@[::1]:80/", "hunter2@a.test", "https://a.test:hunter2",
        "hunter2://a.test", "https://hunter2:x:y/",
    ])
    func `user information is refused and not quoted`(text: String) throws {
        let message = try #require(refusal(text))
        #expect(!message.contains("hunter2"))
    }

    @Test(arguments: [
        ("localhost", true), ("app.localhost", true), ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("127.evil.test", false),
        ("localhost.evil.test", false), ("mylocalhost", false), ("10.0.0.1", false), ("::2", false), ("128.0.0.1", false),
    ])
    func `loopback is what names this machine by itself`(host: String, isLoopback: Bool) {
        #expect(BaseURL(scheme: .http, host: host).isLoopback == isLoopback)
    }

    @Test func `reading what was written gives the same`() throws {
        for text in ["https://a.test/v1", "http://[::1]:8080", "https://a.test:8443/x/y", "http://localhost:1"] {
            let url = try BaseURL(parsing: text)
            #expect(try BaseURL(parsing: url.text) == url)
        }
    }
}
