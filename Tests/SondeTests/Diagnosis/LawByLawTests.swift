@testable import Sonde
import SondeJSON
import TestSupport
import Testing

/// Law by law: with each one switched off some verdict changes.
@Suite struct LawByLawTests {
    /// What a law changes in its case.
    enum Change {
        case cause, confidence, ruledOut
        /// It only explains.
        case because
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var law: String
        var changes: Change
        var cause: Cause
        var confidence: Confidence
        var exchanges: @Sendable () throws -> Diagnosis

        var testDescription: String { law }
    }

    private static func on(
        _ law: String, _ changes: Change, _ cause: Cause, _ confidence: Confidence, model: String? = "small-1", key: String? = Sample.key,
        baseURL: String? = nil,
        findings: [Finding] = [], controls: Bool = true, infers: Bool = true, with optional: Set<String> = [], retries: Int = 0,
        reply: @escaping @Sendable (Probe, Int) -> Rehearsal.Reply
    ) -> Case {
        Case(law: law, changes: changes, cause: cause, confidence: confidence) {
            var options = Diagnosis.Options()
            (options.usesControl, options.infers) = (controls, infers)
            options.checks.formUnion(optional)
            let target = try Sample.target(Sample.everything, key: key, model: model, baseURL: baseURL, findings: findings)
            let run = try Rehearsal(target, options: options, retries: RetryPolicy(limit: retries), reply: reply)
            return Diagnosis(target: target, options: options, recorded: run.exchanges)
        }
    }

    /// Several calls for inference that somebody made and wrote down, in order.
    private static func recorded(_ target: Target, _ outcomes: Exchange.Outcome...) throws -> Diagnosis {
        let reader = try Judge(vendors: [target.vendor]).reader(for: target)
        let exchanges = outcomes.enumerated().map { number, outcome in
            var exchange = Exchange(
                probe: Probe(.inference, endpoint: .inference, variant: "\(number)"),
                request: .init(method: "POST", url: "https://api.sample.test/v1/chat/completions", keyUse: .own),
                startedAt: Timestamp(seconds: 0), outcome: outcome)
            exchange.reading = reader.read(exchange)
            return exchange
        }
        return Diagnosis(target: target, recorded: exchanges)
    }

    // MARK: Replies

    private static let list = Rehearsal.Reply.models("small-1", "small-2")
    private static let balance = Rehearsal.Reply.json(200, ["balance": 5])
    private static let barred = Rehearsal.Reply.error(403, message: "Forbidden.", type: "account_barred")
    private static let vague = Rehearsal.Reply.error(403, message: "Forbidden.")
    private static let unknownKey = Rehearsal.Reply.error(401, message: "Who?", type: "authentication_error")
    private static let noKey = Rehearsal.Reply.error(401, message: "Missing API key")
    private static let gone = Rehearsal.Reply.error(404, message: "x", code: "model_not_found")
    private static let region = Rehearsal.Reply.error(403, message: "x", code: "unsupported_country_region_territory")
    private static let down = Rehearsal.Reply.error(503, type: "server_error")
    private static let page = Rehearsal.Reply.page(404, title: "Not found")

    /// The list for all, the balance for the key, and this for inference.
    private static func inference(_ reply: Rehearsal.Reply) -> @Sendable (Probe, Int) -> Rehearsal.Reply {
        { probe, _ in probe.endpoint == .models ? list : probe.endpoint == .key ? balance : reply }
    }

    static let cases: [Case] = [
        on(
            "unusable-before-asking", .cause, .keyMalformed, .certain,
            findings: [Finding("key", .blocking, cause: .keyMalformed, reason: "key_quoted", "Quoted.")], reply: inference(.completion())),
        on(
            "answered-by-another-vendor", .cause, .wrongEndpoint, .likely,
            findings: [Finding("base_url", .warning, reason: "other_vendors_host", "…")], controls: false
        ) { _, _ in unknownKey },
        on("asked-for-besides", .cause, .modelUnavailable, .certain, with: ["responses"]) { probe, _ in
            probe.kind == .responses ? gone : inference(.completion())(probe, 1)
        },
        on("inference-answered", .cause, .healthy, .certain, reply: inference(.completion())),
        on("probe-model-replaced", .cause, .healthy, .certain, model: nil) { probe, _ in
            probe.endpoint == .inference && probe.model == "small-1" ? gone : inference(.completion())(probe, 1)
        },
        on("dead-at-the-same-step", .cause, .connectFailure, .likely) { probe, _ in
            .dead(.timeout, probe.endpoint == .inference ? .firstByte : .connect)
        },
        on("key-proof-refuses-the-key", .cause, .keyRejected, .certain) { probe, _ in
            probe.endpoint == .models
                ? list : probe.endpoint == .key ? unknownKey : .error(402, message: "Insufficient funds", type: "insufficient_funds")
        },
        on(
            "most-telling-refusal", .cause, .billingBlocked, .certain,
            reply: inference(.error(402, message: "x", type: "insufficient_funds"))),
        on("nothing-decides", .cause, .inconclusive, .possible, infers: false, reply: inference(.completion())),
        on("no-key-was-sent", .cause, .keyMissing, .likely, key: nil) { probe, _ in probe.endpoint == .models ? list : unknownKey },
        on("refused-like-a-made-up-key", .confidence, .keyRejected, .certain) { probe, _ in probe.endpoint == .models ? list : unknownKey },
        on("same-refusal-for-any-key", .cause, .keyRejected, .possible) { probe, _ in probe.endpoint == .models ? list : vague },
        on("made-up-key-refused-otherwise", .confidence, .accountDenied, .certain) { probe, _ in
            probe.endpoint == .models ? list : probe.kind == .badKey ? unknownKey : barred
        },
        on("same-without-a-key", .because, .keyMissing, .certain) { probe, _ in probe.endpoint == .models ? list : noKey },
        on("no-key-refused-otherwise", .confidence, .keyMissing, .possible) { probe, _ in
            probe.endpoint == .models ? list : probe.kind == .noKey ? unknownKey : noKey
        },
        Case(law: "plain-http-through-a-proxy", changes: .cause, cause: .proxyFailure, confidence: .likely) {
            var target = try Sample.target(Sample.everything)
            target.route = Route(name: "proxy", proxy: .direct)
            return try recorded(
                target,
                .answer(Answer(status: 400, bodyKind: .json, errors: [ErrorLayer(message: "This API can only be accessed over HTTPS.")])))
        },
        Case(law: "password-for-the-proxy", changes: .cause, cause: .proxyFailure, confidence: .likely) {
            var target = try Sample.target(Sample.everything, baseURL: "http://api.sample.test/v1")
            target.route = Route(name: "office", proxy: .fixed(Proxy(scheme: .http, host: "proxy.test", port: 3128)))
            let asks = Headers([HeaderField("www-authenticate", "Basic realm=\"office\"")])
            return try recorded(target, .answer(Answer(status: 401, headers: asks, bodyKind: .html, title: "401 Unauthorized")))
        },
        Case(law: "answers-disagree", changes: .confidence, cause: .billingBlocked, confidence: .likely) {
            try recorded(
                Sample.target(Sample.everything),
                .answer(Answer(status: 402, bodyKind: .json, errors: [ErrorLayer(message: "x", type: "insufficient_funds")])),
                .answer(Answer(status: 500, bodyKind: .json, errors: [ErrorLayer(message: "x", type: "server_error")])))
        },
        on("key-proven", .confidence, .accountDenied, .certain, reply: inference(barred)),
        on("account-not-model", .ruledOut, .accountDenied, .certain, reply: inference(barred)),
        on("model-not-account", .cause, .modelUnavailable, .likely, model: "small-2") { probe, _ in
            probe.endpoint == .inference && probe.model == "small-1" ? .completion() : inference(vague)(probe, 1)
        },
        on("public-list", .because, .keyRejected, .certain) { probe, _ in probe.endpoint == .models ? list : unknownKey },
        on(
            "api-was-reached", .ruledOut, .billingBlocked, .certain, reply: inference(.error(402, message: "x", type: "insufficient_funds"))
        ),
        on("answered-by-other-requests", .confidence, .connectFailure, .likely, reply: inference(.dead(.connect))),
        on("page-everywhere", .because, .wrongEndpoint, .likely, baseURL: "https://llm.example.test") { _, _ in page },
        on("passed-on-retry", .because, .healthy, .certain, retries: 2) { probe, attempt in
            probe.endpoint == .inference && attempt == 1 ? down : inference(.completion())(probe, attempt)
        },
        on(
            "doubtful-base-url", .confidence, .regionBlocked, .likely,
            findings: [Finding("base_url", .warning, reason: "doubled_path", "…")]
        ) { _, _ in region },
        on("api-not-account", .cause, .permissionDenied, .likely, controls: false) { probe, _ in
            probe.endpoint == .models ? list : probe.endpoint == .responses ? .response() : barred
        },
        on("account-not-api", .confidence, .accountDenied, .likely, controls: false) { probe, _ in
            probe.endpoint == .models ? list : .error(403, message: "Forbidden.", type: "access_denied")
        },
        on("api-at-another-path", .confidence, .wrongEndpoint, .certain, baseURL: "https://llm.example.test") { probe, _ in
            probe.place == .below(path: "/v1") ? list : page
        },
        on("no-api-at-other-paths", .because, .wrongEndpoint, .likely, baseURL: "https://llm.example.test") { _, _ in page },
        on("edge-sees-country", .because, .regionBlocked, .certain) { probe, _ in
            probe.kind == .edgeTrace ? .body(200, "loc=KP\n", "text/plain") : region
        },
        on("status-page-reports-trouble", .cause, .providerOutage, .likely) { probe, _ in
            probe.kind == .statusPage ? .statusPage(["Chat": "major_outage"]) : .dead(.timeout, .firstByte)
        },
        on("green-page-proves-nothing", .because, .providerOutage, .likely) { probe, _ in
            probe.kind == .statusPage ? .statusPage(["Chat": "operational"]) : down
        },
        on("served-in-another-form", .because, .healthy, .certain) { probe, _ in
            guard probe.endpoint == .inference, probe.shape == nil else { return inference(.completion())(probe, 1) }
            return .error(400, message: "'max_tokens' is not supported", code: "unsupported_parameter", param: "max_tokens")
        },
    ]

    @Test func `every law has a case, and no two have one name`() {
        #expect(Self.cases.map(\.law) == Law.all.map(\.name))
        #expect(Set(Law.all.map(\.name)).count == Law.all.count)
        for law in Law.all { #expect(law.statement.hasSuffix("."), "\(law.name)") }
    }

    @Test(arguments: cases)
    func `a law that is switched off changes what is concluded`(subject: Case) throws {
        let diagnosis = try subject.exchanges()
        let whole = diagnosis.weigh()
        #expect(whole.conclusion?.cause == subject.cause)
        #expect(whole.conclusion?.confidence == subject.confidence)
        let without = diagnosis.weigh(laws: Law.all.filter { $0.name != subject.law })
        switch subject.changes {
        case .cause: #expect(without.conclusion?.cause != subject.cause)
        case .confidence:
            #expect(without.conclusion?.cause == subject.cause)
            #expect(without.conclusion?.confidence != subject.confidence)
        case .ruledOut: #expect(Set(without.ruledOut.flatMap(\.causes)) != Set(whole.ruledOut.flatMap(\.causes)))
        case .because:
            #expect(whole.because.contains { $0.law == subject.law })
            #expect(without.because.map(\.text) != whole.because.map(\.text))
        }
    }

    @Test(arguments: cases)
    func `what is concluded is never ruled out`(subject: Case) throws {
        let diagnosis = try subject.exchanges()
        let weighing = diagnosis.weigh()
        #expect(!weighing.ruledOut.flatMap(\.causes).contains(subject.cause))
    }
}
