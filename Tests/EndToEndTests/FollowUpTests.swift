import SondeSimulator
import TestSupport
import Testing

/// Requests beyond the baseline, counted: those that a failure needs, and no more.
struct FollowUpTests {
    // MARK: Paths

    @Test func `a base URL without its path is certain, and the one to use is named`() async throws {
        let service = try Simulator.start(
            scenario: .asked(
                basePath: "", [["path": ["/models", "/chat/completions", "/api/*", "/openai/*"], "answer": Answer.page(404, "Not here")]]))
        defer { service.stop() }
        let check = try await User().checks(service)
        #expect(check.finished.status == 1)
        #expect(check.verdict.cause == "wrong_endpoint")
        #expect(check.verdict.confidence == "certain")
        #expect(check.prose.contains("Use the base URL http://127.0.0.1:\(service.port)/v1: the API answers there."))
        #expect(
            check.requests.map(\.line).sorted() == [
                "GET /api/v1/models", "GET /models", "GET /openai/v1/models", "GET /v1/models", "POST /chat/completions",
            ])
        #expect(check.withKey.count == 5)
    }

    // MARK: Another API

    @Test func `another API is asked only where a made-up key may not be`() async throws {
        let decided = try await User().checks("vercel-account-denied")
        #expect(!decided.requests.contains { $0.path == "/v1/responses" })
        let open = try await User().checks("vercel-account-denied", "--no-control")
        #expect(open.requests.count { $0.path == "/v1/responses" } == 1)
        #expect(open.requests.count == 4)
        #expect(open.verdict.cause == "account_denied")
        #expect(open.verdict.because.contains { $0.law == "account-not-api" })
    }

    // MARK: Forms and models

    @Test func `a token limit in another form is learned from the refusal, and costs one more request`() async throws {
        let refused = Answer.refusal(
            400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            code: "unsupported_parameter")
        let service = try Simulator.start(
            scenario: .asked([["method": "POST", "path": "/v1/chat/completions", "when": ["call": 1], "answer": refused]]))
        defer { service.stop() }
        let check = try await User().checks(service)
        #expect(check.finished.status == 0)
        #expect(check.verdict.cause == "healthy")
        #expect(check.report.outcome == "pass")
        #expect(check.report.targets[0].check("inference")?.summary.contains("max_completion_tokens") == true)
        #expect(check.requests.map(\.line).sorted() == ["GET /v1/models", "POST /v1/chat/completions", "POST /v1/chat/completions"])
    }

    @Test func `a probe model that is gone is replaced by one that is listed`() async throws {
        let list: [String: Any] = ["body": ["object": "list", "data": [["id": "old-chat"], ["id": "llama-3.1-8b-instruct"]]]]
        let service = try Simulator.start(
            scenario: .asked([
                ["method": "GET", "path": "/v1/models", "answer": list],
                [
                    "method": "POST", "path": "*", "when": ["model": "old-chat"],
                    "answer": Answer.refusal(404, "The model old-chat does not exist", code: "model_not_found"),
                ],
            ]))
        defer { service.stop() }
        let run = try await User().runs("check", service.baseURL, "--key", "env:SERVICE_KEY", with: ["SERVICE_KEY": Scenario.askedKey])
        #expect(run.status == 0)
        #expect(run.text.contains("Verdict: healthy"))
        #expect(run.text.unwrapped.contains("old-chat, our own choice, is not available; llama-3.1-8b-instruct answers"))
        #expect(service.requests.map(\.line) == ["GET /v1/models", "POST /v1/chat/completions", "POST /v1/chat/completions"])
    }

    // MARK: Aside of the API

    private func checksOwnHost(_ routes: [[String: Any]], _ options: String...) async throws -> CheckedService {
        let service = try Simulator.start(scenario: .asked(routes))
        defer { service.stop() }
        let user = try User()
        try user.writesOwnVendor(at: service)
        return try await user.checks(
            service, ["--vendor-dir", "vendors", "--retry", "0"] + options, vendor: "mine", key: Scenario.askedKey)
    }

    private let region = Answer.refusal(
        403, "Country, region, or territory not supported", code: "unsupported_country_region_territory")

    @Test func `the edge is asked for the country, without the key`() async throws {
        let routes: [[String: Any]] = [
            ["path": "/cdn-cgi/trace", "answer": ["text": "fl=1\nip=203.0.113.7\nloc=KP\ncolo=FRA\n"]], ["path": "*", "answer": region],
        ]
        let check = try await checksOwnHost(routes)
        #expect(check.verdict.cause == "region_blocked")
        #expect(check.prose.contains("sees this request coming from KP"))
        #expect(!check.page.contains("203.0.113.7"))
        let traces = check.requests.filter { $0.path == "/cdn-cgi/trace" }
        #expect(traces.count == 1 && traces.allSatisfy { $0.credential == nil })
        #expect(check.requests.count == 3)
        let shy = try await checksOwnHost(routes, "--no-third-party")
        #expect(shy.requests.count == 2)
    }

    @Test func `the status page is asked about an outage, without the key`() async throws {
        let routes: [[String: Any]] = [
            ["path": "/api/v2/components.json", "answer": ["body": ["components": [["name": "Chat", "status": "major_outage"]]]]],
            ["path": "*", "answer": ["status": 503, "body": ["error": ["message": "Sorry.", "type": "server_error"]]]],
        ]
        let check = try await checksOwnHost(routes)
        #expect(check.verdict.cause == "provider_outage")
        #expect(check.verdict.confidence == "certain")
        #expect(check.prose.contains("status page reports Chat: major outage"))
        let pages = check.requests.filter { $0.path == "/api/v2/components.json" }
        #expect(pages.count == 1 && pages.allSatisfy { $0.credential == nil })
        #expect(check.requests.count == 3)
        let shy = try await checksOwnHost(routes, "--no-third-party")
        #expect(shy.requests.count == 2)
        #expect(shy.verdict.confidence == "likely")
    }

    @Test func `a dry run lists every follow-up with its cost and whom it asks, and sends nothing`() async throws {
        let run = try await User().runs(
            "check", "openai", "--dry-run", with: ["OPENAI_API_KEY": "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5"])
        #expect(run.status == 0)
        let prose = run.text.unwrapped
        for line in [
            "bad-key (free, https://api.openai.com)", "other-model (paid: one more request of the same size, https://api.openai.com)",
            "other-api (paid: one more request of the same size, https://api.openai.com)", "edge-trace (free, https://api.openai.com)",
            "status-page (free, https://status.openai.com)",
        ] {
            #expect(prose.contains(line), "\(line)")
        }
        let shy = try await User().runs(
            "check", "openai", "--dry-run", "--no-third-party", with: ["OPENAI_API_KEY": "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5"])
        #expect(!shy.text.contains("status.openai.com"))
    }
}
