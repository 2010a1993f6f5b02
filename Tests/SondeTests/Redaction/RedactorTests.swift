import Foundation
import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct RedactorTests {
    private static let key = "sk-proj-Zq3T9xLmWvB7kP2sR8dYc5NhJ4fGaE6u"

    private func redactor(_ key: String = key, prefix: Int = 8, keepsPrefix: Bool = false, name: String = "API key") -> Redactor {
        Redactor(secrets: [ProtectedSecret(Secret(key), publicPrefixCount: prefix, keepsPrefix: keepsPrefix, name: name)])
    }

    @Test(arguments: Encoder.all.indices)
    func `nothing of a secret survives in any encoding and surroundings`(number: Int) {
        let encoder = Encoder.all[number]
        var generator = SeededGenerator(seed: UInt64(1000 + number))
        for _ in 0..<40 {
            let (key, prefix) = randomKey(using: &generator)
            let (before, after) = surroundings(using: &generator)
            let encoded = encoder.encode(key, &generator)
            let redactor = redactor(key, prefix: prefix)
            let text = before + encoded + after
            let redacted = redactor.redact(text)
            #expect(redacted.contains("[redacted"), "\(encoder.name): \(text)")
            #expect(!survives(key.utf8.dropFirst(prefix), in: redacted), "\(encoder.name): \(text) -> \(redacted)")
            #expect(redactor.redact(redacted) == redacted, "\(encoder.name): \(text) -> \(redacted)")
        }
    }

    @Test(arguments: Encoder.all.indices)
    func `no fragment of eight characters survives in any encoding`(number: Int) {
        let encoder = Encoder.all[number]
        var generator = SeededGenerator(seed: UInt64(2000 + number))
        for _ in 0..<30 {
            let key = Array(randomKey(using: &generator).key.unicodeScalars)
            guard key.count >= 12 else { continue }
            let length = Int.random(in: 8...key.count, using: &generator)
            let start = Int.random(in: 0...(key.count - length), using: &generator)
            let fragment = String(String.UnicodeScalarView(key[start..<(start + length)]))
            let whole = String(String.UnicodeScalarView(key))
            let redacted = redactor(whole, prefix: 0).redact("<" + encoder.encode(fragment, &generator) + ">")
            #expect(!survives(whole.utf8, in: redacted), "\(encoder.name): \(fragment) of \(whole) -> \(redacted)")
        }
    }

    @Test func `the text around a secret stays as it was`() {
        #expect(redactor().redact("Incorrect API key provided: \(Self.key).") == "Incorrect API key provided: [redacted API key].")
        #expect(redactor().redact("a%20\(Self.key)%20é\\n") == "a%20[redacted API key]%20é\\n")
        let basic = "Basic \(Encoder.base64("user:" + Self.key)), next"
        #expect(redactor().redact(basic).hasPrefix("Basic ") && redactor().redact(basic).hasSuffix("[redacted API key], next"))
    }

    @Test func `a public prefix stays or goes as asked`() {
        #expect(redactor(keepsPrefix: true).redact("key \(Self.key)!") == "key sk-proj-[redacted API key]!")
        #expect(redactor(keepsPrefix: false).redact("key \(Self.key)!") == "key [redacted API key]!")
        #expect(redactor(keepsPrefix: true).redact("the prefix sk-proj- is public") == "the prefix sk-proj- is public")
    }

    @Test func `both halves of a split secret go`() {
        let half = Self.key.index(Self.key.startIndex, offsetBy: 20)
        let json: JSON = ["headers": ["x-first": .string(String(Self.key[..<half]))], "body": .string("…" + Self.key[half...])]
        let text = redactor().redact(json).text()
        #expect(!survives(Self.key.utf8.dropFirst(8), in: text))
        #expect(text.components(separatedBy: "[redacted API key]").count == 3)
    }

    @Test func `fragments below eight characters stay`() {
        let shown = "sk-proj-…" + Self.key.suffix(4) + " " + Self.key.dropFirst(8).prefix(7)
        #expect(redactor().redact(shown) == shown)
    }

    @Test func `a short secret goes as a whole token only`() {
        let redactor = redactor("hunter2", prefix: 0, name: "proxy password")
        #expect(
            redactor.redact("password hunter2, hunter22 and xhunter2")
                == "password [redacted proxy password], hunter22 and xhunter2")
        #expect(redactor.redact("hunt%65r2") == "[redacted proxy password]")
        #expect(redactor.redact("\"\\u0068unter2\"") == "\"[redacted proxy password]\"")
        #expect(!redactor.redact("Basic " + Encoder.base64("me:hunter2")).contains(Encoder.base64("hunter2").prefix(6)))
        #expect(redactor.redact("68756e74657232") == "[redacted proxy password]")
        #expect(
            self.redactor("abc", prefix: 0).redact("abc abcd YWJj OmFiYw x")
                == "[redacted API key] abcd [redacted API key] [redacted API key] x")
    }

    @Test func `an empty or wholly public secret protects nothing and harms nothing`() {
        #expect(redactor("", prefix: 0).redact("some text") == "some text")
        #expect(redactor("sk-", prefix: 3).redact("sk-something") == "sk-something")
    }

    @Test func `a secret that looks like an escape is found raw, too`() {
        for key in [#"ab%41cd\u0042ef&amp;gh"#, #"%41%42%43%44%45%46%47"#, #"\\\\\\\\\\\\"#] {
            let json = JSON.string(key).text()
            for text in [key, json, "x\(key)y"] {
                #expect(!survives(key.utf8, in: redactor(key, prefix: 0).redact(text)), "\(text)")
            }
        }
    }

    @Test func `keys and values of JSON are redacted and keys stay different`() throws {
        let json: JSON = .object(
            JSON.Object([(Self.key, 1), ("\(Self.key) ", 2), ("a", [.string(Self.key), nil, true]), (Self.key + "x", 3)]))
        let redacted = redactor().redact(json)
        #expect(
            redacted.text()
                == #"{"[redacted API key]":1,"[redacted API key] ":2,"a":["[redacted API key]",null,true],"[redacted API key] 2":3}"#
        )
        #expect(try JSON.parse(Array(redacted.text().utf8)) == redacted)
        #expect(redactor().redact(redacted) == redacted)
    }

    @Test func `a number that is a secret becomes a text`() {
        #expect(
            redactor("1234567890123", prefix: 0).redact(["n": 1_234_567_890_123, "m": 12]) == ["n": "[redacted API key]", "m": 12])
    }

    @Test func `text without anything to hide comes back unchanged`() {
        var generator = SeededGenerator(seed: 5)
        for text in [
            "", "a", "The model `x` does not exist.", "50% off &amp; \\n done", "req_011CSH", "é→😀", "2024-05-01T12:34:56Z",
            "[redacted",
        ] {
            #expect(redactor().redact(text) == text)
        }
        for _ in 0..<300 {
            let text = String((0..<50).map { _ in Character(Unicode.Scalar(UInt8.random(in: 32..<127, using: &generator))) })
            let once = redactor().redact(text)
            #expect(redactor().redact(once) == once)
        }
    }

    @Test func `redacting twice gives what redacting once gave, whatever stands side by side`() {
        var generator = SeededGenerator(seed: 6)
        let pieces = [
            Self.key, String(Self.key.dropFirst(20)), "sk-abcdefgh12345678ijkl", "a@b.cd", "1.2.3.4", "2001:db8::17", "Bearer ",
            "eyJ", ".", "@", ":",
            "-", "%", "%41", "\\", "\\u0041", "&amp;", "&#65;", "[redacted API key]", "[redacted ", "]", "org-",
            "abcdefghijklmnopqrst", "1", "é", " ",
        ]
        let redactor = redactor(keepsPrefix: true)
        for _ in 0..<800 {
            let text = (0..<Int.random(in: 1...8, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }.joined()
            let once = redactor.redact(text)
            #expect(redactor.redact(once) == once, "\(text) -> \(once)")
            #expect(!survives(Self.key.utf8.dropFirst(8), in: once), "\(text) -> \(once)")
        }
    }

    @Test func `markers of an earlier redaction are left alone, even by a secret that is one of their words`() {
        let redactor = redactor("redacted", prefix: 0)
        #expect(redactor.redact("redacted [redacted API key]") == "[redacted API key] [redacted API key]")
        #expect(redactor.redact("[redacted something]") == "[[redacted API key] something]")
    }

    @Test func `a redactor and a scanner show nothing of what they hold`() {
        let secret = ProtectedSecret(Secret(Self.key))
        for shown in ["\(redactor())", String(reflecting: redactor()), "\(SecretScanner(secrets: [secret]))", "\(secret)"] {
            #expect(!survives(Self.key.utf8, in: shown))
        }
        var dumped = ""
        dump(redactor(), to: &dumped)
        dump(SecretScanner(secrets: [secret]), to: &dumped)
        #expect(!survives(Self.key.utf8, in: dumped) && dumped.utf8.count < 200)
    }

    @Test func `hostile text is redacted to its end`() {
        let count = 1 << 16
        for piece in [
            "sk-", "a", "a@", "@a.bc", ":", "1.", "f:", "%25", "\\", "&", "[redacted ", "eyJ.", Self.key, "Bearer ", "&#x",
        ] {
            let text = String(repeating: piece, count: count / piece.utf8.count)
            #expect(!survives(Self.key.utf8.dropFirst(8), in: String(redactor().redact(text).prefix(1000))))
        }
        // A periodic secret and its own character, without end.
        #expect(
            redactor(String(repeating: "a", count: 200), prefix: 0).redact(String(repeating: "a", count: count))
                == "[redacted API key]")
    }

    @Test func `an identifier is not looked for in a public host, and a key is`() {
        let hosts = ["gateway.cloudy.test"]
        var customer = ProtectedSecret(Secret("cloudy-gateway"), name: "account id")
        customer.isIdentifier = true
        let redact = { (secret: ProtectedSecret, text: String) in
            Redactor(secrets: [secret], patterns: [], publicHosts: hosts).redact(text)
        }
        var short = ProtectedSecret(Secret("gateway"), name: "account id")
        short.isIdentifier = true
        #expect(redact(short, "https://gateway.cloudy.test/v1/gateway.") == "https://gateway.cloudy.test/v1/[redacted account id].")
        #expect(redact(short, "https://gateway.cloudy.test.evil/") == "https://[redacted account id].cloudy.test.evil/")
        let name = ProtectedSecret(Secret("cloudy.test"), name: "API key")
        #expect(redact(name, "https://gateway.cloudy.test/v1") == "https://gateway.[redacted API key]/v1")
        #expect(redact(customer, "https://gateway.cloudy.test/cloudy-gateway/v1") == "https://gateway.cloudy.test/[redacted account id]/v1")
    }

    @Test func `identifiers among the secrets stay when asked, and are no leak`() {
        var team = ProtectedSecret(Secret("acme-widgets"), name: "team id")
        team.isIdentifier = true
        #expect(Redactor(secrets: [team]).redact("team acme-widgets is unknown") == "team [redacted team id] is unknown")
        #expect(Redactor(secrets: [team], keepsIdentifiers: true).redact("team acme-widgets") == "team acme-widgets")
        #expect(SecretScanner(secrets: [team]).firstLeak(in: Array("acme-widgets".utf8)) == nil)
        var named = ProtectedSecret(Secret("org-my-organization-7"), name: "organization id")
        (named.isIdentifier, named.countsOnlyWhole) = (true, true)
        #expect(
            Redactor(secrets: [named]).redact("the organization of `org-my-organization-7`")
                == "the organization of `[redacted organization id]`")
    }
}
