import Sonde
import SondeJSON

/// Takes an input apart into cases: transcripts or reports one a line or in one document, or pasted text.
struct RecordingInput {
    enum Content {
        case recording(Recording)
        case report(JSON)
    }

    /// One case, or why there is none.
    struct Item {
        /// The line it begins on, from 1.
        var line: Int
        var content: Result<Content, JSONError>
        /// The text it was read from, for the place of errors.
        var source: [UInt8] = []
    }

    let lines: InputLines
    /// Takes secrets out of every text before it is read.
    let scrubber: Scrubber

    /// Bytes that are looked at to tell one case a line from one document.
    private static let headLimit = 1 << 20
    static let lineLimit = 16 << 20
    static let documentLimit = 64 << 20
    /// Of a pasted text, more than this is not looked at.
    private static let pasteLimit = 4 << 20

    /// Hands over one item after another; nothing is kept.
    ///
    /// - Parameter body: Returns false when no more are wanted.
    func forEach(_ body: (Item) -> Bool) throws(UsageError) {
        // What comes slowly is not waited for where the first line tells.
        let head = try lines.head(1, lineLimit: Self.lineLimit)
        if let order = WideText.ByteOrder(of: head.first ?? []) {
            return forEach(inWide: WideText.bytes(try lines.rest(limit: Self.documentLimit), order), body)
        }
        let tells = Self.holdsCase(head)
        guard try tells ? true : Self.holdsCase(lines.head(Self.headLimit, lineLimit: Self.lineLimit)) else {
            for item in items(in: scrubber.scrub(try lines.rest(limit: Self.documentLimit))) where !body(item) { return }
            return
        }
        while let line = try lines.next(limit: Self.lineLimit) {
            guard let item = item(line.number, line.bytes) else { continue }
            if !body(item) { return }
        }
    }

    /// The same for text that was written in UTF-16, as some shells do, and is small enough to be held whole.
    private func forEach(inWide bytes: [UInt8], _ body: (Item) -> Bool) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard Self.holdsCase(lines) else {
            for item in items(in: scrubber.scrub(bytes)) where !body(item) { return }
            return
        }
        for (index, line) in lines.enumerated() {
            guard let item = item(index + 1, Array(line)) else { continue }
            if !body(item) { return }
        }
    }

    /// The case on one line; nil when the line is empty.
    private func item(_ number: Int, _ bytes: [UInt8]?) -> Item? {
        guard let bytes else { return Item(line: number, content: .failure(JSONError("longer than \(Self.lineLimit) bytes"))) }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        let clean = scrubber.scrub(bytes)
        guard let json = JSON.lenient(clean) else { return Item(line: number, content: .failure(JSONError("this is not JSON"))) }
        return Item(line: number, content: Self.content(json), source: clean)
    }

    private static func holdsCase(_ lines: [ArraySlice<UInt8>]) -> Bool {
        guard lines.first?.first(where: { $0 > 0x20 }) != UInt8(ascii: "[") else { return false }
        return lines.contains { line in
            guard line.first(where: { $0 > 0x20 }) == UInt8(ascii: "{"), line.count > 2 else { return false }
            return JSON.lenient(Array(line)).map(isCase) ?? false
        }
    }

    private static func isCase(_ json: JSON) -> Bool { json["exchanges"] != nil || Report.isReport(json) }

    private func items(in bytes: [UInt8]) -> [Item] {
        if let document = JSON.lenient(bytes) {
            if let list = document.arrayValue, list.contains(where: Self.isCase) {
                return list.enumerated().map { index, element in
                    Item(line: Self.line(of: "[\(index)]", in: bytes), content: Self.content(element))
                }
            }
            if Self.isCase(document) { return [Item(line: 1, content: Self.content(document), source: bytes)] }
        }
        // What claims to be a report and is too long or broken is not to be taken for a paste.
        if bytes.prefix(4096).firstRange(of: Array("\"schema_version\"".utf8)) != nil { return [Self.strict(bytes)] }
        // What its escapes hid is scrubbed like all else.
        let text = Recording.unescaped(String(decoding: bytes.prefix(Self.pasteLimit), as: UTF8.self))
        let recordings = Recording.all(pasted: String(decoding: scrubber.scrub(Array(text.utf8)), as: UTF8.self))
        guard recordings.isEmpty else {
            return recordings.map { Item(line: recordings.count == 1 ? 1 : $0.line, content: .success(.recording($0))) }
        }
        return [
            Item(line: 1, content: .failure(JSONError("nothing here speaks of a call: no status, no error body, no error of a client")))
        ]
    }

    private static func strict(_ bytes: [UInt8]) -> Item {
        do throws(JSONError) { return Item(line: 1, content: .success(.report(try .parse(bytes))), source: bytes) } catch {
            return Item(line: 1, content: .failure(error))
        }
    }

    private static func line(of path: String, in bytes: [UInt8]) -> Int { JSONError("", path: path).located(in: bytes).position?.line ?? 1 }

    private static func content(_ json: JSON) -> Result<Content, JSONError> {
        if Report.isReport(json) { return .success(.report(json)) }
        do throws(JSONError) { return .success(.recording(try Recording(transcript: json))) } catch { return .failure(error) }
    }
}

/// Takes secrets out of a text before anything else is done with it, and remembers whether there were any.
final class Scrubber {
    private let redactor: Redactor
    private(set) var hasFoundKey = false

    /// Identifiers and addresses stay: what is kept of them is decided later, and an address tells the vendor.
    init(secrets: [ProtectedSecret], patterns: [Pattern]) {
        redactor = Redactor(secrets: secrets, patterns: patterns, keepsIdentifiers: true)
    }

    func scrub(_ bytes: [UInt8]) -> [UInt8] {
        guard let clean = redactor.redacted(bytes) else { return bytes }
        hasFoundKey = true
        return clean
    }
}
