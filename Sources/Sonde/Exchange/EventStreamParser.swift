/// Takes apart a stream of server-sent events, byte by byte: no I/O, no clock.
///
/// As browsers do it (WHATWG HTML, section 9.2.6), except that an event at the very end counts without the blank line after it, and that
/// lines which are no fields are kept: some services put a bare JSON error there.
public struct EventStreamParser: Sendable {
    public struct Event: Sendable, Hashable {
        /// The `event` field; empty where there is none.
        public var name: String
        public var data: [UInt8]
        /// Says that the line is no field of an event at all.
        public var isStray: Bool
        /// Says that it was longer than ``EventStreamParser/limit`` and is not whole here.
        public var isCut: Bool

        public init(name: String = "", data: [UInt8], isStray: Bool = false, isCut: Bool = false) {
            self.name = name
            self.data = data
            self.isStray = isStray
            self.isCut = isCut
        }
    }

    private var line: [UInt8] = []
    private var name = ""
    private var data: [UInt8]?
    private var isCut = false
    private var endedWithReturn = false
    private var isFirstLine = true

    /// Bytes kept of one event at most; what comes after them is dropped, and the event marked.
    public static let limit = 256 << 10

    public init() {}

    /// Takes the next bytes; the events that they complete.
    public mutating func take(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            let followsReturn = endedWithReturn
            endedWithReturn = byte == Self.carriageReturn
            switch byte {
            case Self.lineFeed where followsReturn: break
            case Self.lineFeed, Self.carriageReturn: if let event = endLine() { events.append(event) }
            case _ where line.count + (data?.count ?? 0) >= Self.limit: isCut = true
            default: line.append(byte)
            }
        }
        return events
    }

    /// The stream is over; the event that was still open, if there is one.
    public mutating func end() -> [Event] {
        var events: [Event] = []
        if !line.isEmpty, let event = endLine() { events.append(event) }
        if let event = dispatch() { events.append(event) }
        return events
    }

    private mutating func endLine() -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: Self.byteOrderMark) { line.removeFirst(Self.byteOrderMark.count) }
        isFirstLine = false
        guard let first = line.first else { return dispatch() }
        let isLineCut = isCut
        // What is too long and no part of an event spoils none.
        if data == nil { isCut = false }
        // A comment, which keeps the connection alive.
        guard first != Self.colon else { return nil }
        let field = line.prefix { $0 != Self.colon }
        var value = line.dropFirst(field.count + 1)
        if value.first == Self.blank { value.removeFirst() }
        switch String(decoding: field, as: UTF8.self) {
        case "data":
            // In place: a copy with each line would cost the square of an event's length.
            if data == nil { data = [] } else { data?.append(Self.lineFeed) }
            data?.append(contentsOf: value)
            isCut = isLineCut
        case "event":
            name = String(decoding: value.prefix(Self.longestName), as: UTF8.self)
        case "id", "retry": break
        default: return Event(data: line, isStray: true, isCut: isLineCut)
        }
        return nil
    }

    private mutating func dispatch() -> Event? {
        defer { (name, data, isCut) = ("", nil, false) }
        return data.map { Event(name: name, data: $0, isCut: isCut) }
    }

    private static let longestName = 200
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    private static let (colon, blank) = (UInt8(ascii: ":"), UInt8(ascii: " "))
}
