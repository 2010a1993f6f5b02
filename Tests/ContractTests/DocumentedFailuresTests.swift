import Foundation
import Sonde
import SondeJSON
import Testing

/// Failures that vendors, servers and client libraries document or that people reported in public, each with its source, and what an
/// expert says of them: read as well as the bars of the design ask.
@Suite struct DocumentedFailuresTests {
    struct Failure {
        var id: String
        var cause: String
        var recording: Recording
    }

    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "SondeTests/Fixtures/documented-failures.jsonl")

    private func failures() throws -> [Failure] {
        try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n").map { line in
            let json = try JSON.parse(Array(line.utf8))
            return Failure(
                id: try #require(json["id"]?.stringValue), cause: try #require(json["expect"]?["cause"]?.stringValue),
                recording: try Recording(transcript: json))
        }
    }

    struct Score: CustomStringConvertible {
        var right = 0, certain = 0, wrongAndCertain = 0
        var misses: [String] = []

        var count: Int { right + misses.count }
        var share: Double { Double(right) / Double(count) }
        var description: String {
            "\(right) of \(count), \(wrongAndCertain) of \(certain) certain ones wrong; \(misses.joined(separator: ", "))"
        }
    }

    private func score(_ failures: [Failure]) throws -> Score {
        let catalog = try Contract.catalog()
        let evidence = RecordedEvidence(
            catalog: catalog, judge: try Judge(vendors: catalog.vendors), capture: Capture(redactor: Redactor(secrets: [])))
        let fallback = try #require(catalog.vendor(named: "openai-compatible"))
        var score = Score()
        for failure in failures {
            let verdict = evidence.result(for: failure.recording, vendor: nil, fallback: fallback, at: Timestamp(seconds: 0)).verdict
            let isRight = verdict.cause.rawValue == failure.cause
            if isRight { score.right += 1 } else { score.misses.append("\(failure.id): \(failure.cause), said \(verdict.cause.rawValue)") }
            if verdict.confidence == .certain { score.certain += 1 }
            if verdict.confidence == .certain, !isRight { score.wrongAndCertain += 1 }
        }
        return score
    }

    @Test func `every failure has a source, a cause of the list and an id of its own`() throws {
        let lines = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
        for line in lines { #expect(try JSON.parse(Array(line.utf8))["source"]?.stringValue?.isEmpty == false, "\(line.prefix(80))") }
        let failures = try failures()
        for failure in failures { #expect(Cause(rawValue: failure.cause) != nil, "\(failure.id)") }
        #expect(Set(failures.map(\.id)).count == failures.count)
        #expect(failures.count >= 120)
    }

    @Test func `at least 92 in 100 are told right, and at most 1 in 100 certain ones wrong`() throws {
        let score = try score(failures())
        #expect(score.share >= 0.92, "\(score)")
        #expect(score.wrongAndCertain * 100 <= score.certain, "\(score)")
        #expect(score.certain * 2 >= score.count, "\(score)")
    }

    @Test func `a vendor nobody wrote a manifest for gets the right cause most of the time`() throws {
        let bare = try failures().map { failure in
            var failure = failure
            (failure.recording.vendor, failure.recording.host, failure.recording.baseURL) = ("openai-compatible", nil, nil)
            return failure
        }
        let score = try score(bare)
        #expect(score.share >= 0.9, "\(score)")
        #expect(score.wrongAndCertain * 100 <= score.certain, "\(score)")
    }

    @Test func `where a recording names no certain vendor its host decides`() throws {
        let catalog = try Contract.catalog()
        let evidence = RecordedEvidence(
            catalog: catalog, judge: try Judge(vendors: catalog.vendors), capture: Capture(redactor: Redactor(secrets: [])))
        #expect(evidence.vendor(of: Recording(vendor: "openai-compatible", host: "api.groq.com"))?.id == "groq")
        #expect(evidence.vendor(of: Recording(vendor: "openai-compatible", host: "llm.example.test"))?.id == "openai-compatible")
        #expect(evidence.vendor(of: Recording(vendor: "mistral", host: "api.groq.com"))?.id == "mistral")
    }
}
