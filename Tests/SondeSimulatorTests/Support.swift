import SondeJSON
import SondeSimulator
import Testing

/// A built-in scenario, running until the test drops it.
func start(_ name: String) throws -> Simulator {
    try Simulator.start(scenario: try #require(Scenario.builtIn(name)))
}

/// A scenario of nothing but these routes, as they would stand in a file, with the key `test-DEMO-key`.
func scenario(routes: String, members: String = "") throws -> Scenario {
    let text = """
        {"name": "test", "summary": "For a test.", "vendor": "openai-compatible", "key": "test-DEMO-key", "model": "m",
         "expect": "healthy", \(members) "routes": [\(routes)]}
        """
    return try Scenario(parsing: Array(text.utf8))
}

/// A simulator of nothing but these routes.
func start(routes: String, members: String = "") throws -> Simulator {
    try Simulator.start(scenario: try scenario(routes: routes, members: members))
}

extension Simulator {
    /// Sends one request on a connection of its own, with the scenario's own key unless another is given.
    func ask(
        _ method: String, _ path: String, key: String?? = nil, headers: [(String, String)] = [], body: String? = nil,
        source: String? = nil
    ) throws -> Answer {
        let client = try Client(port: port, source: source)
        client.request(method, path, key: key ?? self.scenario.key, headers: headers, body: body)
        return try client.answer()
    }

    /// Asks for the smallest inference, of the scenario's own model unless another is given.
    func chat(
        key: String?? = nil, model: String? = nil, stream: Bool = false, headers: [(String, String)] = [], source: String? = nil
    ) throws -> Answer {
        let body = #"{"model": "\#(model ?? scenario.model)", "messages": [{"role": "user", "content": "Hi"}], "stream": \#(stream)}"#
        return try ask("POST", "/v1/chat/completions", key: key, headers: headers, body: body, source: source)
    }

    func models(key: String?? = nil, source: String? = nil) throws -> Answer {
        try ask("GET", "/v1/models", key: key, source: source)
    }

    func credits(key: String?? = nil) throws -> Answer {
        try ask("GET", "/v1/credits", key: key)
    }
}
