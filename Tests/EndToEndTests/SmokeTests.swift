import Testing
struct SmokeTests {
    @Test func `it runs`() async throws {
        let user = try User()
        let a = try await user.runs("--version")
        #expect(a.status == 0 && a.text.hasPrefix("sonde "))
        let t = try await user.runs(["demo", "healthy"], on: .terminal(columns: 80))
        print(t.text, t)
        let c = try await user.checks("vercel-account-denied")
        print(c.page, c.report, c.requests.count)
    }
}
