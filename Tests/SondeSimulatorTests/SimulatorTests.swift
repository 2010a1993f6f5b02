import Dispatch
import SondeJSON
import SondeSimulator
import Synchronization
import Testing

@Suite struct SimulatorTests {
    @Test func `requests are recorded as they came`() throws {
        let simulator = try start("healthy")
        _ = try simulator.ask(
            "POST", "/v1/chat/completions?trace=1%20",
            headers: [("OpenAI-Organization", "org-1"), ("X-Twice", "a"), ("X-Twice", "b")],
            body: #"{"model": "x"}"#, source: "127.0.0.3")
        let request = try #require(simulator.requests.first)
        #expect(simulator.requests.count == 1)
        #expect(request.method == "POST")
        #expect(request.path == "/v1/chat/completions")
        #expect(request.query == "trace=1%20")
        #expect(request.source == "127.0.0.3")
        #expect(request.header("openai-organization") == "org-1")
        #expect(request.headers.filter { $0.name == "X-Twice" }.map(\.value) == ["a", "b"])
        #expect(request.header("authorization") == simulator.scenario.key.map { "Bearer " + $0 })
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"model": "x"}"#)
        #expect(request.header("x-none") == nil)
    }

    @Test func `a long body is read as a whole and recorded in part`() throws {
        let simulator = try start("healthy")
        let padding = String(repeating: "x", count: 200_000)
        let answer = try simulator.ask(
            "POST", "/v1/chat/completions", body: #"{"padding": "\#(padding)", "model": "gpt-4o-mini"}"#)
        #expect(answer.status == 200)
        #expect(simulator.requests[0].body.count == Simulator.Request.keptBytes)
    }

    @Test func `the base URL holds address, port and base path`() throws {
        let simulator = try start("healthy")
        #expect(simulator.port > 0)
        #expect(simulator.baseURL == "http://127.0.0.1:\(simulator.port)/v1")
        let other = try Simulator.start(scenario: try scenario(routes: ""), address: "localhost")
        #expect(other.baseURL == "http://127.0.0.1:\(other.port)")
    }

    @Test func `several addresses share port and count of calls`() throws {
        let played = try scenario(routes: #"{"path": "*", "answer": {"text": "{source}"}}"#)
        let simulator = try Simulator.start(scenario: played, addresses: ["::1", "127.0.0.1"])
        #expect(simulator.baseURL == "http://[::1]:\(simulator.port)")
        let client = try Client(port: simulator.port, ipv6: true)
        client.request("GET", "/")
        #expect(try client.answer().text == "::1")
        #expect(try simulator.ask("GET", "/").text == "127.0.0.1")
        #expect(simulator.requests.map(\.source) == ["::1", "127.0.0.1"])
    }

    @Test(arguments: ["0.0.0.0", "192.168.1.1", "::", "128.0.0.1", "", "example.com", "127.1"])
    func `an address that others can reach is refused`(address: String) throws {
        let played = try scenario(routes: "")
        let error = #expect(throws: SimulatorError.self) { try Simulator.start(scenario: played, address: address) }
        #expect(error?.code == .notLoopback)
        #expect(error?.message.contains("\"\(address)\"") == true)
    }

    @Test func `a port that is taken is refused with a remedy, and free again after stop`() throws {
        let played = try scenario(routes: #"{"path": "*", "answer": {"text": "fine"}}"#)
        let first = try Simulator.start(scenario: played)
        let error = #expect(throws: SimulatorError.self) { try Simulator.start(scenario: played, port: first.port) }
        #expect(error?.code == .portInUse)
        #expect(error?.message.contains("127.0.0.1:\(first.port)") == true)
        #expect(try first.ask("GET", "/").text == "fine")
        first.stop()
        first.stop()
        let second = try Simulator.start(scenario: played, port: first.port)
        #expect(try second.ask("GET", "/").text == "fine")
    }

    @Test func `it starts and stops two hundred times, idle, delaying and stalling`() throws {
        let played = try scenario(
            routes: #"""
                {"path": "/delay", "answer": {"text": "late", "delay_ms": 60000}},
                {"path": "/stall", "answer": {"text": "half", "fault": {"kind": "stall", "at": "body"}}},
                {"path": "/pause", "answer": {"text": "half", "chunks": {"bytes": 1, "pause_ms": 60000}}},
                {"path": "/", "answer": {"text": "fine"}}
                """#)
        for round in 0..<200 {
            let simulator = try Simulator.start(scenario: played)
            let waiting = try ["/delay", "/stall", "/pause"].map { path in
                let client = try Client(port: simulator.port)
                client.request("GET", path)
                return client
            }
            // Every other time it is stopped while some requests may not have been read yet.
            if round.isMultiple(of: 2) { #expect(try simulator.ask("GET", "/").text == "fine") }
            simulator.stop()
            for client in waiting { #expect(client.readToEnd() != .silent) }
        }
    }

    @Test func `a thousand callers wait at once, without waiting for each other`() throws {
        let simulator = try start(
            routes: #"{"path": "*", "answer": {"text": "{path}", "delay_ms": 300, "chunks": {"bytes": 3, "pause_ms": 100}}}"#)
        let clock = ContinuousClock()
        let begin = clock.now
        let clients = try (0..<1000).map { number in
            let client = try Client(port: simulator.port)
            client.request("GET", "/\(number)")
            return client
        }
        for (number, client) in clients.enumerated() { #expect(try client.answer().text == "/\(number)") }
        #expect(simulator.requests.count == 1000)
        // One after the other they would take 300 seconds.
        #expect(clock.now - begin < .seconds(60))
    }

    @Test func `callers on many threads are all served`() throws {
        let simulator = try start("healthy")
        let served = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 200) { _ in
            guard let answer = try? simulator.chat(), answer.status == 200 else { return }
            served.withLock { $0 += 1 }
        }
        #expect(served.withLock { $0 } == 200)
    }

    @Test func `rubbish in place of a request does no harm`() throws {
        let simulator = try start("healthy")
        let requests = [
            "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 99\r\n\r\n",
        ]
        for text in requests {
            let client = try Client(port: simulator.port)
            client.write(text)
        }
        let long = try Client(port: simulator.port)
        long.write("GET /\(String(repeating: "x", count: 300_000)) HTTP/1.1\r\n\r\n")
        _ = long.readToEnd()
        #expect(try simulator.models().status == 200)
    }
}
