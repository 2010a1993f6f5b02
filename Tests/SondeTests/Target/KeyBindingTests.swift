import Sonde
import Testing
import TestSupport

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
