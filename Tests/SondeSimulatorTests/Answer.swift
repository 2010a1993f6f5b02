import SondeJSON

/// One HTTP/1.1 answer as it was received.
struct Answer {
    var status: Int
    var headers: [(name: String, value: String)]
    /// The body, out of its chunks where it came in such.
    var body: [UInt8]
    /// The chunks' own sizes; empty when the body did not come in chunks.
    var chunks: [Int] = []
    /// All bytes of the answer as sent.
    var length: Int

    /// Reads an answer that is complete, or nil; what has ended is complete when its headers are.
    init?(_ bytes: [UInt8], hasEnded: Bool = false) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
        headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        let rest = bytes[end.upperBound...]
        body = []
        length = bytes.count
        if headers.contains(where: { $0.name.lowercased() == "transfer-encoding" }) {
            var position = rest.startIndex
            while let lineEnd = rest[position...].firstRange(of: Array("\r\n".utf8)) {
                guard let size = Int(String(decoding: rest[position..<lineEnd.lowerBound], as: UTF8.self), radix: 16) else { return nil }
                let next = lineEnd.upperBound + size + 2
                guard next <= rest.endIndex else { break }
                if size == 0 {
                    length = next
                    return
                }
                chunks.append(size)
                body += rest[lineEnd.upperBound..<(next - 2)]
                position = next
            }
            if !hasEnded { return nil }
        } else {
            let promised = self["content-length"].flatMap { Int($0) } ?? 0
            guard rest.count >= promised || hasEnded else { return nil }
            body = Array(rest.prefix(promised))
            length = end.upperBound + body.count
        }
    }

    subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSON? { JSON.lenient(body) }
    var error: JSON? { json?["error"] }
}

extension Collection where Element == UInt8, Index == Int {
    func firstRange(of pattern: [UInt8]) -> Range<Int>? {
        guard count >= pattern.count else { return nil }
        for start in startIndex...(endIndex - pattern.count) where self[start..<(start + pattern.count)].elementsEqual(pattern) {
            return start..<(start + pattern.count)
        }
        return nil
    }
}
