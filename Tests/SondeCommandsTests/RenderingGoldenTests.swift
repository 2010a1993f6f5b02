import Foundation
import Sonde
import TestSupport
import Testing

@testable import SondeCommands

/// Every rendering of every kind of report, compared with the files in `Renderings/`.
///
/// `SONDE_RECORD=1 swift test --filter RenderingGoldenTests` writes them anew; look at the difference before it is kept.
struct RenderingGoldenTests {
    private static let folder = (#filePath as NSString).deletingLastPathComponent + "/Renderings"
    private static let isRecording = ProcessInfo.processInfo.environment["SONDE_RECORD"] == "1"

    @Test(arguments: OutputFormat.allCases, RenderedReports.all.map(\.name))
    func `a rendering is the one that was approved`(format: OutputFormat, name: String) throws {
        let report = try #require(RenderedReports.all.first { $0.name == name }).make()
        let text = try String(decoding: rendering(report, format), as: UTF8.self).withoutStyle
        try compare(text, with: "\(name).\(format.suffix ?? format.rawValue)")
    }

    @Test(arguments: RenderedReports.all.map(\.name)) func `a page brings its whole style with it`(name: String) throws {
        let report = try #require(RenderedReports.all.first { $0.name == name }).make()
        let text = try String(decoding: rendering(report, .html), as: UTF8.self)
        #expect(text.components(separatedBy: "<style>\(HTMLStyle.sheet.text)</style>").count == 2)
    }

    private func compare(_ text: String, with name: String) throws {
        let path = "\(Self.folder)/\(name)"
        if Self.isRecording {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let expected = try #require(try? String(contentsOfFile: path, encoding: .utf8), "\(path) is missing; SONDE_RECORD=1 writes it")
        #expect(
            text.components(separatedBy: "\n") == expected.components(separatedBy: "\n"),
            "\(name) differs; SONDE_RECORD=1 writes it anew")
    }

    /// Of many annotations only ten are shown, so that in one report not every cause has its own.
    @Test func `every cause has an annotation that was approved`() throws {
        let report = try RenderedReports.causes()
        let text = try report.targets.map { target in
            var one = report
            one.targets = [target]
            return String(decoding: try rendering(one, .github), as: UTF8.self)
        }.joined()
        try compare(text, with: "each-cause.github")
    }

    @Test(arguments: OutputFormat.allCases) func `every cause and every outcome is in an approved file`(format: OutputFormat) throws {
        let name = format == .github ? "each-cause.github" : "causes.\(format.suffix ?? format.rawValue)"
        let text = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
        // What is well is no annotation, and nothing to write to anybody about.
        for cause in Cause.allCases where cause != .healthy || ![.github, .evidence, .sarif, .nagios].contains(format) {
            #expect(text.contains(cause.rawValue))
        }
        #expect(Set(try RenderedReports.outcomes().targets.flatMap(\.checks).map(\.outcome)) == Set(CheckResult.Outcome.allCases))
    }
}

/// A report in a format, without colors.
func rendering(_ report: Report, _ format: OutputFormat) throws -> [UInt8] {
    try Rendering.bytes(of: report, as: format, TextLook(), PageProtection(secrets: [], patterns: []))
}
