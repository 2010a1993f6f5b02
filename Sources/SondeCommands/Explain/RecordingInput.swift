import Sonde
import SondeJSON

/// Takes an input apart into recordings: transcripts one a line or in one document, or pasted text.
struct RecordingInput {
    /// One recording, or why there is none; with the number of the line it stood on, from 1.
    struct Item {
        var line: Int
        var recording: Result<Recording, JSONError>
    }

    let bytes: [UInt8]

    /// Hands over one item after another; nothing is kept.
    func forEach(_ body: (Item) -> Void) {
        if isJSONLines {
            var number = 0
            for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                number += 1
                if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
                body(Item(line: number, recording: Self.transcript(Array(line))))
            }
        } else if let document = JSON.lenient(bytes), let list = document.arrayValue, list.contains(where: { $0["exchanges"] != nil }) {
            for element in list { body(Item(line: 1, recording: Self.recording(element))) }
        } else if let document = JSON.lenient(bytes), document["exchanges"] != nil {
            body(Item(line: 1, recording: Self.recording(document)))
        } else if let recording = Recording(pasted: String(decoding: bytes, as: UTF8.self)) {
            body(Item(line: 1, recording: .success(recording)))
        } else {
            body(Item(line: 1, recording: .failure(JSONError("nothing here speaks of a call: no status, no error body, no error of a client"))))
        }
    }

    /// Several lines that begin with a brace, the first of which is whole: JSON Lines.
    private var isJSONLines: Bool {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: true)
        guard let first = lines.first, lines.count > 1, first.first(where: { $0 != 0x20 }) == UInt8(ascii: "{") else { return false }
        return JSON.lenient(Array(first))?["exchanges"] != nil
    }

    private static func transcript(_ line: [UInt8]) -> Result<Recording, JSONError> {
        guard let json = JSON.lenient(line) else { return .failure(JSONError("this is not JSON")) }
        return recording(json)
    }

    private static func recording(_ json: JSON) -> Result<Recording, JSONError> {
        do throws(JSONError) { return .success(try Recording(transcript: json)) } catch { return .failure(error) }
    }
}
