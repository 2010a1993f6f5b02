/// Reads a file or pipe piece by piece, as lines or to its end, and keeps no more than it must.
final class InputLines {
    /// A line without its end, and its number, from 1.
    struct Line {
        var number: Int
        /// Nil for a line that is longer than the limit; it was skipped.
        var bytes: [UInt8]?
    }

    private let path: String
    private let purpose: StaticString
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    private var number = 0

    private static let piece = 1 << 18

    init(_ path: String, purpose: StaticString) throws(UsageError) {
        self.path = path
        self.purpose = purpose
        descriptor = try InputFile.open(path, purpose: purpose)
    }

    deinit { if path != "-" { try? System.close(descriptor) } }

    /// The whole lines at the beginning of the input, without taking them away: at least one, or none that is within the limit.
    ///
    /// - Parameter count: Bytes to look at, where there are as many.
    func head(_ count: Int, lineLimit: Int) throws(UsageError) -> [ArraySlice<UInt8>] {
        let newline = UInt8(ascii: "\n")
        var searched = start
        var hasLine = false
        while !isAtEnd, buffer.count - start < count || !hasLine, buffer.count - start <= lineLimit {
            try fill()
            hasLine = hasLine || buffer[searched...].contains(newline)
            searched = buffer.count
        }
        let end = isAtEnd ? buffer.count : buffer.lastIndex(of: newline) ?? start
        return buffer[start..<max(start, end)].split(separator: newline, maxSplits: 1000)
    }

    /// All that is left, up to a limit.
    func rest(limit: Int) throws(UsageError) -> [UInt8] {
        while !isAtEnd, buffer.count - start <= limit { try fill() }
        guard buffer.count - start <= limit else {
            throw InputFile.unreadable(path, purpose, "it is longer than \(limit) bytes, and not one case a line")
        }
        return Array(buffer[start...])
    }

    /// The next line; nil at the end.
    func next(limit: Int) throws(UsageError) -> Line? {
        var isSkipped = false
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return line(buffer[start..<end], isSkipped || end - start > limit)
            }
            if isAtEnd {
                guard start < buffer.count || isSkipped else { return nil }
                defer { start = buffer.count }
                return line(buffer[start...], isSkipped || buffer.count - start > limit)
            }
            if buffer.count - start > limit {
                (isSkipped, start) = (true, buffer.count)
            }
            let kept = buffer.count - start
            try fill()
            searched = start + kept
        }
    }

    private func line(_ bytes: ArraySlice<UInt8>, _ isSkipped: Bool) -> Line {
        number += 1
        return Line(number: number, bytes: isSkipped ? nil : Array(bytes))
    }

    private func fill() throws(UsageError) {
        buffer.removeFirst(start)
        start = 0
        while true {
            do throws(SystemError) {
                System.waitUntilReadable(descriptor)
                let more = try System.read(descriptor, upTo: Self.piece)
                isAtEnd = more.isEmpty
                buffer += more
                return
            } catch {
                guard error == .wouldBlock else { throw InputFile.unreadable(path, purpose, "\(own: error.text)") }
            }
        }
    }
}
