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

    static let formats: [OutputFormat] = [.markdown, .html, .junit, .tap, .github, .sarif, .prometheus, .nagios]

    @Test(arguments: formats, RenderedReports.all.map(\.name))
    func `a rendering is the one that was approved`(format: OutputFormat, name: String) throws {
        let report = try #require(RenderedReports.all.first { $0.name == name }).make()
        let text = try String(decoding: rendering(report, format), as: UTF8.self)
        let path = "\(Self.folder)/\(name).\(format.suffix ?? format.rawValue)"
        if Self.isRecording {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let expected = try #require(try? String(contentsOfFile: path, encoding: .utf8), "\(path) is missing; SONDE_RECORD=1 writes it")
        #expect(
            text.components(separatedBy: "\n") == expected.components(separatedBy: "\n"),
            "\(name) as \(format) differs; SONDE_RECORD=1 writes it anew")
    }

    @Test func `every format but the older ones has approved files`() {
        #expect(Set(Self.formats + [.text, .json, .ndjson, .evidence]) == Set(OutputFormat.allCases))
    }
}

/// A report in a format, without colors.
func rendering(_ report: Report, _ format: OutputFormat) throws -> [UInt8] {
    try Rendering.bytes(of: report, as: format, TextLook(), PageProtection(secrets: [], patterns: []))
}
