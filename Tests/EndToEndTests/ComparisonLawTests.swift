import Foundation
import SondeSimulator
import Testing

/// Every law of comparison, live: the built tool compares real services on this machine.
@Suite struct ComparisonLawTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var law: String
        /// What is compared when the law must speak, and when it must not.
        var speaks: String
        var isSilent: String

        var testDescription: String { law }
    }

    static let cases: [Case] = [
        Case(law: "machine-is-offline", speaks: "nowhere nowhere-too --allow-http", isSilent: "nowhere maker --allow-http"),
        Case(
            law: "way-without-names", speaks: "nowhere --allow-http --route direct --route resolve=127.0.0.1",
            isSilent: "nowhere --allow-http --route direct --route env"),
        Case(law: "way-does-not-connect", speaks: "maker --route direct --route ipv6", isSilent: "closed --route direct --route ipv6"),
        Case(
            law: "way-without-interface", speaks: "maker --route direct --route interface=nope0",
            isSilent: "closed --route direct --route interface=nope0"),
        Case(
            law: "way-without-the-password", speaks: "maker --allow-http --route direct --route proxy=http://127.0.0.1:{guarded}",
            isSilent: "maker --allow-http --route direct --route proxy=http://127.0.0.1:{closed}"),
        Case(
            law: "way-with-a-bad-proxy", speaks: "maker --allow-http --route direct --route proxy=http://127.0.0.1:{closed}",
            isSilent: "maker --route direct --route office"),
        Case(law: "way-is-intercepted", speaks: "ways --route {2} --route {6}", isSilent: "ways --route {2} --route {3}"),
        Case(law: "way-from-another-region", speaks: "ways --route {2} --route {3}", isSilent: "ways --route {2} --route {4}"),
        Case(law: "way-from-a-refused-address", speaks: "ways --route {2} --route {4}", isSilent: "ways --route {2} --route {3}"),
        Case(law: "way-strips-the-key", speaks: "ways --route {2} --route {5}", isSilent: "ways --route {2} --route {3}"),
        Case(law: "way-decides", speaks: "ways --route {2} --route {7}", isSilent: "ways --route {2} --route {3}"),
        Case(law: "same-on-every-way", speaks: "poor --route direct --route office", isSilent: "maker --route direct --route office"),
        Case(law: "same-key-twice", speaks: "maker --key env:K1 --key env:K1_COPY", isSilent: "maker --key env:K1 --key env:K2"),
        Case(law: "key-decides", speaks: "maker --key env:K1 --key env:K2", isSilent: "maker --key env:K2 --key env:K3"),
        Case(law: "keys-all-refused", speaks: "maker --key env:K2 --key env:K3", isSilent: "maker --key env:K1 --key env:K2"),
        Case(law: "account-decides", speaks: "poor --key env:K1 --key env:K2", isSilent: "maker --key env:K1 --key env:K2"),
        Case(law: "gateway-decides", speaks: "maker poor-gate", isSilent: "maker gate"),
        Case(law: "direct-decides", speaks: "poor gate", isSilent: "poor poor-gate"),
        Case(law: "upstream-decides", speaks: "gone router", isSilent: "gone gate"),
        Case(law: "model-decides", speaks: "maker gone", isSilent: "maker poor"),
        Case(law: "one-service-decides", speaks: "poor other", isSilent: "poor gate"),
        Case(law: "one-host-unreachable", speaks: "maker nowhere --allow-http", isSilent: "closed nowhere --allow-http"),
        Case(law: "way-is-shared", speaks: "portal portal-too", isSilent: "portal maker"),
        Case(law: "nothing-differs", speaks: "maker gate", isSilent: "maker poor-gate"),
        Case(
            law: "all-fail-alike", speaks: "closed --route direct --route ipv4",
            isSilent: "closed --route direct --route proxy=http://127.0.0.1:1 --allow-http"),
        Case(
            law: "too-little-decided", speaks: "other --route direct --route office --no-inference",
            isSilent: "other --route direct --route office"),
    ]

    @Test(arguments: cases)
    func `a law speaks when its services are compared`(_ tried: Case) async throws {
        let compared = try await Compared(tried.speaks)
        #expect(compared.laws.contains(tried.law), "these speak: \(compared.laws)\n\(compared.finished.text)\(compared.finished.errorText)")
    }

    @Test(arguments: cases)
    func `a law is silent when one thing is different`(_ tried: Case) async throws {
        let compared = try await Compared(tried.isSilent)
        #expect(!compared.laws.contains(tried.law), "\(compared.finished.text)")
    }

    @Test func `a way that is not there is a finding, and the others are compared`() async throws {
        let compared = try await Compared("maker --route direct --route interface=nope0")
        #expect(compared.finished.status == 1, "\(compared.finished.errorText)")
        #expect(compared.laws == ["way-without-interface"])
        let text = compared.finished.text.unwrapped
        #expect(text.contains("over interface=nope0 nothing was sent: this machine has no such interface") && !text.contains("firewall"))
    }

    @Test(arguments: [(90, true), (5, false)])
    func `reports that were made long after each other are doubted`(minutes: Int, isDoubted: Bool) async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        for (name, way) in [("eu", "127.0.0.2"), ("us", "127.0.0.3")] {
            let run = try await user.runs(
                ["check", "ways", "--profile", services.profile, "--route", "interface=\(way)", "-o", "json=\(name).json", "--quiet"],
                with: services.variables)
            #expect([0, 1].contains(run.status))
        }
        var report = try #require(user.text(of: "us.json"))
        let formatter = ISO8601DateFormatter()
        let later = formatter.string(from: Date().addingTimeInterval(Double(60 * minutes)))
        report = report.replacing(/"started_at": "[^"]+"/, with: "\"started_at\": \"\(later)\"")
        try user.writes(report, to: "us.json")
        let run = try await user.runs(["compare", "--from", "eu.json", "--from", "us.json", "-o", "json=both.json"])
        #expect(run.status == 1)
        let laws = try Compared.laws(in: #require(user.bytes(of: "both.json")))
        #expect(laws.contains("way-from-another-region"))
        #expect(laws.contains("moments-differ") == isDoubted)
        #expect(run.text.contains("eu") && run.text.contains("us"))
    }
}

/// One run of `sonde compare` over the services.
struct Compared {
    var finished: Finished
    var laws: [String]
    var requests: [Simulator.Request]

    init(_ line: String) async throws {
        let user = try User()
        let services = try ComparedServices(for: user)
        var arguments = line.replacingOccurrences(of: "{closed}", with: "\(services.closedPort)")
            .replacingOccurrences(of: "{guarded}", with: "\(services.guarded.port)").split(separator: " ").map(String.init)
        for digit in 2...7 { arguments = arguments.map { $0 == "{\(digit)}" ? "interface=127.0.0.\(digit)" : $0 } }
        finished = try await user.runs(
            ["compare"] + arguments + ["--profile", services.profile, "--connect-timeout", "3", "-o", "json=report.json"],
            with: services.variables)
        laws = try Self.laws(in: #require(user.bytes(of: "report.json"), "no report: \(finished.errorText)"))
        requests = services.healthy.requests
    }

    static func laws(in report: [UInt8]) throws -> [String] {
        struct Document: Decodable {
            struct Comparison: Decodable {
                struct Conclusion: Decodable { var law: String }
                var conclusions: [Conclusion]
            }
            var comparison: Comparison
        }
        return try JSONDecoder().decode(Document.self, from: Data(report)).comparison.conclusions.map(\.law)
    }
}
