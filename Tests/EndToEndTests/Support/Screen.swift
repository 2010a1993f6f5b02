import Foundation
import Testing

/// A whole screen, compared with the file `Screens/NAME.txt`.
///
/// `SONDE_RECORD=1 swift test --filter ScreenTests` writes the files anew; look at the difference before it is kept.
struct Screen {
    private let name: String
    private static let folder = #filePath.folder(up: 2) + "/Screens"
    private static let isRecording = ProcessInfo.processInfo.environment["SONDE_RECORD"] == "1"

    init(_ name: String) { self.name = name }

    func expect(_ text: String, location: SourceLocation = #_sourceLocation) throws {
        let path = "\(Self.folder)/\(name).txt"
        let masked = Self.masked(text)
        if Self.isRecording {
            try masked.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let expected = try #require(
            try? String(contentsOfFile: path, encoding: .utf8), "\(path) is missing; SONDE_RECORD=1 writes it", sourceLocation: location)
        let (found, wanted) = (masked.components(separatedBy: "\n"), expected.components(separatedBy: "\n"))
        #expect(found == wanted, "the screen \(name) differs; SONDE_RECORD=1 writes it anew", sourceLocation: location)
    }

    /// What differs from run to run replaced by a word: ports, times, ids, durations.
    ///
    /// Their length decides where a line is broken, so the lines that follow such a line and are indented by six columns or
    /// more, and no less than it, are joined to it.
    static func masked(_ text: String) -> String {
        let masks: [(Regex<Substring>, String)] = [
            (/127\.0\.0\.1:\d+/, "127.0.0.1:PORT"), (/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/, "TIME"),
            (/\w+::\w+::\w+-\w+-\w+/, "VERCEL-ID"),
            (/req_[0-9a-f]{32}/, "REQUEST-ID"), (/\b\d+ ms\b/, "N ms"),
            (/dns \d+, connect \d+, first byte \d+/, "dns N, connect N, first byte N"),
            (/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/, "DATE"),
        ]
        var lines: [String] = []
        for line in text.components(separatedBy: "\n") {
            let masked = masks.reduce(line) { $0.replacing($1.0, with: $1.1) }
            if let last = lines.last, masks.contains(where: { last.contains($0.1) }), masked.indent >= max(6, last.indent) {
                lines[lines.count - 1] += " " + masked.drop { $0 == " " }
            } else {
                lines.append(masked)
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension String {
    fileprivate var indent: Int { prefix { $0 == " " }.count }
}
