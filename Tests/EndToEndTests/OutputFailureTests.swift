import SondeSimulator
import Testing

/// Results that cannot be written are errors, and are found out beforehand where they can be.
struct OutputFailureTests {
    /// A service, and the arguments that check it.
    private func service() throws -> (Simulator, [String]) {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("key-ignored")))
        return (service, ["check", service.baseURL])
    }

    @Test(arguments: [
        (["--format", "yaml"], "json"), (["-o", "yaml=report"], "json"), (["-o", "report.yaml"], "json"),
        (["-o", "json=missing/report.json"], "folder must exist"),
        (["-o", "json=/sys/report.json"], "you can write to"), (["-o", "json=/dev/null/report.json"], "folder must exist"),
        (["-o", "json=."], "Name a file"),
    ])
    func `an output that cannot be is refused with its remedy before any request`(options: [String], remedy: String) async throws {
        let (service, check) = try service()
        defer { service.stop() }
        let run = try await User().runs(check + options)
        #expect(run.status == 2)
        #expect(run.output == [])
        #expect(run.errorText.hasPrefix("Error: "))
        #expect(run.errorText.unwrapped.contains(remedy), "\(run.errorText)")
        #expect(service.requests.isEmpty)
    }

    @Test(arguments: ["json", "text", "ndjson", "markdown", "html", "junit", "tap", "github", "sarif", "prometheus", "nagios", "evidence"])
    func `a full device is an error for a file and for standard output`(format: String) async throws {
        let (service, check) = try service()
        defer { service.stop() }
        let file = try await User().runs(check + ["-o", "\(format)=/dev/full"])
        #expect(file.status == 2)
        #expect(file.errorText.contains("'/dev/full'"))
        guard format != "evidence" else { return }
        // The requests were sent: what can be told of them is told.
        #expect(file.text.hasSuffix("is healthy\n"), "\(file.text)")
        let output = try await User().runs(check + ["--format", format], on: .output(to: "/dev/full"))
        #expect(output.status == (format == "nagios" ? 3 : 2))
        #expect(output.errorText.contains("standard output"))
    }

    @Test(arguments: ["json", "markdown", "html", "junit", "tap", "github", "sarif", "prometheus", "evidence"])
    func `a disk that fills up leaves the earlier file as it was, and no half one`(format: String) async throws {
        let user = try User()
        _ = try user.writes("the report before", to: "report.json")
        // One block of 512 bytes is less than any report of these.
        let run = try await user.runs(
            ["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh", User.tool] + [
                "demo", "vercel-account-denied", "-o", "\(format)=report.json",
            ],
            program: "/bin/sh")
        #expect(run.status == 2)
        #expect(run.errorText.contains("'report.json'"))
        #expect(user.text(of: "report.json") == "the report before")
        #expect(user.files.keys.sorted() == ["work/report.json"])
    }

    @Test func `a reader that has seen enough is no error`() async throws {
        let user = try User()
        let run = try await user.runs(
            ["-c", "{ \"$0\" demo vercel-account-denied --verbose; echo \"status $?\" >&2; } | head -1", User.tool], program: "/bin/sh")
        #expect(run.text.split(separator: "\n").count == 1)
        #expect(run.errorText == "status 1\n")
    }

    @Test func `a closed standard output is an error, and the report goes nowhere else`() async throws {
        let user = try User()
        let (service, check) = try service()
        defer { service.stop() }
        let run = try await user.runs(["-c", "exec \"$@\" >&-", "sh", User.tool] + check, program: "/bin/sh")
        #expect(run.status == 2)
        #expect(run.errorText.contains("standard output"))
        // Nothing of the page may land in whatever got the number of the closed stream.
        #expect(service.requests.allSatisfy { ["GET", "POST"].contains($0.method) })
    }

    @Test func `every output gets the report of one run, and standard output one of them if asked`() async throws {
        let user = try User()
        let (service, check) = try service()
        defer { service.stop() }
        let run = try await user.runs(check + ["-o", "a.json", "-o", "text=b", "-o", "json=-"])
        #expect(run.status == 0)
        #expect(service.requests.count == 2)
        #expect(try ReportFacts(run.output).targets[0].verdict.cause == "healthy")
        #expect(user.bytes(of: "a.json") == run.output)
        #expect(user.text(of: "b")?.hasSuffix("is healthy\n") == true)
    }

    @Test func `the last report is kept for its owner alone, on a terminal only`() async throws {
        let user = try User()
        let (service, check) = try service()
        defer { service.stop() }
        _ = try await user.runs(check)
        #expect(user.files.isEmpty)
        _ = try await user.runs(check, with: ["CI": "true"], on: .terminal(columns: 80))
        #expect(user.files.isEmpty)
        _ = try await user.runs(check, on: .terminal(columns: 80))
        #expect(user.files.keys.sorted() == ["state/sonde/last-report.json"])
        #expect(try ReportFacts(#require(user.files["state/sonde/last-report.json"])).targets[0].verdict.cause == "healthy")
        #expect(user.mode(of: "state/sonde") == 0o700)
        #expect(user.mode(of: "state/sonde/last-report.json") == 0o600)
    }
}
