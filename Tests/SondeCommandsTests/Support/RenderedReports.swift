import Sonde
import SondeJSON
import TestSupport

/// Reports of built values, for every rendering: the same to the byte in every run.
enum RenderedReports {
    static let moment = Timestamp(seconds: 1_763_630_000)

    /// Name to report; the names are those of the golden files.
    static let all: [(name: String, make: @Sendable () throws -> Report)] = [
        ("causes", causes), ("outcomes", outcomes), ("empty", empty), ("offline", offline), ("interrupted", interrupted),
        ("comparison", comparison), ("gate", gate), ("hostile", { try hostile(hostileText) }),
        ("hostile-gate", { try hostileGate(hostileText) }),
    ]

    static func report(_ targets: [TargetResult], edit: (inout Report) -> Void = { _ in }) -> Report {
        var report = Report(
            startedAt: moment, zoneOffsetSeconds: 3600, duration: .milliseconds(1234),
            network: Report.NetworkFacts(library: "libcurl/8.0"), targets: targets)
        edit(&report)
        return report
    }

    // MARK: What reports are about

    /// A target for each cause, with an answer, a failure or nothing behind it.
    @Sendable static func causes() throws -> Report {
        report(
            try Cause.allCases.enumerated().map { index, cause in
                let verdict = Verdict(
                    cause: cause, reason: cause == .healthy ? nil : "some_reason", confidence: Confidence.allCases[index % 3],
                    owner: cause.usualOwner, isRetryable: cause.isRetryable, summary: cause.meaning,
                    because: cause == .healthy
                        ? [] : [.init(law: "first-word", text: "POST /v1/chat/completions answered so.", exchanges: [0])],
                    ruledOut: cause == .healthy
                        ? [] : [.init([.timeout, .dnsFailure], law: "api-answered", text: "The API answered.", exchanges: [0])],
                    runnerUp: cause == .inconclusive ? .init(cause: .timeout, separatedBy: "a longer --max-time") : nil,
                    nextSteps: cause == .healthy ? [] : ["Look at https://sample.test/keys for it.", "Then try again."])
                return try result(cause.rawValue, verdict, cause == .healthy ? .pass : cause == .inconclusive ? .inconclusive : .fail)
            })
    }

    /// A target for each outcome that a check can have.
    @Sendable static func outcomes() throws -> Report {
        let healthy = Verdict(cause: .healthy, confidence: .certain, owner: .nobody, summary: "All is well.")
        let untested = Verdict(
            cause: .inconclusive, reason: "inference_not_tested", confidence: .certain, owner: .nobody, summary: "Nothing was asked for.")
        return report([
            try result("passes", healthy, .pass), try result("warns", healthy, .warn), try result("fails a check", healthy, .fail),
            try result("skips", untested, .skip), try result("undecided", untested, .inconclusive),
        ])
    }

    @Sendable static func empty() throws -> Report { report([]) }

    @Sendable static func offline() throws -> Report {
        report(
            try ["a", "b"].map { name in
                let verdict = Verdict(cause: .dnsFailure, confidence: .likely, owner: .network, summary: "The name has no address.")
                var result = try result(name, verdict, .fail)
                result.target.baseURL.host = "\(name).sample.test"
                result.exchanges = [
                    exchange(.models, .failure(.init(kind: .nameResolution, phase: .nameLookup, curlCode: 6, message: "No address.")))
                ]
                return result
            })
    }

    @Sendable static func interrupted() throws -> Report {
        let healthy = Verdict(cause: .healthy, confidence: .certain, owner: .nobody, summary: "All is well.")
        return report([try result("passes", healthy, .pass)]) { $0.interruption = .interrupted }
    }

    @Sendable static func comparison() throws -> Report {
        var report = try causes()
        report.targets = Array(report.targets.prefix(2))
        let cells = [
            Comparison.Cell(target: 0, subject: "healthy", route: "direct"),
            Comparison.Cell(target: 1, subject: "key_missing", route: "env"),
        ]
        let samples = { (base: Int) in
            (0..<8).map { LatencyComparison.Sample(total: .milliseconds(base + $0), firstToken: .milliseconds(base / 2 + $0)) }
        }
        report.comparison = Comparison(
            cells: cells,
            conclusions: [
                .init(
                    law: "some-law", text: "It is the way that differs.", confidence: .likely, owner: .network, cells: [0, 1],
                    nextSteps: ["Ask."])
            ],
            offers: [
                ModelOffer(
                    model: "small-1",
                    targets: [
                        .init(subject: "healthy", names: ["small-1", "maker/small-1"], isKnown: true),
                        .init(subject: "key_missing", names: [], isKnown: true),
                    ])
            ],
            latency: LatencyComparison(
                rounds: 20, series: [.init(cell: 0, samples: samples(100)), .init(cell: 1, samples: samples(240))]))
        report.comparison?.latency?.exclusions = [.init(cell: 1, measure: .firstToken, reason: .notStreamed)]
        report.comparison?.latency?.end = .interrupted
        return report
    }

    /// A policy under which one failure counts, one is tolerated, and a threshold is breached.
    @Sendable static func gate() throws -> Report {
        var report = try causes()
        report.targets = [report.targets[0], report.targets[3], report.targets[13]]
        let names = report.targets.map(\.target.name)
        report.gate = Gate(findings: [
            .init(subject: names[0], rule: "checks", outcome: .pass, text: "\(names[0]) is healthy."),
            .init(
                subject: names[0], rule: "max_latency_ms", outcome: .breach,
                text: "\(names[0]): the latency is 1200 ms, and must be at most 800 ms.",
                measured: 1200, limit: 800, owner: .vendor),
            .init(
                subject: names[1], rule: "checks", outcome: .fail, checks: ["auth", "inference"], text: "\(names[1]) fails.",
                cause: .keyRejected, owner: .you),
            .init(subject: names[2], rule: "checks", outcome: .warn, text: "\(names[2]) fails. It is tolerated until 2026-12-31."),
            .init(subject: nil, rule: "age", outcome: .pass, text: "The report is of today."),
        ])
        return report
    }

    // MARK: Text that is up to no good

    static let hostileTexts = [
        "\u{1B}[31mred\u{1B}[0m", "\u{7}\u{0}\u{8}", "\u{9B}31m", "]]>", "--><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)", "' x='", "\n::error::owned", "::set-output name=a::b", "::stop-commands::x", "##[error]owned",
        "%0A::error::owned", "%250A",
        "a|b", "| x | y |", "\nnot ok 1 - owned", "ok 2 # SKIP", "1..0", "Bail out!", "\\", "\\\"", "\"} 1\nowned_metric 1", "{x=\"y\"}",
        "\u{202E}txt.exe", "\u{200F}\u{2066}x", "\u{2028}line", "𝔘𝔫𝔦😀", "\u{FFFE}\u{FFFF}", "[click](javascript:alert(1))",
        "![x](http://evil.test/p)",
        "@somebody #12", "</title></style>", "<!--", "&amp;lt;", "{0}", "${HOME}", "$(id)", "`id`", "http://evil.test/x",
        "https://evil.test/x",
    ]

    static let hostileText = hostileTexts.joined(separator: " ")

    /// A target in which every text that is not ours is this one.
    static func hostile(_ text: String) throws -> Report {
        let verdict = Verdict(
            cause: .permissionDenied, reason: text, confidence: .certain, owner: .accountAdmin, summary: text,
            because: [.init(law: "law", text: text, exchanges: [0, 99])],
            ruledOut: [.init([.timeout], law: "law", text: text, exchanges: [1])],
            runnerUp: .init(cause: .timeout, separatedBy: text), nextSteps: [text, text])
        var hostile = try result(text, verdict, .fail)
        hostile.target.model = text
        hostile.target.route.name = text
        hostile.target.findings = [Finding("environment", .warning, reason: text, text)]
        hostile.target.credential?.source = .file(text)
        hostile.checks = [CheckResult.Outcome.pass, .warn, .fail, .skip, .inconclusive].enumerated().map {
            CheckResult(id: CheckList.all[$0].id, $1, text)
        }
        var answer = Answer(
            status: 403, headers: Headers([HeaderField("x-request-id", text)]), bodyKind: .json, bodyBytes: 1,
            errors: [ErrorLayer(message: text, type: text, code: text, param: text)], keptBody: text)
        answer.title = text
        var page = Answer(status: 200, bodyKind: .html, title: text)
        page.excerpt = text
        var balance = Answer(status: 200, bodyKind: .json)
        balance.facts.balance = Facts.Balance(remaining: 1.5, currency: text)
        var list = Answer(status: 200, bodyKind: .json)
        list.facts.models = Facts.Models(count: 1, ids: [text])
        var said = Answer(status: 200, bodyKind: .json)
        said.facts.inference = Facts.Inference(model: text, finishReason: text, hasText: false)
        var status = Answer(status: 200, bodyKind: .json)
        status.facts.status = Facts.Status(components: [.init(name: text, state: text)])
        var edge = Answer(status: 200, bodyKind: .text)
        (edge.facts.country, edge.facts.egress) = (text, text)
        var plain = Answer(status: 500, bodyKind: .text)
        plain.excerpt = text
        hostile.exchanges = [
            exchange(.inference, .answer(answer)), exchange(.models, .answer(page)), exchange(.balance, .answer(balance)),
            exchange(.key, .failure(.init(kind: .connect, curlCode: 7, message: text))), exchange(.models, .answer(list)),
            exchange(.otherModel, .answer(said)), exchange(.edgeTrace, .answer(edge)), exchange(.responses, .answer(plain)),
            exchange(.handshake, .handshake), exchange(.statusPage, .answer(status)),
        ]
        hostile.withheld = [Withheld(.streaming, model: text, reason: .priceUnknown)]
        hostile.target.scopes = [text: text]
        for index in hostile.exchanges.indices {
            hostile.exchanges[index].probe.model = text
            hostile.exchanges[index].request.url = "https://api.sample.test/\(text)"
            hostile.exchanges[index].request.method = index == 2 ? text : hostile.exchanges[index].request.method
            hostile.exchanges[index].connection.peerAddress = text
            hostile.exchanges[index].connection.tls = TLSSession(
                version: text, certificate: Certificate(subject: text, issuer: text, notAfter: moment))
            hostile.exchanges[index].reading.detail = text
            hostile.exchanges[index].reading.reason = text
        }
        return report([hostile, hostile]) { report in
            report.network.library = text
            report.system = text
            report.settings = [text]
            report.network.proxies = [text]
            report.network.tunnels = [text]
            report.comparison = Comparison(
                cells: [
                    .init(target: 0, subject: text, route: text, key: text, place: text), .init(target: 1, subject: text, route: text),
                ],
                conclusions: [.init(law: text, text: text, confidence: .likely, cells: [0], nextSteps: [text])],
                offers: [ModelOffer(model: text, targets: [.init(subject: text, names: [text], isKnown: true)])],
                latency: LatencyComparison(
                    rounds: 1,
                    series: [.init(cell: 0, samples: [.init(total: .seconds(1))]), .init(cell: 1, samples: [.init(total: .seconds(2))])]))
        }
    }

    /// A report that a policy judged of which every name and reason is this text.
    static func hostileGate(_ text: String) throws -> Report {
        let verdict = Verdict(cause: .permissionDenied, confidence: .certain, owner: .accountAdmin, summary: text)
        var report = report([try result(text, verdict, .fail)])
        report.gate = Gate(
            findings: Gate.Outcome.allCases.flatMap { outcome in
                [
                    .init(
                        subject: text, rule: "checks", outcome: outcome, checks: [text], text: text, cause: .permissionDenied, owner: .you),
                    .init(subject: "group \(text)", rule: text, outcome: outcome, text: text, measured: 1, limit: 2, owner: .vendor),
                    .init(subject: nil, rule: "age", outcome: outcome, text: text),
                ]
            })
        return report
    }

    // MARK: Parts

    static func result(_ name: String, _ verdict: Verdict, _ outcome: CheckResult.Outcome) throws -> TargetResult {
        var target = try Sample.target(model: "small-1")
        target.name = name
        let outcomes: [CheckResult.Outcome] = [.pass, .pass, .pass, outcome, .skip]
        let checks = zip(CheckList.all, outcomes).map { check, outcome in
            CheckResult(id: check.id, outcome, "\(check.id) says \(outcome.rawValue)", exchanges: [0])
        }
        let refusal = Answer(
            status: verdict.cause == .healthy ? 200 : 403, headers: Headers([HeaderField("x-request-id", "req-1")]), bodyKind: .json,
            bodyBytes: 40, errors: verdict.cause == .healthy ? [] : [ErrorLayer(message: "No.", type: "some_type")])
        return TargetResult(
            target: target,
            exchanges: [
                exchange(.inference, .answer(refusal)),
                exchange(.models, .failure(.init(kind: .timeout, phase: .firstByte, curlCode: 28, message: "Nothing came.")), after: 40),
            ],
            checks: checks, verdict: verdict, startedAt: moment, duration: .milliseconds(345))
    }

    static func exchange(_ kind: Probe.Kind, _ outcome: Exchange.Outcome, after milliseconds: Int64 = 0) -> Exchange {
        let endpoint: Vendor.EndpointName = kind == .inference ? .inference : kind == .models ? .models : .key
        var exchange = Exchange(
            probe: Probe(kind, endpoint: endpoint, model: kind == .inference ? "small-1" : nil),
            request: .init(
                method: kind == .inference ? "POST" : "GET", url: "https://api.sample.test/v1/\(endpoint.rawValue)", keyUse: .own),
            startedAt: Timestamp(microseconds: moment.microseconds + milliseconds * 1000), outcome: outcome,
            timings: Timings(
                nameLookup: .milliseconds(3), connect: .milliseconds(15), tls: .milliseconds(46), pretransfer: .milliseconds(47),
                total: .milliseconds(250)))
        if case .answer(let answer) = outcome {
            exchange.timings.firstByte = .milliseconds(240)
            exchange.reading.cause = answer.status == 200 ? .healthy : .permissionDenied
        }
        exchange.connection.tls = TLSSession(
            version: "TLSv1.3",
            certificate: Certificate(subject: "sample.test", issuer: "Sample CA", notAfter: Timestamp(seconds: 1_771_000_000)))
        return exchange
    }
}
