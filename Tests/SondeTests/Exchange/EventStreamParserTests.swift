@testable import Sonde
import Testing

@Suite struct EventStreamParserTests {
    private typealias Event = EventStreamParser.Event

    private func events(_ text: String, pieces size: Int = .max) -> [Event] {
        var parser = EventStreamParser()
        var events: [Event] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            events += parser.take(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return events + parser.end()
    }

    private func event(_ data: String, _ name: String = "", isStray: Bool = false) -> Event {
        Event(name: name, data: Array(data.utf8), isStray: isStray)
    }

    @Test(arguments: [1, 2, 3, 7, .max])
    func `it does not matter in which pieces the bytes come`(size: Int) {
        let text = "\u{FEFF}: hello\r\nevent: first\r\ndata: {\"ä\": 1}\r\n\r\ndata:two\rdata: lines\r\rid: 7\nretry: 10\ndata: [DONE]\n\n"
        #expect(events(text, pieces: size) == [event("{\"ä\": 1}", "first"), event("two\nlines"), event("[DONE]")])
    }

    @Test func `an event at the end counts without the blank line after it`() {
        #expect(events("data: a\n\ndata: b") == [event("a"), event("b")])
        #expect(events("data: a\n") == [event("a")])
    }

    @Test func `comments, blank lines and names without data make no event`() {
        #expect(events(": ping\n\n\n\nevent: x\n\n") == [])
        #expect(events("data\n\n") == [event("")])
    }

    @Test func `a line that is no field is kept as one`() {
        #expect(events("{\"error\": {}}\n\ndata: a\n\n") == [event("{\"error\": {}}", isStray: true), event("a")])
    }

    @Test func `of an event without an end only so much is kept, and the next one is whole`() {
        let long = String(repeating: "x", count: EventStreamParser.limit + 10)
        let events = events("data: \(long)\ndata: \(long)\n\ndata: a\n\n: \(long)\ndata: b\n\n\(long)\ndata: c\n\n")
        #expect(events.map(\.isCut) == [true, false, false, true, false])
        #expect(events.allSatisfy { $0.data.count <= EventStreamParser.limit + 1 })
        #expect(events.map { $0.data.count < 10 ? String(decoding: $0.data, as: UTF8.self) : "" } == ["", "a", "b", "", "c"])
    }

    @Test func `what was cut is not held against the server`() {
        var account = StreamAccount()
        let event = Event(data: Array("{\"cho".utf8), isCut: true)
        #expect(account.take(event, at: nil) { _ in nil } == nil)
        #expect(account.stream.events == 1 && account.stream.broken == 0)
    }
}
