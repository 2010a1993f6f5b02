@testable import Sonde
import SondeJSON
import Testing
import TestSupport

@Suite struct KeyHygieneTests {
    private let others = [("sk-proj-", "OpenAI API"), ("vck_", "Vercel AI Gateway")]

    private func findings(
        _ key: String, _ changes: [String: JSON] = [:], source: Credential.Source = .environment("SAMPLE_API_KEY", isVendors: true)
    ) throws
        -> [Finding]
    {
        let others = others.map { (prefix: $0.0, vendor: $0.1) }
        return KeyHygiene.findings(for: Credential(source: source, secret: Secret(key)), vendor: try Sample.vendor(changes), others: others)
    }

    /// The vendor to which any text may be a key.
    private let anyKey: [String: JSON] = ["key": ["env": ["KEY"]]]

    private static let good = Sample.key

    @Test(arguments: [
        ("", "key_empty"), (" \t\n", "key_empty"),
        ("Authorization: Bearer \(good)", "key_header_inside"), ("authorization:\(good)", "key_header_inside"),
        ("OPENAI_API_KEY=\(good)", "key_assignment_inside"), ("export AI_GATEWAY_API_KEY=\(good)", "key_assignment_inside"),
        ("HF_TOKEN=\(good)", "key_assignment_inside"), ("\"OPENAI_API_KEY=\(good)\"", "key_assignment_inside"),
        ("<YOUR_KEY>", "key_placeholder"), ("<key>", "key_placeholder"), ("[your key]", "key_placeholder"),
        ("$OPENAI_API_KEY", "key_placeholder"),
        ("${OPENAI_API_KEY}", "key_placeholder"), ("%OPENAI_API_KEY%", "key_placeholder"), ("$(cat key.txt)", "key_placeholder"),
        ("${{ secrets.OPENAI_API_KEY }}", "key_placeholder"), ("{{ .Values.key }}", "key_placeholder"), ("***", "key_placeholder"),
        ("••••••••", "key_placeholder"), ("xxxxxxxxxxxxxxxxxxxxxxxx", "key_placeholder"), ("sk-proj-****abcd", "key_placeholder"),
        ("sk-...abcd", "key_placeholder"), ("sk-proj-ab…yz", "key_placeholder"), ("process.env.OPENAI_API_KEY", "key_placeholder"),
        ("os.environ['KEY']", "key_placeholder"), ("null", "key_placeholder"), ("None", "key_placeholder"),
        ("undefined", "key_placeholder"),
        ("changeme", "key_placeholder"), ("CHANGE_ME", "key_placeholder"), ("your-api-key-here", "key_placeholder"),
        ("sk-your_key_goes_here_1234", "key_placeholder"), ("\"<YOUR_KEY>\"", "key_placeholder"), ("“$KEY”\n", "key_placeholder"),
        ("\(good)\n", "key_line_end"), ("\(good)\r\n", "key_line_end"), ("\(good)\r", "key_line_end"), ("\(good)\n\n", "key_line_end"),
        ("\"\(good)\"", "key_quoted"), ("'\(good)'", "key_quoted"), ("`\(good)`", "key_quoted"), ("“\(good)”", "key_quoted"),
        ("‘\(good)’", "key_quoted"),
        ("„\(good)“", "key_quoted"), ("«\(good)»", "key_quoted"), ("\"\(good)", "key_quoted"), ("\(good)”", "key_quoted"),
        ("Bearer \(good)", "key_bearer_inside"), ("bearer:\(good)", "key_bearer_inside"), (" Bearer \(good)", "key_bearer_inside"),
        ("\u{FEFF}\(good)", "key_invisible_character"), ("\(good)\u{200B}", "key_invisible_character"),
        ("smp_\u{00AD}4f9Qz7Lm2Xc8Vb1Nk6Jh", "key_invisible_character"),
        ("\u{202A}\(good)\u{202C}", "key_invisible_character"), ("\(good)\u{2060}", "key_invisible_character"),
        ("\(good)\u{FE0F}", "key_invisible_character"),
        (" \(good)", "key_blanks_around"), ("\(good) ", "key_blanks_around"), ("\(good)\t", "key_blanks_around"),
        ("\(good)\u{A0}", "key_blanks_around"),
        ("smp_4f9Qz7Lm 2Xc8Vb1Nk6Jh", "key_blanks_inside"), ("smp_4f9Qz7Lm\n2Xc8Vb1Nk6Jh", "key_blanks_inside"),
        ("\(good) \(good)", "key_blanks_inside"),
        ("smp_4f9Qz7Lm\u{1B}2Xc8Vb1Nk6Jh", "key_control_character"), ("smp_4f9Qz7Lm\u{0}2Xc8Vb1Nk6Jh", "key_control_character"),
        ("smp_4f9Qz7Lm–2Xc8Vb1Nk6Jh", "key_not_ascii"), ("smp_4f9Qz7Lм2Xc8Vb1Nk6Jh", "key_not_ascii"),
        ("sk-proj-4f9Qz7Lm2Xc8Vb1Nk6Jh", "wrong_vendor_key"), ("vck_4f9Qz7Lm2Xc8Vb1Nk6Jh", "wrong_vendor_key"),
        ("smp_4f9Qz7Lm2", "key_too_short"),
    ])
    func `what cannot be a key is blocked, with its reason`(key: String, reason: String) throws {
        let findings = try findings(key)
        #expect(findings.map(\.reason) == [reason])
        #expect(findings.first?.severity == .blocking)
        #expect(findings.first?.cause == (reason == "key_empty" ? .keyMissing : .keyMalformed))
    }

    @Test(arguments: [
        "\(good)\n", "\"\(good)\"", "Bearer \(good)", "OPENAI_API_KEY=\(good)", "sk-proj-4f9Qz7Lm2Xc8Vb1Nk6Jh", "smp_4f9Qz7Lm2",
        "<\(good)>", "other_\(good)",
    ])
    func `no finding quotes the key`(key: String) throws {
        for finding in try findings(key) {
            for fragment in ["4f9Qz7Lm", "Vb1Nk6Jh"] { #expect(!finding.text.contains(fragment), "\(finding.text)") }
        }
    }

    @Test func `every finding names the place of the key`() throws {
        #expect(try findings("\(Self.good)\n")[0].text.contains("env:SAMPLE_API_KEY"))
        #expect(try findings("\(Self.good) ", source: .file("/run/secrets/key"))[0].text.contains("file:/run/secrets/key"))
        #expect(try findings(" ", source: .standardInput)[0].text.contains("stdin"))
    }

    @Test func `another vendor's key is called so by name`() throws {
        let finding = try #require(try findings("vck_4f9Qz7Lm2Xc8Vb1Nk6Jh").first)
        #expect(finding.text.contains("Vercel AI Gateway"))
        #expect(finding.text.contains("vck_"))
    }

    @Test func `an unfamiliar beginning is a warning and stops nothing`() throws {
        let findings = try findings("other_4f9Qz7Lm2Xc8Vb1Nk6Jh")
        #expect(findings.map(\.reason) == ["unfamiliar_prefix"])
        #expect(findings.first?.severity == .warning)
        #expect(findings.first?.cause == nil)
    }

    @Test func `a token of the vendor is not unfamiliar`() throws {
        #expect(try findings("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln").isEmpty)
    }

    @Test func `the length at which a key is too short is the vendor's`() throws {
        #expect(try findings("smp_" + String(repeating: "4", count: 15) + "z").isEmpty)
        #expect(try findings("smp_" + String(repeating: "4", count: 14) + "z").map(\.reason) == ["key_too_short"])
    }

    @Test func `a header line is known by the vendor's own header`() throws {
        let changes: [String: JSON] = ["key": ["env": ["KEY"], "header": "x-api-key"]]
        #expect(try findings("x-api-key: \(Self.good)", changes).map(\.reason) == ["key_header_inside"])
    }

    /// Shapes as services issue them; every one is invented.
    static let realLooking = [
        "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", "sk-proj-A1b2-C3d4_E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0",
        "sk-svcacct-4f9Qz7Lm2Xc8Vb1Nk6Jh-_8Gd5Sa0PwYt7Re3Ui6Op", "sk-None-4f9Qz7Lm2Xc8Vb1Nk6JhT3BlbkFJ8Gd5",
        "sk-admin-4f9Qz7Lm2Xc8Vb1Nk6JhT3Bl",
        "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",
        "sk-ant-api03-4f9Qz7Lm2Xc8Vb1Nk6Jh_8Gd5Sa0PwYt7Re3Ui6Op-AbCdEfAA",
        "sk-lm-4f9Qz7Lm:2Xc8Vb1Nk6JhT3BlbkFJ", "vck_4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0PwYt7Re3Ui6Op9As2Df5", "vcp_4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5",
        "gsk_4f9Qz7Lm2Xc8Vb1Nk6JhWGdyb3FY3Gd5Sa0PwYt7Re3Ui6Op", "xai-4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0PwYt7Re3Ui6Op9As2Df5Gh8Jk1",
        "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", "hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh", "fw_4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5",
        "csk-4f9qz7lm2xc8vb1nk6jh3gd5sa0pwyt7re3ui6op9as2df5g", "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
        "tgp_v1_4f9Qz7Lm2Xc8Vb1Nk6Jh-3Gd5Sa0PwYt7Re3Ui",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0", "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0PwYt7",
        "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", "r8_4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0PwYt7Re3", "sk-1234",
        "4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0PwYt7Re3Ui6OpACOGabcd1234", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl-_x", "ABCdef123+/=",
        "v1.0-0f1e2d3c4b5a69788796a5b4-0f1e2d3c", "sess-4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0PwYt7Re3Ui6O", "glpat-4f9Qz7Lm2Xc8Vb1Nk6Jh",
        "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=",
        "550e8400-e29b-41d4-a716-446655440000", "key-4f9Qz7Lm2Xc8", "dG9rZW4:4f9Qz7Lm2Xc8Vb1N", "c2VjcmV0_keyring-0Ab1",
    ]

    @Test(arguments: realLooking)
    func `a key that looks real is not objected to`(key: String) throws {
        let findings = KeyHygiene.findings(
            for: Credential(source: .file("k"), secret: Secret(key)), vendor: try Sample.vendor(anyKey), others: [])
        #expect(findings.isEmpty)
    }

    @Test func `no random key is taken for anything else`() throws {
        var generator = SeededGenerator(seed: 2026)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let vendor = try Sample.vendor(anyKey)
        for _ in 0..<2000 {
            let key = String((0..<48).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
            #expect(
                KeyHygiene.findings(for: Credential(source: .file("k"), secret: Secret(key)), vendor: vendor, others: []).isEmpty, "\(key)")
        }
    }
}
