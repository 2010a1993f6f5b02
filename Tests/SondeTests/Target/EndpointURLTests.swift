import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct EndpointURLTests {
    private func paths(_ changes: [String: JSON], baseURL: String? = nil) throws -> [String: String] {
        let plan = RequestPlan.baseline(
            for: try Sample.target(changes, model: "small-1", baseURL: baseURL), options: .init(), limits: RunLimits())
        return Dictionary(uniqueKeysWithValues: plan.map { ($0.probe, $0.path) })
    }

    @Test func `a proof outside the base path stands on the host itself`() throws {
        let endpoints: JSON = [
            "models": ["path": "/models"], "key": ["path": "/key/info", "below_origin": true, "proves_key": true],
            "inference": ["path": "/chat/completions"],
        ]
        let paths = try paths(["endpoints": endpoints])
        #expect(paths == ["models": "/v1/models", "key": "/key/info", "inference": "/v1/chat/completions"])
    }

    @Test func `a parameter of the query goes where the base URL asks for it`() throws {
        let query: JSON = [["name": "api-version", "value": "2024-10-21", "below": "/deployments/"]]
        #expect(try paths(["query": query])["models"] == "/v1/models")
        #expect(
            try paths(["query": query], baseURL: "https://api.sample.test/deployments/d")["models"]
                == "/deployments/d/models?api-version=2024-10-21")
        #expect(try paths(["query": [["name": "v", "value": "1"], ["name": "w", "value": "2"]]])["models"] == "/v1/models?v=1&w=2")
    }
}
