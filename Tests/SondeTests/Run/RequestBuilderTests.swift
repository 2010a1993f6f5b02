@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct RequestBuilderTests {
    private func builder(_ target: Target, _ limits: RunLimits = RunLimits()) -> RequestBuilder {
        RequestBuilder(target: target, limits: limits, controlTail: "abcdefghijkmnpqrstuv")
    }

    private func value(_ request: Request, _ name: String) -> Request.HeaderValue? {
        request.headers.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    @Test func `the list is asked with GET, the key in its header, and no body`() throws {
        let request = builder(try Sample.target()).request(for: Probe(.models, endpoint: .models))
        #expect(request.method == .get)
        #expect(request.url == "https://api.sample.test/v1/models")
        #expect(request.body == nil)
        #expect(value(request, "authorization") == .secret(prefix: "Bearer ", Secret(Sample.key)))
        #expect(value(request, "content-type") == nil)
    }

    @Test func `inference is asked with POST, its type and the smallest body`() throws {
        let request = builder(try Sample.target()).request(for: Probe(.inference, endpoint: .inference, model: "m"))
        #expect(request.method == .post)
        #expect(value(request, "content-type") == .plain("application/json"))
        #expect(JSON.lenient(request.body ?? [])?["model"] == "m")
    }

    @Test func `another model is named in the body, and the target's own where the probe names none`() throws {
        let builder = builder(try Sample.target(model: "own"))
        #expect(JSON.lenient(builder.request(for: Probe(.otherModel, endpoint: .inference, model: "n")).body ?? [])?["model"] == "n")
        #expect(JSON.lenient(builder.request(for: Probe(.inference, endpoint: .inference)).body ?? [])?["model"] == "own")
    }

    @Test func `a made-up key says what it is and is never the real one`() throws {
        let request = builder(try Sample.target()).request(for: Probe(.badKey, endpoint: .key))
        #expect(value(request, "authorization") == .secret(prefix: "Bearer ", Secret("smp_SONDE0CONTROL0NOT0A0KEYabcdefghijkmnpqrstuv")))
    }

    @Test func `a made-up key is as long as the vendor's keys at least`() throws {
        let vendor = try Sample.vendor(["key": ["min_length": 200, "control_prefix": "x-"]])
        #expect(RequestBuilder.control(for: vendor, tail: "abc").utf8.count == 200)
    }

    @Test func `without a key no header carries one`() throws {
        for (key, probe) in [(Sample.key, Probe(.noKey, endpoint: .key)), (nil, Probe(.models, endpoint: .models))] {
            let builder = builder(try Sample.target(key: key))
            let request = builder.request(for: probe)
            #expect(value(request, "authorization") == nil)
            #expect(builder.sent(for: probe).keyUse == .none)
        }
    }

    @Test func `scopes are sent where the target has them, and the user's headers with the own key`() throws {
        var target = try Sample.target()
        #expect(value(builder(target).request(for: Probe(.models, endpoint: .models)), "sample-organization") == nil)
        target.scopes = ["organization": "org-1"]
        target.headers = [Request.Header("X-Mine", .secret(prefix: "", Secret("hidden")))]
        let request = builder(target).request(for: Probe(.models, endpoint: .models))
        #expect(value(request, "Sample-Organization") == .plain("org-1"))
        #expect(value(request, "X-Mine") == .secret(prefix: "", Secret("hidden")))
    }

    @Test func `limits are those of the run, inference has its own, and a list may be long`() throws {
        var limits = RunLimits()
        limits.connect = .seconds(1)
        limits.total = .seconds(2)
        limits.inference = .seconds(3)
        limits.plainHTTP = .anywhere
        let builder = builder(try Sample.target(), limits)
        let (list, inference) = (
            builder.request(for: Probe(.models, endpoint: .models)),
            builder.request(for: Probe(.inference, endpoint: .inference, model: "m"))
        )
        #expect(list.limits.connect == .seconds(1))
        #expect(list.limits.total == .seconds(2))
        #expect(inference.limits.total == .seconds(3))
        #expect(list.limits.bodyBytes == 8 << 20)
        #expect(inference.limits.bodyBytes == 1 << 20)
        #expect(list.plainHTTP == .anywhere)
    }

    @Test func `a body of the user's replaces the smallest one`() throws {
        var limits = RunLimits()
        limits.customBody = JSON.Object([("mine", true)])
        let request = builder(try Sample.target(), limits).request(for: Probe(.inference, endpoint: .inference, model: "m"))
        #expect(String(decoding: request.body ?? [], as: UTF8.self) == #"{"mine":true}"#)
    }

    @Test func `what a report says of a request is its address, its body, and which key went with it`() throws {
        let builder = builder(try Sample.target(model: "m"))
        let probe = Probe(.inference, endpoint: .inference, model: "m")
        let sent = builder.sent(for: probe)
        #expect(sent.method == "POST")
        #expect(sent.url == "https://api.sample.test/v1/chat/completions")
        #expect(sent.keyUse == .own)
        #expect(sent.body?["model"] == "m")
    }
}
