import Foundation
import SondeSimulator
import Testing

/// A report as a target of make: asked again only when it is old, of something else, or no pass.
struct MaxAgeTests {
    private func check(_ user: User, _ simulator: Simulator, _ options: String..., output: String = "json=report.json") async throws
        -> Finished
    {
        let caller = simulator.scenario.callers[0]
        return try await user.runs(
            ["check", simulator.baseURL, "--vendor", caller.vendor, "--key", "env:SERVICE_KEY", "--max-age", "10m", "-o", output] + options,
            with: ["SERVICE_KEY": caller.key ?? ""])
    }

    private func simulator(_ scenario: String) throws -> Simulator { try Simulator.start(scenario: #require(Scenario.builtIn(scenario))) }

    @Test func `a fresh pass is shown again, and nothing is asked`() async throws {
        let (user, simulator) = (try User(), try simulator("healthy"))
        defer { simulator.stop() }
        let first = try await check(user, simulator)
        let (asked, report) = (simulator.requests.count, user.bytes(of: "report.json"))
        #expect(first.status == 0 && asked > 0)
        #expect(first.errorText == "")
        let again = try await check(user, simulator, "-o", "page.txt")
        #expect(again.status == 0)
        #expect(simulator.requests.count == asked)
        #expect(user.bytes(of: "report.json") == report)
        #expect(again.errorText.hasPrefix("Nothing was asked: report.json, made "))
        #expect(again.text == first.text)
        #expect(user.text(of: "page.txt")?.contains("healthy") == true)
    }

    @Test func `a failure is asked again each time`() async throws {
        let (user, simulator) = (try User(), try simulator("vercel-account-denied"))
        defer { simulator.stop() }
        for round in 1...2 {
            let asked = simulator.requests.count
            let run = try await check(user, simulator, "--exit-zero")
            #expect(run.status == 0)
            #expect(simulator.requests.count > asked)
            #expect(run.errorText.contains("not a pass") == (round == 2))
        }
    }

    @Test(arguments: [
        (["--model", "other"], "other targets"), (["--skip", "billing"], "other options"), (["--max-time", "7s"], "other options"),
        (["--no-third-party"], "other options"), (["--route", "ipv4"], "other targets"),
        (["--connect-to", "a.test:443:127.0.0.1:1"], "other options"),
        (["--org", "org-1"], "organization"), (["-H", "x-one=env:SERVICE_KEY"], "headers"), (["--max-age", "1ms"], "older"),
    ])
    func `what was asked otherwise is asked anew, with the reason`(options: [String], reason: String) async throws {
        let (user, simulator) = (try User(), try simulator("healthy"))
        defer { simulator.stop() }
        _ = try await check(user, simulator)
        let asked = simulator.requests.count
        let arguments = [
            "check", simulator.baseURL, "--vendor", simulator.scenario.callers[0].vendor, "--key", "env:SERVICE_KEY", "--max-age", "10m",
        ]
        let run = try await user.runs(
            arguments + ["-o", "report.json"] + options, with: ["SERVICE_KEY": simulator.scenario.callers[0].key ?? ""])
        #expect(run.errorText.contains("Asking anew: report.json is there, but ") && run.errorText.contains(reason), "\(run.errorText)")
        #expect(simulator.requests.count > asked || reason == "other targets")
    }

    @Test(arguments: ["{\"schema_version\": 99, \"targets\": []}", "not JSON"])
    func `what is no report is replaced by one`(text: String) async throws {
        let (user, simulator) = (try User(), try simulator("healthy"))
        defer { simulator.stop() }
        try user.writes(text, to: "report.json")
        let run = try await check(user, simulator)
        #expect(run.status == 0)
        #expect(run.errorText == "Asking anew: report.json is not a report that can be read.\n")
        #expect(user.text(of: "report.json")?.contains("\"schema_version\": 1") == true)
    }

    @Test func `without a file for the report there is nothing to reuse`() async throws {
        let simulator = try simulator("healthy")
        defer { simulator.stop() }
        let run = try await check(User(), simulator, output: "text=page.txt")
        #expect(run.status == 2)
        #expect(run.errorText.contains("Add -o json=FILE"))
        #expect(simulator.requests.isEmpty)
    }
}
