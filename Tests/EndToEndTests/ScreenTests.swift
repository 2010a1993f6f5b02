import SondeSimulator
import Testing

/// Whole screens, as a user sees them.
struct ScreenTests {
    private static let key = "vck_DEMO7h3Qm9Wz2KpX5tRb8Ld4Ys6Vn1Jc0Gf7Ea3Ui9Ho2Tx5Bw8Mk4Pr6"

    @Test(arguments: [
        ("help", ["help"]), ("help-check", ["check", "--help"]), ("help-verify", ["verify", "--help"]), ("vendors", ["vendors"]),
        ("vendors-vercel", ["vendors", "vercel"]),
        ("causes", ["causes"]), ("causes-account-denied", ["causes", "account_denied"]),
    ])
    func `what is known is shown`(name: String, arguments: [String]) async throws {
        let run = try await User().runs(arguments)
        #expect(run.status == 0)
        #expect(run.errorOutput == [])
        try Screen(name).expect(run.text)
    }

    @Test(arguments: ["vercel", "openai", "openai-compatible"])
    func `a dry run lists all that a failure could lead to`(vendor: String) async throws {
        let run = try await User().runs(
            ["check", vendor == "openai-compatible" ? "https://llm.example.com/v1" : vendor, "--key", "env:SERVICE_KEY", "--dry-run"],
            with: ["SERVICE_KEY": vendor == "vercel" ? Self.key : vendor == "openai" ? CauseCase.openAIKey : Scenario.askedKey])
        #expect(run.status == 0)
        try Screen("dry-run-\(vendor)").expect(run.text)
    }

    @Test(arguments: ["vercel-account-denied", "html-in-200", "redirect", "rate-limited"], [48, 60])
    func `a narrow terminal is as wide as the lines, but for words that cannot be broken`(scenario: String, columns: Int) async throws {
        let run = try await User().runs(["demo", scenario, "--no-progress"], on: .terminal(columns: columns))
        let wide = run.text.withoutColors.split(whereSeparator: \.isNewline).filter { line in
            line.count > columns && line.drop { $0 == " " }.contains(" ")
        }
        #expect(wide == [])
        #expect(!run.text.contains("nobody"))
    }

    @Test func `the demo shows three services`() async throws {
        let run = try await User().runs("demo")
        #expect(run.status == 1)
        try Screen("demo").expect(run.text)
    }

    @Test(arguments: ["", "--verbose", "--quiet"])
    func `an account that is barred`(detail: String) async throws {
        let check = try await User().checks(
            Simulator.start(scenario: #require(Scenario.builtIn("vercel-account-denied"))), detail.isEmpty ? [] : [detail])
        try Screen("vercel-account-denied\(detail)").expect(check.page)
    }

    @Test func `a healthy gateway`() async throws {
        let check = try await User().checks("healthy", vendor: "vercel")
        try Screen("healthy").expect(check.page)
    }

    @Test(arguments: ["", "--quiet"])
    func `three services over two ways, of which one comes out in a refused country`(detail: String) async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        let run = try await user.runs(
            [
                "compare", "maker", "poor", "ways", "--profile", services.profile, "--route", "interface=127.0.0.2", "--route",
                "interface=127.0.0.3",
            ] + (detail.isEmpty ? [] : [detail]), with: services.variables)
        try Screen("compare\(detail)").expect(run.text)
    }

    @Test(arguments: [("verify-fixed", "healthy"), ("verify-unchanged", "vercel-account-denied"), ("verify-changed", "vercel-no-credit")])
    func `a barred account that is verified`(name: String, scenario: String) async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        let now = try Simulator.start(scenario: #require(Scenario.builtIn(scenario)))
        defer { now.stop() }
        try Screen(name).expect(try await report.verifies(now).finished.text)
    }

    @Test func `a verification that is refused`() async throws {
        let report = try await EarlierReport(User(), of: "vercel-account-denied")
        try report.write()
        let run = try await report.user.runs("verify", "report.json", "--model", "openai/gpt-5.4")
        try Screen("verify-refused").expect(run.errorText)
    }

    @Test func `a key with a line end`() async throws {
        let check = try await User().checks("healthy", vendor: "vercel", key: Self.key + "\n")
        try Screen("key-malformed").expect(check.page)
    }

    @Test func `the first screen without any key`() async throws {
        let run = try await User().runs()
        #expect(run.output == [])
        try Screen("first").expect(run.errorText)
    }

    @Test func `the first screen with a near miss and a file beside it`() async throws {
        let user = try User()
        try user.writes("OPENAI_API_KEY=sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5\n", to: ".env")
        let run = try await user.runs([], with: ["AI_GATEWAY_KEY": Self.key])
        try Screen("first-near-miss").expect(run.errorText)
    }

    @Test func `a key in the place of a target`() async throws {
        let run = try await User().runs("check", Self.key)
        try Screen("key-as-target").expect(run.errorText)
    }

    @Test func `masks leave the words alone and join what their length could break`() {
        let text =
            "  [1] GET /v1: 200\n        2026-11-20T10:47:25.322Z, 13 ms\n        x-vercel-id: fra1::iad1::a0-17-a0b7\n          (edge fra1)\n  http://127.0.0.1:8080/v1"
        #expect(
            Screen.masked(text) == "  [1] GET /v1: 200\n        TIME, N ms x-vercel-id: VERCEL-ID (edge fra1)\n  http://127.0.0.1:PORT/v1")
        #expect(Screen.masked("4 models, 12 tokens\n") == "4 models, 12 tokens\n")
    }
}
