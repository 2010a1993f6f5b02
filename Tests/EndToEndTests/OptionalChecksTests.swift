import Foundation
import SondeSimulator
import Testing

/// The checks that are answered on request only, and what they measure, with the built tool.
struct OptionalChecksTests {
    /// A service like the healthy one whose streamed answer is this.
    private func service(streaming answer: [String: Any]) throws -> Simulator {
        let key = try #require(Scenario.builtIn("stream-cut")?.key)
        return try Simulator.start(
            scenario: Scenario([
                "name": "stream", "summary": "A stream.", "vendor": "openai", "base_path": "/v1", "key": key, "model": "gpt-5.4-nano",
                "expect": "healthy", "otherwise": "healthy",
                "routes": [
                    ["method": "POST", "path": "/v1/chat/completions", "when": ["key": "valid", "stream": true], "answer": answer]
                ],
            ]))
    }

    private func piece(_ text: String) -> [String: Any] { ["data": ["choices": [["index": 0, "delta": ["content": text]]]]] }

    private func streaming(_ answer: [String: Any], _ options: String...) async throws -> CheckedService {
        let service = try service(streaming: answer)
        defer { service.stop() }
        return try await User().checks(service, ["--with", "streaming", "--retry", "0"] + options)
    }

    private func body(_ check: CheckedService, _ probe: String, _ user: User) throws -> [String: Any] {
        let bytes = try #require(user.bytes(of: "report.json"))
        let report = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let target = try #require((report["targets"] as? [[String: Any]])?.first)
        let exchange = (target["exchanges"] as? [[String: Any]])?.first { $0["probe"] as? String == probe }
        return try #require((exchange?["response"] as? [String: Any])?["body"] as? [String: Any])
    }

    @Test func `nothing more than usual is sent unless it is asked for`() async throws {
        let check = try await User().checks("healthy", vendor: "openai")
        #expect(check.requests.map(\.line) == ["GET /v1/models", "POST /v1/chat/completions"])
        #expect(check.report.targets[0].check("streaming") == nil)
    }

    @Test func `a healthy service passes all three, and the report has the measured values`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let user = try User()
        let check = try await user.checks(service, "--with", "streaming,responses,embeddings", vendor: "openai")
        #expect(check.finished.status == 0)
        for id in ["streaming", "responses", "embeddings"] { #expect(check.report.targets[0].check(id)?.outcome == "pass", "\(id)") }
        let lines = [
            "GET /v1/models", "POST /v1/chat/completions", "POST /v1/chat/completions", "POST /v1/embeddings", "POST /v1/responses",
        ]
        #expect(check.requests.map(\.line).sorted() == lines)
        let stream = try #require(try body(check, "streaming", user)["stream"] as? [String: Any])
        // The first piece comes 20 ms after the head; how far the next is behind it depends on how busy this machine is.
        #expect(try #require(stream["time_to_first_token_ms"] as? Double) >= 20)
        #expect(try #require(stream["generation_ms"] as? Double) >= 0)
        #expect(stream["tokens"] as? Int == 2)
        #expect(try (body(check, "embeddings", user)["embedding"] as? [String: Any])?["dimensions"] as? Int == 4)
        #expect(check.prose.contains("first token after"))
    }

    @Test func `the smallest limit of the Responses API is sixteen, and a stream asks what it cost`() async throws {
        let check = try await User().checks("healthy", "--with", "streaming,responses", vendor: "openai")
        let bodies = check.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies.contains { $0.contains("\"max_output_tokens\":16") })
        #expect(bodies.contains { $0.contains("\"stream\":true") && $0.contains("\"include_usage\":true") })
    }

    @Test func `a stream that ends early fails, with next steps`() async throws {
        let check = try await User().checks("stream-cut", "--with", "streaming")
        #expect(check.finished.status == 5, "it may pass later")
        #expect(check.verdict.cause == "response_invalid")
        #expect(check.report.targets[0].check("inference")?.outcome == "pass")
        #expect(check.prose.contains("the stream ended after 2 events, without a finish reason and without [DONE]"))
        #expect(check.verdict.advice.contains("--route direct"))
    }

    @Test func `a connection that is cut within a stream is found`() async throws {
        let check = try await streaming(["events": [piece("One"), piece(", two")], "fault": ["kind": "cut", "at": "body"]])
        #expect(check.report.targets[0].check("streaming")?.outcome == "fail")
        #expect(check.verdict.cause == "response_invalid")
        #expect(check.verdict.reason == "answer_cut_off")
    }

    @Test func `events that cannot be read are found`() async throws {
        let check = try await streaming(["events": [piece("One"), ["data": "{\"choices\": ["], ["data": "[DONE]"]]])
        #expect(check.report.targets[0].check("streaming")?.summary == "1 of 2 events cannot be read")
        #expect(check.verdict.reason == "broken_events")
        #expect(check.finished.status == 1)
    }

    @Test func `an error within a stream is read as any refusal`() async throws {
        let error: [String: Any] = [
            "data": ["error": ["message": "You exceeded your current quota.", "type": "insufficient_quota", "code": "insufficient_quota"]]
        ]
        let check = try await streaming(["events": [piece("One"), error]])
        #expect(check.verdict.cause == "billing_blocked")
        #expect(check.report.targets[0].check("streaming")?.summary.hasPrefix("an error within the stream: 200 insufficient_quota") == true)
    }

    @Test func `a plain body in place of a stream is a warning`() async throws {
        let answer: [String: Any] = ["choices": [["index": 0, "message": ["content": "One, two"], "finish_reason": "length"]]]
        let check = try await streaming(["body": answer])
        #expect(check.finished.status == 0)
        #expect(check.report.targets[0].check("streaming")?.outcome == "warn")
        #expect(check.verdict.cause == "healthy")
    }

    @Test(arguments: ["stream-cut", "healthy"])
    func `the report of a stream gives its own verdict and checks again`(scenario: String) async throws {
        let user = try User()
        let service = try Simulator.start(scenario: #require(Scenario.builtIn(scenario)))
        defer { service.stop() }
        let check = try await user.checks(service, "--with", "streaming,responses,embeddings", vendor: "openai")
        _ = try await user.runs("explain", "report.json", "-o", "json=again.json")
        let again = try ReportFacts(#require(user.bytes(of: "again.json")))
        #expect(again.targets[0].verdict.cause == check.verdict.cause)
        #expect(again.targets[0].checks.map(\.summary) == check.report.targets[0].checks.map(\.summary))
    }

    @Test func `only one of them can be asked, and no-inference keeps them from being sent`() async throws {
        let only = try await User().checks("healthy", "--only", "embeddings", vendor: "openai")
        #expect(only.report.targets[0].checks.map(\.id) == ["embeddings"])
        #expect(only.requests.map(\.line) == ["GET /v1/models", "POST /v1/embeddings"])
        let free = try await User().checks("healthy", "--with", "streaming", "--no-inference", vendor: "openai")
        #expect(free.requests.map(\.line) == ["GET /v1/models"])
        #expect(free.report.targets[0].check("streaming")?.summary == "not asked for (--no-inference)")
    }

    // MARK: What is asked, and what is not

    @Test func `who asks only for reachability is sent no made-up key`() async throws {
        let check = try await User().checks("vercel-account-denied", "--only", "reachability")
        #expect(check.requests.allSatisfy { $0.credential?.contains("SONDE0CONTROL") != true })
        let auth = try await User().checks("vercel-account-denied", "--only", "auth")
        #expect(auth.requests.contains { $0.credential?.contains("SONDE0CONTROL") == true })
    }

    @Test func `the step after a check without inference names the option that left it out`() async throws {
        let skipped = try await User().checks("healthy", "--skip", "inference", vendor: "vercel")
        #expect(skipped.verdict.advice.contains("with inference among its checks (--only, --skip)"))
        let none = try await User().checks("healthy", "--no-inference", vendor: "vercel")
        #expect(none.verdict.advice.contains("without --no-inference"))
    }

    @Test func `a dry run in JSON lists every request with its cost, a line a target in ndjson`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let arguments = [
            "check", service.baseURL, "--vendor", "vercel", "--key", "env:SERVICE_KEY", "--dry-run", "--with", "streaming,embeddings",
        ]
        let run = try await User().runs(arguments + ["--format", "json"], with: ["SERVICE_KEY": Scenario.gatewayKey])
        #expect(run.status == 0)
        #expect(service.requests.isEmpty)
        let plan = try #require(JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
        #expect(plan["dry_run"] as? Bool == true)
        let requests = try #require((plan["targets"] as? [[String: Any]])?.first?["requests"] as? [[String: Any]])
        #expect(requests.map { $0["probe"] as? String } == ["models", "key", "inference", "streaming", "embeddings"])
        #expect(requests.map { $0["paid"] as? Bool } == [false, false, true, true, true])
        #expect(
            requests.last?["cost"] as? String == "paid: about 2 tokens, model openai/text-embedding-3-small, priced in the list of models")
        let lines = try await User().runs(arguments + ["--format", "ndjson"], with: ["SERVICE_KEY": Scenario.gatewayKey])
        #expect(lines.text.split(separator: "\n").count == 1)
    }
}
