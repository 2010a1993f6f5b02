@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// What is sent where: nothing of the user's goes to anybody but the API.
@Suite struct RequestBuilderPlacesTests {
    private func builder(_ change: (inout Target) -> Void = { _ in }) throws -> RequestBuilder {
        var target = try Sample.target(Sample.everything.merging(["request_headers": ["Sample-Version": "1"]]) { $1 }, model: "small-1")
        target.scopes = ["organization": "org-of-mine"]
        target.headers = [Request.Header("X-Mine", .secret(prefix: "", Secret("mine")))]
        change(&target)
        return RequestBuilder(target: target, limits: RunLimits(), controlTail: "tail")
    }

    @Test func `a status page and an edge get no key, no scope and no header of the user's`() throws {
        let builder = try builder()
        for probe in [
            Probe(.statusPage, endpoint: .models, place: .elsewhere(url: "https://status.sample.test/api/v2/components.json")),
            Probe(.edgeTrace, endpoint: .models, place: .path("/cdn-cgi/trace")),
        ] {
            let request = builder.request(for: probe)
            #expect(request.headers.map(\.name) == ["Accept", "User-Agent"])
            #expect(request.method == .get && request.body == nil)
            #expect(request.limits.total <= .seconds(5))
            #expect(builder.sent(for: probe).keyUse == Probe.KeyUse.none)
        }
    }

    @Test func `a status page is asked by the same way, without what was meant for the target's host`() throws {
        let route = Route(
            name: "r", proxy: .fixed(try Proxy(parsing: "http://127.0.0.1:3128")), interface: "lo",
            resolve: ["api.sample.test:443:127.0.0.1"],
            connectTo: ["::127.0.0.1:1"], clientCertificate: Route.ClientCertificate(certificate: "c.pem"))
        let builder = try builder { $0.route = route }
        let elsewhere = builder.route(for: Probe(.statusPage, endpoint: .models, place: .elsewhere(url: "https://status.sample.test/x")))
        #expect(elsewhere.proxy == route.proxy && elsewhere.interface == "lo")
        #expect(elsewhere.clientCertificate == nil && elsewhere.resolve.isEmpty && elsewhere.connectTo.isEmpty)
        #expect(builder.route(for: Probe(.baseURL, endpoint: .models, place: .below(path: "/v1"))) == route)
    }

    @Test func `another path of the origin is asked as the list is`() throws {
        let request = try builder().request(for: Probe(.baseURL, endpoint: .models, place: .below(path: "/api/v1")))
        #expect(request.url == "https://api.sample.test/api/v1/models")
        #expect(request.headers.contains { $0.name == "Authorization" } && request.headers.contains { $0.name == "X-Mine" })
        #expect(request.body == nil)
    }

    @Test func `each API has its own smallest body`() throws {
        let builder = try builder()
        let body = { (probe: Probe) in builder.request(for: probe).body.map { String(decoding: $0, as: UTF8.self) } ?? "" }
        #expect(
            body(Probe(.otherAPI, endpoint: .responses, model: "m")) == #"{"model":"m","input":"Reply with: ok","max_output_tokens":16}"#)
        let shape = InferenceShape(tokenLimitField: "max_completion_tokens", tokenLimit: 20)
        #expect(body(Probe(.inference, endpoint: .inference, model: "m", shape: shape)).contains(#""max_completion_tokens":20"#))
        let bare = body(Probe(.inference, endpoint: .inference, model: "m", shape: InferenceShape(tokenLimitField: nil, tokenLimit: 16)))
        #expect(!bare.contains("max_"))
    }
}
