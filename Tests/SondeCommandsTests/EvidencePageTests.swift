import Sonde
import SondeJSON
import TestSupport
import Testing

@testable import SondeCommands

/// The page by itself; whole pages are compared in the end-to-end tests.
struct EvidencePageTests {
    private func result(
        _ name: String = "sample", _ cause: Cause = .accountDenied, edit: (inout Target, inout Answer) -> Void = { _, _ in }
    )
        throws -> TargetResult
    {
        var target = try Sample.target(model: "small-1")
        target.name = name
        var answer = Answer(
            status: 403, headers: Headers([HeaderField("x-request-id", "req-1")]), bodyKind: .json, bodyBytes: 40,
            errors: [ErrorLayer(message: "No.", type: "account_barred")])
        edit(&target, &answer)
        let probe = Probe(.inference, endpoint: .inference, model: target.model)
        let exchange = Exchange(
            probe: probe, request: .init(method: "POST", url: target.url(of: probe), keyUse: .own, body: ["model": "small-1"]),
            startedAt: Timestamp(seconds: 1_763_630_000), outcome: .answer(answer), timings: Timings(total: .milliseconds(12)))
        let verdict = Verdict(
            cause: cause, confidence: .certain, owner: .vendorSupport, summary: "It says \(answer.errors.first?.message ?? "nothing").")
        return TargetResult(
            target: target, exchanges: [exchange], checks: [CheckResult(id: "inference", cause == .healthy ? .pass : .fail, "…")],
            verdict: verdict, startedAt: Timestamp(seconds: 1_763_630_000), duration: .zero)
    }

    private func page(
        _ results: [TargetResult], _ facts: EvidenceFacts = EvidenceFacts(), keepsIdentifiers: Bool = false,
        edit: (inout Report) -> Void = { _ in }
    ) -> String {
        var report = Report(startedAt: Timestamp(seconds: 1_763_630_000), duration: .zero, network: .init(), targets: results)
        edit(&report)
        let source = PageProtection(secrets: [], patterns: Pattern.common).source(report, keepsIdentifiers: keepsIdentifiers)
        return EvidencePage(sources: [source], facts: facts).text
    }

    /// What stands outside of code, which is what a renderer acts on.
    private func outsideOfCode(_ page: String) -> String {
        var lines: [String] = []
        var fence: String?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let open = fence {
                if line == open { fence = nil }
            } else if line.hasPrefix("```") {
                fence = String(line.prefix { $0 == "`" })
            } else {
                lines.append(withoutSpans(line))
            }
        }
        return lines.joined(separator: "\n")
    }

    private func withoutSpans(_ line: String) -> String {
        var (result, rest) = ("", line[...])
        while let start = rest.firstIndex(of: "`") {
            let fence = rest[start...].prefix { $0 == "`" }
            var end = fence.endIndex
            while let tick = rest[end...].firstIndex(of: "`") {
                let run = rest[tick...].prefix { $0 == "`" }
                end = run.endIndex
                if run.count == fence.count { break }
            }
            result += rest[..<start]
            rest = rest[end...]
        }
        return result + rest
    }

    static let hostile = [
        "@team #123 GH-12 owner/repo#4 deadbeefcafe www.evil.test http://evil.test a|b \\| \\\\| `x` ``y`` ```z``` ~~~ <b>&lt; ![i](u) end\\",
        "x\n\n```\n# heading\n<script>alert(1)</script>\n````\n| a | b |\n|---|---|\r\n> quote\u{2028}\u{202E}\u{1B}[31m\u{200B}", "`",
        "``` ` ```", "|", "a`b|c``d",
    ]

    @Test(arguments: hostile)
    func `foreign text means nothing, wherever it comes from`(text: String) throws {
        let result = try result(text) { target, answer in
            target.model = text
            target.route.name = text
            target.scopes = [text: ""]
            target.credential?.publicPrefix = text
            target.credential?.source = .environment(text, isVendors: false)
            target.findings = [Finding("key", .warning, reason: text, text)]
            answer.headers = Headers([HeaderField("x-request-id", text), HeaderField("content-type", text)])
            answer.errors = [ErrorLayer(message: text, type: text, code: text, param: text)]
        }
        let page = page([result], try EvidenceFacts(tried: [text], notes: ["a\(text)=\(text)"])) { report in
            report.system = text
            report.network = .init(proxyVariables: [text], library: text)
        }
        let rest = outsideOfCode(page)
        for mark in ["@", "<b", "<script", "&lt;", "![", "http:", "www.", "evil", "deadbeef", "GH-12", "~~~"] {
            #expect(!rest.contains(mark), "\(mark)")
        }
        for line in rest.split(separator: "\n") where line.contains("#") { #expect(line.drop { $0 == "#" }.first == " ", "\(line)") }
        for line in page.split(separator: "\n") where line.hasPrefix("| ") { #expect(line.count { $0 == "|" } == 8, "\(line)") }
        #expect(
            page.unicodeScalars.allSatisfy {
                $0 == "\n" || $0.value >= 0x20 && !"\u{202E}\u{2028}\u{200B}\u{7F}".unicodeScalars.contains($0)
            })
    }

    @Test func `identifiers are removed, unless both the run and the page are to have them`() throws {
        let id = "team_abcdef0123456789"
        let result = try result { target, answer in
            target.name = id
            answer.errors = [ErrorLayer(message: "\(id), jane@sample.test, 203.0.113.9")]
        }
        for (report, wanted) in [(false, false), (false, true), (true, false)] {
            let page = page([result], keepsIdentifiers: wanted) { $0.includesIdentifiers = report }
            #expect(![id, "jane", "203.0"].contains { page.contains($0) })
            #expect(page.contains("are removed"))
        }
        let page = page([result], keepsIdentifiers: true) { $0.includesIdentifiers = true }
        #expect([id, "jane@sample.test", "203.0.113.9"].allSatisfy { page.contains($0) })
        #expect(page.contains("for a private ticket only"))
    }

    @Test func `what only the user knows is a blank, until it is told`() throws {
        let blank = page([try result()])
        for label in ["Tried before", "Plan", "SDK and version"] { #expect(blank.contains("- \(label): ________")) }
        let told = page(
            [try result()], try EvidenceFacts(tried: ["new key", "other card"], notes: ["plan=Pro", "SDK=ai 6.0", "team size=3"]))
        #expect(told.contains("- Tried before: new key\n- Tried before: other card\n- Plan: Pro\n- SDK and version: ai `6.0`\n"))
        #expect(told.contains("- team size: 3") && !told.contains("- Plan: ____"))
    }

    @Test func `what the vendor's channel asks for and the page lacks is a blank`() throws {
        let vendor =
            ["support": ["url": "https://sample.test/help", "asks_for": ["x-request-id", "time", "version", "team id (privately)"]]]
            as [String: JSON]
        let result = try result { target, _ in target.vendor.support = try? Sample.vendor(vendor).support }
        let text = page([result])
        #expect(text.contains("- version: ____"))
        #expect(!text.contains("- x-request-id: ____") && !text.contains("(privately): ____"))
        #expect(text.contains("<https://sample.test/help> It asks for: x-request-id; time; version; team id (privately)."))
        #expect(page([result], try EvidenceFacts(tried: [], notes: ["version=1.2"])).contains("- version: `1.2`"))
    }

    @Test func `of many targets the table has all, and those that fail have a section`() throws {
        let results = try (0..<40).map { try result("t\($0)", $0 % 5 == 4 ? .accountDenied : .healthy) }
        let page = page(results)
        #expect(page.contains("# 40 targets, 8 not healthy"))
        #expect(page.split(separator: "\n").count { $0.hasPrefix("| `t") } == 40)
        #expect(page.split(separator: "\n").count { $0.hasPrefix("## Sample Service, ") } == 5)
        #expect(page.contains("35 more targets are only in the table"))
    }

    @Test func `a long text is cut, and says by how much`() throws {
        let page = page([try result { _, answer in answer.errors = [ErrorLayer(message: String(repeating: "a", count: 9_000))] }])
        #expect(page.utf8.count < 8_000)
        #expect(page.contains("more characters"))
    }

    @Test func `a report of nothing is a page that says so`() {
        #expect(page([]).contains("No target was checked."))
    }

    @Test(arguments: ["plan", "=Pro", "plan="])
    func `a note without a name or a value is refused`(note: String) {
        #expect(throws: UsageError.self) { try EvidenceFacts(tried: [], notes: [note]) }
    }

    @Test func `the time of a recorded answer is that of its own header, and said to be`() throws {
        var recorded = try result { target, answer in
            target.credential = Credential(source: .recording, secret: Secret([]), publicPrefix: "")
            answer.headers.add("date", "Thu, 20 Nov 2025 09:13:20 GMT")
        }
        recorded.exchanges[0].probe.variant = "0"
        recorded.exchanges[0].timings = Timings()
        let text = page([recorded])
        #expect(text.contains("- When: 2025-11-20 09:13:20 UTC, by the server's clock"), "\(text)")
        #expect(text.contains("| 2025-11-20 09:13:20.000 | – |"))
        recorded.exchanges[0].startedAt = Timestamp(seconds: 1_763_630_001)
        #expect(page([recorded]).contains("- When: not told"))
    }
}
