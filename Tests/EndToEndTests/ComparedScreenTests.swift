import SondeSimulator
import Testing

/// What a comparison shows: no cell is lost, nothing is cut off, and it stays short.
struct ComparedScreenTests {
    private func compare(_ line: [String], _ user: User, _ services: ComparedServices) async throws -> Finished {
        try await user.runs(["compare"] + line + ["--profile", services.profile, "-o", "json=report.json"], with: services.variables)
    }

    @Test(arguments: [ComparedServices.otherKey, ComparedServices.key])
    func `two keys from two commands are two rows, and no command is shown`(second: String) async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        try user.writes(ComparedServices.key, to: "first-place")
        try user.writes(second, to: "second-place")
        let commands = ["first-place", "second-place"].flatMap { ["--key", "command:/bin/cat \(user.workingFolder)/\($0)"] }
        for extra in [[], ["--quiet"], ["--verbose"], ["--format", "markdown"], ["--format", "html"], ["--format", "junit"]] {
            let run = try await compare(["maker"] + commands + extra, user, services)
            let report = try #require(user.text(of: "report.json"))
            for text in [run.text, run.errorText, report] {
                #expect(!text.contains("first-place") && !text.contains("/bin/cat"), "\(extra)")
            }
            #expect(run.text.contains("command (1)") && run.text.contains("command (2)") || run.text.contains("maker with command (2)"))
        }
        let facts = try ReportFacts(#require(user.bytes(of: "report.json")))
        #expect(facts.targets.map(\.name) == ["maker with command (1)", "maker with command (2)"])
        #expect(facts.targets.map(\.verdict.cause) == ["healthy", second == ComparedServices.key ? "healthy" : "key_rejected"])
        let run = try await compare(["maker"] + commands, user, services)
        #expect(run.text.contains("\n  maker, command (1)  healthy"))
        #expect(run.text.contains("\n  maker, command (2)  \(second == ComparedServices.key ? "healthy" : "key_rejected *")"))
        let law = second == ComparedServices.key ? "command (1) and command (2) hold the same key" : "works with the key from command (1)"
        #expect(run.text.unwrapped.contains(law))
    }

    @Test func `one command named twice is refused without its words`() async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        let run = try await compare(
            ["maker", "--key", "command:/bin/cat secret-place", "--key", "command:/bin/cat secret-place"], user, services)
        #expect(run.status == 2)
        #expect(run.errorText.contains("'--key' names one command twice") && !run.errorText.contains("secret-place"))
    }

    @Test func `a quiet comparison keeps whole names, conclusions and the last line`() async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        let run = try await compare(
            ["ways", "maker", "--route", "interface=127.0.0.2", "--route", "interface=127.0.0.3", "--quiet"], user, services)
        #expect(run.status == 1)
        for way in ["interface=127.0.0.2", "interface=127.0.0.3"] {
            #expect(run.text.contains("maker over \(way)  healthy"))
        }
        #expect(
            run.text.contains("  FAIL  ways over interface=127.0.0.3   region_blocked\n        certain; next: whoever runs the network\n"))
        #expect(run.text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(run.text)")
        #expect(run.text.unwrapped.contains("it is the region in which that way comes out. (way-from-another-region, certain)"))
        #expect(run.text.hasSuffix("sonde: fail (exit 1): 4 targets: 3 pass, 1 fail\n"))
        #expect(!run.text.contains("1. ") && !run.text.contains("The ways"))
    }

    @Test func `a large comparison stays short`() async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        let run = try await compare(
            ["maker", "poor", "gone", "other", "closed", "portal", "router", "poor-gate", "gate"]
                + (2...6).flatMap { ["--route", "interface=127.0.0.\($0)"] }, user, services)
        #expect(run.status == 1)
        let facts = try ReportFacts(#require(user.bytes(of: "report.json")))
        #expect(facts.targets.count == 45)
        let lines = run.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count < 160, "\(run.text)")
        // Each way there is told once, however many combinations take it.
        #expect(run.text.contains("What is not well"))
        #expect(run.text.contains("poor on every way: billing_blocked (insufficient_quota), certain"))
    }

    @Test func `a gateway alone is asked for the model by its own name, and that is said`() async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        let run = try await compare(["gate", "--model", "gpt-5.4-nano", "--route", "direct", "--route", "env"], user, services)
        #expect(run.status == 0)
        #expect(run.errorText.unwrapped.contains("Note: gate is asked for openai/gpt-5.4-nano, as gpt-5.4-nano is called there."))
        let bodies = services.healthy.requests.filter { $0.method == "POST" }.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies.count == 2 && bodies.allSatisfy { $0.contains("\"openai/gpt-5.4-nano\"") || $0.contains("openai\\/gpt-5.4-nano") })
        // A maker itself is asked for what was written.
        let maker = try await compare(["maker", "--model", "gpt-5.4-nano", "--route", "direct", "--route", "env"], user, services)
        #expect(maker.status == 0 && !maker.errorText.contains("is asked for"))
    }

    @Test(arguments: [80, 120]) func `what is said beforehand fits the terminal`(columns: Int) async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        let run = try await user.runs(
            ["compare", "maker", "gate", "--profile", services.profile, "--samples", "1"], with: services.variables,
            on: .terminal(columns: columns))
        let text = run.text.withoutColors + run.errorText.withoutColors
        #expect(text.unwrapped.contains("4 paid requests more: 1 round and one to warm up"), "\(text)")
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns }, "\(text)")
    }

    @Test func `that the vendor's edge tells no address is said in detail`() async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        let run = try await compare(["maker", "gate", "--verbose"], user, services)
        #expect(run.text.unwrapped.contains("egress address not told by this vendor's edge"))
        #expect(run.text.unwrapped.contains("egress address not asked for"))
        #expect(try await compare(["maker", "gate"], user, services).text.contains("egress address") == false)
    }
}
