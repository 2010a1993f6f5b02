import SondeJSON
import SondeSimulator
import Testing

/// What each scenario promises in its summary, asked from outside.
@Suite struct ScenarioAnswersTests {
    @Test func `vercel-account-denied refuses credits and inference alike, with the headers of the real gateway`() throws {
        let simulator = try start("vercel-account-denied")
        for answer in [try simulator.credits(), try simulator.chat(), try simulator.ask("POST", "/v4/ai/language-model", body: "{}")] {
            #expect(answer.status == 403)
            #expect(answer.json == ["error": ["message": "Forbidden.", "type": "access_denied"]])
        }
        for answer in [try simulator.models(), try simulator.credits(), try simulator.credits(key: "vck_other")] {
            #expect(answer["vary"]?.hasPrefix("rsc, ") == true)
            #expect(answer["x-matched-path"]?.hasPrefix("/v1/") == true)
            #expect(answer.headers.filter { $0.name.lowercased() == "x-vercel-id" }.count == 1)
            let id = try #require(answer["x-vercel-id"]).split(separator: ":", omittingEmptySubsequences: true)
            #expect(id[..<2] == ["fra1", "iad1"])
            #expect(id[2].split(separator: "-").map(\.count) == [5, 13, 12])
        }
    }

    @Test(arguments: [
        ("vercel-no-credit", 402, "insufficient_funds", "0.00"),
        ("vercel-card-required", 403, "customer_verification_required", "0.00"),
        ("vercel-free-tier-model", 403, "no_providers_available", "4.87"),
    ])
    func `the paying side of Vercel refuses inference and serves the balance`(
        name: String, status: Int, type: String, balance: String
    ) throws {
        let simulator = try start(name)
        #expect(try simulator.credits().json?["balance"]?.stringValue == balance)
        let answer = try simulator.chat()
        #expect(answer.status == status)
        #expect(answer.error?["type"]?.stringValue == type)
    }

    @Test func `vercel-free-tier-model serves the models of the free tier`() throws {
        let simulator = try start("vercel-free-tier-model")
        #expect(try simulator.chat(model: "openai/gpt-5.4-nano").status == 200)
        #expect(try simulator.chat().error?["param"]?["name"] == "RestrictedModelsError")
    }

    @Test func `vercel-wrong-host is a site without an API`() throws {
        let simulator = try start("vercel-wrong-host")
        for answer in [try simulator.models(), try simulator.credits(), try simulator.chat()] {
            #expect(answer.status == 404)
            #expect(answer["content-type"] == "text/html; charset=utf-8")
            #expect(answer["x-matched-path"] == "/404")
            #expect(answer.text.hasPrefix("<!DOCTYPE html>"))
        }
    }

    @Test(arguments: [
        ("openai-bad-key", 401, "invalid_request_error", "invalid_api_key"),
        ("openai-no-quota", 429, "insufficient_quota", "insufficient_quota"),
        ("openai-missing-scope", 401, "invalid_request_error", "missing_scope"),
        ("openai-unverified", 404, "invalid_request_error", "model_not_found"),
        ("region-blocked", 403, "request_forbidden", "unsupported_country_region_territory"),
    ])
    func `OpenAI's refusals have its types and codes`(name: String, status: Int, type: String, code: String) throws {
        let simulator = try start(name)
        let answer = try simulator.chat()
        #expect(answer.status == status)
        #expect(answer.error?["type"]?.stringValue == type)
        #expect(answer.error?["code"]?.stringValue == code)
        #expect(answer["retry-after"] == nil)
        #expect(answer["cf-ray"]?.hasSuffix("-FRA") == true)
    }

    @Test func `openai-unverified serves other models, and openai scenarios want a key`() throws {
        let simulator = try start("openai-unverified")
        #expect(try simulator.chat(model: "gpt-5.4-nano").status == 200)
        #expect(try simulator.models(key: .some(nil)).error?["message"]?.stringValue?.hasPrefix("You didn't provide") == true)
    }

    @Test func `openai-wrong-org refuses the wrong organization only`() throws {
        let simulator = try start("openai-wrong-org")
        #expect(simulator.scenario.arguments.first == "--org")
        let wrong = try simulator.chat(headers: [("OpenAI-Organization", simulator.scenario.arguments[1])])
        #expect(wrong.error?["code"] == "mismatched_organization")
        #expect(try simulator.chat(headers: [("openai-organization", "org-DEMO1right2organization3")]).status == 200)
        #expect(try simulator.chat().status == 200)
    }

    @Test func `region-blocked goes by the caller's address`() throws {
        let simulator = try start("region-blocked")
        #expect(try simulator.models().status == 403)
        #expect(try simulator.models(source: "127.0.0.2").status == 200)
        #expect(try simulator.chat(source: "127.0.0.2").status == 200)
    }

    @Test func `rate-limited recovers after four refusals, for each caller by itself`() throws {
        let simulator = try start("rate-limited")
        for source in ["127.0.0.1", "127.0.0.2"] {
            let statuses = try (1...6).map { _ in try simulator.chat(source: source).status }
            #expect(statuses == [429, 429, 429, 429, 200, 200])
        }
        #expect(try start("rate-limited").chat()["retry-after"] == "1")
    }

    @Test func `flaky fails once for each kind of request`() throws {
        let simulator = try start("flaky")
        #expect(try (1...3).map { _ in try simulator.models().status } == [503, 200, 200])
        let client = try Client(port: simulator.port)
        client.request("POST", "/v1/chat/completions", key: simulator.scenario.key, body: #"{"model": "gpt-5.4-nano"}"#)
        #expect(client.readToEnd() == .reset)
        #expect(client.received.isEmpty)
        #expect(try simulator.chat().status == 200)
    }

    @Test func `outage fails in the API's own words, challenge-page and html-in-200 in a browser's`() throws {
        let outage = try start("outage").models()
        #expect(outage.status == 503 && outage.error?["type"] == "server_error" && outage["x-request-id"] != nil)
        let challenge = try start("challenge-page").chat()
        #expect(challenge.status == 403 && challenge["x-vercel-mitigated"] == "challenge")
        #expect(challenge.text.contains("<title>Vercel Security Checkpoint</title>"))
        let page = try start("html-in-200").chat()
        #expect(page.status == 200 && page.text.hasPrefix("<!DOCTYPE html>"))
    }

    @Test func `stall lists models and then keeps silent`() throws {
        let simulator = try start("stall")
        #expect(try simulator.models().status == 200)
        let client = try Client(port: simulator.port)
        client.request("POST", "/v1/chat/completions", key: simulator.scenario.key, body: "{}")
        #expect(client.isSilent)
        simulator.stop()
        _ = client.readToEnd()
        #expect(client.received.isEmpty)
    }

    @Test func `success statuses without success`() throws {
        let empty = try start("empty-body").chat()
        #expect(empty.status == 200 && empty.body.isEmpty && empty["content-length"] == "0")
        let simulator = try start("error-in-200")
        #expect(try simulator.chat().error?["code"] == 502)
        #expect(try simulator.chat(stream: true).text.hasPrefix(": PROCESSING\n\ndata: {"))
    }

    @Test func `redirect leads to another origin`() throws {
        let answer = try start("redirect").models()
        #expect(answer.status == 308)
        #expect(answer["location"] == "https://api.demo.example/v1/models")
    }

    @Test func `key-ignored serves every key and none`() throws {
        let simulator = try start("key-ignored")
        for key in [nil, "anything", "sk-proj-x"] {
            #expect(try simulator.models(key: .some(key)).status == 200)
            #expect(try simulator.chat(key: .some(key)).status == 200)
        }
        #expect(try simulator.chat(model: "other").error?["message"] == "model 'other' not found")
    }

    @Test func `echoes-key repeats the key in every encoding, in body and headers`() throws {
        let simulator = try start("echoes-key")
        let key = try #require(simulator.scenario.key)
        let answer = try simulator.chat()
        #expect(answer.status == 401)
        #expect(answer["x-echo-plain"] == key)
        #expect(answer.json?["echo"]?["plain"]?.stringValue == key)
        let halves = (answer["x-echo-head"] ?? "") + (answer["x-echo-tail"] ?? "")
        #expect(halves == key)
        let hex = key.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(answer["x-request-id"] == "req_" + hex)
        #expect(answer.error?["message"]?.stringValue?.contains(hex) == true)
        #expect(answer.headers.filter { $0.name.hasPrefix("X-Echo-") }.count == 10)
    }
}
