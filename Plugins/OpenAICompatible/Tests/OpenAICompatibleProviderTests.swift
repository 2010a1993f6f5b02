import OpenAICompatibleProvider
import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct OpenAICompatibleProviderTests {
    private let provider = OpenAICompatibleProvider()

    private func vendor() throws -> Vendor {
        let manifest = try #require(provider.manifests.first { $0.name == "openai-compatible.json" })
        return try Vendor(JSONReader(.parse(manifest.bytes)))
    }

    private func run(key: String? = nil, _ reply: (Probe, Int) -> Rehearsal.Reply) throws -> Rehearsal {
        try Rehearsal(Sample.target(of: vendor(), provider: provider, key: key, baseURL: "http://127.0.0.1:8000/v1"), reply: reply)
    }

    @Test func `it lives at any address, wants no key, and its list proves none`() throws {
        let vendor = try vendor()
        #expect(vendor.baseURL == nil)
        #expect(vendor.hosts.isEmpty)
        #expect(vendor.key.isOptional)
        #expect(vendor.key.variables.isEmpty)
        #expect(vendor.endpoints[.models]?.provesKey == false)
        #expect(vendor.endpoints[.key] == nil)
    }

    @Test func `the model is taken from the list`() throws {
        let run = try run { probe, _ in
            probe.endpoint == .models ? .models("nomic-embed-text", "llama3.2:3b") : .completion(model: "llama3.2:3b")
        }
        #expect(run.probes.last?.model == "llama3.2:3b")
        #expect(run.verdict.cause == .healthy)
    }

    @Test func `a server without models has nothing to ask`() throws {
        let run = try run { _, _ in .models() }
        #expect(run.verdict.cause == .inconclusive)
        #expect(run.verdict.reason == "no_model")
    }

    @Test func `a server that wants a key and got none says so`() throws {
        let run = try run { _, _ in .error(401, message: "You didn't provide an API key.") }
        #expect(run.verdict.cause == .keyMissing)
    }

    @Test func `a loading server is an outage that passes`() throws {
        let run = try run { _, _ in .json(503, ["error": ["message": "Loading model", "type": "unavailable_error", "code": 503]]) }
        #expect(run.verdict.cause == .providerOutage)
        #expect(run.verdict.isRetryable)
    }

    @Test func `an unexpected endpoint under 200 is a wrong endpoint`() throws {
        let run = try run { _, _ in .json(200, ["error": "Unexpected endpoint or method. (GET /models)"]) }
        #expect(run.verdict.cause == .wrongEndpoint)
    }
}
