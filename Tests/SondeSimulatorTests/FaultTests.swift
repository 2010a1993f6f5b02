import Glibc
import SondeJSON
import Testing

@testable import SondeSimulator

@Suite struct FaultTests {
    private func connect(_ answer: String) throws -> (simulator: Simulator, client: Client) {
        let simulator = try start(routes: #"{"path": "*", "answer": \#(answer)}"#)
        let client = try Client(port: simulator.port)
        client.request("GET", "/v1/models")
        return (simulator, client)
    }

    @Test func `a stall before the headers sends nothing until the end`() throws {
        let (simulator, client) = try connect(#"{"text": "0123456789", "fault": {"kind": "stall", "at": "start"}}"#)
        #expect(client.isSilent)
        simulator.stop()
        #expect(client.readToEnd() == .closed)
        #expect(client.received.isEmpty)
    }

    @Test func `a stall after the headers sends them and nothing else`() throws {
        let (simulator, client) = try connect(#"{"text": "0123456789", "fault": {"kind": "stall", "at": "headers"}}"#)
        #expect(client.read(until: "\r\n\r\n"))
        #expect(client.isSilent)
        simulator.stop()
        _ = client.readToEnd()
        let answer = try #require(Answer(client.received, hasEnded: true))
        #expect(answer["content-length"] == "10")
        #expect(answer.body.isEmpty)
    }

    @Test func `a stall after the headers of an empty body leaves the body open`() throws {
        let (simulator, client) = try connect(#"{"fault": {"kind": "stall", "at": "headers"}}"#)
        #expect(client.read(until: "\r\n\r\n"))
        #expect(client.isSilent)
        simulator.stop()
        #expect(Answer(client.received) == nil)
    }

    @Test func `a stall within the body sends half of it, or as much as is said`() throws {
        for (bytes, expected) in [("", "01234"), (#", "after_bytes": 3"#, "012")] {
            let (simulator, client) = try connect(
                #"{"text": "0123456789", "fault": {"kind": "stall", "at": "body"\#(bytes)}}"#)
            #expect(client.read(until: expected))
            #expect(client.isSilent)
            simulator.stop()
            _ = client.readToEnd()
            #expect(Answer(client.received, hasEnded: true)?.text == expected)
        }
    }

    @Test(arguments: ["start", "headers", "body"]) func `a reset is a reset wherever it strikes`(place: String) throws {
        let (simulator, client) = try connect(#"{"text": "0123456789", "fault": {"kind": "reset", "at": "\#(place)"}}"#)
        #expect(client.readToEnd() == .reset)
        simulator.stop()
    }

    @Test func `a cut body is shorter than promised, and the connection ends in good order`() throws {
        let (simulator, client) = try connect(#"{"text": "0123456789", "fault": {"kind": "cut", "at": "body", "after_bytes": 7}}"#)
        #expect(client.readToEnd() == .closed)
        let answer = try #require(Answer(client.received, hasEnded: true))
        #expect(answer["content-length"] == "10")
        #expect(answer.text == "0123456")
        simulator.stop()
    }

    @Test func `a cut before the headers is an empty reply`() throws {
        let (simulator, client) = try connect(#"{"text": "0123456789", "fault": {"kind": "cut", "at": "start"}}"#)
        #expect(client.readToEnd() == .closed)
        #expect(client.received.isEmpty)
        simulator.stop()
    }

    @Test func `a cut stream lacks its last chunk`() throws {
        let (simulator, client) = try connect(
            #"{"events": [{"data": "one"}, {"data": "two"}], "fault": {"kind": "cut", "at": "body", "after_bytes": 11}}"#)
        #expect(client.readToEnd() == .closed)
        #expect(Answer(client.received) == nil)
        #expect(Answer(client.received, hasEnded: true)?.text == "data: one\n\n")
        simulator.stop()
    }

    @Test func `a body in pieces comes in chunks of that size, with pauses between them`() throws {
        let clock = ContinuousClock()
        let begin = clock.now
        let (simulator, client) = try connect(#"{"text": "0123456789", "chunks": {"bytes": 4, "pause_ms": 20}}"#)
        let answer = try client.answer()
        #expect(clock.now - begin >= .milliseconds(40))
        #expect(answer.text == "0123456789")
        #expect(answer.chunks == [4, 4, 2])
        simulator.stop()
    }

    @Test func `a body larger than one buffer arrives whole`() throws {
        let body = String(repeating: "0123456789abcdef", count: 8192)
        let (simulator, client) = try connect(#"{"text": "\#(body)", "chunks": {"bytes": 100000}}"#)
        #expect(try client.answer().text == body)
        let (second, plain) = try connect(#"{"text": "\#(body)"}"#)
        #expect(try plain.answer().text == body)
        simulator.stop()
        second.stop()
    }

    @Test func `an answer comes no earlier than its delay`() throws {
        let clock = ContinuousClock()
        let begin = clock.now
        let (simulator, client) = try connect(#"{"text": "late", "delay_ms": 40}"#)
        #expect(try client.answer().text == "late")
        #expect(clock.now - begin >= .milliseconds(40))
        simulator.stop()
    }

    @Test func `a connection serves the next request after a delayed answer`() throws {
        let (simulator, client) = try connect(#"{"text": "{path}", "delay_ms": 5}"#)
        #expect(try client.answer().text == "/v1/models")
        client.request("GET", "/second")
        #expect(try client.answer().text == "/second")
        simulator.stop()
    }

    @Test func `a stalled connection is let go when its caller hangs up`() throws {
        let simulator = try start(routes: #"{"path": "*", "answer": {"fault": {"kind": "stall", "at": "start"}}}"#)
        for _ in 0..<50 {
            let client = try Client(port: simulator.port)
            client.request("GET", "/")
            client.write("GET / HTTP/1.1\r\nHost: pipelined\r\n\r\n")
        }
        let clock = ContinuousClock()
        let begin = clock.now
        // The hang-ups arrive in their own time, which is short.
        while simulator.requests.count < 50 || simulator.service.alarm.waiting > 0, clock.now - begin < .seconds(20) { sched_yield() }
        #expect(simulator.service.alarm.waiting == 0)
    }

    @Test func `callers that leave in the middle of an answer do no harm`() throws {
        let simulator = try start(
            routes: #"""
                {"path": "/slow", "answer": {"text": "0123456789", "delay_ms": 20, "chunks": {"bytes": 1, "pause_ms": 5}}},
                {"path": "/", "answer": {"text": "fine"}}
                """#)
        for _ in 0..<50 {
            let client = try Client(port: simulator.port)
            client.request("GET", "/slow")
        }
        #expect(try simulator.ask("GET", "/").text == "fine")
    }
}
