import SondeSimulator
import Testing

/// The founding guide to the 403 of OpenAI, and its neighbors.
struct OpenAIFoundingTests {
    @Test func `an invalid key is rejected`() async throws {
        let check = try await User().checks("openai-bad-key")
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "key_rejected")
        #expect(check.verdict.confidence == "certain")
        #expect(check.verdict.owner == "you")
        #expect(check.prose.contains("env:SERVICE_KEY"))
        // OpenAI repeats the ends of a key; whoever reads the page knows them, but need not show them around.
        #expect(!check.page.contains("9JzLg") && !check.page.contains("YdJzLg"))
    }

    @Test func `an exhausted quota is about money, not about the rate`() async throws {
        let check = try await User().checks("openai-no-quota")
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "billing_blocked")
        #expect(check.verdict.reason == "insufficient_quota")
        #expect(check.verdict.confidence == "certain")
        #expect(check.verdict.owner == "account_admin")
        #expect(!check.verdict.retryable)
        #expect(check.prose.contains("It is not a rate limit"))
        // What no waiting mends is not tried again.
        #expect(check.requests.count { $0.method == "POST" } == 1)
    }

    @Test func `another organization's header is a mismatch, and the header is named`() async throws {
        let check = try await User().checks("openai-wrong-org", "--org", "org-DEMO4wrong5organization6")
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "org_mismatch")
        #expect(check.verdict.owner == "you")
        #expect(check.prose.contains("OpenAI-Organization"))
        #expect(
            check.requests.allSatisfy {
                $0.header("openai-organization") == "org-DEMO4wrong5organization6" || $0.credential?.contains("SONDE0CONTROL") == true
            })
        // The organization is nobody's business in a report that is passed on.
        #expect(!check.page.contains("org-DEMO4wrong5organization6"))
    }

    @Test func `the same key without that header works`() async throws {
        let check = try await User().checks("openai-wrong-org")
        #expect(check.finished.status == 0)
        #expect(check.verdict.cause == "healthy")
    }

    @Test func `an organization in the variable that clients read is sent, and named as the place to look`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("openai-wrong-org")))
        defer { service.stop() }
        let check = try await User().checks(service, with: ["OPENAI_ORG_ID": "org-DEMO4wrong5organization6"])
        #expect(check.verdict.cause == "org_mismatch")
        #expect(check.prose.contains("OPENAI_ORG_ID"))
    }

    @Test func `a country that is refused is a matter of the network, and another way out works`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("region-blocked")))
        defer { service.stop() }
        let refused = try await User().checks(service)
        #expect(refused.finished.status == 1)
        #expect(refused.verdict.cause == "region_blocked")
        #expect(refused.verdict.owner == "network")
        #expect(refused.verdict.confidence == "certain")
        let served = try await User().checks(service, "--interface", "127.0.0.2")
        #expect(served.finished.status == 0)
        #expect(served.verdict.cause == "healthy")
        #expect(served.requests.contains { $0.source == "127.0.0.2" })
    }

    @Test func `a restricted key lacks a permission, and the scope is named`() async throws {
        let check = try await User().checks("openai-missing-scope")
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "permission_denied")
        #expect(check.verdict.reason == "missing_scope")
        #expect(check.verdict.owner == "account_admin")
        #expect(check.verdict.summary.contains("model.request"))
        #expect(check.prose.contains("model.request"))
        #expect(check.verdict.excluded.contains("key_rejected"))
    }

    @Test func `an organization that is not verified is denied, and the admin can mend it`() async throws {
        let check = try await User().checks("openai-unverified")
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "account_denied")
        #expect(check.verdict.owner == "account_admin")
    }
}
