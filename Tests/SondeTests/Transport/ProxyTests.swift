@testable import Sonde
import Testing

@Suite struct ProxyTests {
    @Test(arguments: [
        ("http://proxy.test:3128", "http://proxy.test:3128"), ("proxy.test:3128", "http://proxy.test:3128"),
        ("proxy.test", "http://proxy.test:1080"),
        ("https://proxy.test", "https://proxy.test:443"), ("socks5h://127.0.0.1:9050", "socks5h://127.0.0.1:9050"),
        ("SOCKS5://Proxy.Test", "socks5://proxy.test:1080"),
        ("http://[::1]:3128/", "http://[::1]:3128"), ("http://proxy.test:3128/path?x#y", "http://proxy.test:3128"),
        ("http://user:pass@proxy.test:3128", "http://proxy.test:3128"), ("user@proxy.test", "http://proxy.test:1080"),
    ])
    func `a proxy is read as curl reads it and shown without its password`(text: String, expected: String) throws {
        #expect(try Proxy(parsing: text).display == expected)
    }

    @Test(arguments: [
        ("http://user:pass@proxy.test", "user:pass"), ("http://us%40er:p%3Ass%25@proxy.test", "us@er:p:ss%"),
        ("http://a@b:c@proxy.test", "a@b:c"),
        ("http://u:100%@proxy.test", "u:100%"), ("http://u:%zz%4@proxy.test", "u:%zz%4"), ("http://u:%+1@proxy.test", "u:%+1"),
    ])
    func `credentials are percent-decoded`(text: String, expected: String) throws {
        #expect(try Proxy(parsing: text).credentials == Secret(expected))
    }

    @Test func `without user information there are no credentials`() throws {
        #expect(try Proxy(parsing: "http://proxy.test").credentials == nil)
    }

    @Test(arguments: [
        ("socks4://proxy.test", "scheme"), ("ftp://hunter2@proxy.test", "scheme"), ("", "needs a host"), ("http://", "needs a host"),
        ("http://hunter2@", "needs a host"),
        ("http://proxy.test:0", "port"), ("http://proxy.test:", "port"), ("http://proxy.test:70000", "port"),
        ("http://proxy.test:+80", "port"),
        ("http://hunter2@proxy.test:x", "port"), ("http://[::1]x:80", "]"), ("http://[::1", "port"), ("http://[abc", "needs a host"),
        ("http://pro xy.test", "needs a host"),
    ])
    func `what is no proxy is refused without quoting it`(text: String, word: String) throws {
        let error = try #require(throws: Proxy.Invalid.self) { try Proxy(parsing: text) }
        #expect(error.message.contains(word), "\(error.message)")
        #expect(!error.message.contains("hunter2"))
    }
}
