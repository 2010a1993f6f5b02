import SondeSimulator
import TestSupport
import Testing

/// What is typed wrong is said before anything is sent.
struct UsageErrorTests {
    private static let key = "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5AoS0iNvXb7QtMr2Cw9Lk"

    @Test(arguments: [
        (["check", "SERVICE", "--vendor", "vercle"], "'vercel'"),
        (["check", "SERVICE", "vercle"], "'vercel'"),
        (["chek", "SERVICE"], "'check'"),
        (["check", "SERVICE", "--modle", "x"], "'--model'"),
        (["check", "SERVICE", "--only", "reachabilty"], "'reachability'"),
        (["demo", "vercel-account-denid"], "'vercel-account-denied'"),
        (["simulate", "helthy"], "'healthy'"),
        (["causes", "account_denid"], "'account_denied'"),
        (["vendors", "opnai"], "'openai'"),
        (["help", "vendros"], "'vendors'"),
    ])
    func `an unknown name is refused with the nearest known one, and nothing is sent`(arguments: [String], suggestion: String) async throws
    {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await User().runs(arguments.map { $0 == "SERVICE" ? service.baseURL : $0 })
        #expect(run.status == 2)
        #expect(run.output == [])
        #expect(run.errorText.hasPrefix("Error: "))
        #expect(run.errorText.contains("Did you mean \(suggestion)"), "\(run.errorText)")
        #expect(service.requests.isEmpty)
    }

    @Test(arguments: [
        ["check", "KEY"], ["KEY"], ["check", "SERVICE", "--key", "KEY"], ["check", "SERVICE", "--key=KEY"],
        ["check", "SERVICE", "--vendor", "KEY"],
        ["check", "SERVICE", "--key", "env:KEY"], ["check", "SERVICE", "--key", "vercel=KEY"], ["demo", "KEY"], ["simulate", "KEY"],
        ["vendors", "KEY"],
        ["causes", "KEY"], ["help", "KEY"], ["check", "SERVICE", "--KEY"], ["check", "SERVICE", "-H", "Authorization=KEY"],
        ["check", "SERVICE", "-H", "Authorization: Bearer KEY"], ["check", "SERVICE", "--route", "KEY"],
        ["check", "SERVICE", "--only", "KEY"],
    ])
    func `a key where a name belongs is not repeated, and its owner is told where it is now`(arguments: [String]) async throws {
        let user = try User()
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        for key in [Self.key, KeyHygieneTests.Mistake.key] {
            let run = try await user.runs(arguments.map { $0 == "SERVICE" ? service.baseURL : $0.replacingKey(with: key) })
            #expect(run.status == 2)
            #expect(service.requests.isEmpty)
            #expect(run.errorText.unwrapped.contains("it is now in your shell history"))
            let prefix = key.hasPrefix("vck_") ? "vck_" : "sk-proj-"
            #expect(user.leaks(of: KeySearch(key: key, publicPrefix: prefix), in: [run]) == [])
        }
    }

    @Test func `a run that would check nothing is refused`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await User().runs("check", service.baseURL, "--only", "inference", "--skip", "inference")
        #expect(run.status == 2)
        #expect(run.errorText.contains("leave no check"))
        #expect(service.requests.isEmpty)
    }

    @Test func `a failure that is let pass is not called a pass`() async throws {
        let run = try await User().runs("demo", "vercel-account-denied", "--exit-zero")
        #expect(run.status == 0)
        #expect(run.text.contains("sonde: fail, let pass by --exit-zero (exit 0)"))
    }

    @Test(arguments: [
        ["compare", "SERVICE", "--route", "direct", "--route", "direct"], ["compare", "--from", "a.json", "--from", "a.json"],
        ["compare", "--from", "a.json", "--from", "b.json", "--samples", "3"],
    ])
    func `a comparison of a thing with itself, or of what is not compared, is refused`(arguments: [String]) async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await User().runs(arguments.map { $0 == "SERVICE" ? service.baseURL : $0 })
        #expect(run.status == 2)
        #expect(service.requests.isEmpty)
    }

    @Test func `a password in a proxy's address is refused and not repeated`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await User().runs("check", service.baseURL, "-x", "http://me:Tr0ub4dor-horse@127.0.0.1:9")
        #expect(run.status == 2)
        #expect(!(run.text + run.errorText).contains("Tr0ub4dor"))
        #expect(service.requests.isEmpty)
    }

    @Test(arguments: [
        ["--resolve", "nonsense"], ["--resolve", "a.example:443"], ["--resolve", "a.example:0:127.0.0.1"],
        ["--resolve", "a.example:443:localhost"], ["--resolve", "a.example:443:"], ["--resolve", ":443:127.0.0.1"],
        ["--connect-to", "nonsense"], ["--connect-to", "a:1:b"], ["--connect-to", "a:1:b:2:c"], ["--connect-to", "a:x:b:2"],
        ["--connect-to", "a:1:b:70000"], ["--interface", "nonesuch0"], ["--interface", "192.0.2.1"], ["--interface", "host!localhost"],
        ["--interface", "if!127.0.0.1"], ["--route", "interface=nonesuch0"],
    ])
    func `a way that cannot be gone is refused beforehand, and how it is written is said`(arguments: [String]) async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("key-ignored")))
        defer { service.stop() }
        let run = try await User().runs(["check", service.baseURL, "--model", "m"] + arguments)
        #expect(run.status == 2)
        #expect(run.output == [])
        let bare = arguments[1].split(whereSeparator: { "!=".contains($0) }).last.map(String.init) ?? ""
        #expect(run.errorText.contains("'\(arguments[1])'") || run.errorText.contains("'\(bare)'"), "\(run.errorText)")
        #expect(
            run.errorText.unwrapped.contains(
                "Help: \(arguments.contains { $0.contains("interface") } ? "Name an interface" : "It is written")"))
        #expect(service.requests.isEmpty)
    }

    @Test(arguments: [
        ["--resolve", "a.example:443:127.0.0.1,[::1]"], ["--resolve", "+*:443:::1"], ["--connect-to", "::127.0.0.1:"],
        ["--connect-to", "a.example:1:[::1]:2"], ["--interface", "lo"], ["--interface", "if!lo"], ["--interface", "127.0.0.1"],
        ["--interface", "host!127.0.0.1"],
    ])
    func `a way that curl would go is gone`(arguments: [String]) async throws {
        let run = try await User().runs(["check", "http://127.0.0.1:9/v1", "--model", "m", "--dry-run"] + arguments)
        #expect(run.status == 0, "\(run.errorText)")
    }

    @Test func `more combinations than a comparison can hold are refused with their number`() async throws {
        let user = try User()
        let targets = (1...501).map { "{\"name\": \"t\($0)\", \"base_url\": \"http://127.0.0.1:9/v1\"}" }
        try user.writes("{\"targets\": [\(targets.joined(separator: ", "))]}", to: "profile.json")
        let run = try await user.runs("compare", "--profile", "profile.json", "--route", "direct", "--route", "ipv4")
        #expect(run.status == 2)
        #expect(run.errorText.contains("These are 1002 combinations, and 1000 can be compared"), "\(run.errorText)")
    }

    @Test func `a key in clear in a profile is not repeated, and the words are about the file`() async throws {
        let user = try User()
        for key in [Self.key, "short-but-secret"] {
            try user.writes("{\"targets\": [{\"vendor\": \"openai\", \"key\": \"\(key)\"}]}", to: "profile.json")
            let run = try await user.runs("check", "--profile", "profile.json")
            #expect(run.status == 2)
            #expect(run.errorText.hasPrefix("Error: profile.json:1:42: this is not a key source"))
            #expect(run.errorText.unwrapped.contains("whoever can read this file or an earlier version of it has the key"))
            #expect(!run.errorText.contains("shell history"))
            #expect(!run.errorText.contains(key) && !run.errorText.contains("DEMO"))
        }
    }

    @Test func `an option without its value, a wrong number and a value out of range are usage errors`() async throws {
        for arguments in [
            ["check", "--model"], ["check", "--jobs", "many"], ["check", "--jobs", "0"], ["check", "--max-time", "soon"],
            ["demo", "a", "b"],
        ] {
            let run = try await User().runs(arguments)
            #expect(run.status == 2, "\(arguments)")
            #expect(run.errorText.contains("Usage: sonde"), "\(arguments): \(run.errorText)")
        }
    }

    @Test func `what could cost an unknown amount is refused, and nothing is sent`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("key-ignored")))
        defer { service.stop() }
        let run = try await User().runs("check", service.baseURL, "--max-cost", "0.01")
        #expect(run.status == 2)
        #expect(service.requests.isEmpty)
    }

    @Test func `a dry run says what would be sent and sends nothing`() async throws {
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("healthy")))
        defer { service.stop() }
        let run = try await User().runs(
            ["check", service.baseURL, "--vendor", "vercel", "--key", "env:SERVICE_KEY", "--dry-run"],
            with: ["SERVICE_KEY": KeyHygieneTests.Mistake.key])
        #expect(run.status == 0)
        #expect(service.requests.isEmpty)
        for line in ["GET /v1/models", "GET /v1/credits", "POST /v1/chat/completions", "http://127.0.0.1:\(service.port)"] {
            #expect(run.text.contains(line))
        }
    }
}

extension String {
    /// `KEY` replaced where it stands for one, which it does not within `--key`.
    fileprivate func replacingKey(with key: String) -> String { replacing("KEY", with: key) }
}
