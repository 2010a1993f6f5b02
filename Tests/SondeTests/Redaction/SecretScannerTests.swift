import Foundation
import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct SecretScannerTests {
    private func scanner(_ keys: [String], prefix: Int = 0) -> SecretScanner {
        SecretScanner(
            secrets: keys.enumerated().map { ProtectedSecret(Secret($1), publicPrefixCount: prefix, source: "env:KEY_\($0)") })
    }

    @Test(arguments: Encoder.all.indices)
    func `a whole secret is found in every encoding, and after redaction no more`(number: Int) throws {
        let encoder = Encoder.all[number]
        var generator = SeededGenerator(seed: UInt64(3000 + number))
        for _ in 0..<40 {
            let keys = (0..<3).map { _ in randomKey(using: &generator) }
            let secrets = keys.enumerated().map {
                ProtectedSecret(Secret($1.key), publicPrefixCount: $1.publicPrefix, source: "env:KEY_\($0)")
            }
            let (before, after) = surroundings(using: &generator)
            let text = before + encoder.encode(keys[1].key, &generator) + after
            let scanner = SecretScanner(secrets: secrets)
            let leak = try #require(scanner.firstLeak(in: Array(text.utf8)), "\(encoder.name): \(text)")
            #expect(leak.secret == 1 && leak.source == "env:KEY_1")
            #expect((before.utf8.count..<(text.utf8.count - after.utf8.count)).contains(leak.offset), "\(encoder.name)")
            #expect(scanner.firstLeak(in: Array(Redactor(secrets: secrets).redact(text).utf8)) == nil, "\(encoder.name): \(text)")
        }
    }

    @Test func `the leak says where and how`() {
        let scanner = scanner(["abcdefgh-12345678"])
        func leak(_ text: String) -> SecretScanner.Leak? { scanner.firstLeak(in: Array(text.utf8)) }
        #expect(leak("xx abcdefgh-12345678") == SecretScanner.Leak(secret: 0, source: "env:KEY_0", encoding: .plain, offset: 3))
        #expect(leak("\\n abcdefgh%2D12345678")?.encoding == .percent)
        #expect(leak("\\n abcdefgh%2D12345678")?.offset == 3)
        #expect(leak("abcdefgh\\u002d12345678")?.encoding == .json)
        #expect(leak("abcdefgh&#45;12345678")?.encoding == .html)
        #expect(leak(Encoder.base64("abcdefgh-12345678"))?.encoding == .base64)
        #expect(leak("61626364656667682d3132333435363738")?.encoding == .hex)
    }

    @Test func `fragments and prefixes are no leaks`() {
        let scanner = scanner(["sk-proj-abcdefgh12345678"], prefix: 8)
        #expect(scanner.firstLeak(in: Array("sk-proj- abcdefgh1234567 bcdefgh12345678".utf8)) == nil)
        #expect(scanner.firstLeak(in: Array("abcdefgh12345678".utf8)) != nil)
    }

    @Test func `a short secret is a leak as a whole token, a very short one never`() {
        #expect(scanner(["hunter2"]).firstLeak(in: Array("hunter22 xhunter2".utf8)) == nil)
        #expect(scanner(["hunter2"]).firstLeak(in: Array("a hunter2.".utf8))?.offset == 2)
        #expect(scanner(["hunter2"]).firstLeak(in: Array("Basic \(Encoder.base64("me:hunter2"))".utf8))?.encoding == .base64)
        #expect(scanner(["abc", "", "1"]).firstLeak(in: Array("abc 1".utf8)) == nil)
    }

    @Test func `a thousand keys that begin alike are told apart`() {
        var generator = SeededGenerator(seed: 9)
        let keys = (0..<1000).map { _ in "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + randomKey(using: &generator).key }
        let scanner = scanner(keys)
        #expect(scanner.firstLeak(in: Array("x \(keys[707]) y".utf8))?.secret == 707)
        #expect(scanner.firstLeak(in: Array(String(repeating: String(keys[3].prefix(37)), count: 1000).utf8)) == nil)
    }

    @Test func `a hostile output is scanned to its end`() {
        let scanner = scanner([String(repeating: "a", count: 100) + "b"])
        for piece in ["%25", "\\", "&#", "a", "\\\\u005c"] {
            let text = String(repeating: piece, count: (1 << 17) / piece.utf8.count)
            #expect(scanner.firstLeak(in: Array(text.utf8)) == nil)
        }
    }
}
