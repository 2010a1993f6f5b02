import Sonde

/// The status line and header lines of an answer, taken in as bytes and read once, at the end.
struct ResponseHead {
    /// The lines of the last head that began, with their line ends.
    private var bytes: [UInt8] = []
    /// Bytes of all header lines so far: interim answers and trailers too.
    private var received = 0
    /// Says whether the head of the final answer is complete.
    private(set) var isComplete = false

    /// Says whether the answer has begun.
    var hasBegun: Bool { !bytes.isEmpty }

    /// Takes in one line, as libcurl hands it over; false when the lines together exceed the limit.
    ///
    /// Runs for every line of every answer: bytes only, no text.
    mutating func take(_ line: UnsafeRawBufferPointer, atMost limit: Int) -> Bool {
        received += line.count
        guard received <= limit else { return false }
        if unsafe line.isStatusLine {
            bytes.removeAll(keepingCapacity: true)
            isComplete = false
        } else if isComplete {
            return true  // A trailer: counted, not kept.
        }
        unsafe bytes.append(contentsOf: line)
        if unsafe line.isBlankLine { isComplete = !isInterim }
        return true
    }

    /// Says whether this is the head of an answer before the answer, such as 103 Early Hints (RFC 9110 section 15.2).
    private var isInterim: Bool {
        guard let space = bytes.firstIndex(of: UInt8(ascii: " ")), space + 1 < bytes.count else { return false }
        return bytes[space + 1] == UInt8(ascii: "1") && !bytes[space...].starts(with: " 101".utf8)
    }

    /// Status, version and fields, or nil when no status line came.
    func read() -> (status: Int, version: String, headers: Headers)? {
        var lines = bytes.split(separator: UInt8(ascii: "\n"))[...]
        // HTTP/1.1 200 OK, HTTP/2 200
        guard let statusLine = lines.popFirst()?.split(separator: UInt8(ascii: " "), maxSplits: 2), statusLine.count >= 2 else {
            return nil
        }
        guard let status = Int(String(decoding: statusLine[1].prefix { $0 > 0x20 }, as: UTF8.self)) else { return nil }
        let version = String(decoding: statusLine[0].dropFirst("HTTP/".utf8.count), as: UTF8.self)
        var fields: [HeaderField] = []
        for line in lines where line.count > 1 || line.first?.isBlank == false {
            if let first = line.first, first.isBlank, !fields.isEmpty {
                // An obsolete continuation line (RFC 9112 section 5.2) belongs to the value before it.
                fields[fields.count - 1].value += " " + String(decoding: line.trimmed, as: UTF8.self)
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
                let name = String(decoding: line[..<colon].trimmed, as: UTF8.self)
                fields.append(HeaderField(name, String(decoding: line[(colon + 1)...].trimmed, as: UTF8.self)))
            }
        }
        return (status, version, Headers(fields))
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var isStatusLine: Bool { unsafe starts(with: "HTTP/".utf8) }
    fileprivate var isBlankLine: Bool { unsafe allSatisfy { $0 == 0x0D || $0 == 0x0A } }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
}

extension ArraySlice<UInt8> {
    fileprivate var trimmed: ArraySlice<UInt8> {
        let start = drop { $0.isBlank }
        return start.prefix(through: start.lastIndex { !$0.isBlank } ?? start.startIndex - 1)
    }
}
