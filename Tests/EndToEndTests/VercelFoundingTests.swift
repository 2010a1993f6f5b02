import SondeSimulator
import Testing

/// The founding texts about the AI Gateway of Vercel, as a user runs into them.
struct VercelFoundingTests {
    @Test func `a barred account is denied, certainly, and the page says what to do and what to send`() async throws {
        let check = try await User().checks("vercel-account-denied")
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "account_denied")
        #expect(check.verdict.confidence == "certain")
        #expect(check.verdict.owner == "vendor_support")
        #expect(!check.verdict.retryable)
        // The key is recognized, and what proves it is the made-up one, not the list.
        #expect(check.verdict.argument.contains("The key is recognized: "))
        #expect(check.verdict.argument.contains("a made-up one 401"))
        #expect(
            check.verdict.excluded.isSuperset(of: [
                "key_rejected", "key_malformed", "model_unavailable", "connect_failure", "wrong_endpoint",
            ]))
        // When to stop, and what to send.
        #expect(check.prose.contains("stop"))
        #expect(check.prose.contains("lifts an account block"))
        #expect(check.prose.contains("x-vercel-id"))
        #expect(check.page.contains(/\[\d\] GET \/v1\/credits: 403/))
        #expect(check.page.contains(/\[\d\] POST \/v1\/chat\/completions: 403/))
        #expect(check.page.contains("access_denied"))
        #expect(check.page.contains("fra1::"))
        #expect(check.page.contains(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/))
        #expect(check.page.hasSuffix("sonde: fail (exit 1): 127.0.0.1:\(check.port) is account_denied\n"))
        // Three requests and one for control, which alone carries the made-up key.
        #expect(
            check.requests.map(\.line).sorted() == ["GET /v1/credits", "GET /v1/credits", "GET /v1/models", "POST /v1/chat/completions"])
        #expect(check.requests.count { $0.credential?.hasPrefix("Bearer vck_SONDE0CONTROL0NOT0A0KEY") == true } == 1)
    }

    @Test func `headers of a Next.js site on every answer do not make the gateway a wrong endpoint`() async throws {
        // They are normal there: the founding texts took them for a wrong base URL.
        let service = try Simulator.start(scenario: .barredAccountBehindNextJS)
        defer { service.stop() }
        let check = try await User().checks(service)
        #expect(check.requests.count == 4)
        #expect(check.verdict.cause == "account_denied")
        #expect(check.verdict.confidence == "certain")
        #expect(check.verdict.excluded.contains("wrong_endpoint"))
        #expect(!check.page.contains("base URL"))
    }

    @Test(arguments: [404, 200])
    func `a Next.js page in place of the API is a wrong endpoint, with the address to use`(status: Int) async throws {
        let service = try Simulator.start(scenario: .nextJSPage(status: status))
        defer { service.stop() }
        let check = try await User().checks(service)
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "wrong_endpoint")
        #expect(check.verdict.owner == "you")
        #expect(check.verdict.advice.contains("https://ai-gateway.vercel.sh/v1"))
        #expect(check.prose.contains("https://ai-gateway.vercel.sh/v1"))
    }

    @Test func `the site that stands at a wrong host on Vercel is told apart from the API`() async throws {
        let check = try await User().checks("vercel-wrong-host")
        #expect(check.verdict.cause == "wrong_endpoint")
        #expect(check.verdict.advice.contains("https://ai-gateway.vercel.sh/v1"))
    }

    @Test func `a made-up key is rejected although the public list answers it`() async throws {
        let check = try await User().checks("healthy", vendor: "vercel", key: "vck_NOBODYmQ7wZ3xR9tB2kL5pV8nC4jH6gF1dS0aY")
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "key_rejected")
        #expect(check.verdict.owner == "you")
        #expect(check.report.targets[0].check("auth")?.outcome == "fail")
        #expect(check.report.targets[0].check("reachability")?.outcome == "pass")
        #expect(!check.prose.contains("key is recognized"))
        #expect(!check.prose.contains("accepts the key"))
        #expect(check.prose.contains("its 200 says nothing about the key"))
    }

    @Test(arguments: [
        ("vercel-no-credit", "insufficient_funds"), ("vercel-card-required", "card_required"),
        ("vercel-free-tier-model", "free_tier_model"),
    ])
    func `money is the account admin's business, whatever it is that lacks`(scenario: String, reason: String) async throws {
        let check = try await User().checks(scenario)
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "billing_blocked")
        #expect(check.verdict.reason == reason)
        #expect(check.verdict.owner == "account_admin")
        #expect(check.report.targets[0].check("billing")?.outcome == "fail")
        #expect(check.report.targets[0].check("auth")?.outcome == "pass")
    }

    @Test func `a healthy gateway costs three requests and shows the balance`() async throws {
        let check = try await User().checks("healthy", vendor: "vercel")
        #expect(check.finished.status == 0)
        #expect(check.verdict.cause == "healthy")
        #expect(check.requests.map(\.line).sorted() == ["GET /v1/credits", "GET /v1/models", "POST /v1/chat/completions"])
        #expect(check.report.targets[0].checks.allSatisfy { $0.outcome == "pass" })
        #expect(check.report.targets[0].check("billing")?.summary.contains(/\d+\.\d+ (USD )?left/) == true)
    }
}
