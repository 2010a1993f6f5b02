import SondeJSON
import TestSupport
import Testing

@testable import Sonde

@Suite struct RequestBuilderPrivacyTests {
    private func builder(_ change: (inout Target, inout RunLimits) -> Void = { _, _ in }) throws -> RequestBuilder {
        var (target, limits) = (try Sample.target(model: "small-1"), RunLimits())
        change(&target, &limits)
        return RequestBuilder(target: target, limits: limits, controlTail: "tail")
    }

    @Test(arguments: [(Probe.Kind.models, true), (.inference, true), (.badKey, false), (.noKey, false)])
    func `a header of the user's own goes with the own key alone`(kind: Probe.Kind, isSent: Bool) throws {
        let builder = try builder { target, _ in target.headers = [Request.Header("X-Tenant", .secret(prefix: "", Secret("acme")))] }
        let request = builder.request(for: Probe(kind, endpoint: .inference))
        #expect(request.headers.contains { $0.name == "X-Tenant" } == isSent)
    }

    @Test func `of a body of the user's own a report keeps the model and the size`() throws {
        let body: JSON = ["model": "mine", "messages": [["role": "user", "content": "my secret plan"]]]
        let sent = try builder { _, limits in limits.customBody = body.objectValue }.sent(
            for: Probe(.inference, endpoint: .inference, model: "small-1"))
        #expect(sent.body == ["model": "mine", "custom_bytes": .integer(Int64(body.text().utf8.count))])
    }

    @Test func `a handshake is reported as one, at the address alone`() throws {
        let sent = try builder().sent(for: Probe(.handshake, endpoint: .models))
        #expect(sent.method == "TLS")
        #expect(sent.url == "https://api.sample.test/v1")
    }
}
