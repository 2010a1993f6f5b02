import Foundation
import SondeJSON
import SondeSimulator
import TestSupport
import Testing

/// Renderings of a saved report, made by the tool as people run it.
struct RenderTests {
    private static let folder = (#filePath as NSString).deletingLastPathComponent + "/Renderings"
    private static let saved = folder + "/demo.json"
    private static let isRecording = ProcessInfo.processInfo.environment["SONDE_RECORD"] == "1"

    /// Format to the end of its approved file.
    private static let formats = [
        ("text", "txt"), ("markdown", "md"), ("html", "html"), ("junit", "xml"), ("tap", "tap"), ("github", "github"), ("sarif", "sarif"),
        ("prometheus", "prom"), ("nagios", "nagios"),
    ]

    /// The report was made by `sonde demo -o demo.json`: a healthy service, an account that is barred, an empty one.
    @Test(arguments: formats)
    func `a saved report of the simulator gives the approved rendering`(format: String, suffix: String) async throws {
        let run = try await User().runs("render", Self.saved, "--format", format)
        #expect(run.status == (format == "nagios" ? 2 : 1))
        let path = "\(Self.folder)/demo.\(suffix)"
        if Self.isRecording { try run.text.withoutStyle.write(toFile: path, atomically: true, encoding: .utf8) }
        let wanted = try #require(try? String(contentsOfFile: path, encoding: .utf8), "\(path) is missing; SONDE_RECORD=1 writes it")
        #expect(run.text.withoutStyle.components(separatedBy: "\n") == wanted.components(separatedBy: "\n"))
    }

    @Test func `files get what standard output would, by their suffix, all at once`() async throws {
        let user = try User()
        let named = Self.formats.filter { !["text", "github", "nagios"].contains($0.0) }
        let run = try await user.runs(["render", Self.saved, "--quiet"] + named.flatMap { ["-o", "page.\($0.1)"] })
        #expect(run.status == 1)
        for (_, suffix) in named {
            let wanted = try String(contentsOfFile: "\(Self.folder)/demo.\(suffix)", encoding: .utf8)
            #expect(user.text(of: "page.\(suffix)")?.withoutStyle == wanted, "\(suffix)")
        }
    }

    @Test(arguments: formats.map(\.0) + ["json"])
    func `a report without targets ends with 3`(format: String) async throws {
        let user = try User()
        try user.writes(#"{"schema_version": 1, "started_at": "2026-11-20T09:15:02.417Z", "targets": []}"#, to: "empty.json")
        let run = try await user.runs("render", "empty.json", "--format", format, "--exit-zero")
        #expect(run.status == 3)
        #expect(!run.text.contains("pass\n"))
    }

    @Test func `there is nothing to render before the first check`() async throws {
        let run = try await User().runs("render", "--format", "html")
        #expect(run.status == 2)
        #expect(run.output == [])
        #expect(run.errorText.contains("no report of an earlier run"))
    }

    @Test func `with --exit-zero a make target is made all the same`() async throws {
        #expect(try await User().runs("render", Self.saved, "--exit-zero", "-o", "page.html").status == 0)
    }

    // MARK: GitHub

    @Test func `the summary of the step is appended to the file that the runner names`() async throws {
        let user = try User()
        let path = try user.writes("before\n", to: "summary.md")
        let run = try await user.runs("render", Self.saved, "--format", "github", with: ["GITHUB_STEP_SUMMARY": path])
        let page = try String(contentsOfFile: "\(Self.folder)/demo.md", encoding: .utf8)
        #expect(user.text(of: "summary.md") == "before\n" + page)
        #expect(run.text.hasPrefix("::error title="))
        _ = try await user.runs("render", Self.saved, "--format", "markdown", with: ["GITHUB_STEP_SUMMARY": path])
        #expect(user.text(of: "summary.md") == "before\n" + page)
    }

    @Test func `a summary that cannot be written is an error`() async throws {
        let run = try await User().runs("render", Self.saved, "--format", "github", with: ["GITHUB_STEP_SUMMARY": "/dev/full"])
        #expect(run.status == 2)
        #expect(run.errorText.contains("'/dev/full'"))
    }

    // MARK: Nagios

    @Test(
        arguments: [("healthy", 0, "OK"), ("vercel-account-denied", 2, "CRITICAL"), ("flaky", 1, "WARNING")] as [(String, Int32, String)])
    func `a monitoring system gets its own statuses`(scenario: String, status: Int32, word: String) async throws {
        let run = try await User().runs("demo", scenario, "--format", "nagios", "--exit-zero")
        #expect(run.status == status)
        #expect(run.text.hasPrefix("SONDE \(word): "))
    }

    @Test(arguments: [["check"], ["gate", "stalled.json"]])
    func `a monitoring system gets its answer in time from a service that stalls`(command: [String]) async throws {
        let simulator = try Simulator.start(scenario: #require(Scenario.builtIn("stall")))
        defer { simulator.stop() }
        let scenario = try #require(Scenario.builtIn("stall"))
        let user = try User()
        try user.writes(
            #"{"targets": [{"name": "a", "vendor": "openai", "base_url": "\#(simulator.baseURL)", "key": "env:CI_KEY"}]}"#,
            to: "stalled.json")
        let target = command == ["check"] ? ["--profile", "stalled.json", "a"] : []
        let start = ContinuousClock.now
        let run = try await user.runs(command + target + ["--format", "nagios"], with: ["CI_KEY": scenario.key ?? ""])
        // Monitoring kills what takes ten seconds, and a service that never answers is critical, not unknown.
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(run.status == 2)
        #expect(run.text.hasPrefix("SONDE CRITICAL: "))
        #expect(run.text.contains("timeout"))
    }

    @Test(arguments: [["explain", "-"], ["verify"], ["verify", "-o", "nagios=-"]])
    func `what tells nothing of a service's state now is no check of a monitoring system`(arguments: [String]) async throws {
        let run = try await User().runs(arguments + (arguments.contains("-o") ? [] : ["--format", "nagios"]))
        #expect(run.status == 3)
        #expect(run.text.hasPrefix("SONDE UNKNOWN: "))
    }

    @Test(arguments: [["check", "no-such-vendor"], ["check", "--no-such-option"], ["render", "missing.json"], []])
    func `a monitoring system is told what could not begin, and that nothing is known`(arguments: [String]) async throws {
        let run = try await User().runs(arguments + ["--format", "nagios"])
        #expect(run.status == 3)
        #expect(run.text.hasPrefix("SONDE UNKNOWN: "))
        #expect(run.text.split(separator: "\n").count == 1)
        #expect(run.errorText.hasPrefix("Error: "))
    }
}
