import OpenAICompatibleProvider
import OpenAIProvider
import Sonde
import SondeJSON
import TestSupport
import Testing

/// The cases that started the project come out right by general mechanism.
@Suite struct FoundingCaseTests {
    private let denied = Rehearsal.Reply.error(
        403, message: "Forbidden.", type: "access_denied", ["x-vercel-id": "fra1::iad1::abcde-1763630000123-0123456789ab"])

    private func vercel(key: String? = "vck_4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0Pw", _ reply: (Probe, Int) -> Rehearsal.Reply) throws -> Rehearsal {
        try Rehearsal(Contract.target("vercel", key: key, model: "openai/gpt-5.4-nano"), reply: reply)
    }

    private func openai(scopes: [String: String] = [:], _ reply: (Probe, Int) -> Rehearsal.Reply) throws -> Rehearsal {
        try Rehearsal(Contract.target("openai", key: "sk-proj-4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0Pw", scopes: scopes), reply: reply)
    }

    private func barred(_ headers: [String: String]) throws -> Rehearsal {
        try vercel { probe, _ in
            switch probe.kind {
            case .models: .models("openai/gpt-5.4-nano", headers: headers)
            case .badKey: .error(401, message: "Invalid API key", type: "authentication_error", headers)
            default: .error(403, message: "Forbidden.", type: "access_denied", headers)
            }
        }
    }

    @Test func `a barred account is account_denied, certain, and a matter for support`() throws {
        let run = try barred(["x-vercel-id": "fra1::iad1::abcde-1763630000123-0123456789ab"])
        #expect(run.verdict.cause == .accountDenied)
        #expect(run.verdict.confidence == .certain)
        #expect(run.verdict.owner == .vendorSupport)
        #expect(!run.verdict.isRetryable)
        #expect(run.followUps == [Probe(.badKey, endpoint: .key)])
        #expect(run.outcome("auth") == .pass)
        #expect(run.outcome("reachability") == .pass)
        #expect(run.outcome("inference") == .fail)
        let because = run.verdict.because.map(\.text).joined(separator: "\n")
        #expect(because.contains("recognized"))
        #expect(because.contains("403 access_denied “Forbidden.”"))
        #expect(because.contains("401 authentication_error"))
        let steps = run.verdict.nextSteps.joined(separator: "\n")
        #expect(steps.contains("stop"))
        for word in ["status codes", "redacted body", "time", "x-vercel-id", "private"] { #expect(steps.contains(word), "\(word)") }
        let ruledOut = Set(run.verdict.ruledOut.flatMap(\.causes))
        #expect(
            ruledOut.isSuperset(of: [
                .keyRejected, .keyMalformed, .dnsFailure, .connectFailure, .tlsFailure, .wrongEndpoint, .modelUnavailable,
            ]))
        #expect(!ruledOut.contains(.accountDenied))
    }

    @Test func `headers of a Next.js application are normal on the gateway and change nothing`() throws {
        let plain = try barred(["x-vercel-id": "fra1::iad1::abcde-1763630000123-0123456789ab"])
        let next = try barred([
            "x-vercel-id": "fra1::iad1::abcde-1763630000123-0123456789ab", "vary": "rsc, next-router-state-tree, next-router-prefetch",
            "x-matched-path": "/v1/chat/completions", "x-vercel-cache": "MISS", "server": "Vercel",
        ])
        #expect(next.verdict == plain.verdict)
    }

    @Test func `a page that is not the API is the wrong endpoint, and the right base URL is named`() throws {
        for (status, title) in [(404, "404: This page could not be found."), (200, "My dashboard")] {
            let target = try Contract.target(
                "vercel", key: "vck_4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0Pw", model: "openai/gpt-5.4-nano",
                baseURL: "https://ai-gateway.vercel.sh/api")
            let run = try Rehearsal(target) { _, _ in .page(status, title: title, ["vary": "rsc", "x-matched-path": "/404"]) }
            #expect(run.verdict.cause == .wrongEndpoint, "\(status)")
            #expect(run.verdict.nextSteps.contains { $0.contains("https://ai-gateway.vercel.sh/v1") }, "\(status)")
            #expect(run.outcome("reachability") == .fail)
        }
    }

    @Test func `a public list that answers does not make a made-up key known`() throws {
        let run = try vercel(key: "vck_0000MadeUp0000MadeUp0000") { probe, _ in
            probe.kind == .models ? .models("openai/gpt-5.4-nano") : .error(401, message: "Invalid API key", type: "authentication_error")
        }
        #expect(run.verdict.cause == .keyRejected)
        #expect(run.verdict.confidence == .certain)
        #expect(run.outcome("auth") == .fail)
        let texts = run.verdict.because.map(\.text) + run.verdict.ruledOut.map(\.text) + run.checks.map(\.summary) + [run.verdict.summary]
        #expect(!texts.contains { $0.contains("recognize") })
        #expect(run.verdict.because.contains { $0.law == "public-list" })
    }

    @Test func `no credit is billing, and the balance stands beside it`() throws {
        let run = try vercel { probe, _ in
            switch probe.kind {
            case .models: .models("openai/gpt-5.4-nano")
            case .key: .json(200, ["balance": "0", "total_used": "4.99"])
            default: .error(402, message: "Insufficient funds. Please add credits to your account.", type: "insufficient_funds")
            }
        }
        #expect(run.verdict.cause == .billingBlocked)
        #expect(run.verdict.confidence == .certain)
        #expect(run.verdict.owner == .accountAdmin)
        #expect(run.checks.first { $0.id == "billing" }?.summary.contains("0.00 USD") == true)
    }

    @Test func `an invalid key is key_rejected`() throws {
        let run = try openai { _, _ in
            .error(401, message: "Incorrect API key provided: sk-proj-****5Pw.", type: "invalid_request_error", code: "invalid_api_key")
        }
        #expect(run.verdict.cause == .keyRejected)
        #expect(run.verdict.confidence == .certain)
        #expect(run.verdict.owner == .you)
    }

    @Test func `no quota is billing and not a rate limit, and is not tried again`() throws {
        let run = try openai { probe, _ in
            probe.kind == .models
                ? .models("gpt-5.4-nano")
                : .error(
                    429, message: "You exceeded your current quota, please check your plan and billing details.",
                    type: "insufficient_quota", code: "insufficient_quota")
        }
        #expect(run.verdict.cause == .billingBlocked)
        #expect(!run.verdict.isRetryable)
        #expect(run.exchanges.allSatisfy { $0.attempt == 1 })
    }

    @Test func `an organization mismatch names the header`() throws {
        let run = try openai(scopes: ["organization": "org-other"]) { _, _ in
            .error(
                401, message: "OpenAI-Organization header should match organization for API key", type: "invalid_request_error",
                code: "mismatched_organization")
        }
        #expect(run.verdict.cause == .orgMismatch)
        #expect(run.verdict.summary.contains("OpenAI-Organization"))
        #expect(run.verdict.nextSteps.contains { $0.contains("OPENAI_ORG_ID") })
    }

    @Test func `a project mismatch names the project's header, not the organization's`() throws {
        let run = try openai(scopes: ["organization": "org-right", "project": "proj_other"]) { _, _ in
            .error(
                401, message: "OpenAI-Project header should match project for API key", type: "invalid_request_error",
                code: "mismatched_project")
        }
        #expect(run.verdict.cause == .orgMismatch)
        #expect(run.verdict.summary.contains("OpenAI-Project"))
    }

    @Test func `an unsupported country is region_blocked, and neither key nor credit is blamed`() throws {
        let run = try openai { _, _ in
            .error(
                403, message: "Country, region, or territory not supported", type: "request_forbidden",
                code: "unsupported_country_region_territory")
        }
        #expect(run.verdict.cause == .regionBlocked)
        #expect(run.verdict.owner == .network)
        #expect(run.followUps.map(\.kind) == [.edgeTrace])
    }

    @Test func `a missing scope is permission_denied and named`() throws {
        let run = try openai { probe, _ in
            probe.kind == .models
                ? .models("gpt-5.4-nano")
                : .error(
                    401,
                    message:
                        "You have insufficient permissions for this operation. Missing scopes: model.request. Check that you have the correct role",
                    type: "invalid_request_error", code: "missing_scope")
        }
        #expect(run.verdict.cause == .permissionDenied)
        #expect(run.verdict.reason == "missing_scope")
        #expect(run.verdict.summary.contains("model.request"))
        #expect(run.verdict.nextSteps.contains { $0.contains("model.request") })
    }

    @Test func `a restricted key that may not list models but infers is healthy`() throws {
        let run = try openai { probe, _ in
            probe.kind == .models
                ? .error(403, message: "Missing scopes: api.model.read", code: "missing_scope") : .completion(model: "gpt-5.4-nano")
        }
        #expect(run.verdict.cause == .healthy)
        #expect(run.outcome("auth") == .pass)
        #expect(run.followUps.isEmpty)
    }

    @Test func `an unverified organization is the account admin's matter`() throws {
        let run = try openai { probe, _ in
            probe.kind == .models
                ? .models("o3") : .error(404, message: "Your organization must be verified to use the model `o3`.", code: "model_not_found")
        }
        #expect(run.verdict.cause == .accountDenied)
        #expect(run.verdict.owner == .accountAdmin)
    }

    @Test func `an endpoint that ignores keys is healthy and proves nothing`() throws {
        let target = try Contract.target("openai-compatible", key: nil, baseURL: "http://127.0.0.1:11434/v1")
        let run = try Rehearsal(target) { probe, _ in probe.endpoint == .models ? .models("llama3.2") : .completion(model: "llama3.2") }
        #expect(run.verdict.cause == .healthy)
        #expect(run.outcome("auth") == .skip)
        #expect(run.checks.first { $0.id == "auth" }?.summary.contains("nothing is proven") == true)
        let keyed = try Rehearsal(Contract.target("openai-compatible", key: "anything", baseURL: "http://127.0.0.1:11434/v1")) { probe, _ in
            probe.endpoint == .models ? .models("llama3.2") : .completion(model: "llama3.2")
        }
        #expect(keyed.outcome("auth") == .skip)
    }

    @Test func `reasoning that ate the budget is healthy`() throws {
        let run = try openai { probe, _ in
            probe.kind == .models ? .models("gpt-5.4-nano") : .completion(model: "gpt-5.4-nano", text: "", finish: "length")
        }
        #expect(run.verdict.cause == .healthy)
    }

    @Test func `a token for which the proof endpoint is no proof is judged by inference`() throws {
        let run = try vercel(key: "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ0ZWFtIn0.c2lnbmF0dXJl") { probe, _ in
            switch probe.kind {
            case .models: .models("openai/gpt-5.4-nano")
            case .key: .error(401, type: "authentication_error")
            default: .completion(model: "openai/gpt-5.4-nano")
            }
        }
        #expect(run.verdict.cause == .healthy)
        #expect(run.outcome("auth") == .pass)
    }

    @Test func `a mended second attempt is healthy with a warning`() throws {
        let run = try openai { probe, attempt in
            probe.kind == .models
                ? .models("gpt-5.4-nano") : attempt == 1 ? .error(503, type: "server_error") : .completion(model: "gpt-5.4-nano")
        }
        #expect(run.verdict.cause == .healthy)
        #expect(run.outcome("inference") == .warn)
        #expect(run.verdict.because.contains { $0.law == "passed-on-retry" })
    }
}
