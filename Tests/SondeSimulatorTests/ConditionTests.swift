import SondeJSON
import SondeSimulator
import Testing

@Suite struct ConditionTests {
    /// A simulator that says `yes` where the condition holds, else `no`.
    private func start(when condition: String) throws -> Simulator {
        try SondeSimulatorTests.start(
            routes: #"{"path": "*", "when": \#(condition), "answer": {"text": "yes"}}, {"path": "*", "answer": {"text": "no"}}"#)
    }

    @Test(arguments: [
        (#"{"key": "valid"}"#, ["yes", "no", "no"]),
        (#"{"key": "none"}"#, ["no", "yes", "no"]),
        (#"{"key": "other"}"#, ["no", "no", "yes"]),
        (#"{"key": ["valid", "other"]}"#, ["yes", "no", "yes"]),
        (#"{"key_prefix": "test-"}"#, ["yes", "no", "no"]),
        (#"{"key_prefix": ["x", "wr"]}"#, ["no", "no", "yes"]),
        (#"[{"key": "none"}, {"key_prefix": "wrong"}]"#, ["no", "yes", "yes"]),
        (#"{"key": "valid", "key_prefix": "wrong"}"#, ["no", "no", "no"]),
    ])
    func `keys are valid, none, or other`(condition: String, expected: [String]) throws {
        let simulator = try start(when: condition)
        let keys = ["test-DEMO-key", nil, "wrong-key"]
        #expect(try keys.map { try simulator.ask("GET", "/", key: .some($0)).text } == expected)
    }

    @Test func `a key may come in other headers, and blank is none`() throws {
        let simulator = try start(when: #"{"key": "valid"}"#)
        for name in ["x-api-key", "api-key", "X-Api-Key"] {
            #expect(try simulator.ask("GET", "/", key: .some(nil), headers: [(name, "test-DEMO-key")]).text == "yes")
        }
        #expect(try simulator.ask("GET", "/", key: .some(nil), headers: [("authorization", "bearer test-DEMO-key")]).text == "yes")
        let none = try start(when: #"{"key": "none"}"#)
        #expect(try none.ask("GET", "/", key: .some("")).text == "yes")
        #expect(try none.ask("GET", "/", key: .some(nil), headers: [("Authorization", "Basic dGVzdA==")]).text == "yes")
    }

    @Test(arguments: [
        ("true", ["no", "yes", "yes"]), ("false", ["yes", "no", "no"]), (#""org-1""#, ["no", "yes", "no"]),
        (#""org-*""#, ["no", "yes", "yes"]), (#"["org-1", "org-2"]"#, ["no", "yes", "yes"]),
        (#"{"not": "org-1"}"#, ["no", "no", "yes"]), (#"{"not": ["org-1", "org-2"]}"#, ["no", "no", "no"]),
    ])
    func `headers are present, absent, equal, or not equal`(wanted: String, expected: [String]) throws {
        let simulator = try start(when: #"{"headers": {"OpenAI-Organization": \#(wanted)}}"#)
        let sent: [[(String, String)]] = [[], [("openai-organization", "org-1")], [("OpenAI-Organization", "org-2")]]
        #expect(try sent.map { try simulator.ask("GET", "/", headers: $0).text } == expected)
    }

    @Test func `the model and the wish for a stream are read from the body`() throws {
        let simulator = try start(when: #"{"model": ["a/*", "b"], "stream": true}"#)
        let bodies = [
            #"{"model": "a/x", "stream": true}"#, #"{"model": "b", "stream": true}"#, #"{"model": "c", "stream": true}"#,
            #"{"model": "b", "stream": false}"#, #"{"model": "b"}"#, #"{"stream": true}"#, "no JSON", "[1]",
        ]
        let answers = try bodies.map { try simulator.ask("POST", "/", body: $0).text }
        #expect(answers == ["yes", "yes", "no", "no", "no", "no", "no", "no"])
    }

    @Test func `calls are counted by source address, and only those that fit otherwise`() throws {
        let simulator = try start(when: #"{"call": "2-3", "key": "valid"}"#)
        #expect(try simulator.ask("GET", "/", key: .some(nil)).text == "no")
        #expect(try (1...5).map { _ in try simulator.ask("GET", "/").text } == ["no", "yes", "yes", "no", "no"])
        #expect(try (1...2).map { _ in try simulator.ask("GET", "/", source: "127.0.0.9").text } == ["no", "yes"])
        let later = try start(when: #"{"call": "3-"}"#)
        #expect(try (1...4).map { _ in try later.ask("GET", "/").text } == ["no", "no", "yes", "yes"])
        let first = try start(when: #"{"call": 1}"#)
        #expect(try (1...2).map { _ in try first.ask("GET", "/").text } == ["yes", "no"])
    }

    @Test func `the first route that fits answers, by method and path without query`() throws {
        let simulator = try SondeSimulatorTests.start(
            routes: #"""
                {"method": "POST", "path": "/v1/chat", "answer": {"text": "post"}},
                {"path": ["/v1/models", "/v1/models/*"], "answer": {"text": "models"}},
                {"path": "/v1/*", "answer": {"text": "other"}},
                {"path": "/v1/late", "answer": {"text": "never"}}
                """#)
        #expect(try simulator.ask("POST", "/v1/chat", body: "").text == "post")
        #expect(try simulator.ask("GET", "/v1/chat").text == "other")
        #expect(try simulator.ask("GET", "/v1/models?limit=1").text == "models")
        #expect(try simulator.ask("GET", "/v1/models/a/b").text == "models")
        #expect(try simulator.ask("GET", "/v1/late").text == "other")
    }

    @Test func `HEAD is answered as GET is, without the body`() throws {
        let simulator = try SondeSimulatorTests.start(routes: #"{"method": "GET", "path": "/", "answer": {"text": "0123"}}"#)
        let client = try Client(port: simulator.port)
        client.request("HEAD", "/", headers: [("Connection", "close")])
        #expect(client.readToEnd() == .closed)
        let answer = try #require(Answer(client.received, hasEnded: true))
        #expect(answer.status == 200 && answer["content-length"] == "4" && answer.body.isEmpty)
    }

    @Test func `without a route the answer is OpenAI's, or the scenario's own`() throws {
        let simulator = try SondeSimulatorTests.start(routes: "")
        let answer = try simulator.ask("GET", "/v1/nothing?x=1")
        #expect(answer.status == 404)
        #expect(answer.error?["message"] == "Invalid URL (GET /v1/nothing)")
        let own = try SondeSimulatorTests.start(routes: "", members: #""not_found": {"status": 405},"#)
        #expect(try own.ask("GET", "/").status == 405)
    }

    @Test func `headers of the answer win over those of routes, and these over the scenario's`() throws {
        let simulator = try SondeSimulatorTests.start(
            routes: #"""
                {"path": "*", "headers": {"B": "route", "C": "route", "E": ["1", "2"]}},
                {"path": "*", "answer": {"text": "", "headers": {"c": "answer", "D": null, "Content-Type": "text/x"}}}
                """#, members: #""headers": {"A": "scenario", "B": "scenario", "C": "scenario", "D": "scenario"},"#)
        let answer = try simulator.ask("GET", "/")
        #expect([answer["a"], answer["b"], answer["c"], answer["d"]] == ["scenario", "route", "answer", nil])
        #expect(answer.headers.filter { $0.name == "E" }.map(\.value) == ["1", "2"])
        #expect(answer.headers.filter { $0.name.lowercased() == "content-type" }.map(\.value) == ["text/x"])
    }

    @Test func `a scenario may leave the rest to healthy`() throws {
        let text = #"""
            {"name": "mine", "summary": "Mine.", "vendor": "openai", "key": "sk-proj-DEMO1", "model": "gpt-4o-mini",
             "expect": "healthy", "otherwise": "healthy",
             "routes": [{"path": "/v1/models", "answer": {"status": 500, "body": {}}}]}
            """#
        let simulator = try Simulator.start(scenario: try Scenario(parsing: Array(text.utf8)))
        #expect(try simulator.models().status == 500)
        #expect(try simulator.chat().status == 200)
        #expect(try simulator.chat(key: "sk-proj-other").status == 401)
    }

    @Test func `a date of the scenario's own takes the place of the true one`() throws {
        let simulator = try SondeSimulatorTests.start(
            routes: #"{"path": "/true", "answer": {}}, {"path": "*", "answer": {"headers": {"Date": "Tue, 01 Jan 2019 00:00:00 GMT"}}}"#)
        let dates = try simulator.ask("GET", "/").headers.filter { $0.name == "Date" }.map(\.value)
        #expect(dates == ["Tue, 01 Jan 2019 00:00:00 GMT"])
        #expect(try simulator.ask("GET", "/true")["date"]?.hasSuffix(" GMT") == true)
    }
}
