/// What form a body has, whatever its content type claims.
public enum BodyKind: String, Sendable, Hashable, CaseIterable {
    case empty
    case json
    /// Says it is JSON, or begins like it, and cannot be read.
    case brokenJSON = "broken_json"
    case html
    case text
    case eventStream = "event_stream"
    case binary
}

extension BodyKind {
    /// Judges by the first bytes, then by the content type.
    init(of body: [UInt8], contentType: String?) {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        var start = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...]
        start = start.drop(while: isBlank)
        guard let first = start.first else {
            self = .empty
            return
        }
        let head = String(decoding: start.prefix(512).map(\.lowercasedASCII), as: UTF8.self)
        let type = contentType?.lowercased() ?? ""
        if head.hasPrefix("<!doctype html") || head.hasPrefix("<html") || head.hasPrefix("<head")
            || (first == UInt8(ascii: "<") && type.hasPrefix("text/html"))
        {
            self = .html
        } else if type.hasPrefix("text/event-stream") || head.hasPrefix("data:") || head.hasPrefix("event:") || head.hasPrefix(": ") {
            self = .eventStream
        } else if type.contains("json") || first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\"") {
            self = .json
        } else if start.prefix(512).contains(where: { $0 < 0x20 && !isBlank($0) && $0 != 0x1B }) {
            self = .binary
        } else {
            self = .text
        }
    }
}
