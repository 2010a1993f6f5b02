import SondeJSON
import SondeSimulator
import Testing

@Suite struct BuiltInTests {
    static let madeUpVercelKey = "vck_SONDE0CONTROL0NOT0A0KEY0123456789"
    static let madeUpOpenAIKey = "sk-proj-SONDE0CONTROL0NOT0A0KEY0123456789"

    @Test func `every scenario of the list loads and is named as its file`() throws {
        #expect(Scenario.builtInNames.count == 24)
        #expect(Scenario.builtIn.map(\.name) == Scenario.builtInNames)
        for name in Scenario.builtInNames {
            let bytes = try #require(Scenario.builtInBytes(name))
            #expect(throws: Never.self, "\(name)") { try Scenario(parsing: bytes) }
        }
    }

    @Test func `every scenario speaks to people in one sentence and has a key that says it is none`() {
        for scenario in Scenario.builtIn {
            #expect(scenario.summary.hasSuffix(".") && scenario.summary.count <= 120, "\(scenario.name)")
            #expect(scenario.key?.contains("DEMO") ?? (scenario.name == "key-ignored"), "\(scenario.name)")
            #expect(scenario.basePath == "/v1", "\(scenario.name)")
        }
    }

    @Test func `a mistyped name finds the one that was meant`() {
        #expect(Scenario.builtIn("vercel-acount-denied") == nil)
        #expect(Scenario.closestBuiltInName(to: "vercel-acount-denied") == "vercel-account-denied")
        #expect(Scenario.closestBuiltInName(to: "weather") == nil)
    }

    @Test func `healthy serves each of its callers in their own dialect`() throws {
        let simulator = try start("healthy")
        #expect(simulator.scenario.callers.map(\.vendor) == ["vercel", "openai", "openai-compatible"])
        for caller in simulator.scenario.callers {
            let listed = try simulator.models(key: caller.key).json?["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue }
            #expect(listed?.contains(caller.model) == true, "\(caller.vendor)")
            let answer = try simulator.chat(key: caller.key, model: caller.model)
            #expect(answer.status == 200)
            #expect(answer.json?["choices"]?[0]?["message"]?["content"] == "OK")
            #expect(answer.json?["model"]?.stringValue == caller.model)
            #expect(try #require(answer.json?["created"]?.intValue) > 1_700_000_000)
            #expect(try simulator.chat(key: caller.key, model: "no-such-model").status == 404)
            #expect(try simulator.chat(key: caller.key.map { $0 + "x" }, model: caller.model).status == 401)
        }
        #expect(try simulator.credits().json == ["balance": "95.50", "total_used": "4.50"])
    }

    @Test func `healthy answers responses and embeddings`() throws {
        let simulator = try start("healthy")
        let responses = try simulator.ask("POST", "/v1/responses", body: #"{"model": "openai/gpt-5.4-nano", "input": "Hi"}"#)
        #expect(responses.json?["output"]?[0]?["content"]?[0]?["text"] == "OK")
        let embeddings = try simulator.ask(
            "POST", "/v1/embeddings", body: #"{"model": "openai/text-embedding-3-small", "input": "Hi"}"#)
        #expect(embeddings.json?["data"]?[0]?["embedding"]?.arrayValue?.count == 4)
    }

    @Test func `healthy streams server-sent events to those who ask`() throws {
        let simulator = try start("healthy")
        let answer = try simulator.chat(stream: true)
        #expect(answer["content-type"] == "text/event-stream; charset=utf-8")
        #expect(answer.chunks.count >= 2)
        let data = answer.text.split(separator: "\n\n").map { $0.dropFirst("data: ".count) }
        #expect(data.last == "[DONE]")
        let pieces = data.dropLast().map { JSON.lenient(Array($0.utf8))?["choices"]?[0]?["delta"]?["content"]?.stringValue ?? "" }
        #expect(pieces.joined() == "OK")
        let named = try simulator.ask(
            "POST", "/v1/responses", body: #"{"model": "openai/gpt-5.4-nano", "input": "Hi", "stream": true}"#)
        #expect(named.text.hasPrefix("event: response.created\ndata: {"))
    }

    @Test func `a made-up Vercel key lists models and is refused everywhere else`() throws {
        for name in Scenario.builtInNames where name.hasPrefix("vercel-") && name != "vercel-wrong-host" {
            let simulator = try start(name)
            #expect(try simulator.models(key: Self.madeUpVercelKey).status == 200)
            #expect(try simulator.models(key: .some(nil)).status == 200)
            for answer in [try simulator.credits(key: Self.madeUpVercelKey), try simulator.chat(key: Self.madeUpVercelKey)] {
                #expect(answer.status == 401, "\(name)")
                #expect(answer.error?["type"] == "authentication_error", "\(name)")
            }
        }
    }

    @Test func `a made-up OpenAI key is refused in OpenAI's words, masked`() throws {
        for name in ["healthy", "openai-bad-key", "openai-no-quota", "openai-wrong-org", "openai-missing-scope", "openai-unverified"] {
            let simulator = try start(name)
            let answer = try simulator.models(key: Self.madeUpOpenAIKey)
            #expect(answer.status == 401, "\(name)")
            #expect(answer.error?["code"] == "invalid_api_key", "\(name)")
            #expect(answer.error?["message"]?.stringValue?.contains("sk-proj-*") == true, "\(name)")
            #expect(answer.error?["message"]?.stringValue?.contains("CONTROL") == false, "\(name)")
            #expect(answer["x-request-id"]?.count == 36, "\(name)")
        }
    }
}
