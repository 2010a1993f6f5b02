import Sonde
import SondeJSON

/// Turns a report into text of a format: the one switch over formats.
enum Rendering {
    /// - Parameter protection: What a page for other people's eyes must not hold.
    static func bytes(of report: Report, as format: OutputFormat, _ look: TextLook, _ protection: PageProtection) throws(UsageError)
        -> [UInt8]
    {
        switch format {
        case .text:
            if let record = report.verification {
                Array(VerificationRendering(report: report, record: record, look: look).text.utf8)
            } else {
                Array(TextRendering(report: report, look: look).text.utf8)
            }
        case .json:
            json(report)
        case .ndjson:
            report.verification.map(VerificationRendering.lines) ?? lines(report)
        case .markdown: Array(MarkdownRendering(report: report).text.utf8)
        case .html: Array(HTMLRendering(report: report).text.utf8)
        case .junit: Array(JUnitRendering(report: report).text.utf8)
        case .tap: Array(TAPRendering(report: report).text.utf8)
        case .github: Array(GitHubRendering(report: report).text.utf8)
        case .sarif: sarif(report, look.profile)
        case .prometheus: Array(PrometheusRendering(report: report).text.utf8)
        case .nagios: Array(NagiosRendering(report: report).text.utf8)
        case .evidence:
            try protection.page(of: report)
        }
    }

    private static func json(_ report: Report) -> [UInt8] {
        var bytes: [UInt8] = []
        report.write(to: &bytes)
        return bytes
    }

    private static func sarif(_ report: Report, _ profile: ProfilePlaces?) -> [UInt8] {
        var bytes: [UInt8] = []
        SARIFRendering(report: report, profile: profile).write(to: &bytes)
        return bytes
    }

    private static func lines(_ report: Report) -> [UInt8] {
        var bytes: [UInt8] = []
        for result in report.targets { VerdictLine.write(result.verdict, of: result.target.name, to: &bytes) }
        if let gate = report.gate { VerdictLine.write(gate, to: &bytes) }
        if report.targets.isEmpty { VerdictLine.write("Nothing was measured: the report has no targets.", to: &bytes) }
        return bytes
    }
}

/// How text output is to look.
struct TextLook {
    enum Detail: Hashable {
        /// The verdicts only.
        case quiet
        case normal
        /// Every request and what it said.
        case verbose
    }

    var width = 80
    var style = Style.plain
    var detail = Detail.normal
    /// Whether a command to type next is offered after a failure; not where nobody would type it.
    var offersCommands = true
    /// How the tool was called, for the next command: `sonde check vercel`; nil where that would be too long to repeat.
    var command: String?
    /// Whether the report is kept, so that the next command finds it.
    var keepsReport = false
    /// How to have the failed requests repeated later; nil where no report is kept for it.
    var verifyCommand: String?
    /// Which options have to be given again with it: `with the same --key`; nil when none has.
    var sameOptions: String?
    /// Where the targets are written down, for formats that point there.
    var profile: ProfilePlaces?
}
