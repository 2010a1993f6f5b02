import Foundation
import SondeSimulator
import Testing

/// A comparison takes as long as its slowest combination: all are asked at the same time.
struct ComparedTimeTests {
    private struct Document: Decodable {
        struct Target: Decodable { var duration_ms: Double }
        var duration_ms: Double
        var targets: [Target]
    }

    /// Answers everybody, and inference after a while.
    private func service(delay: Int) throws -> Simulator {
        let answer: [String: Any] = [
            "id": "chatcmpl-1", "object": "chat.completion", "model": "gpt-5.4-nano",
            "choices": [["index": 0, "message": ["role": "assistant", "content": "ok"], "finish_reason": "stop"] as [String: Any]],
            "usage": ["prompt_tokens": 8, "completion_tokens": 1, "total_tokens": 9],
        ]
        return try Simulator.start(
            scenario: ComparedServices.scenario(
                "slow-\(delay)",
                [
                    ["method": "POST", "path": "*", "answer": ["delay_ms": delay, "body": answer] as [String: Any]],
                    ["path": "/v1/models", "answer": ["body": ["object": "list", "data": [["id": "gpt-5.4-nano", "object": "model"]]]]],
                ]))
    }

    @Test func `two targets, two ways and two keys take as long as the slowest, not as all together`() async throws {
        let user = try User()
        let (slow, quick) = (try service(delay: 1500), try service(delay: 500))
        defer {
            slow.stop()
            quick.stop()
        }
        let targets = [("slow", slow), ("quick", quick)].map { name, service in
            #"{"name": "\#(name)", "vendor": "openai", "base_url": "\#(service.baseURL)", "model": "gpt-5.4-nano"}"#
        }
        let profile = try user.writes("{\"targets\": [\(targets.joined(separator: ","))]}", to: "profile.json")
        let keys = ["slow=env:K1", "slow=env:K2", "quick=env:K1", "quick=env:K2"].flatMap { ["--key", $0] }
        let run = try await user.runs(
            ["compare", "slow", "quick", "--profile", profile, "--route", "direct", "--route", "ipv4", "-o", "json=report.json"] + keys,
            with: ["K1": ComparedServices.key, "K2": ComparedServices.otherKey])
        #expect(run.status == 0, "\(run.text)\(run.errorText)")
        let report = try JSONDecoder().decode(Document.self, from: Data(#require(user.bytes(of: "report.json"))))
        let durations = report.targets.map(\.duration_ms)
        #expect(durations.count == 8)
        let slowest = try #require(durations.max())
        #expect(slowest >= 1500)
        // One after the other it would be their sum, 8 s and more.
        #expect(report.duration_ms < 1.5 * slowest, "\(report.duration_ms) ms; each: \(durations)")
        #expect(durations.reduce(0, +) > 4 * report.duration_ms)
    }
}
