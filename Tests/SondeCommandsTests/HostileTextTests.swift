import Foundation
import Sonde
import SondeJSON
import Testing

@testable import SondeCommands

/// Whatever stands in a report, its renderings have the shape that they have with plain words.
struct HostileTextTests {
    private static let texts = RenderedReports.hostileTexts + [RenderedReports.hostileText]

    private func shapes(_ format: OutputFormat, _ text: String, _ shape: (String) throws -> [String]) throws -> (
        found: [String], wanted: [String]
    ) {
        (try outputs(format, text).flatMap(shape), try outputs(format, "plain").flatMap(shape))
    }

    /// What becomes of a report full of this text, and of one that a policy judged.
    private func outputs(_ format: OutputFormat, _ text: String) throws -> [String] {
        try [RenderedReports.hostile(text), RenderedReports.hostileGate(text)].map {
            String(decoding: try rendering($0, format), as: UTF8.self)
        }
    }

    @Test(arguments: OutputFormat.allCases, texts)
    func `no control reaches an output, and no mark that turns the direction of writing`(format: OutputFormat, text: String) throws {
        let rendered = try outputs(format, text).joined()
        let controls = rendered.unicodeScalars.filter { scalar in
            scalar != "\n"
                && (scalar.properties.generalCategory == .control || (0x2028...0x202E).contains(scalar.value)
                    || (0x2066...0x2069).contains(scalar.value) || scalar.value == 0x200F)
        }
        #expect(controls.isEmpty)
    }

    @Test(arguments: [OutputFormat.html, .junit], texts)
    func `text makes no tag, no attribute and no end of either`(format: OutputFormat, text: String) throws {
        let (found, wanted) = try shapes(format, text) { document in
            document.matches(of: /<[^>]*>/).map { String($0.output).replacing(/="[^"]*"/, with: "") }
        }
        #expect(found == wanted)
    }

    @Test(arguments: texts) func `a page names nothing that a browser would fetch`(text: String) throws {
        let page = try outputs(.html, text).joined()
        #expect(page.matches(of: /(?:src|href)="([^"]*)"/).allSatisfy { $0.1.hasPrefix("#t") || $0.1.hasPrefix("https://sample.test/") })
        #expect(page.matches(of: /<(?:script|img|link|iframe|object|embed|form|base)/).isEmpty)
    }

    @Test(arguments: texts) func `a test stays one line, and none begins, ends or is skipped`(text: String) throws {
        let (found, wanted) = try shapes(.tap, text) { document in
            document.split(separator: "\n").map { line in
                let isSkipped = line.contains(/^(not )?ok .*[^\\]# SKIP/)
                return
                    (line.firstMatch(of: /^ *(ok \d+ - |not ok \d+ - |---|\.\.\.|[a-z_]+:|- "|# |TAP|1\.\.)/).map { String($0.0) }
                    ?? String(line))
                    + (isSkipped ? " SKIP" : "")
            }
        }
        #expect(found == wanted)
    }

    @Test(arguments: texts) func `a log has as many commands, and their titles end where they should`(text: String) throws {
        let (found, wanted) = try shapes(.github, text) { log in
            #expect(!log.contains("##["))
            return log.split(separator: "\n").map { line in
                line.wholeMatch(of: /::(error|warning|notice) title=[^:,]*::.*/).map { String($0.1) } ?? String(line.prefix(7))
            }
        }
        #expect(found == wanted)
        let log = try outputs(.github, text).joined()
        let percents = log.matches(of: /%(?!25|0A|3A|2C)/)
        #expect(percents.isEmpty)
    }

    @Test(arguments: texts) func `a metric stays one line with one value`(text: String) throws {
        let (found, wanted) = try shapes(.prometheus, text) { metrics in
            metrics.split(separator: "\n").map { line in
                line.wholeMatch(of: /([a-z_]+)(\{[a-z]+="(?:[^"\\]|\\.)*"(?:,[a-z]+="(?:[^"\\]|\\.)*")*\})? (-?[0-9.e+]+|NaN)/).map {
                    String($0.1)
                }
                    ?? String(line.prefix(7))
            }
        }
        #expect(found == wanted)
    }

    @Test(arguments: texts) func `data begins behind the one pipe`(text: String) throws {
        let (found, wanted) = try shapes(.nagios, text) { output in
            output.split(separator: "\n", omittingEmptySubsequences: false).map { "\($0.count { $0 == "|" })" }
        }
        #expect(found == wanted)
        for output in try outputs(.nagios, text) {
            let data = output.split(separator: "\n")[0].split(separator: "|")[1]
            #expect(data.wholeMatch(of: /'[^'=]+'=(?:[0-9.]+s?|U);;;0(?: '[^'=]+'=(?:[0-9.]+s?|U);;;0)*/) != nil, "\(data)")
            #expect(!output.contains("<") && !output.contains(">"))
        }
    }

    @Test(arguments: texts) func `a message has no link and no place to fill in`(text: String) throws {
        for output in try outputs(.sarif, text) {
            for result in try JSON.parse(Array(output.utf8))["runs"]?[0]?["results"]?.arrayValue ?? [] {
                let message = try #require(result["message"]?["text"]?.stringValue)
                #expect(!message.contains { "[]{}".contains($0) })
            }
        }
    }

    @Test(arguments: [OutputFormat.json, .ndjson], texts)
    func `a document stays one, and a verdict one line`(format: OutputFormat, text: String) throws {
        let (found, wanted) = try shapes(format, text) { output in
            try (format == .json ? [output] : output.split(separator: "\n").map(String.init)).map { document in
                try JSON.parse(Array(document.utf8)).objectValue?.members.map(\.key).joined(separator: " ") ?? ""
            }
        }
        #expect(found == wanted)
    }

    @Test(arguments: texts) func `a table keeps its cells, and the page its lines`(text: String) throws {
        let (found, wanted) = try shapes(.markdown, text) { page in
            page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.hasPrefix("|") ? "row \(line.count { $0 == "|" })" : String(line.prefix(while: { "#-*<".contains($0) }))
            }
        }
        #expect(found == wanted)
    }
}

/// What only one format promises.
struct RenderingTests {
    @Test func `a request of an earlier round does not stretch the waterfall`() throws {
        var report = try RenderedReports.interrupted()
        report.targets[0].exchanges[0].isCarried = true
        report.targets[0].exchanges[0].startedAt = Timestamp(seconds: RenderedReports.moment.seconds - 3600)
        let page = try String(decoding: rendering(report, .html), as: UTF8.self)
        #expect(page.contains("0 – 250 ms"))
    }

    @Test(arguments: OutputFormat.allCases)
    func `a report without targets is no pass in any format`(format: OutputFormat) throws {
        let report = try RenderedReports.empty()
        #expect(report.exitStatus == .inconclusive)
        let text = try String(decoding: rendering(report, format), as: UTF8.self)
        let sign =
            switch format {
            case .text: "inconclusive (exit 3): no target, so nothing was measured"
            case .json: "\"outcome\": \"inconclusive\""
            case .markdown: "Sonde: inconclusive"
            case .html: "Inconclusive</h1>"
            case .junit: "errors=\"1\""
            case .tap: "not ok 1"
            case .github: "::warning "
            case .sarif: "\"executionSuccessful\": false"
            case .prometheus: "sonde_run_success 0"
            case .nagios: "SONDE UNKNOWN"
            case .ndjson: "{\"id\":null,\"error\":\"Nothing was measured"
            case .evidence: "# Nothing was measured\n"
            }
        #expect(text.contains(sign), "\(text)")
    }

    @Test(arguments: [
        ("outcomes", NagiosState.critical), ("empty", .unknown), ("offline", .unknown), ("interrupted", .unknown), ("causes", .critical),
        ("gate", .critical),
    ])
    func `a monitoring system is told the worst`(name: String, state: NagiosState) throws {
        let report = try #require(RenderedReports.all.first { $0.name == name }).make()
        #expect(NagiosState(ReportResults(report).outcome) == state)
    }

    @Test func `what a policy tolerates is a warning, and what it breaches a finding of its own`() throws {
        var report = try RenderedReports.gate()
        func outcome(_ name: String) -> ReportResult.Outcome? { ReportResults(report).groups.first { $0.name == name }?.outcome }
        #expect(outcome("rate_limited") == .warn)
        #expect(outcome("key_rejected") == .fail)
        #expect(outcome("gate") == .breach)
        report.gate?.findings.removeAll { $0.outcome == .fail }
        #expect(outcome("key_rejected") == .warn)
        #expect(ReportResults(report).outcome == .breach)
        #expect(NagiosState(ReportResults(report).outcome) == .warning)
    }

    @Test func `a warning alone is one, and a failure where warnings fail`() throws {
        var report = try RenderedReports.outcomes()
        report.targets = [report.targets[1]]
        #expect(NagiosState(ReportResults(report).outcome) == .warning)
        report.failsOnWarning = true
        #expect(NagiosState(ReportResults(report).outcome) == .critical)
    }

    @Test func `the policy of the page knows the sheet by its hash`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl", "dgst", "-sha256", "-binary"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        input.fileHandleForWriting.write(Data(HTMLStyle.sheet.text.utf8))
        try input.fileHandleForWriting.close()
        let hash = try #require(try output.fileHandleForReading.readToEnd()).base64EncodedString()
        process.waitUntilExit()
        #expect(HTMLStyle.policy.text.contains("'sha256-\(hash)'"))
    }

    @Test func `of many annotations the tenth says how many more there are`() throws {
        var report = try RenderedReports.causes()
        report.targets = Array(repeating: report.targets[1], count: 30)
        let lines = GitHubRendering(report: report).text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("::error ") }.count == 10)
        #expect(lines.contains { $0.contains("21 more") })
    }

    @Test func `targets of one name have metrics of their own`() throws {
        var report = try RenderedReports.causes()
        report.targets = [report.targets[0], report.targets[0]]
        let text = PrometheusRendering(report: report).text
        let series = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ").dropLast().joined() }
        #expect(Set(series).count == series.count)
        #expect(text.contains("target=\"healthy (2)\""))
    }

    @Test func `phases add up to the whole, and the one that broke off is known`() throws {
        let report = try RenderedReports.causes()
        for exchange in report.targets[1].exchanges {
            let spans = RequestPhases(exchange).spans
            #expect(spans.reduce(0) { $0 + $1.end - $1.start } == 250_000)
            #expect(spans.last?.phase == (exchange.failure == nil ? .body : .firstByte))
            #expect(spans.last?.isBroken == (exchange.failure != nil))
        }
    }

    @Test func `results point to the line of the profile that lists their target`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file(
            "my profile.json", "{\n  \"targets\": [\n    {\"name\": \"other\"},\n    {\"name\": \"key_missing\"}\n  ]\n}\n")
        let places = ProfilePlaces(path: path)
        #expect(places.lines == ["other": 3, "key_missing": 4])
        var bytes: [UInt8] = []
        SARIFRendering(report: try RenderedReports.causes(), profile: ProfilePlaces(path: "my profile.json", lines: places.lines)).write(
            to: &bytes)
        let results = try #require(JSON.parse(bytes)["runs"]?[0]?["results"]?.arrayValue)
        let place = try #require(results.first { $0["ruleId"] == "key_missing" }?["locations"]?[0]?["physicalLocation"])
        #expect(place["artifactLocation"]?["uri"] == "my%20profile.json")
        #expect(place["region"]?["startLine"] == 4)
    }
}
