import SondeJSON
import TestSupport
import Testing

@testable import Sonde

@Suite struct GatekeeperTests {
    private func policy(_ json: JSON) throws -> Policy { try Policy(JSONReader(json)) }

    private func report(_ trials: [Trial]) throws -> Report {
        let results = try trials.map { try $0.result() }
        return Report(startedAt: results[0].startedAt, duration: .seconds(1), network: .init(), targets: results)
    }

    private func gate(
        _ policy: JSON, _ trials: [Trial], later seconds: Int64 = 10, baseline: Report? = nil, change: (inout Report) -> Void = { _ in }
    ) throws -> Gate {
        var report = try report(trials)
        change(&report)
        return Gatekeeper(
            policy: try self.policy(policy), now: Timestamp(seconds: report.startedAt.seconds + seconds), baseline: baseline
        ).judge(report, expecting: trials.map { .init(name: $0.subject) })
    }

    private func finding(_ gate: Gate, _ rule: String) throws -> Gate.Finding { try #require(gate.findings.first { $0.rule == rule }) }

    // MARK: Checks

    @Test func `without a policy every target must pass`() throws {
        #expect(try gate([:], [Trial()]).exitStatus == .pass)
        let failed = try gate([:], [Trial(subject: "a"), Trial(subject: "b", answer: .noCredit)])
        #expect(failed.exitStatus == .checkFailed)
        #expect(failed.findings.map(\.outcome) == [.pass, .fail])
        #expect(failed.findings[1].cause == .billingBlocked)
        #expect(failed.findings[1].owner == .accountAdmin)
    }

    @Test func `only what is required counts`() throws {
        #expect(try gate(["require": ["reachability", "auth"]], [Trial(answer: .noCredit)]).outcome == .pass)
        #expect(try gate(["require": ["inference"]], [Trial(answer: .noCredit)]).outcome == .fail)
    }

    @Test func `a required check that was not answered is no pass`() throws {
        let gate = try gate(["require": ["inference"]], [Trial(answer: .untested)])
        #expect(gate.outcome == .inconclusive)
        #expect(gate.exitStatus == .inconclusive)
    }

    @Test func `a report that was made without a required check says how it is made with it`() throws {
        let required = try finding(gate(["require": ["inference", "streaming"]], [Trial()]), "checks")
        #expect(required.outcome == .inconclusive)
        #expect(required.owner == .you)
        #expect(
            required.text
                == "sample passes, but streaming, which must, had no answer. The report was made without: sonde check --with streaming.")
        let limit = try finding(gate(["limits": ["max_time_to_first_token_ms": 9]], [Trial()]), "max_time_to_first_token_ms")
        #expect(limit.text.hasSuffix("must be at most 9 ms. The report was made without: sonde check --with streaming."))
        let usual = try gate(["require": ["inference"]], [Trial()]) { $0.targets[0].checks.removeAll { $0.id == "inference" } }
        #expect(usual.findings[0].text.hasSuffix("The report was made without: sonde check without --only and --skip."))
    }

    @Test func `a target's own rules take the place of the common ones`() throws {
        let policy: JSON = ["require": ["inference"], "targets": ["b": ["require": ["auth"]]]]
        #expect(try gate(policy, [Trial(subject: "b", answer: .noCredit)]).outcome == .pass)
        #expect(try gate(policy, [Trial(subject: "a", answer: .noCredit)]).outcome == .fail)
    }

    @Test func `a target that the report lacks was not measured`() throws {
        let report = try report([Trial(subject: "a")])
        let gate = Gatekeeper(policy: Policy(), now: report.startedAt).judge(report, expecting: [.init(name: "a"), .init(name: "b")])
        #expect(gate.outcome == .inconclusive)
        #expect(gate.findings[1].text == "b is not in the report: nothing was measured of it.")
    }

    @Test func `a report of another service under the same name measured nothing of this one`() throws {
        let report = try report([Trial(subject: "a")])
        let gate = Gatekeeper(policy: Policy(), now: report.startedAt).judge(
            report, expecting: [.init(name: "a", service: "sample https://elsewhere.sample.test/v1")])
        #expect(gate.exitStatus == .inconclusive)
    }

    @Test(arguments: [("small-1", Gate.Outcome.pass), ("large-1", .inconclusive)])
    func `a measurement of another model is none of this one`(_ pair: (model: String, outcome: Gate.Outcome)) throws {
        let report = try report([Trial(subject: "a", model: "small-1")])
        let gate = Gatekeeper(policy: Policy(), now: report.startedAt).judge(report, expecting: [.init(name: "a", model: pair.model)])
        #expect(gate.outcome == pair.outcome)
    }

    @Test func `calls that were only explained are no measurement`() throws {
        var report = try report([Trial(subject: "a")])
        report.recorded = .init()
        #expect(
            Gatekeeper(policy: Policy(), now: report.startedAt).judge(report, expecting: [.init(name: "a")]).exitStatus == .inconclusive)
    }

    @Test func `a report without targets is no pass`() {
        let report = Report(startedAt: Timestamp(seconds: 0), duration: .zero, network: .init(), targets: [])
        #expect(Gatekeeper(policy: Policy(), now: report.startedAt).judge(report, expecting: []).exitStatus == .inconclusive)
    }

    @Test func `what may all pass on a retry has an exit status of its own`() throws {
        var report = try report([Trial(subject: "a", answer: .noCredit)])
        report.targets[0].verdict.isRetryable = true
        #expect(Gatekeeper(policy: Policy(), now: report.startedAt).judge(report, expecting: [.init(name: "a")]).exitStatus == .retryable)
    }

    // MARK: Tolerance

    @Test(arguments: [("2025-11-20", Gate.Outcome.warn), ("2025-11-19", .fail)])
    func `a cause is tolerated until its day is over`(_ pair: (day: String, outcome: Gate.Outcome)) throws {
        // The trials begin on 2025-11-20.
        let gate = try gate(
            ["tolerate": [["cause": "billing_blocked", "until": .string(pair.day), "because": "invoice is on its way"]]],
            [Trial(answer: .noCredit)])
        #expect(gate.outcome == pair.outcome)
        #expect(gate.findings[0].text.contains(pair.day))
    }

    @Test func `a tolerance for one target is none for another`() throws {
        let policy: JSON = ["tolerate": [["cause": "billing_blocked", "targets": ["a"]]]]
        #expect(try gate(policy, [Trial(subject: "a", answer: .noCredit)]).outcome == .warn)
        #expect(try gate(policy, [Trial(subject: "b", answer: .noCredit)]).outcome == .fail)
    }

    // MARK: Limits

    private func timed(_ milliseconds: Int) -> (inout Report) -> Void {
        { report in
            for index in report.targets[0].exchanges.indices {
                report.targets[0].exchanges[index].timings.total = .milliseconds(milliseconds)
            }
        }
    }

    @Test(arguments: [(499, Gate.Outcome.pass), (500, .pass), (501, .breach)])
    func `latency holds up to its limit`(_ pair: (measured: Int, outcome: Gate.Outcome)) throws {
        let gate = try gate(["limits": ["max_latency_ms": 500]], [Trial()], change: timed(pair.measured))
        #expect(gate.outcome == pair.outcome)
        let finding = try finding(gate, "max_latency_ms")
        #expect(finding.measured == Double(pair.measured))
        #expect(finding.limit == 500)
    }

    @Test(arguments: [(5.0, Gate.Outcome.pass), (5.01, .breach)])
    func `a balance must be left`(_ pair: (limit: Double, outcome: Gate.Outcome)) throws {
        #expect(try gate(["limits": ["min_balance_usd": .number(pair.limit)]], [Trial()]).outcome == pair.outcome)
    }

    @Test(arguments: Metric.allCases.filter { ![.latency, .balance].contains($0) })
    func `a limit on what was not measured is a breach that says so`(_ metric: Metric) throws {
        let gate = try gate(["limits": .object(JSON.Object([(metric.rawValue, .integer(1))]))], [Trial()])
        #expect(gate.exitStatus == .thresholdBreached)
        #expect(try finding(gate, metric.rawValue).text.contains("was not measured"))
    }

    /// The service tells a balance of 5; whose, and in which currency, its manifest says.
    private func balance(_ least: Int64, of subject: String, in currency: String = "USD") throws -> Gate.Finding {
        let vendor = try Sample.vendor([
            "endpoints": [
                "key": [
                    "path": "/credits", "proves_key": true, "balance": ["of": .string(subject), "remaining": "balance", "currency": "USD"],
                ]
            ]
        ])
        let gate = try gate(["limits": ["min_balance_usd": .integer(least)]], [Trial()]) { report in
            report.targets[0].target.vendor = vendor
            for index in report.targets[0].exchanges.indices {
                guard case .answer(var answer) = report.targets[0].exchanges[index].outcome else { continue }
                answer.facts.balance?.currency = currency
                report.targets[0].exchanges[index].outcome = .answer(answer)
            }
        }
        return try finding(gate, "min_balance_usd")
    }

    @Test func `the account's balance is held to its limit, and named`() throws {
        #expect(try balance(5, of: "account").outcome == .pass)
        #expect(try balance(6, of: "account").text == "sample: the account's balance is 5 USD, and must be at least 6 USD.")
    }

    @Test func `what a key may still spend is not taken for the account's balance`() throws {
        let enough = try balance(5, of: "key")
        #expect(enough.outcome == .breach)
        #expect(enough.measured == nil)
        #expect(enough.text.hasPrefix("sample: the account's balance was not measured, and must be at least 5 USD."))
        #expect(enough.text.hasSuffix("What is known is the key's own limit, of which 5 USD are left; the account may have less."))
        let tooLittle = try balance(6, of: "key")
        #expect(tooLittle.outcome == .breach)
        #expect(tooLittle.text == "sample: 5 USD are left of the key's own limit, and must be at least 6 USD.")
    }

    @Test func `a balance in another currency is none in dollars`() throws {
        let finding = try balance(1, of: "account", in: "CNY")
        #expect(finding.outcome == .breach)
        #expect(finding.text.hasSuffix("It is told in another currency: 5.00 CNY."))
    }

    @Test func `of a failure the limits do not matter`() throws {
        #expect(try gate(["limits": ["max_cost_usd": 1]], [Trial(answer: .noCredit)]).exitStatus == .checkFailed)
    }

    // MARK: Samples

    private func samples(_ times: [Int?]) -> (inout Report) -> Void {
        { report in report.targets[0].samples = .init(times: times.map { .init(total: $0.map { .milliseconds($0) }) }) }
    }

    @Test func `so many samples of so many must succeed, for each target by itself`() throws {
        let policy: JSON = ["samples": ["count": 3, "succeed": 2]]
        #expect(try gate(policy, [Trial()], change: samples([10, nil, 10])).outcome == .pass)
        #expect(try gate(policy, [Trial()], change: samples([10, nil, nil])).outcome == .breach)
        #expect(try gate(policy, [Trial()]).outcome == .breach)
    }

    @Test func `samples that the run's end kept away are missing aloud`() throws {
        let gate = try gate(["samples": ["count": 3, "succeed": 3]], [Trial()], change: samples([10, 10]))
        #expect(gate.outcome == .breach)
        #expect(
            try finding(gate, "samples").text
                == "sample: 2 of 2 samples succeeded, and 3 of 3 must. The time was over before the others; --deadline gives them more.")
        #expect(try finding(gate, "samples").owner == .you)
    }

    @Test func `samples are part of what a run cost`() throws {
        func gate(_ cost: Double?) throws -> Gate.Finding {
            try finding(
                self.gate(["limits": ["max_cost_usd": 0.5]], [Trial()]) { report in
                    report.targets[0].target.vendor.kind = .local
                    report.targets[0].samples = .init(usage: .init(requests: 3, inputTokens: 60, outputTokens: 9, cost: cost))
                }, "max_cost_usd")
        }
        #expect(try gate(0.5).outcome == .pass)
        #expect(try gate(0.6).text == "sample: the cost of the run, samples included, is 0.6 USD, and must be at most 0.5 USD.")
        #expect(try gate(nil).outcome == .breach)
    }

    @Test func `with samples the latency is their median`() throws {
        let gate = try gate(["limits": ["max_latency_ms": 20, "max_latency_p95_ms": 50]], [Trial()], change: samples([10, 20, 900]))
        #expect(try finding(gate, "max_latency_ms").measured == 20)
        #expect(try finding(gate, "max_latency_p95_ms").measured == 900)
        #expect(gate.outcome == .breach)
    }

    // MARK: Groups

    private let chain = [Trial(subject: "a", answer: .noCredit), Trial(subject: "b")]

    @Test func `a chain of fallbacks holds while one works`() throws {
        let gate = try gate(["groups": [["name": "chat", "any": ["a", "b"]]]], chain)
        #expect(gate.outcome == .warn)
        #expect(gate.exitStatus == .pass)
        #expect(try finding(gate, "group").text == "chat: 1 of 2 work (b), and 1 must.")
    }

    @Test func `a group that needs all fails with one`() throws {
        #expect(try gate(["groups": [["name": "chat", "all": ["a", "b"]]]], chain).outcome == .fail)
    }

    @Test(arguments: [(1, Gate.Outcome.warn), (2, .fail)])
    func `a group may need a number`(_ pair: (needed: Int, outcome: Gate.Outcome)) throws {
        let policy: JSON = ["groups": [["name": "chat", "at_least": .integer(Int64(pair.needed)), "of": ["a", "b"]]]]
        #expect(try gate(policy, chain).outcome == pair.outcome)
    }

    @Test func `a member that breaks a limit does not work`() throws {
        let policy: JSON = ["limits": ["max_cost_usd": 1], "groups": [["name": "chat", "any": ["a", "b"]]]]
        #expect(try gate(policy, [Trial(subject: "a"), Trial(subject: "b")]).outcome == .breach)
    }

    @Test func `one group's fallback is no other group's`() throws {
        let policy: JSON = ["groups": [["name": "one", "any": ["a", "b"]], ["name": "two", "any": ["a", "c"]]]]
        let trials = [Trial(subject: "a", answer: .noCredit), Trial(subject: "b"), Trial(subject: "c", answer: .noCredit)]
        #expect(try gate(policy, trials).outcome == .fail)
    }

    @Test func `a group that fails has cause and owner of the member that decides, not of another's breach`() throws {
        let policy: JSON = [
            "targets": ["a": ["limits": ["min_certificate_days": 900]]], "groups": [["name": "chat", "all": ["a", "b"]]],
        ]
        let group = try finding(gate(policy, [Trial(subject: "a"), Trial(subject: "b", answer: .noCredit)]), "group")
        #expect(group.outcome == .fail)
        #expect(group.cause == .billingBlocked)
        #expect(group.owner == .accountAdmin)
    }

    @Test func `what is in no group must still pass`() throws {
        let policy: JSON = ["groups": [["name": "chat", "any": ["a", "b"]]]]
        #expect(try gate(policy, chain + [Trial(subject: "c", answer: .barred)]).outcome == .fail)
    }

    // MARK: Baseline and age

    @Test func `a cause that the baseline does not have is a breach, even where it is tolerated`() throws {
        let policy: JSON = ["baseline": ["report": "before.json"], "tolerate": [["cause": "billing_blocked"]]]
        let before = try report([Trial()])
        let breach = try gate(policy, [Trial(answer: .noCredit)], baseline: before)
        #expect(breach.outcome == .breach)
        #expect(try finding(breach, "baseline_cause").cause == .billingBlocked)
        #expect(try finding(breach, "baseline_cause").owner == .accountAdmin)
        #expect(try gate(policy, [Trial(answer: .noCredit)], baseline: report([Trial(answer: .noCredit)])).outcome == .warn)
    }

    @Test(arguments: [(110, Gate.Outcome.pass), (130, .breach)])
    func `the latency may grow by so much`(_ pair: (now: Int, outcome: Gate.Outcome)) throws {
        var before = try report([Trial()])
        timed(100)(&before)
        let policy: JSON = ["baseline": ["report": "before.json", "max_latency_increase_percent": 20]]
        #expect(try gate(policy, [Trial()], baseline: before, change: timed(pair.now)).outcome == pair.outcome)
    }

    @Test func `a model that was listed must still be`() throws {
        let policy: JSON = ["baseline": ["report": "before.json"]]
        let before = try report([Trial(model: "small-1")])
        let gate = try gate(policy, [Trial(model: "small-1")], baseline: before) { report in
            for index in report.targets[0].exchanges.indices {
                guard case .answer(var answer) = report.targets[0].exchanges[index].outcome else { continue }
                answer.facts.models?.ids.removeAll { $0 == "small-1" }
                report.targets[0].exchanges[index].outcome = .answer(answer)
            }
        }
        #expect(try finding(gate, "baseline_model").text == "sample: small-1 is no longer listed.")
        #expect(try finding(gate, "baseline_model").owner == .you)
        #expect(gate.exitStatus == .thresholdBreached)
    }

    @Test(arguments: [(899, Gate.Outcome.pass), (901, .breach), (-400, .breach)] as [(Int64, Gate.Outcome)])
    func `a report may be so old`(_ pair: (age: Int64, outcome: Gate.Outcome)) throws {
        #expect(try gate(["max_age": "15m"], [Trial()], later: pair.age).outcome == pair.outcome)
    }

    // MARK: Redaction

    @Test func `names and reasons that hold a key are repeated without it, and still mean the same target`() throws {
        let key = "sk-proj-" + String(repeating: "Ab1", count: 12)
        let policy = try policy([
            "targets": .object(JSON.Object([("a \(key)", ["limits": ["max_cost_usd": 0]])])),
            "groups": [["name": .string("group \(key)"), "any": [.string("a \(key)"), "b"]]],
            "tolerate": [["cause": "billing_blocked", "targets": [.string("a \(key)")], "because": .string("waits for \(key)")]],
        ])
        let redactor = Redactor(secrets: [])
        let name = redactor.redact("a \(key)")
        let report = try report([Trial(subject: name, answer: .noCredit), Trial(subject: "b")])
        let gate = Gatekeeper(policy: policy.redacted(by: redactor), now: report.startedAt).judge(
            report, expecting: [.init(name: name), .init(name: "b")])
        #expect(gate.findings[0].text.hasSuffix("It is tolerated: waits for [redacted API key]."))
        #expect(try finding(gate, "group").text.hasPrefix("group [redacted API key]: 2 of 2 work (a [redacted API key] and b)"))
        #expect(!gate.findings.contains { "\($0)".contains(key) })
        #expect(policy.redacted(by: redactor).rules(for: name).limits == [.cost: 0])
    }

    // MARK: Reading

    @Test(arguments: [
        (#"{"limts": {}}"#, #"limts: unknown key "limts"; did you mean "limits"?"#),
        (#"{"limits": {"max_latency": 1}}"#, #"limits.max_latency: unknown key "max_latency"; did you mean "max_latency_ms"?"#),
        (#"{"limits": {"max_latency_ms": -1}}"#, "limits.max_latency_ms: a limit is a number of zero or more"),
        (#"{"require": ["inferense"]}"#, #"require[0]: there is no check "inferense"; did you mean "inference"?"#),
        (#"{"samples": {"count": 3, "succeed": 4}}"#, "samples.succeed: expected a whole number from 1 to 3, found 4"),
        (
            #"{"groups": [{"name": "a", "all": ["x"], "any": ["x"]}]}"#,
            #"groups[0]: a group has one of "all": […], "any": […], or "at_least": n with "of": […]"#
        ),
        (#"{"require": []}"#, "require: nothing is required, so nothing would be checked; name a check, or leave it out"),
        (#"{"groups": [{"name": "a", "all": ["x", "x"]}]}"#, "groups[0]: a target counts once in a group"),
        (
            #"{"baseline": {"report": "x.json", "max_latency_increase_percent": 1e20}}"#,
            "baseline.max_latency_increase_percent: expected a number from 0 to 1000000"
        ),
        (#"{"groups": [{"name": "a", "any": []}]}"#, "groups[0]: a group needs targets"),
        (#"{"tolerate": [{"cause": "healthy"}]}"#, "tolerate[0].cause: health needs no tolerance"),
        (#"{"tolerate": [{"cause": "timeout", "until": "2026-02-30"}]}"#, #"tolerate[0].until: expected a day such as "2026-12-31""#),
        (#"{"baseline": {"report": "../x.json"}}"#, "baseline.report: a baseline is a file beside the profile; give its name alone"),
        (#"{"max_age": "15"}"#, #"max_age: expected a time such as "15m", "2h" or "1d""#),
    ])
    func `a broken policy is refused with its place`(_ pair: (text: String, message: String)) throws {
        do {
            _ = try policy(.parse(Array(pair.text.utf8)))
            Issue.record("it was taken")
        } catch {
            #expect("\(error)" == pair.message)
        }
    }
}
