/// Walks JSON text to say where something stands or what is wrong with it; run only when there is an error to show.
///
/// jansson decides what is JSON. The walker repeats its judgment with positions and remedies that it does not give.
struct SourceWalker {
    /// What is wrong, and at which byte.
    struct Fault: Error {
        var message: String
        var offset: Int

        init(_ message: String, at offset: Int) {
            self.message = message
            self.offset = offset
        }
    }

    let bytes: [UInt8]
    var index = 0
    private var depth = 0
    /// The place of the innermost value on the sought path that was met so far.
    private var place: Int?
    private let seeksKey: Bool

    /// The first thing wrong with a text, or nil when nothing is.
    static func fault(in bytes: [UInt8]) -> Fault? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return Fault("the text begins with a byte-order mark; save it as UTF-8 without one", at: 0)
        }
        let valid = Array(String(decoding: bytes, as: UTF8.self).utf8)
        if valid != bytes {
            let common = zip(valid, bytes).prefix { $0 == $1 }.count
            return Fault("this is not UTF-8; save the text as UTF-8", at: common)
        }
        var walker = SourceWalker(bytes: bytes, seeksKey: false)
        do {
            try walker.document(seeking: nil)
            return nil
        } catch {
            return error
        }
    }

    /// The byte at which a value stands, or its key, or else the closest value around; nil when the text is broken before it.
    static func offset(of path: String, isKey: Bool, in bytes: [UInt8]) -> Int? {
        var walker = SourceWalker(bytes: bytes, seeksKey: isKey)
        try? walker.document(seeking: SourcePath.steps(of: path)[...])
        return walker.place
    }

    private init(bytes: [UInt8], seeksKey: Bool) {
        self.bytes = bytes
        self.seeksKey = seeksKey
    }

    private typealias Steps = ArraySlice<SourcePath.Step>

    private mutating func document(seeking steps: Steps?) throws(Fault) {
        skipBlanks()
        if index == bytes.count { throw Fault("the text is empty; expected a JSON value", at: 0) }
        try value(seeking: steps)
        skipBlanks()
        if index < bytes.count { throw Fault("unexpected \(found) after the end of the value; remove it", at: index) }
    }

    private mutating func value(seeking steps: Steps?) throws(Fault) {
        skipBlanks()
        if steps != nil { place = index }
        guard index < bytes.count else { throw endOfText("expected a value") }
        switch bytes[index] {
        case UInt8(ascii: "{"): try object(seeking: steps)
        case UInt8(ascii: "["): try array(seeking: steps)
        case UInt8(ascii: "\""): _ = try string()
        default: try scalar()
        }
    }

    private mutating func object(seeking steps: Steps?) throws(Fault) {
        var keys: Set<String> = []
        try members(closing: UInt8(ascii: "}")) { (walker, _) throws(Fault) in
            let start = walker.index
            guard walker.bytes[start] == UInt8(ascii: "\"") else {
                throw walker.unexpected("expected a key in double quotes")
            }
            let key = try walker.string()
            if key.utf8.contains(0) { throw Fault("a key must not contain \\u0000; remove it", at: start) }
            guard keys.insert(key).inserted else {
                throw Fault("the key \(JSON.string(key).text()) stands here a second time; remove one of them", at: start)
            }
            walker.skipBlanks()
            guard walker.index < walker.bytes.count else { throw walker.endOfText("expected ':'") }
            guard walker.bytes[walker.index] == UInt8(ascii: ":") else {
                throw walker.unexpected("expected ':' after the key")
            }
            walker.index += 1
            let isSought = steps?.first == .key(key)
            try walker.value(seeking: isSought ? steps?.dropFirst() : nil)
            if isSought, walker.seeksKey, steps?.count == 1 { walker.place = start }
        }
    }

    private mutating func array(seeking steps: Steps?) throws(Fault) {
        try members(closing: UInt8(ascii: "]")) { (walker, number) throws(Fault) in
            try walker.value(seeking: steps?.first == .index(number) ? steps?.dropFirst() : nil)
        }
    }

    /// Walks over what stands between two brackets; `member` is called at the first byte of each member, with its number.
    private mutating func members(
        closing: UInt8, member: (inout SourceWalker, Int) throws(Fault) -> Void
    ) throws(Fault) {
        depth += 1
        defer { depth -= 1 }
        if depth > NestingDepth.limit { throw Fault("too many levels", at: index) }
        let start = index
        index += 1
        var number = 0
        while true {
            skipBlanks()
            guard index < bytes.count else { throw notClosed(start) }
            if bytes[index] == closing, number == 0 { break }
            try member(&self, number)
            number += 1
            skipBlanks()
            guard index < bytes.count else { throw notClosed(start) }
            if bytes[index] == closing { break }
            guard bytes[index] == UInt8(ascii: ",") else {
                throw unexpected("expected ',' or '\(Character(Unicode.Scalar(closing)))'")
            }
            let comma = index
            index += 1
            skipBlanks()
            if index < bytes.count, bytes[index] == closing {
                throw Fault("a comma before '\(Character(Unicode.Scalar(closing)))' is not allowed; remove it", at: comma)
            }
        }
        index += 1
    }

    private func notClosed(_ start: Int) -> Fault {
        let name = bytes[start] == UInt8(ascii: "{") ? "object" : "array"
        let position = JSONError.Position(of: start, in: bytes)
        return endOfText("the \(name) that begins in line \(position.line), column \(position.column) is not closed")
    }

    mutating func skipBlanks() {
        while index < bytes.count, bytes[index].isJSONBlank { index += 1 }
    }
}
