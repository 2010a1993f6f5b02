import Sonde
import SondeJSON
import Testing

/// What SDKs throw that print the fields of a body, or none.
struct ThrownFormTests {
    private static let forms: [(text: String, status: Int, error: JSON?)] = [
        (
            "Exception in thread \"main\" com.example.errors.UnauthorizedException: 401: The key is wrong.\n\tat a.b(C.kt:1)", 401,
            ["message": "The key is wrong."]
        ),
        (
            """
            Unhandled exception. System.ClientModel.ClientResultException: HTTP 404 (invalid_request_error: model_not_found)
            Parameter: model

            The model does not exist.
               at Example.Client.Send()
            """, 404,
            ["message": "The model does not exist.", "type": "invalid_request_error", "code": "model_not_found", "param": "model"]
        ),
        (
            "failed: error, status code: 429, status: 429 Too Many Requests, message: Slow down, body: x", 429,
            ["message": "Slow down"]
        ),
        (
            "2026/01/02 POST \"https://api.sample.test/v1/chat/completions\": 403 Forbidden {\"message\":\"No.\",\"type\":\"denied\"}", 403,
            nil
        ),
    ]

    @Test(arguments: forms)
    func `the status and the fields come out of every form`(text: String, status: Int, error: JSON?) throws {
        let call = try Pasted.call(text)
        #expect(call.status == status)
        if let error { #expect(call.error == error) } else { #expect(call.json?["type"] == "denied") }
    }

    @Test func `a form without a status gives the words of the API`() throws {
        let call = try Pasted.call(
            "PHP Fatal error:  Uncaught Example\\Exceptions\\ErrorException: The key is wrong. in /app/a.php:130\nStack trace:\n#0 {main}")
        #expect(call.error == ["message": "The key is wrong."])
    }

    @Test(arguments: [
        #"a.rb:1:in `send': {:url=>"https://api.sample.test/v1/x", :status=>401, :body=>{:error=>{:message=>"No.", :param=>nil}}} (X)"#,
        #"a.rb:1:in 'send': {url: "https://api.sample.test/v1/x", status: 401, body: {error: {message: "No.", param: nil}}} (X)"#,
    ])
    func `Ruby's hashes are read in both of their forms`(text: String) throws {
        let call = try Pasted.call(text)
        #expect(call.status == 401)
        #expect(call.error == ["message": "No.", "param": nil])
        #expect(call.path == "/v1/x")
    }

    @Test func `the class in front of the words is no part of them`() throws {
        #expect(try Pasted.call("example.RateLimitError: Slow down.").body == .text("Slow down."))
        #expect(try Pasted.call("Error [AuthenticationError]: No.").body == .text("No."))
        #expect(
            try Pasted.call("example.ContextWindowExceededError: Too long.").body == .text("example.ContextWindowExceededError: Too long."))
        #expect(try Pasted.result("example.AuthenticationError: Error code: 401").verdict.reason == "unknown_key")
    }

    @Test func `words stay where an object without any follows them`() throws {
        let call = try Pasted.call("example.AuthenticationError: The key is wrong.\noptions: {\"timeout\": 30, \"status\": \"failed\"}")
        #expect(call.body == .text("The key is wrong."))
        let dump = try Pasted.call(
            "Error: 429 You exceeded it.\n    at x {\n  status: 429,\n  headers: { a: 'b' },\n  type: 'insufficient_quota'\n}")
        #expect(dump.error == ["message": "429 You exceeded it.", "type": "insufficient_quota"])
    }

    @Test func `a module that is missing is no answer`() throws {
        #expect(try Pasted.call("ModuleNotFoundError: No module named 'example'").status == nil)
    }

    // MARK: No answer, no request

    @Test(arguments: ["openai.APIConnectionError: Connection error.", "com.example.errors.ExampleIoException: Request failed"])
    func `a connection that failed for reasons unsaid leaves all open`(text: String) throws {
        let result = try Pasted.result(text)
        #expect(result.verdict.cause == .inconclusive)
        #expect(result.verdict.reason == "no_answer")
        #expect(result.verdict.nextSteps.contains { $0.contains("names the reason") })
        #expect(result.checks.first { $0.id == "reachability" }?.outcome == .inconclusive)
    }

    @Test(arguments: [
        "openai.OpenAIError: The api_key client option must be set either by passing api_key to the client or by setting the SAMPLE_API_KEY environment variable",
        "OpenAIError: The SAMPLE_API_KEY environment variable is missing or empty; either provide it, or instantiate the client with an apiKey option",
        "AI_LoadAPIKeyError: Sample API key is missing. Pass it using the 'apiKey' parameter or the SAMPLE_API_KEY environment variable.\n    at x {\n  [Symbol(ai.error)]: true\n}",
        "litellm.AuthenticationError: AuthenticationError: SampleException - The api_key client option must be set either by passing api_key to the client",
        "TypeError: \"Could not resolve authentication method. Expected either api_key or auth_token to be set.\"",
        "Did not find sample_api_key, please add an environment variable `SAMPLE_API_KEY` which contains it",
    ])
    func `a client without a key sent nothing`(text: String) throws {
        let result = try Pasted.result(text)
        #expect(result.verdict.cause == .keyMissing)
        #expect(result.verdict.reason == "key_not_set")
        #expect(result.verdict.confidence == .certain)
        #expect(result.checks.first { $0.id == "reachability" }?.outcome == .skip)
        #expect(result.checks.first { $0.id == "auth" }?.summary == "the client had no key, and sent nothing")
        #expect(result.verdict.because.first?.text.contains("was not sent") == true)
    }

    @Test func `what a service says of a missing key is an answer`() throws {
        let verdict = try Pasted.result(
            "Error code: 401 - {'error': {'message': 'API key must be set', 'type': 'authentication_error'}}"
        ).verdict
        #expect(verdict.reason != "key_not_set")
    }

    @Test func `the variable that a client wants tells the vendor`() throws {
        let recording = try #require(Recording(pasted: "Error: The SAMPLE_API_KEY environment variable is missing or empty"))
        #expect(recording.mentionedVariables == ["SAMPLE_API_KEY"])
        #expect(try Pasted.evidence().evidence.vendor(of: recording)?.id == "sample")
    }

    // MARK: Reachability

    @Test(arguments: [
        ("openai.RateLimitError: You exceeded your current quota, please check your plan and billing details.", CheckResult.Outcome.pass),
        ("com.example.errors.UnauthorizedException: 401: Incorrect API key provided", .pass),
        ("openai.PermissionDeniedError: Error code: 403", .inconclusive),
        ("HTTP/1.1 403 Forbidden\ncontent-type: text/html\n\n<html><title>Web page blocked</title></html>", .fail),
    ])
    func `words without a body show that there was an answer, and sometimes whose`(text: String, outcome: CheckResult.Outcome) throws {
        #expect(try Pasted.result(text).checks.first { $0.id == "reachability" }?.outcome == outcome)
    }
}
