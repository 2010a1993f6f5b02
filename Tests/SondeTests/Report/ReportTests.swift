import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct ReportTests {
    private func result(
        _ cause: Cause, _ name: String = "a", host: String = "https://api.sample.test/v1", isRetryable: Bool = false, reason: String? = nil,
        checks: [(String, CheckResult.Outcome)] = [("auth", .pass), ("inference", .pass)], answered: Bool = true, asked: Bool = true
    ) throws -> TargetResult {
        let outcome: Exchange.Outcome =
            answered ? .answer(Answer(status: 200, bodyKind: .json)) : .failure(.init(kind: .connect, message: "refused"))
        let exchange = Exchange(
            probe: Probe(.inference, endpoint: .inference, model: "m"), request: .init(method: "POST", url: host, keyUse: .own),
            startedAt: Timestamp(seconds: 0), outcome: outcome)
        return TargetResult(
            target: try Sample.target(baseURL: host), exchanges: asked ? [exchange] : [],
            checks: checks.map { CheckResult(id: $0.0, $0.1, "…") },
            verdict: Verdict(cause: cause, reason: reason, confidence: .likely, owner: .you, isRetryable: isRetryable),
            startedAt: Timestamp(seconds: 0), duration: .seconds(1))
    }

    private func report(_ targets: TargetResult..., interruption: Sonde.ExitStatus? = nil, failsOnWarning: Bool = false) -> Report {
        Report(
            startedAt: Timestamp(seconds: 0), duration: .seconds(1), network: .init(), targets: targets, interruption: interruption,
            failsOnWarning: failsOnWarning)
    }

    // MARK: Outcome of a target

    @Test func `a healthy target passes, or warns as its worst check does`() throws {
        #expect(try result(.healthy).outcome == .pass)
        #expect(try result(.healthy, checks: [("auth", .skip), ("inference", .pass)]).outcome == .pass)
        #expect(try result(.healthy, checks: [("auth", .pass), ("model", .warn)]).outcome == .warn)
        #expect(try result(.healthy, checks: [("auth", .inconclusive), ("model", .warn)]).outcome == .inconclusive)
        #expect(try result(.healthy, checks: [("auth", .fail), ("model", .inconclusive)]).outcome == .fail)
    }

    @Test func `a target of which nothing was measured is inconclusive`() throws {
        #expect(try result(.healthy, checks: [("billing", .skip)]).outcome == .inconclusive)
        #expect(try result(.healthy, checks: []).outcome == .inconclusive)
    }

    @Test func `a verdict other than healthy is never a pass, whatever the checks say`() throws {
        for cause in Cause.allCases where cause != .healthy && cause != .inconclusive { #expect(try result(cause).outcome == .fail) }
        #expect(try result(.inconclusive).outcome == .inconclusive)
    }

    @Test func `without inference what was asked for passes only when the key was proven`() throws {
        #expect(
            try result(.inconclusive, reason: "inference_not_tested", checks: [("auth", .pass), ("inference", .skip)]).outcome == .pass)
        #expect(try result(.inconclusive, reason: "inference_not_tested", checks: [("auth", .pass), ("model", .warn)]).outcome == .warn)
        #expect(
            try result(.inconclusive, reason: "inference_not_tested", checks: [("auth", .skip), ("inference", .skip)]).outcome
                == .inconclusive)
        #expect(
            try result(.inconclusive, reason: "inference_not_tested", checks: [("auth", .pass), ("model", .fail)]).outcome == .inconclusive)
        #expect(try result(.inconclusive, reason: "no_model", checks: [("auth", .pass)]).outcome == .inconclusive)
    }

    // MARK: Exit status

    @Test func `the exit status follows from the worst target`() throws {
        let (fine, failed, later, open) = (
            try result(.healthy), try result(.keyRejected), try result(.rateLimited, isRetryable: true), try result(.inconclusive)
        )
        #expect(report(fine).exitStatus == .pass)
        #expect(report(fine, failed).exitStatus == .checkFailed)
        #expect(report(fine, later).exitStatus == .retryable)
        #expect(report(later, failed).exitStatus == .checkFailed)
        #expect(report(later, open).exitStatus == .retryable)
        #expect(report(fine, open).exitStatus == .inconclusive)
        #expect(report().exitStatus == .inconclusive)
    }

    @Test func `an interruption comes before everything`() throws {
        #expect(try report(result(.keyRejected), interruption: .interrupted).exitStatus == .interrupted)
        #expect(report(interruption: .terminated).exitStatus == .terminated)
    }

    @Test func `a warning passes, unless it is to fail`() throws {
        let warned = try result(.healthy, checks: [("inference", .warn)])
        #expect(report(warned).exitStatus == .pass)
        #expect(report(warned, failsOnWarning: true).exitStatus == .checkFailed)
        #expect(try report(result(.healthy), failsOnWarning: true).exitStatus == .pass)
    }

    @Test func `the outcome is the worst of the targets`() throws {
        let (fine, failed, open, warned) = (
            try result(.healthy), try result(.keyRejected), try result(.inconclusive), try result(.healthy, checks: [("a", .warn)])
        )
        #expect(report(fine, warned).outcome == .warn)
        #expect(report(fine, warned, open).outcome == .inconclusive)
        #expect(report(open, failed).outcome == .fail)
        #expect(report(fine).outcome == .pass)
        #expect(report().outcome == .inconclusive)
    }

    // MARK: Offline

    @Test func `two hosts and none reached is this machine, not the services`() throws {
        let offline = try report(
            result(.dnsFailure, host: "https://a.test", answered: false), result(.connectFailure, host: "https://b.test", answered: false))
        #expect(offline.isOffline)
        #expect(offline.outcome == .inconclusive)
        #expect(offline.exitStatus == .inconclusive)
    }

    @Test func `one host, one that answered, or loopback is not offline`() throws {
        let (a, b) = (try result(.dnsFailure, host: "https://a.test", answered: false), try result(.healthy, host: "https://b.test"))
        #expect(!report(a).isOffline)
        #expect(!report(a, a).isOffline)
        #expect(!report(a, b).isOffline)
        #expect(report(a, b).exitStatus == .checkFailed)
        #expect(try !report(a, result(.connectFailure, host: "http://127.0.0.1:1", answered: false)).isOffline)
        #expect(try !report(a, result(.tlsFailure, host: "https://b.test", answered: false)).isOffline)
        #expect(try !report(a, result(.keyMalformed, host: "https://b.test", asked: false)).isOffline)
    }

    // MARK: Hosts, usage, clock

    @Test func `hosts are those that were asked, once each, in order`() throws {
        let report = try report(
            result(.healthy, host: "https://b.test"), result(.healthy, host: "http://a.test:8080"),
            result(.healthy, host: "https://b.test/x"), result(.keyMalformed, host: "https://c.test", asked: false))
        #expect(report.hostsContacted == ["b.test:443", "a.test:8080"])
    }

    @Test func `usage is what the service counted`() throws {
        var result = try result(.healthy)
        result.exchanges[0].outcome = .answer(
            Answer(status: 200, facts: Facts(inference: .init(hasText: true, inputTokens: 11, outputTokens: 2))))
        result.exchanges.append(result.exchanges[0])
        #expect(result.usage == .init(requests: 2, inputTokens: 22, outputTokens: 4))
    }

    @Test func `clock skew is our time of arrival against the answer's date`() throws {
        var result = try result(.healthy)
        #expect(result.clockSkew == nil)
        result.exchanges[0].startedAt = Timestamp(seconds: 784_111_777)
        result.exchanges[0].timings.firstByte = .milliseconds(2300)
        result.exchanges[0].outcome = .answer(Answer(status: 200, headers: Headers([HeaderField("date", "Sun, 06 Nov 1994 08:49:37 GMT")])))
        #expect(result.clockSkew == 2)
    }

    // MARK: JSON

    @Test func `the report's members stand in their order`() throws {
        let json = try report(result(.healthy)).json
        #expect(
            json.objectValue?.keys == [
                "schema_version", "tool", "started_at", "local_time", "duration_ms", "network", "hosts_contacted", "system",
                "includes_identifiers", "targets", "fail_on", "recorded", "outcome", "exit_code",
            ])
        #expect(json["schema_version"] == 1)
        #expect(json["exit_code"] == 0)
        #expect(json["outcome"] == "pass")
        #expect(json["started_at"] == "1970-01-01T00:00:00.000Z")
        let target = json["targets"]?[0]
        #expect(
            target?.objectValue?.keys == [
                "name", "vendor", "base_url", "model", "key", "route", "scopes", "headers", "options", "started_at", "duration_ms",
                "clock_skew_s", "findings", "checks", "exchanges", "verdict", "usage", "outcome", "model_chosen",
            ])
        #expect(target?["model"] == "m")
        #expect(target?["key"] == ["source": "env:SAMPLE_API_KEY", "prefix": "smp_", "length": 24])
        #expect(
            target?["exchanges"]?[0]?.objectValue?.keys == [
                "probe", "attempt", "started_at", "request", "response", "connection", "timings_ms", "reading",
            ])
        #expect(target?["usage"]?.objectValue?.keys == ["requests", "input_tokens", "output_tokens"])
    }

    @Test func `the system and the identifiers come back from a saved report`() throws {
        var made = report()
        #expect(made.json["system"] == .null && made.json["includes_identifiers"] == false)
        (made.system, made.includesIdentifiers) = ("Linux 6.1.0 x86_64", true)
        let catalog = try VendorCatalog(vendors: [Sample.vendor()], providers: [Sample.Provider()])
        let again = try Report(saved: made.json, catalog: catalog, judge: Judge(vendors: catalog.vendors))
        #expect(again.system == "Linux 6.1.0 x86_64" && again.includesIdentifiers)
    }

    @Test func `a verdict's members stand in their order, and a runner-up only where there is one`() {
        var verdict = Verdict(cause: .timeout, confidence: .likely, owner: .network)
        #expect(
            verdict.json.objectValue?.keys == [
                "cause", "reason", "confidence", "owner", "retryable", "summary", "because", "ruled_out", "next_steps",
            ])
        verdict.runnerUp = .init(cause: .providerOutage, separatedBy: "time")
        verdict.because = [.init(law: "l", text: "t", exchanges: [0])]
        verdict.ruledOut = [.init([.keyRejected], law: "l", text: "t", exchanges: [1])]
        #expect(verdict.json["runner_up"] == ["cause": "provider_outage", "separated_by": "time"])
        #expect(verdict.json["because"] == [["law": "l", "text": "t", "exchanges": [0]]])
        #expect(verdict.json["ruled_out"] == [["causes": ["key_rejected"], "law": "l", "text": "t", "exchanges": [1]]])
        #expect(verdict.json["reason"] == .null)
    }

    @Test func `the key itself stands nowhere in a report`() throws {
        #expect(try !report(result(.healthy)).json.text().contains("4f9Qz7Lm"))
    }

    @Test func `a failure and its time are written, phases that were not reached are left out`() throws {
        var result = try result(.connectFailure, answered: false)
        result.exchanges[0].outcome = .failure(.init(kind: .timeout, phase: .connect, curlCode: 28, message: "slow"))
        result.exchanges[0].timings = Timings(nameLookup: .microseconds(1500), total: .seconds(5))
        let exchange = report(result).json["targets"]?[0]?["exchanges"]?[0]
        #expect(exchange?["response"] == nil)
        #expect(exchange?["transport_error"] == ["kind": "timeout", "phase": "connect", "curl_code": 28, "message": "slow"])
        #expect(exchange?["timings_ms"] == ["dns": JSON.number(1.5), "total": JSON.number(5000)])
    }
}
