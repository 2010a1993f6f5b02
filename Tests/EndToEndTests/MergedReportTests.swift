import Foundation
import SondeSimulator
import Testing

/// Reports of several machines: compared as far as they go, and what is none is named.
struct MergedReportTests {
    private let user: User

    /// `eu.json`, from where all is well, and `us.json`, from where the country is refused.
    init() async throws {
        user = try User()
        let services = try ComparedServices(for: user)
        for (name, way) in [("eu", "127.0.0.2"), ("us", "127.0.0.3")] {
            let run = try await user.runs(
                ["check", "ways", "--profile", services.profile, "--route", "interface=\(way)", "-o", "json=\(name).json", "--quiet"],
                with: services.variables)
            #expect([0, 1].contains(run.status), "\(run.errorText)")
        }
    }

    private func spoil(_ name: String, _ change: (inout [String: Any]) throws -> Void) throws {
        let bytes = try #require(user.bytes(of: name))
        var document = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        try change(&document)
        try user.writes(String(decoding: JSONSerialization.data(withJSONObject: document), as: UTF8.self), to: name)
    }

    private func makeVendorUnknown(in name: String) throws {
        try spoil(name) { document in
            var targets = try #require(document["targets"] as? [[String: Any]])
            targets[0]["vendor"] = "acme"
            document["targets"] = targets
        }
    }

    private func compare(_ names: String..., with options: [String] = []) async throws -> Finished {
        try await user.runs(["compare"] + names.flatMap { ["--from", $0] } + options)
    }

    @Test func `a report whose vendor is unknown is compared as far as it goes, and said`() async throws {
        try makeVendorUnknown(in: "us.json")
        let run = try await compare("eu.json", "us.json", with: ["-o", "json=both.json"])
        #expect(run.status == 1, "\(run.errorText)")
        let text = run.text.unwrapped
        #expect(text.contains("healthy region_blocked *"))
        #expect(text.contains("Not judged again: ways over us, interface=127.0.0.3; no vendor is called \"acme\" here."))
        #expect(text.contains("region_blocked (unsupported_country), certain; next: whoever runs the network"))
        let report = try ReportFacts(#require(user.bytes(of: "both.json")))
        #expect(report.targets.map(\.verdict.cause) == ["healthy", "region_blocked"])
        // Read again, and rendered, it says so still.
        let again = try await user.runs("render", "both.json")
        #expect(again.text.contains("Not judged again"), "\(again.errorText)")
        for format in ["markdown", "html"] {
            let page = try await compare("eu.json", "us.json", with: ["--format", format])
            #expect(page.text.contains("Not judged again, the verdicts are the reports"), "\(format)")
        }
        let quiet = try await compare("eu.json", "us.json", with: ["--quiet"])
        #expect(quiet.text.contains("Not judged again"))
    }

    @Test func `a report with one name for two targets is refused`() async throws {
        try spoil("us.json") { document in
            let targets = try #require(document["targets"] as? [[String: Any]])
            document["targets"] = targets + targets
            document["comparison"] = nil
        }
        let doubled = try await compare("eu.json", "us.json")
        #expect(doubled.status == 2)
        #expect(doubled.errorText.contains("us.json"), "\(doubled.errorText)")
    }

    @Test func `a check that is none of ours is refused in the report of an unknown vendor`() async throws {
        try makeVendorUnknown(in: "us.json")
        try spoil("us.json") { document in
            var targets = try #require(document["targets"] as? [[String: Any]])
            targets[0]["checks"] = [["id": "\u{1B}[2Jpass", "outcome": "pass", "summary": "", "exchanges": []]]
            document["targets"] = targets
        }
        for command in [["compare", "--from", "eu.json", "--from", "us.json"], ["render", "us.json"], ["evidence", "us.json"]] {
            let run = try await user.runs(command)
            #expect(run.status == 2, "\(command)")
            #expect(!run.text.contains("\u{1B}") && !run.errorText.contains("\u{1B}"), "\(command)")
        }
    }

    @Test func `evidence of an unknown vendor is a page as far as it goes`() async throws {
        try makeVendorUnknown(in: "us.json")
        let run = try await user.runs("evidence", "us.json")
        #expect(run.status == 0, "\(run.errorText)")
        #expect(run.text.contains("# acme, ways: `region_blocked`"))
        #expect(run.text.contains("The verdict is the report's own and was not judged again: no vendor is called \"acme\" here."))
        #expect(run.text.contains("403"))
    }

    @Test func `a gate and a verification refuse what they cannot judge`() async throws {
        try makeVendorUnknown(in: "us.json")
        try user.writes("{\"targets\": [{\"name\": \"ways\", \"vendor\": \"openai\"}]}", to: "gate.json")
        for arguments in [["verify", "us.json"], ["gate", "gate.json", "--from", "us.json"]] {
            let run = try await user.runs(arguments)
            #expect(run.status == 2)
            #expect(run.errorText.contains("us.json:") && run.errorText.contains("no vendor is called \"acme\""), "\(run.errorText)")
        }
    }

    /// What may be wrong with a report, and the words that say so.
    enum Wrong: String, CaseIterable {
        case version, tool, cut, other, empty

        var words: String {
            switch self {
            case .version: "schema_version: this is a report of version 7, and only version 1 can be read; use a newer sonde"
            case .tool: "report of sonde"
            case .cut: "us.json:"
            case .other: "report of sonde"
            case .empty: "empty"
            }
        }
    }

    @Test(arguments: Wrong.allCases, [["compare", "--from", "eu.json", "--from"], ["evidence"], ["verify"], ["render"]])
    func `what is no report of this form is refused, with its file and what is wrong`(_ wrong: Wrong, command: [String]) async throws {
        switch wrong {
        case .version: try spoil("us.json") { $0["schema_version"] = 7 }
        case .tool: try spoil("us.json") { $0["tool"] = ["name": "probe", "version": "3"] }
        case .cut: try user.writes(String(#require(user.text(of: "us.json")).dropLast(300)), to: "us.json")
        case .other: try user.writes(#"{"version": "2.1.0", "runs": []}"#, to: "us.json")
        case .empty: try user.writes("", to: "us.json")
        }
        let run = try await user.runs(command + ["us.json"])
        #expect(run.status == 2)
        #expect(run.text.isEmpty)
        #expect(run.errorText.unwrapped.contains("us.json"), "\(run.errorText)")
        #expect(run.errorText.unwrapped.contains(wrong.words), "\(run.errorText)")
    }

    @Test func `one report named twice, by whatever name, is refused`() async throws {
        try user.writes(#require(user.text(of: "eu.json")), to: "copy.json")
        for other in ["eu.json", "./eu.json", "copy.json"] {
            let run = try await compare("eu.json", other)
            #expect(run.status == 2)
            #expect(run.errorText.contains("eu.json") && run.errorText.contains(other), "\(run.errorText)")
        }
        let evidence = try await user.runs("evidence", "eu.json", "eu.json")
        #expect(evidence.status == 2 && evidence.errorText.contains("'eu.json' is named twice"))
    }

    @Test func `reports of one name in several folders are told apart`() async throws {
        try user.writes(#require(user.text(of: "eu.json")), to: "a/x/report.json")
        try user.writes(#require(user.text(of: "us.json")), to: "b/x/report.json")
        let run = try await compare("a/x/report.json", "b/x/report.json")
        #expect(run.status == 1)
        #expect(run.text.contains("a/x/report") && run.text.contains("b/x/report"))
    }

    @Test func `that two machines used one key is not claimed`() async throws {
        let services = try ComparedServices(for: user)
        for (name, way) in [("here", "127.0.0.2"), ("there", "127.0.0.7")] {
            _ = try await user.runs(
                ["check", "ways", "--profile", services.profile, "--route", "interface=\(way)", "-o", "json=\(name).json", "--quiet"],
                with: services.variables)
        }
        let run = try await compare("here.json", "there.json")
        #expect(run.text.unwrapped.contains("That holds if it is the same key, which the reports do not show. (way-decides, likely)"))
    }
}
