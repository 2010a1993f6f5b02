import Foundation
import SondeSimulator
import Testing

/// Files that are wrong are refused with their place and a remedy, before anything is sent.
struct BrokenFileTests {
    private func expectRefusal(
        of name: String, _ text: String, at place: String, saying words: [String],
        _ arguments: (_ path: String, _ service: String) -> [String],
        location: SourceLocation = #_sourceLocation
    ) async throws {
        let user = try User()
        let path = try user.writes(text, to: name)
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("key-ignored")))
        defer { service.stop() }
        let run = try await user.runs(arguments(path, service.baseURL))
        #expect(run.status == 2, sourceLocation: location)
        #expect(run.output == [], sourceLocation: location)
        #expect(run.errorText.contains("\(path):\(place)"), "\(run.errorText)", sourceLocation: location)
        for word in words { #expect(run.errorText.contains(word), "\(run.errorText)", sourceLocation: location) }
        #expect(service.requests.isEmpty, sourceLocation: location)
    }

    @Test func `a manifest with an unknown key is refused with line, column and the known key`() async throws {
        let manifest = "{\n  \"id\": \"mine\",\n  \"nmae\": \"Mine\"\n}\n"
        try await expectRefusal(of: "vendors/mine.json", manifest, at: "3:3", saying: ["nmae", "name"]) { path, service in
            ["check", service, "--vendor-dir", String(path.dropLast("/mine.json".count))]
        }
    }

    @Test func `a manifest that is no JSON is refused with line and column`() async throws {
        try await expectRefusal(of: "vendors/mine.json", "{\n  \"id\": mine\n}\n", at: "2:", saying: []) { path, service in
            ["check", service, "--vendor-dir", String(path.dropLast("/mine.json".count))]
        }
    }

    @Test func `a manifest that takes a built-in vendor's name is refused, with the option that allows it`() async throws {
        let user = try User()
        // The built-in one, as a user would copy it.
        let builtIn = try String(contentsOfFile: #filePath.folder(up: 3) + "/Plugins/VercelAIGateway/Vendors/vercel.json", encoding: .utf8)
        _ = try user.writes(builtIn, to: "vendors/vercel.json")
        let run = try await user.runs("vendors", "--vendor-dir", user.workingFolder + "/vendors")
        #expect(run.status == 2)
        #expect(run.errorText.unwrapped.contains("--override-vendor vercel"))
    }

    @Test func `a scenario with an unknown key is refused with line, column and the known key`() async throws {
        let text = try String(decoding: #require(Scenario.builtInBytes("key-ignored")), as: UTF8.self).replacing(
            "\"summary\"", with: "\"sumary\"")
        try await expectRefusal(of: "mine.json", text, at: "3:3", saying: ["sumary", "summary"]) { path, _ in ["demo", path] }
        try await expectRefusal(of: "mine.json", text, at: "3:3", saying: ["sumary", "summary"]) { path, _ in ["simulate", path] }
    }

    @Test func `a profile with an unknown key, a wrong type or a double name is refused with its place`() async throws {
        try await expectRefusal(
            of: "p.json", "{\n  \"targets\": [\n    {\"vendor\": \"vercel\", \"modell\": \"x\"}\n  ]\n}\n", at: "3:26",
            saying: ["modell", "model"]
        ) { path, _ in
            ["check", "--profile", path]
        }
        try await expectRefusal(of: "p.json", "{\"targets\": [{\"base_url\": 5}]}\n", at: "1:27", saying: ["base_url"]) { path, _ in
            ["check", "--profile", path]
        }
        try await expectRefusal(
            of: "p.json", "{\"targets\": [{\"vendor\": \"vercel\"},\n {\"vendor\": \"vercel\"}]}\n", at: "2:", saying: ["vercel"]
        ) { path, _ in
            ["check", "--profile", path]
        }
        try await expectRefusal(of: "p.json", "{\"targets\": [{\"vendor\": \"vercle\"}]}\n", at: "1:", saying: ["Did you mean 'vercel'?"]) {
            path, _ in
            ["check", "--profile", path]
        }
    }

    @Test func `a profile runs no command and repeats no key`() async throws {
        let user = try User()
        let service = try Simulator.start(scenario: #require(Scenario.builtIn("key-ignored")))
        defer { service.stop() }
        let command = "{\"targets\": [{\"base_url\": \"\(service.baseURL)\", \"key\": \"command:touch ran\"}]}"
        let run = try await user.runs("check", "--profile", try user.writes(command, to: "p.json"))
        #expect(run.status == 2)
        #expect(user.bytes(of: "ran") == nil)
        let key = KeyHygieneTests.Mistake.key
        let literal = "{\"targets\": [{\"base_url\": \"\(service.baseURL)\", \"key\": \"\(key)\"}]}"
        let other = try await User().runs("check", "--profile", try user.writes(literal, to: "q.json"))
        #expect(other.status == 2)
        #expect(KeySearch(key: key, publicPrefix: "vck_").findings(in: other.output + other.errorOutput) == [])
        #expect(service.requests.isEmpty)
    }

    @Test func `a body that is no JSON and an environment file with a bad line are refused with the line`() async throws {
        try await expectRefusal(of: "body.json", "{\"model\": }\n", at: "1:", saying: []) { path, service in
            ["check", service, "--body", path]
        }
        try await expectRefusal(of: "my.env", "GOOD=1\nBAD LINE\n", at: "2:", saying: ["NAME=VALUE"]) { path, service in
            ["check", service, "--env-file", path]
        }
    }

    @Test func `a file that is not there is named with a remedy`() async throws {
        for option in ["--profile", "--body", "--env-file", "--vendor-dir", "--cacert"] {
            let service = try Simulator.start(scenario: #require(Scenario.builtIn("key-ignored")))
            defer { service.stop() }
            let run = try await User().runs("check", service.baseURL, option, "/nonexistent/thing")
            #expect(run.status == 2, "\(option): \(run.text)")
            #expect(run.errorText.contains("'/nonexistent/thing'"), "\(option): \(run.errorText)")
            #expect(service.requests.isEmpty, "\(option)")
        }
    }
}

extension String {
    /// The folder so many levels up.
    func folder(up count: Int) -> String {
        split(separator: "/", omittingEmptySubsequences: false).dropLast(count).joined(separator: "/")
    }
}
