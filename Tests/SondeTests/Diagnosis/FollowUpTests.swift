import Sonde
import SondeJSON
import TestSupport
import Testing

/// Requests beyond the baseline: when they are sent, to whom, and what they decide.
@Suite struct FollowUpTests {
    private let barred = Rehearsal.Reply.error(403, message: "Forbidden.", type: "account_barred")
    private let vague = Rehearsal.Reply.error(403, message: "Forbidden.")
    private let notFound = Rehearsal.Reply.page(404, title: "Not found")

    private func run(
        model: String? = "small-1", baseURL: String? = nil, _ changes: (inout Diagnosis.Options) -> Void = { _ in },
        reply: (Probe) -> Rehearsal.Reply
    ) throws -> Rehearsal {
        var options = Diagnosis.Options()
        changes(&options)
        return try Rehearsal(
            Sample.target(Sample.everything, model: model, baseURL: baseURL), options: options, retries: RetryPolicy(limit: 0)
        ) { probe, _ in reply(probe) }
    }

    private func kinds(_ run: Rehearsal) -> [Probe.Kind] { run.followUps.map(\.kind) }
    private func laws(_ run: Rehearsal) -> Set<String> { Set(run.verdict.because.map(\.law)) }

    // MARK: Other paths

    private func atRoot(_ baseURL: String, answersAt paths: Set<String>, as answer: Rehearsal.Reply = .models("m")) throws -> Rehearsal {
        try run(baseURL: baseURL) { probe in
            if case .below(let path) = probe.place, paths.contains(path) { return answer }
            return notFound
        }
    }

    @Test func `a base URL without its path is found out and the right one is named, for certain`() throws {
        let run = try atRoot("https://llm.example.test", answersAt: ["/v1"])
        #expect(run.verdict.cause == .wrongEndpoint)
        #expect(run.verdict.confidence == .certain)
        #expect(run.verdict.nextSteps.first?.contains("https://llm.example.test/v1") == true)
        #expect(run.followUps.map(\.place) == [.below(path: "/v1"), .below(path: "/api/v1")])
        #expect(run.outcome("reachability") == .fail)
    }

    @Test func `other paths are asked with the own key, at the same origin alone`() throws {
        let run = try atRoot("https://llm.example.test:8443/v1/v1", answersAt: ["/v1"])
        for exchange in run.exchanges where exchange.probe.kind == .baseURL {
            #expect(exchange.request.url.hasPrefix("https://llm.example.test:8443/"))
            #expect(exchange.request.keyUse == .own)
        }
        #expect(run.followUps.first?.place == .below(path: "/v1"))
    }

    @Test func `another path that refuses the key in the API's words is likely the right one`() throws {
        let run = try atRoot(
            "https://llm.example.test", answersAt: ["/api/v1"], as: .error(401, message: "Invalid API key", type: "authentication_error"))
        #expect(run.verdict.cause == .wrongEndpoint)
        #expect(run.verdict.confidence == .likely)
        #expect(run.verdict.nextSteps.first?.contains("https://llm.example.test/api/v1") == true)
    }

    @Test func `a page at every path is no API anywhere`() throws {
        let run = try run(baseURL: "https://llm.example.test") { _ in .page(200, title: "Welcome") }
        #expect(run.verdict.cause == .wrongEndpoint)
        #expect(run.verdict.confidence < .certain)
        #expect(!run.verdict.nextSteps.contains { $0.contains("the API answers there") })
        #expect(laws(run).contains("no-api-at-other-paths"))
    }

    @Test func `other paths are not tried at the vendor's own base URL, nor when the answer names the place, nor at another vendor's host`()
        throws
    {
        #expect(try kinds(run { _ in notFound }).isEmpty)
        let redirected = try run(baseURL: "https://llm.example.test") { _ in
            .body(302, "", "text/plain", ["location": "https://www.example.test/login"])
        }
        #expect(kinds(redirected).isEmpty)
        let finding = Finding("base_url", .warning, reason: "other_vendors_host", "…")
        let target = try Sample.target(Sample.everything, model: "m", baseURL: "https://api.other.test", findings: [finding])
        #expect(try Rehearsal(target) { _, _ in notFound }.followUps.isEmpty)
    }

    // MARK: Another API

    @Test func `a refusal of one API while another serves is about that API, not the account`() throws {
        let run = try run({ $0.usesControl = false }) { probe in
            switch probe.endpoint {
            case .models: .models("small-1")
            case .responses: .response()
            default: barred
            }
        }
        #expect(kinds(run) == [.otherAPI])
        #expect(run.verdict.cause == .permissionDenied)
        #expect(run.verdict.reason == "api_not_permitted")
        #expect(run.verdict.summary.contains("POST /v1/chat/completions"))
        #expect(run.verdict.nextSteps.first?.contains("POST /v1/responses") == true)
        #expect(Set(run.verdict.ruledOut.flatMap(\.causes)).contains(.accountDenied))
    }

    @Test func `the same refusal by another API is about the account`() throws {
        let run = try run({ $0.usesControl = false }) { probe in probe.endpoint == .models ? .models("small-1") : barred }
        #expect(kinds(run) == [.otherAPI])
        #expect(run.verdict.cause == .accountDenied)
        #expect(laws(run).contains("account-not-api"))
    }

    @Test func `what a free request decides costs no paid one`() throws {
        let run = try run { probe in
            if probe.kind == .badKey { return .error(401, message: "Invalid API key", type: "authentication_error") }
            return probe.endpoint == .models ? .models("small-1") : barred
        }
        #expect(kinds(run) == [.badKey])
        #expect(run.verdict.cause == .accountDenied)
        #expect(run.verdict.confidence == .certain)
    }

    @Test func `another model comes before another API, and may make it needless`() throws {
        let run = try run(model: "small-2") { probe in
            switch probe.endpoint {
            case .models: .models("small-1", "small-2")
            case .key: .json(200, ["balance": 5])
            default: probe.model == "small-1" ? .completion() : vague
            }
        }
        #expect(kinds(run) == [.otherModel])
        #expect(run.verdict.cause == .modelUnavailable)
        let both = try self.run(model: "small-2") { probe in
            probe.endpoint == .models
                ? .models("small-1", "small-2")
                : probe.endpoint == .key ? .json(200, ["balance": 5]) : probe.endpoint == .responses ? .response() : vague
        }
        #expect(kinds(both) == [.otherModel, .otherAPI])
        #expect(both.verdict.reason == "api_not_permitted")
    }

    @Test func `a model that does not chat is asked by the other API, and that settles it`() throws {
        let run = try run { probe in
            switch probe.endpoint {
            case .models: .models("small-1")
            case .key: .json(200, ["balance": 5])
            case .responses: .response()
            default:
                .error(
                    404, message: "This is not a chat model and thus not supported in the v1/chat/completions endpoint.",
                    type: "invalid_request_error", param: "model")
            }
        }
        #expect(kinds(run) == [.otherAPI])
        #expect(run.verdict.cause == .wrongEndpoint)
        #expect(run.verdict.confidence == .certain)
        #expect(run.verdict.nextSteps.first?.contains("/responses") == true)
    }

    @Test func `a vendor with one API is not asked for another, nor with a body of the user's own`() throws {
        #expect(
            try !Rehearsal(Sample.target(model: "small-1"), options: noControl()) { _, _ in barred }.probes.contains {
                $0.kind == .otherAPI
            })
        #expect(try !kinds(run({ ($0.usesControl, $0.hasOwnBody) = (false, true) }) { _ in barred }).contains(.otherAPI))
    }

    private func noControl() -> Diagnosis.Options {
        var options = Diagnosis.Options()
        options.usesControl = false
        return options
    }

    // MARK: What separates nothing

    @Test func `a model that is gone for certain is not paid for again, but replaced where nobody asked for it`() throws {
        let sign: JSON = [
            "when": ["code": "no_such_model"], "cause": "model_unavailable", "reason": "unknown_model", "certainty": "certain",
        ]
        func run(_ model: String?) throws -> Rehearsal {
            try Rehearsal(Sample.target(["signs": [sign]], model: model)) { probe, _ in
                switch probe.endpoint {
                case .models: .models("small-1", "small-2")
                case .key: .json(200, ["balance": 5])
                default: probe.model == "small-1" ? .error(404, message: "It is gone.", code: "no_such_model") : .completion()
                }
            }
        }
        let named = try run("small-1")
        #expect(kinds(named) == [])
        #expect(named.verdict.cause == .modelUnavailable && named.verdict.confidence == .certain)
        let chosen = try run(nil)
        #expect(kinds(chosen) == [.otherModel])
        #expect(chosen.verdict.cause == .healthy)
    }

    @Test func `a bare 404 beside a list that answers may be the model's, and another model tells`() throws {
        func run(
            _ model: String?, list: Rehearsal.Reply = .models("small-1", "small-2"), _ refusal: Rehearsal.Reply, other: Rehearsal.Reply
        )
            throws -> Rehearsal
        {
            try self.run(model: model) { probe in
                switch probe.endpoint {
                case .models: list
                case .key: .json(200, ["balance": 5])
                default: probe.model == "small-1" ? refusal : other
                }
            }
        }
        let bare = Rehearsal.Reply.json(404, ["detail": "Not Found"])
        let found = try run("small-1", bare, other: .completion())
        #expect(kinds(found) == [.otherModel])
        #expect(found.verdict.cause == .modelUnavailable && found.verdict.confidence == .likely)
        #expect(found.verdict.ruledOut.flatMap(\.causes).contains(.wrongEndpoint))
        #expect(try run(nil, bare, other: .completion()).verdict.cause == .healthy)
        let path = try run("small-1", bare, other: bare)
        #expect(kinds(path) == [.otherModel])
        #expect(path.verdict.cause == .wrongEndpoint)
        // The answer speaks of the path, or of the method, or the list is not there either.
        #expect(try kinds(run("small-1", .error(404, message: "Invalid URL"), other: .completion())) == [])
        #expect(try kinds(run("small-1", .json(405, ["detail": "Method Not Allowed"]), other: .completion())) == [])
        #expect(try kinds(run("small-1", list: bare, bare, other: .completion())) == [])
    }

    @Test func `whether a key arrives is asked without one, not with one that is made up`() throws {
        let run = try run { probe in
            probe.endpoint == .models ? .models("small-1") : .error(401, message: "Missing API key")
        }
        #expect(kinds(run) == [.noKey])
        #expect(run.verdict.cause == .keyMissing && run.verdict.confidence == .certain)
    }

    // MARK: Status page

    private func outage(_ states: [String: String], _ answer: Rehearsal.Reply = .error(503, type: "server_error"), baseURL: String? = nil)
        throws -> Rehearsal
    {
        try run(baseURL: baseURL) { probe in probe.kind == .statusPage ? .statusPage(states) : answer }
    }

    @Test func `an outage that the status page admits is certain`() throws {
        let run = try outage(["Chat": "major_outage", "Web": "operational"])
        #expect(kinds(run) == [.statusPage])
        #expect(run.verdict.cause == .providerOutage)
        #expect(run.verdict.confidence == .certain)
        #expect(run.exchanges.last?.request.url == "https://status.sample.test/api/v2/components.json")
        #expect(run.exchanges.last?.request.keyUse == Probe.KeyUse.none)
    }

    @Test func `requests that die while the status page admits an outage are the vendor's`() throws {
        let run = try outage(["Chat": "partial_outage"], .dead(.timeout, .firstByte))
        #expect(run.verdict.cause == .providerOutage)
        #expect(run.verdict.reason == "reported_outage")
        #expect(run.verdict.isRetryable)
    }

    @Test func `a green page rules nothing out and says so, and trouble of other components is none`() throws {
        for states in [["Chat": "operational"], ["Chat": "operational", "Web": "major_outage"]] {
            let run = try outage(states)
            #expect(run.verdict.cause == .providerOutage)
            #expect(run.verdict.confidence == .likely)
            #expect(run.verdict.because.last?.text.contains("rules nothing out") == true)
            #expect(!run.verdict.ruledOut.flatMap(\.causes).contains(.providerOutage))
        }
    }

    @Test func `degraded components leave a time-out what it is, with the outage behind it`() throws {
        let run = try outage(["Chat": "degraded_performance"], .dead(.timeout, .firstByte))
        #expect(run.verdict.cause == .timeout)
        #expect(run.verdict.runnerUp?.cause == .providerOutage)
    }

    @Test func `a status page that cannot be read changes nothing, and is asked once`() throws {
        let plain = try run({ $0.asksThirdParties = false }) { _ in .error(503, type: "server_error") }
        for broken in [Rehearsal.Reply.page(503, title: "Down"), .dead(.connect), .json(200, ["components": "none"]), .json(200, [:])] {
            let run = try run { probe in probe.kind == .statusPage ? broken : .error(503, type: "server_error") }
            #expect(run.verdict == plain.verdict)
            #expect(kinds(run) == [.statusPage])
        }
    }

    @Test func `an answer of the status page is no answer of the service`() throws {
        let run = try outage(["Chat": "operational"], .dead(.connect))
        #expect(run.verdict.cause == .connectFailure)
        #expect(run.outcome("reachability") == .fail)
        #expect(!run.verdict.because.contains { $0.law == "answered-by-other-requests" })
    }

    @Test func `third parties are asked only about the vendor's own hosts, and only where that is allowed`() throws {
        let region = Rehearsal.Reply.error(
            403, message: "Country, region, or territory not supported", code: "unsupported_country_region_territory")
        for answer in [Rehearsal.Reply.error(503, type: "server_error"), region] {
            #expect(try !kinds(run { _ in answer }).isEmpty)
            for aside in [Probe.Kind.statusPage, .edgeTrace] {
                #expect(try !kinds(run({ $0.asksThirdParties = false }) { _ in answer }).contains(aside))
                #expect(try !kinds(run({ $0.followsUp = false }) { _ in answer }).contains(aside))
                #expect(try !kinds(run(baseURL: "https://mirror.example.test/v1") { _ in answer }).contains(aside))
            }
        }
    }

    // MARK: Edge trace

    @Test func `a refused country is named as the vendor's edge sees it`() throws {
        let run = try run { probe in
            probe.kind == .edgeTrace
                ? .body(200, "fl=1\nh=api.sample.test\nip=203.0.113.7\nloc=KP\ncolo=FRA\n", "text/plain")
                : .error(403, message: "Country, region, or territory not supported", code: "unsupported_country_region_territory")
        }
        #expect(kinds(run) == [.edgeTrace])
        #expect(run.verdict.cause == .regionBlocked)
        #expect(run.verdict.because.last?.text == "The vendor's edge sees this request coming from KP.")
        #expect(run.verdict.nextSteps.first?.contains("KP") == true)
        let trace = try #require(run.exchanges.last)
        #expect(trace.request.url == "https://api.sample.test/cdn-cgi/trace")
        #expect(trace.request.keyUse == Probe.KeyUse.none)
        #expect(trace.answer?.excerpt == nil, "the caller's address is kept")
    }

    @Test func `a trace that names no country says nothing`() throws {
        for text in ["loc=XX\n", "loc=\n", "colo=FRA\n", "loc=Germany\n"] {
            let run = try run { probe in
                probe.kind == .edgeTrace
                    ? .body(200, text, "text/plain") : .error(403, message: "x", code: "unsupported_country_region_territory")
            }
            #expect(!laws(run).contains("edge-sees-country"), "\(text)")
        }
    }
}
