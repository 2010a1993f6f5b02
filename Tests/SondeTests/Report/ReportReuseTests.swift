import Sonde
import SondeJSON
import TestSupport
import Testing

/// When a report of before may stand in for a run.
struct ReportReuseTests {
    private static let made = Timestamp(seconds: 1_000_000)

    private func report(_ change: (inout Report) -> Void = { _ in }) throws -> Report {
        let result = TargetResult(
            target: try Sample.target(), exchanges: [],
            checks: [CheckResult(id: "auth", .pass, "…"), CheckResult(id: "inference", .pass, "…")],
            verdict: Verdict(cause: .healthy, confidence: .certain, owner: .nobody), startedAt: Self.made, duration: .seconds(1))
        var report = Report(startedAt: Self.made, duration: .seconds(1), network: .init(), targets: [result])
        change(&report)
        return report
    }

    private func objection(
        to report: Report, age: Int64 = 60, maximum: Duration = .seconds(60), _ change: (inout ReportReuse) -> Void = { _ in }
    ) throws -> String? {
        var run = ReportReuse(targets: [try Sample.target()], options: .init(), settings: [], proxies: [])
        change(&run)
        return run.objection(to: report, maximumAge: maximum, now: Timestamp(seconds: Self.made.seconds + age))
    }

    @Test func `the same, fresh and passed, may stand in`() throws {
        #expect(try objection(to: report()) == nil)
        #expect(try objection(to: report { $0.exitsZero = true }) == nil)
    }

    @Test func `age is counted from the beginning of the run, and the future is not trusted`() throws {
        #expect(try objection(to: report(), age: 61) == "it is older than that")
        #expect(try objection(to: report(), age: -1) == "it is from the future")
    }

    @Test func `what an earlier round of a watch found out stands in for nothing`() throws {
        let target = try Sample.target(model: "small-1")
        let run = try Rehearsal(target) { probe, _ in probe.isPaid ? .completion() : .models("small-1") }
        let carried = try report { report in
            report.targets[0].exchanges = run.exchanges.map { exchange in
                var exchange = exchange
                exchange.isCarried = exchange.probe.isPaid
                return exchange
            }
        }
        #expect(try objection(to: carried) == "it rests in part on an earlier round of a watch")
    }

    @Test func `a failure that was let pass by --exit-zero is no pass`() throws {
        let failed = try report { report in
            report.targets[0].verdict.cause = .keyRejected
            report.exitsZero = true
        }
        #expect(failed.exitStatus == .pass)
        #expect(try objection(to: failed) == "it is not a pass")
        #expect(try objection(to: report { $0.interruption = .interrupted }) == "it is not a pass")
        #expect(try objection(to: report { $0.targets[0].checks[0] = CheckResult(id: "auth", .warn, "…") }) == nil)
        let warned = try report { report in
            report.targets[0].checks[0] = CheckResult(id: "auth", .warn, "…")
            report.failsOnWarning = true
        }
        #expect(try objection(to: warned) == "it is not a pass")
    }

    @Test(arguments: ["name", "base URL", "model", "key source", "key length", "key prefix", "no key", "route", "count"])
    func `another target is another`(part: String) throws {
        let objection = try objection(to: report()) { run in
            switch part {
            case "name": run.targets[0].name += "x"
            case "base URL": run.targets[0].baseURL.path += "/x"
            case "model": run.targets[0].model = "x"
            case "key source": run.targets[0].credential?.source = .standardInput
            case "key length": run.targets[0].credential?.length += 1
            case "key prefix": run.targets[0].credential?.publicPrefix += "x"
            case "no key": run.targets[0].credential = nil
            case "route": run.targets[0].route.name = "x"
            default: run.targets += run.targets
            }
        }
        #expect(objection == "it is of other targets")
    }

    @Test func `other options, settings and proxies are others`() throws {
        #expect(try objection(to: report()) { $0.options.followsUp = false } == "it was made with other options")
        #expect(try objection(to: report()) { $0.settings = ["--max-time=5s"] } == "it was made with other options")
        #expect(try objection(to: report { $0.settings = ["route vpn: interface tun0"] }) == "it was made with other options")
        #expect(
            try objection(to: report()) { $0.proxies = ["https_proxy=http://proxy.test:3128"] } == "it was made with other proxy variables")
    }

    @Test func `what a report does not hold keeps it from standing in`() throws {
        #expect(try objection(to: report()) { $0.options.hasOwnBody = true } == "it does not hold the request's body")
        #expect(
            try objection(to: report()) { $0.targets[0].scopes = ["team": "a"] } == "it does not hold the organization, project or team")
        #expect(
            try objection(to: report()) { $0.targets[0].headers = [.init("x-a", .plain("b"))] } == "it does not hold the headers' values")
    }

    @Test func `an explanation is not a check`() throws {
        #expect(try objection(to: report { $0.recorded = .init() }) == "it is not the report of a check")
    }
}
