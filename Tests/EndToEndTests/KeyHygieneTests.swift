import SondeSimulator
import TestSupport
import Testing

/// Keys that cannot be keys are found before anything is sent.
struct KeyHygieneTests {
    /// A text that stands where a key should, and the reason that tells its owner what to do.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var name: String
        var value: String
        var reason: String
        /// What the page must say so that a reader understands.
        var word: String

        var testDescription: String { name }

        static let key = "vck_DEMO7h3Qm9Wz2KpX5tRb8Ld4Ys6Vn1Jc0Gf7Ea3Ui9Ho2Tx5Bw8Mk4Pr6"
        static let all = [
            Mistake(name: "a trailing line end", value: key + "\n", reason: "key_line_end", word: "line end"),
            Mistake(name: "a trailing line end of Windows", value: key + "\r\n", reason: "key_line_end", word: "line end"),
            Mistake(name: "quotes", value: "\"\(key)\"", reason: "key_quoted", word: "quotation marks"),
            Mistake(name: "single quotes", value: "'\(key)'", reason: "key_quoted", word: "quotation marks"),
            Mistake(name: "typographic quotes", value: "“\(key)”", reason: "key_quoted", word: "quotation marks"),
            Mistake(name: "one typographic quote", value: "\(key)’", reason: "key_quoted", word: "quotation marks"),
            Mistake(
                name: "a zero-width blank", value: "vck_DEMO\u{200B}" + key.dropFirst(8), reason: "key_invisible_character",
                word: "invisible"),
            Mistake(name: "a byte-order mark", value: "\u{FEFF}" + key, reason: "key_invisible_character", word: "invisible"),
            Mistake(name: "a blank in front", value: " " + key, reason: "key_blanks_around", word: "blanks"),
            Mistake(name: "a blank inside", value: "vck_DEMO " + key.dropFirst(8), reason: "key_blanks_inside", word: "blanks"),
            Mistake(name: "a no-break space at the end", value: key + "\u{A0}", reason: "key_blanks_around", word: "blanks"),
            Mistake(name: "the word Bearer", value: "Bearer " + key, reason: "key_bearer_inside", word: "Bearer"),
            Mistake(name: "a whole header", value: "Authorization: Bearer " + key, reason: "key_header_inside", word: "header"),
            Mistake(name: "an assignment", value: "AI_GATEWAY_API_KEY=" + key, reason: "key_assignment_inside", word: "NAME=value"),
            Mistake(
                name: "a typographic dash", value: "vck\u{2013}DEMO7h3Qm9Wz2KpX5tRb8Ld4Ys6Vn1Jc0Gf7Ea3", reason: "key_not_ascii",
                word: "ASCII"),
            Mistake(
                name: "a control character", value: "vck_DEMO\u{1B}7h3Qm9Wz2KpX5tRb8Ld4Ys6Vn1Jc0Gf7Ea3", reason: "key_control_character",
                word: "control character"),
            Mistake(name: "a placeholder", value: "<YOUR_KEY>", reason: "key_placeholder", word: "placeholder"),
            Mistake(name: "a placeholder in quotes", value: "\"<YOUR_KEY>\"", reason: "key_placeholder", word: "placeholder"),
            Mistake(name: "a literal variable", value: "$AI_GATEWAY_API_KEY", reason: "key_placeholder", word: "variable"),
            Mistake(name: "a literal variable in braces", value: "${AI_GATEWAY_API_KEY}", reason: "key_placeholder", word: "variable"),
            Mistake(
                name: "a template of a CI service", value: "${{ secrets.AI_GATEWAY_API_KEY }}", reason: "key_placeholder", word: "template"),
            Mistake(name: "a mask", value: "***", reason: "key_placeholder", word: "mask"),
            Mistake(name: "a masked key", value: "vck_********************4Pr6", reason: "key_placeholder", word: "masked"),
            Mistake(
                name: "another vendor's key", value: "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5AoS0iNvXb7QtMr2Cw9Lk",
                reason: "wrong_vendor_key", word: "OpenAI"),
            Mistake(name: "a key cut short", value: "vck_DEMO7", reason: "key_too_short", word: "cut short"),
        ]
    }

    @Test(arguments: Mistake.all)
    func `a key that cannot be one is malformed, and nothing is sent`(mistake: Mistake) async throws {
        let user = try User()
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let check = try await user.checks(service, vendor: "vercel", key: mistake.value)
        #expect(check.requests.isEmpty)
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "key_malformed")
        #expect(check.verdict.reason == mistake.reason)
        #expect(check.verdict.confidence == "certain")
        #expect(check.verdict.owner == "you")
        #expect(check.prose.contains(mistake.word))
        #expect(check.prose.contains("env:SERVICE_KEY"))
        #expect(check.prose.contains("Nothing was sent"))
        #expect(check.report.targets[0].exchanges.isEmpty)
        let prefix = ["sk-proj-", "vck_"].first { mistake.value.hasPrefix($0) } ?? ""
        let isKey = mistake.reason != "key_placeholder" && mistake.reason != "key_too_short"
        if isKey { #expect(user.leaks(of: KeySearch(key: mistake.value, publicPrefix: prefix), in: [check.finished]) == []) }
    }

    @Test(arguments: ["unset", "empty", "blank"])
    func `a variable without a key is key_missing, and is named`(state: String) async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let value = ["empty": "", "blank": "  "][state]
        let run = try await User().runs(
            ["check", service.baseURL, "--vendor", "vercel", "--key", "env:MY_GATEWAY_KEY"],
            with: value.map { ["MY_GATEWAY_KEY": $0] } ?? [:])
        #expect(run.status == 1)
        #expect(run.text.contains("Verdict: key_missing"))
        #expect(run.text.contains("MY_GATEWAY_KEY"))
        #expect(service.requests.isEmpty)
    }

    /// The vendor's own address is behind a proxy of the test here, which sees whether anybody tries.
    @Test(arguments: ["unset", "empty", "malformed"])
    func `a vendor without a usable key is asked nothing`(state: String) async throws {
        let proxy = try ScriptedServer([.readRequest, .close])
        var variables = ["HTTPS_PROXY": proxy.url(""), "https_proxy": proxy.url("")]
        variables["AI_GATEWAY_API_KEY"] = ["empty": "", "malformed": Mistake.key + "\n"][state]
        let run = try await User().runs(["check", "vercel"], with: variables)
        #expect(run.status == 1)
        #expect(proxy.connectionCount == 0)
        #expect(run.text.contains(state == "malformed" ? "Verdict: key_malformed" : "Verdict: key_missing"))
        #expect(run.text.contains("AI_GATEWAY_API_KEY"))
        if state == "unset" {
            for name in ["VERCEL_AI_GATEWAY_API_KEY", "VERCEL_OIDC_TOKEN"] { #expect(run.text.contains(name)) }
        }
    }

    @Test func `one line end at the end of a file or a pipe is normal`() async throws {
        let user = try User()
        let path = try user.writes(Mistake.key + "\n", to: "key.txt")
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let file = try await user.runs(["check", service.baseURL, "--vendor", "vercel", "--key", "file:\(path)"])
        #expect(file.status == 0)
        let pipe = try await user.runs(
            ["check", service.baseURL, "--vendor", "vercel", "--key", "stdin"], on: .pipes(input: Array((Mistake.key + "\n").utf8)))
        #expect(pipe.status == 0)
        #expect(service.requests.allSatisfy { $0.credential == nil || $0.credential == "Bearer \(Mistake.key)" })
        #expect(service.requests.contains { $0.credential == "Bearer \(Mistake.key)" })
    }
}
