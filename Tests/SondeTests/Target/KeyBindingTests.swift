import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct KeyBindingTests {
    private func decide(_ source: Credential.Source, _ url: String) throws -> KeyBinding.Decision {
        KeyBinding.decide(source, vendor: try Sample.vendor(), baseURL: try BaseURL(parsing: url))
    }

    private let found = Credential.Source.environment("SAMPLE_API_KEY", isVendors: true)

    @Test(arguments: ["https://api.sample.test/v1", "https://api.sample.test:8443", "https://x.eu.sample.test/v1"])
    func `a key from the vendor's own variable goes to its own hosts`(url: String) throws {
        #expect(try decide(found, url) == .allowed)
    }

    @Test(arguments: [
        "https://evil.test/v1", "https://api.sample.test.evil.test", "https://evilapi.sample.test", "https://eu.sample.test",
        "http://api.sample.test/v1",
        "http://127.0.0.1:8080", "https://sample.test",
    ])
    func `it goes nowhere else, and never without TLS`(url: String) throws {
        #expect(try decide(found, url) == .withheld)
    }

    @Test func `a key for servers of this machine goes to this machine, and to no other`() throws {
        let vendor = try Sample.vendor(["key": ["env": ["SAMPLE_API_KEY"], "loopback": true], "kind": "local"])
        for (url, decision) in [
            ("http://localhost:8000/v1", KeyBinding.Decision.allowed), ("http://127.0.0.1:1", .allowed),
            ("http://192.0.2.1:8000", .withheld), ("https://evil.test", .withheld),
        ] {
            #expect(KeyBinding.decide(found, vendor: vendor, baseURL: try BaseURL(parsing: url)) == decision, "\(url)")
        }
    }

    @Test(arguments: [
        Credential.Source.environment("MY_KEY", isVendors: false), .file("/run/key"), .standardInput, .command, .demo,
    ])
    func `a key that was named was meant for the target`(source: Credential.Source) throws {
        #expect(try decide(source, "https://mirror.test/v1") == .allowed)
    }

    @Test func `a source says where, and of a command only that word`() {
        #expect(found.label == "env:SAMPLE_API_KEY")
        #expect(Credential.Source.file("/run/key").label == "file:/run/key")
        #expect(Credential.Source.standardInput.label == "stdin")
        #expect(Credential.Source.command.label == "command")
    }
}
