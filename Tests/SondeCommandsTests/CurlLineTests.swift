import Sonde
import SondeJSON
import TestSupport
import Testing

@testable import SondeCommands

struct CurlLineTests {
    private func line(
        _ target: Target, _ kind: Probe.Kind = .models, url: String? = nil, body: JSON? = nil, keyUse: Probe.KeyUse? = nil,
        redactor: Redactor = Redactor(secrets: [])
    ) -> String? {
        let probe = Probe(kind, endpoint: kind == .inference ? .inference : .models)
        let exchange = Exchange(
            probe: probe, request: .init(method: "GET", url: url ?? target.url(of: probe), keyUse: keyUse ?? probe.keyUse, body: body),
            startedAt: Timestamp(seconds: 0), outcome: .handshake)
        return CurlLine(target: target, exchange: exchange, redactor: redactor).text
    }

    @Test func `the key comes from the vendor's variable, on the vendor's own host alone`() throws {
        let own = try #require(try line(Sample.target()))
        #expect(own.contains("-H \"Authorization: Bearer $SAMPLE_API_KEY\""))
        var second = try Sample.target()
        second.credential?.source = .environment("SAMPLE_KEY", isVendors: false)
        #expect(try #require(line(second)).contains("Bearer $SAMPLE_KEY\""))
        // A forged report may name any variable, and any host.
        second.credential?.source = .environment("AWS_SECRET_ACCESS_KEY", isVendors: false)
        #expect(try #require(line(second)).contains("Bearer $SAMPLE_API_KEY\""))
        let elsewhere = try #require(try line(Sample.target(baseURL: "https://evil.test/v1")))
        #expect(elsewhere.contains("Bearer $API_KEY\"") && !elsewhere.contains("SAMPLE"))
    }

    @Test func `a made-up key is in the line, but not in the shape of one`() throws {
        let line = try #require(try line(Sample.target(), .badKey))
        #expect(line.contains("'Authorization: Bearer ''smp_''SONDE0CONTROL0NOT0A0KEY0'"))
        #expect(!line.contains("$"))
        #expect(Redactor(secrets: []).redact(line) == line)
    }

    @Test func `a request without a key has none in its line`() throws {
        #expect(try line(Sample.target(), .noKey)?.contains("Authorization") == false)
        #expect(try line(Sample.target(key: nil), .models, keyUse: Probe.KeyUse.none)?.contains("Authorization") == false)
    }

    @Test(arguments: [
        "https://evil.test/v1/models", "https://api.sample.test.evil.test/v1", "https://api.sample.test@evil.test/", "file:///etc/passwd",
        "https://api.sample.test:8443/v1", "https://api.sample.test/a b", "https://api.sample.test/\u{202E}", "-o/etc/x", "",
    ])
    func `nothing is asked but the target's own origin`(url: String) throws {
        #expect(try line(Sample.target(), url: url) == nil)
    }

    @Test func `what stands in an address or a body is taken by a shell as it is`() throws {
        let line = try #require(
            try line(
                Sample.target(), .inference, url: "https://api.sample.test/v1/';$(id)`id`[1-9]",
                body: ["model": "it's $HOME `x` \u{202E}\\"]))
        #expect(line.contains("-g 'https://api.sample.test/v1/'\\'';$(id)`id`[1-9]'"))
        #expect(line.contains(#"--data-binary '{"model":"it'\''s $HOME `x` \u202e\\"}'"#))
    }

    @Test func `a body of the user's own is left to the user`() throws {
        let line = try #require(try line(Sample.target(), .inference, body: ["model": "m", "custom_bytes": 12]))
        #expect(line.contains("--data-binary @body.json"))
    }

    @Test func `scopes and headers are read from variables`() throws {
        var target = try Sample.target()
        target.scopes = ["organization": ""]
        target.headers = [Request.Header("X-Tenant", .plain(""))]
        let own = try #require(line(target))
        #expect(own.contains("\"Sample-Organization: $SAMPLE_ORG\"") && own.contains("\"X-Tenant: $HEADER_X_TENANT\""))
        target.baseURL = try BaseURL(parsing: "https://evil.test/v1")
        #expect(try #require(line(target)).contains("\"Sample-Organization: $ORGANIZATION\""))
        target.headers = [Request.Header("X: y' -o z", .plain(""))]
        #expect(line(target) == nil)
    }

    @Test func `a base URL that must not be shown is a variable`() throws {
        let target = try Sample.target(baseURL: "http://203.0.113.9:8000/v1")
        #expect(try #require(line(target)).contains("\"$BASE_URL\"'/models'"))
        #expect(line(target, url: "http://203.0.113.9:8000/v1/203.0.113.9") == nil)
    }

    @Test func `a call that was made elsewhere has no line`() throws {
        var target = try Sample.target()
        target.credential?.source = .recording
        #expect(line(target) == nil)
    }
}
