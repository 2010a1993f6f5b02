@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// The laws that hold a conclusion against the rest of the evidence.
extension LawTests {
    private func doubted(_ reason: String) throws -> Target {
        try Sample.target(findings: [Finding("base_url", .warning, reason: reason, "It looks wrong.")])
    }

    @Test(arguments: ["doubled_path", "operation_in_base_url"])
    func `doubtful-base-url: the right one might be served`(reason: String) throws {
        let weighing = try apply(
            "doubtful-base-url", evidence([barred(.key, .key)], target: doubted(reason)), after: conclusion(.accountDenied, .certain))
        #expect(weighing.conclusion?.cause == .accountDenied)
        #expect(weighing.conclusion?.confidence == .likely)
        #expect(weighing.runnerUp?.cause == .wrongEndpoint)
        #expect(weighing.because.first?.text == "It looks wrong.")
    }

    @Test func `doubtful-base-url: health, a wrong endpoint, silence or another finding leaves nothing open`() throws {
        let law = "doubtful-base-url"
        #expect(isSilent(try apply(law, evidence([served], target: doubted("doubled_path")), after: conclusion(.healthy))))
        let gone = exchange(.key, .key, 404, .wrongEndpoint)
        #expect(isSilent(try apply(law, evidence([gone], target: doubted("doubled_path")), after: conclusion(.wrongEndpoint))))
        let silent = dead(.key, .key, .connect, .connectFailure)
        #expect(isSilent(try apply(law, evidence([silent], target: doubted("doubled_path")), after: conclusion(.connectFailure))))
        #expect(isSilent(try apply(law, evidence([barred(.key, .key)], target: doubted("other_path")), after: conclusion(.accountDenied))))
    }

    /// Asked over a proxy, which is asked for a password over plain http.
    private func proxied(_ scheme: Proxy.Scheme = .http, to url: String = "http://api.sample.test/v1", credentials: Secret? = nil) throws
        -> Target
    {
        var target = try Sample.target(baseURL: url)
        target.route.proxy = .fixed(Proxy(scheme: scheme, host: "proxy.test", port: 3128, credentials: credentials))
        return target
    }

    private var asksForPassword: Exchange { exchange(.models, .models, 401, .intercepted, reason: "basic_auth") }

    @Test(arguments: [(nil, "proxy_password"), (Secret("user:wrong-horse-7"), "proxy_password_refused")])
    func `password-for-the-proxy: what asks for one over plain http is the proxy, also where it cut off the rest`(
        credentials: Secret?, reason: String
    ) throws {
        let cut = dead(.inference, .inference, .cut, .responseInvalid)
        for (exchanges, cause) in [([asksForPassword, cut], Cause.intercepted), ([cut, asksForPassword], .responseInvalid)] {
            let weighing = try apply(
                "password-for-the-proxy", evidence(exchanges, target: proxied(credentials: credentials)), after: conclusion(cause, .likely))
            #expect(weighing.conclusion?.cause == .proxyFailure && weighing.conclusion?.reason == reason)
            #expect(weighing.runnerUp?.cause == .intercepted)
            #expect(weighing.because.first?.exchanges == [exchanges[0].failure == nil ? 0 : 1])
        }
    }

    @Test func `password-for-the-proxy: who answers through a tunnel, a SOCKS proxy or none is not the proxy`() throws {
        let law = "password-for-the-proxy"
        for target in [try proxied(to: "https://api.sample.test/v1"), try proxied(.socks5h), try Sample.target()] {
            #expect(isSilent(try apply(law, evidence([asksForPassword], target: target), after: conclusion(.intercepted))))
        }
        // An answer that was given explains itself.
        let refused = barred(.inference, .inference)
        let weighing = try apply(law, evidence([refused, asksForPassword], target: proxied()), after: conclusion(.accountDenied))
        #expect(isSilent(weighing) && weighing.conclusion?.cause == .accountDenied)
    }

    private func call(_ number: Int, _ status: Int, _ cause: Cause, _ certainty: Confidence = .certain) -> Exchange {
        var exchange = exchange(.inference, .inference, status, type: "x", cause)
        exchange.probe.variant = "\(number)"
        exchange.reading.certainty = certainty
        return exchange
    }

    @Test func `answers-disagree: none of two failures of one call is certain`() throws {
        let weighing = try apply(
            "answers-disagree", evidence([call(0, 402, .billingBlocked), call(1, 401, .keyRejected)]),
            after: conclusion(.billingBlocked, .certain))
        #expect(weighing.conclusion?.cause == .billingBlocked)
        #expect(weighing.conclusion?.confidence == .likely)
        #expect(weighing.runnerUp?.cause == .keyRejected)
        #expect(weighing.because.first?.exchanges == [0, 1])
    }

    @Test func `answers-disagree: who asks without a key after a call that died has tried the way`() throws {
        var died = dead(.inference, .inference, .connect, .connectFailure)
        died.probe.variant = "1"
        let weighing = try apply(
            "answers-disagree", evidence([call(0, 401, .keyMissing), died]), after: conclusion(.keyMissing, .certain))
        #expect(weighing.conclusion?.cause == .connectFailure)
        #expect(weighing.conclusion?.confidence == .likely)
        #expect(weighing.runnerUp?.cause == .keyMissing)
    }

    @Test func `answers-disagree: the same cause, a guess, health or another endpoint contradicts nothing`() throws {
        let first = call(0, 402, .billingBlocked)
        for other in [
            call(1, 429, .billingBlocked), call(1, 400, .requestRejected, .possible), call(1, 200, .healthy),
            exchange(.key, .key, 401, type: "x", .keyRejected),
        ] {
            let weighing = try apply("answers-disagree", evidence([first, other]), after: conclusion(.billingBlocked, .certain))
            #expect(isSilent(weighing), "\(other.reading)")
        }
    }

    @Test func `plain-http-through-a-proxy: only https, only through a proxy, only where the answer speaks of plain http`() throws {
        let law = "plain-http-through-a-proxy"
        let refused = exchange(.inference, .inference, 400, type: "x", .wrongEndpoint)
        var target = try Sample.target()
        target.route = Route(name: "proxy=company", proxy: .direct)
        let plain = Weighing.Conclusion(cause: .wrongEndpoint, reason: "plain_http", confidence: .certain, exchange: 0)
        #expect(try apply(law, evidence([refused], target: target), after: plain).conclusion?.cause == .proxyFailure)
        let other = Weighing.Conclusion(cause: .wrongEndpoint, reason: "no_such_path", confidence: .likely, exchange: 0)
        #expect(isSilent(try apply(law, evidence([refused], target: target), after: other)))
        #expect(isSilent(try apply(law, evidence([refused]), after: plain)))
    }

    @Test func `key-proven: a refusal elsewhere is not about the key`() throws {
        let weighing = try apply("key-proven", evidence([barred(.inference, .inference), proven]), after: conclusion(.accountDenied))
        #expect(weighing.conclusion?.confidence == .certain)
        #expect(Set(weighing.ruledOut.flatMap(\.causes)) == [.keyMissing, .keyMalformed, .keyRejected, .orgMismatch])
        #expect(
            try apply("key-proven", evidence([unknown(.inference, .inference), proven]), after: conclusion(.keyRejected, .certain))
                .conclusion?.confidence == .possible)
    }

    @Test func `key-proven: an account that somebody else refuses is not made certain`() throws {
        let page = exchange(.inference, .inference, 403, type: "x", .accountDenied, speaker: .unknown)
        #expect(try apply("key-proven", evidence([page, proven]), after: conclusion(.accountDenied)).conclusion?.confidence == .likely)
    }

    @Test func `key-proven: a public list proves no key, and without a key there is nothing to prove`() throws {
        #expect(isSilent(try apply("key-proven", evidence([barred(.inference, .inference), listed]), after: conclusion(.accountDenied))))
        #expect(
            isSilent(
                try apply(
                    "key-proven", evidence([barred(.inference, .inference), proven], target: Sample.target(key: nil)),
                    after: conclusion(.accountDenied))))
        #expect(isSilent(try apply("key-proven", evidence([served, proven]), after: conclusion(.healthy))))
    }

    @Test func `account-not-model: an endpoint without a model refuses in the same words`() throws {
        let weighing = try apply(
            "account-not-model", evidence([barred(.inference, .inference), barred(.key, .key)]), after: conclusion(.accountDenied))
        #expect(Set(weighing.ruledOut.flatMap(\.causes)) == [.modelUnavailable, .requestRejected, .contentFiltered])
        #expect(weighing.because.first?.exchanges == [0, 1])
        let other = try apply(
            "account-not-model", evidence([barred(.inference, .inference), barred(.otherModel, .inference)]),
            after: conclusion(.accountDenied))
        #expect(other.because.first?.text.contains("Another model") == true)
    }

    @Test func `account-not-model: other words, or a missing path, say nothing of the account`() throws {
        #expect(
            isSilent(try apply("account-not-model", evidence([barred(.inference, .inference), proven]), after: conclusion(.accountDenied))))
        let gone = exchange(.inference, .inference, 404, type: "not_found", .wrongEndpoint)
        #expect(
            isSilent(
                try apply(
                    "account-not-model", evidence([gone, exchange(.key, .key, 404, type: "not_found", .wrongEndpoint)]),
                    after: conclusion(.wrongEndpoint))))
    }

    @Test func `model-not-account: another model is served`() throws {
        let other = exchange(.otherModel, .inference, 200, .healthy, .certain, model: "n")
        for cause in [Cause.accountDenied, .permissionDenied, .inconclusive] {
            let refused = exchange(.inference, .inference, 403, type: "x", cause, reason: "r", .likely, model: "m")
            // Another law may have raised the confidence before.
            let weighing = try apply("model-not-account", evidence([refused, other]), after: conclusion(cause, reason: "r", .certain))
            #expect(weighing.conclusion?.cause == .modelUnavailable, "\(cause)")
            #expect(weighing.ruledOut.flatMap(\.causes).contains(.accountDenied))
        }
    }

    @Test func `model-not-account: what the answer said for certain stands, and a second refusal says nothing`() throws {
        let unverified = exchange(.inference, .inference, 403, type: "x", .accountDenied, reason: "unverified", .certain, model: "m")
        let other = exchange(.otherModel, .inference, 200, .healthy, .certain, model: "n")
        #expect(
            try apply(
                "model-not-account", evidence([unverified, other]), after: conclusion(.accountDenied, reason: "unverified", .certain)
            ).conclusion?.reason == "unverified")
        #expect(
            isSilent(
                try apply(
                    "model-not-account", evidence([barred(.inference, .inference), barred(.otherModel, .inference)]),
                    after: conclusion(.accountDenied))))
    }

    @Test func `public-list: its 200 says nothing about the key`() throws {
        #expect(
            try apply("public-list", evidence([listed, unknown(.key, .key)]), after: conclusion(.keyRejected)).because.first?.exchanges == [
                0
            ])
    }

    @Test func `public-list: a list that wants a key is not public`() throws {
        let endpoints: JSON = [
            "models": ["path": "/models", "needs_key": true, "proves_key": true], "inference": ["path": "/chat/completions"],
        ]
        #expect(
            isSilent(
                try apply(
                    "public-list", evidence([listed], target: Sample.target(["endpoints": endpoints])), after: conclusion(.accountDenied))))
        #expect(isSilent(try apply("public-list", evidence([listed], target: Sample.target(key: nil)), after: conclusion(.keyMissing))))
        #expect(isSilent(try apply("public-list", evidence([listed, served]), after: conclusion(.healthy))))
    }

    @Test func `api-was-reached: network, proxy and certificate are sound`() throws {
        let weighing = try apply("api-was-reached", evidence([barred(.key, .key)]), after: conclusion(.accountDenied))
        #expect(
            Set(weighing.ruledOut.flatMap(\.causes)) == [
                .dnsFailure, .connectFailure, .tlsFailure, .proxyFailure, .intercepted, .wrongEndpoint,
            ])
    }

    @Test func `api-was-reached: a page or a dead request is not the API, and the conclusion is never ruled out`() throws {
        let page = exchange(.key, .key, 403, .intercepted, speaker: .unknown, body: .html)
        #expect(
            isSilent(
                try apply(
                    "api-was-reached", evidence([page, dead(.models, .models, .closed, .connectFailure)]), after: conclusion(.intercepted)))
        )
        #expect(
            try !apply("api-was-reached", evidence([barred(.key, .key)]), after: conclusion(.wrongEndpoint)).ruledOut.flatMap(\.causes)
                .contains(.wrongEndpoint))
    }

    @Test func `answered-by-other-requests: the network is not what stops it`() throws {
        let weighing = try apply(
            "answered-by-other-requests", evidence([listed, dead(.inference, .inference, .timeout, .timeout)]),
            after: conclusion(.timeout, .certain, at: 1))
        #expect(weighing.conclusion?.confidence == .likely)
        #expect(weighing.runnerUp?.cause == .providerOutage)
        #expect(weighing.ruledOut.flatMap(\.causes) == [.dnsFailure, .tlsFailure, .proxyFailure])
    }

    @Test func `answered-by-other-requests: silent when nothing was answered or the cause lies elsewhere`() throws {
        #expect(
            isSilent(
                try apply("answered-by-other-requests", evidence([dead(.models, .models, .timeout, .timeout)]), after: conclusion(.timeout))
            ))
        #expect(
            isSilent(
                try apply(
                    "answered-by-other-requests", evidence([listed, barred(.inference, .inference)]), after: conclusion(.accountDenied))))
    }

    @Test func `answered-by-other-requests: an answer is not another request than itself`() throws {
        let refused = exchange(.inference, .inference, 407, .proxyFailure, .certain, speaker: .proxy, body: .html)
        #expect(isSilent(try apply("answered-by-other-requests", evidence([refused]), after: conclusion(.proxyFailure, .certain))))
    }

    @Test func `page-everywhere: this is not the API`() throws {
        let pages = [
            exchange(.models, .models, 404, .wrongEndpoint, .possible, speaker: .unknown, body: .html),
            exchange(.key, .key, 404, .wrongEndpoint, .possible, speaker: .unknown, body: .html),
        ]
        let weighing = try apply("page-everywhere", evidence(pages), after: conclusion(.wrongEndpoint, .possible))
        #expect(weighing.conclusion?.confidence == .likely)
        #expect(weighing.because.first?.exchanges == [0, 1])
    }

    @Test func `page-everywhere: one page, or one word of the API, is not everywhere`() throws {
        let page = exchange(.models, .models, 404, .wrongEndpoint, .possible, speaker: .unknown, body: .html)
        #expect(isSilent(try apply("page-everywhere", evidence([page]), after: conclusion(.wrongEndpoint, .possible))))
        #expect(isSilent(try apply("page-everywhere", evidence([page, barred(.key, .key)]), after: conclusion(.wrongEndpoint, .possible))))
    }

    @Test func `passed-on-retry: the failure before is said`() throws {
        let failed = exchange(.inference, .inference, 503, type: "x", .providerOutage, model: "m")
        let passed = exchange(.inference, .inference, 200, .healthy, .certain, model: "m", attempt: 2)
        #expect(
            try apply("passed-on-retry", evidence([failed, passed]), after: conclusion(.healthy, .certain, at: 1)).because.first?.exchanges
                == [0, 1])
    }

    @Test func `passed-on-retry: a first success or a last failure is none`() throws {
        #expect(isSilent(try apply("passed-on-retry", evidence([served]), after: conclusion(.healthy))))
        #expect(
            isSilent(
                try apply(
                    "passed-on-retry",
                    evidence([exchange(.inference, .inference, 503, type: "x", .providerOutage, model: "m", attempt: 2)]),
                    after: conclusion(.providerOutage))))
    }
}
