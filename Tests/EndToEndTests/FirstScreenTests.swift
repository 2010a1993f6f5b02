import Testing

/// What somebody sees who has no key yet.
struct FirstScreenTests {
    @Test(arguments: [80, nil] as [Int?])
    func `without any key the variables that were looked at and the demo are named`(columns: Int?) async throws {
        let run = try await User().runs([], on: columns.map { .terminal(columns: $0) } ?? .pipes())
        #expect(run.status == 2)
        let text = (run.text + run.errorText).unwrapped
        for name in ["AI_GATEWAY_API_KEY", "VERCEL_OIDC_TOKEN", "OPENAI_API_KEY", "sonde demo"] { #expect(text.contains(name)) }
    }

    @Test func `a variable that is nearly right is named with the right one`() async throws {
        let run = try await User().runs([], with: ["AI_GATEWAY_KEY": KeyHygieneTests.Mistake.key])
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("AI_GATEWAY_KEY is set"))
        #expect(run.errorText.unwrapped.contains("AI_GATEWAY_API_KEY?"))
        #expect(!run.errorText.contains("DEMO"))
    }

    @Test func `a file beside us that has a key is named, and not read`() async throws {
        let user = try User()
        _ = try user.writes("# mine\nexport OPENAI_API_KEY=\"sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5\"\nOTHER=1\n", to: ".env")
        let run = try await user.runs()
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("--env-file .env"))
        #expect(run.errorText.contains("OPENAI_API_KEY"))
        #expect(!run.errorText.contains("DEMO"))
        #expect(!run.errorText.contains("OTHER"))
    }

    @Test func `a vendor that is named without a key points at the file beside us that has it, and does not load it`() async throws {
        let user = try User()
        try user.writes("AI_GATEWAY_API_KEY=\(KeyHygieneTests.Mistake.key)\nOTHER=1\n", to: ".env.local")
        let run = try await user.runs("check", "vercel", "-o", "json=report.json")
        #expect(run.status == 1)
        #expect(run.text.unwrapped.contains("The file .env.local has AI_GATEWAY_API_KEY; --env-file .env.local reads it."))
        let target = try ReportFacts(#require(user.bytes(of: "report.json"))).targets[0]
        #expect(target.verdict.reason == "key_missing" && target.exchanges.isEmpty)
        #expect(!run.text.contains("DEMO") && !run.text.contains("OTHER"))
        // A key of somebody else is of no use here.
        let other = try await user.runs("check", "openai")
        #expect(other.text.contains("Verdict: key_missing") && !other.text.contains("--env-file"))
    }

    @Test func `a key but no target is a question outside of a terminal, and nothing is sent`() async throws {
        let run = try await User().runs([], with: ["AI_GATEWAY_API_KEY": KeyHygieneTests.Mistake.key])
        #expect(run.status == 2)
        #expect(run.output == [])
        #expect(run.errorText.unwrapped.contains("--all"))
        #expect(run.errorText.contains("vercel"))
    }

    @Test func `an empty variable counts as a target without a key`() async throws {
        let run = try await User().runs(["check", "--all"], with: ["AI_GATEWAY_API_KEY": ""])
        #expect(run.status == 1)
        #expect(run.text.contains("Verdict: key_missing"))
        #expect(run.text.unwrapped.contains("AI_GATEWAY_API_KEY is set but empty"))
    }
}
