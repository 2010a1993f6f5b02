import Sonde
import SondeJSON
import TestSupport
import Testing

/// Laws that every provider obeys.
@Suite struct ProviderContractTests {
    private static let ids = Contract.providers.map(\.id)

    private func provider(_ id: String) throws -> any Provider { try #require(Contract.providers.first { $0.id == id }) }

    private func targets(_ id: String) throws -> [Target] {
        try Contract.vendors().filter { $0.provider.id == id }.map {
            try Sample.target(of: $0.vendor, provider: $0.provider, key: "4f9Qz7Lm2Xc8Vb1Nk6Jh3Gd5Sa0P")
        }
    }

    private static let bodies = [
        "", "{}", "[]", "null", "0", "\"text\"", "[{}]", "[[[]]]", #"{"error":null}"#, #"{"error":{}}"#, #"{"error":7}"#,
        #"{"error":{"message":7,"type":[],"code":{},"param":[1]}}"#,
        #"{"data":null}"#, #"{"data":[null,1,{"id":7}]}"#, #"{"choices":[null]}"#, #"{"choices":[{"message":null}]}"#,
        #"{"balance":"much"}"#, #"{"balance":1e999}"#,
        #"{"error":{"metadata":{"raw":"{\"error\":"}}}"#, #"{"detail":[]}"#, #"{"errors":[[]]}"#, "<html>", "data: {}\n\n", "\u{0}\u{1}",
        "{\"a\":\"\u{1B}[31m\"}",
    ]

    @Test func `ids differ and manifests are listed`() {
        #expect(Set(Self.ids).count == Self.ids.count)
        for provider in Contract.providers { #expect(!provider.manifests.isEmpty, "\(provider.id)") }
    }

    @Test(arguments: ids)
    func `whatever a body holds, every probe gets a reading, and none is healthy that has not the shape`(id: String) throws {
        for target in try targets(id) {
            let judge = try Judge(vendors: [target.vendor])
            for status in [100, 200, 204, 301, 400, 401, 403, 404, 429, 500, 503, 599] {
                for body in Self.bodies {
                    for endpoint in target.vendor.endpoints.keys {
                        let probe = Probe(Probe.Kind(rawValue: endpoint.rawValue) ?? .models, endpoint: endpoint, model: "m")
                        let response = Response(
                            status: status, headers: Headers([HeaderField("content-type", "application/json")]), body: Array(body.utf8))
                        let answer = Capture(redactor: Redactor(secrets: [])).answer(from: response, probe: probe, target: target)
                        let exchange = Exchange(
                            probe: probe, request: .init(method: "GET", url: target.baseURL.text, keyUse: .own),
                            startedAt: Timestamp(seconds: 0), outcome: .answer(answer))
                        let reading = judge.reader(for: target).read(exchange)
                        #expect(reading.cause != nil, "\(status) \(body)")
                        if status >= 300 { #expect(!reading.isHealthy, "\(status) \(body)") }
                        if reading.isHealthy {
                            #expect(!answer.facts.isEmpty || target.vendor.endpoints[endpoint]?.balance == nil, "\(endpoint) \(body)")
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: ids)
    func `the smallest request names the model, is short, and holds no key`(id: String) throws {
        for target in try targets(id) {
            let text = JSON.object(target.provider.inferenceBody(model: "some-model", vendor: target.vendor)).text()
            #expect(text.contains("some-model"))
            let field = try #require(target.vendor.inference.tokenLimitField)
            #expect(text.contains("\"\(field)\":\(target.vendor.inference.tokenLimit)"))
            #expect(text.utf8.count < 300)
            #expect(!text.contains("4f9Qz7Lm"))
        }
    }

    @Test(arguments: ids)
    func `an edge is told only where a header tells it, whatever the header holds`(id: String) throws {
        for target in try targets(id) {
            #expect(target.provider.edge(in: Headers(), vendor: target.vendor) == nil)
            for name in target.vendor.responseHeaders.edge {
                for value in [
                    "", "::", ":::::", "-", "--", "a", "iad1", "\u{0}", "x::y::z", "-99999999999999999999",
                    String(repeating: ":", count: 10_000),
                ] {
                    #expect(
                        target.provider.edge(in: Headers([HeaderField(name, value)]), vendor: target.vendor) == nil,
                        "\(name): \(value.prefix(40))")
                }
            }
        }
    }

    @Test(arguments: ids)
    func `success is never refined into failure, nor refusal into success`(id: String) throws {
        for target in try targets(id) {
            let probe = Probe(.inference, endpoint: .inference)
            let served = Reading(speaker: .api, cause: .healthy, certainty: .certain)
            #expect(
                target.provider.refine(served, of: Answer(status: 200, bodyKind: .json), probe: probe, target: target).cause == .healthy)
            for cause in Cause.allCases where cause != .healthy {
                #expect(
                    target.provider.refine(Reading(cause: cause), of: Answer(status: 403, bodyKind: .html), probe: probe, target: target)
                        .cause != .healthy)
            }
        }
    }
}
