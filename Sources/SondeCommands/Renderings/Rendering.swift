import Sonde
import SondeJSON

/// Turns a report into text of a format: the one switch over formats.
enum Rendering {
    /// - Parameter protection: What a page for other people's eyes must not hold.
    static func bytes(of report: Report, as format: OutputFormat, _ look: TextLook, _ protection: PageProtection) throws(UsageError)
        -> [UInt8]
    {
        switch format {
        case .text: Array(TextRendering(report: report, look: look).text.utf8)
        case .json:
            json(report)
        case .ndjson:
            lines(report)
        case .evidence:
            try protection.page(of: report)
        }
    }

    private static func json(_ report: Report) -> [UInt8] {
        var bytes: [UInt8] = []
        report.write(to: &bytes)
        return bytes
    }

    private static func lines(_ report: Report) -> [UInt8] {
        var bytes: [UInt8] = []
        for result in report.targets { VerdictLine.write(result.verdict, of: result.target.name, to: &bytes) }
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
}
