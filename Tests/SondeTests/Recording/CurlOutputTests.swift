import Sonde
import SondeJSON
import Testing

struct CurlOutputTests {
    private static let refusal = #"{"error":{"message":"Forbidden.","type":"access_denied"}}"#

    @Test func `curl -i shows status, headers and body`() throws {
        let call = try Pasted.call("HTTP/2 403 \r\ncontent-type: application/json\r\nx-request-id: req_1\r\n\r\n\(Self.refusal)\r\n")
        #expect(call.status == 403)
        #expect(call.httpVersion == "2")
        #expect(call.headers["x-request-id"] == "req_1")
        #expect(call.error?["type"] == "access_denied")
        #expect(call.path == nil)
    }

    @Test func `curl -v shows what was sent, too, and its remarks are none of the body`() throws {
        let text = """
            * Host api.sample.test:443 was resolved.
            * ALPN: curl offers h2,http/1.1
            } [5 bytes data]
            * TLSv1.3 (OUT), TLS handshake, Client hello (1):
            * [HTTP/2] [1] [:path: /v1/models]
            > GET /v1/models?limit=1 HTTP/2
            > Host: api.sample.test
            >\u{20}
            < HTTP/2 403\u{20}
            < content-type: application/json
            <\u{20}
            { [57 bytes data]
            \(Self.refusal)* Connection #0 to host api.sample.test left intact
            """
        let recording = try #require(Recording(pasted: text))
        #expect(recording.host == "api.sample.test")
        let call = try Pasted.call(text)
        #expect(call.method == "GET")
        #expect(call.path == "/v1/models")
        #expect(call.status == 403)
        #expect(call.body == .text(Self.refusal))
    }

    @Test func `100 Continue and a proxy that agrees are no answers`() throws {
        let text = """
            > CONNECT api.sample.test:443 HTTP/1.1
            > Host: api.sample.test:443
            >
            < HTTP/1.1 200 Connection established
            <
            > POST /v1/chat/completions HTTP/1.1
            > Host: api.sample.test
            >
            < HTTP/1.1 100 Continue
            <
            < HTTP/1.1 429 Too Many Requests
            < retry-after: 7
            <
            slow down
            """
        let call = try Pasted.call(text)
        #expect(call.status == 429)
        #expect(call.method == "POST")
        #expect(call.headers["retry-after"] == "7")
        #expect(try Pasted.call("HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 401\r\n\r\nno").status == 401)
    }

    @Test func `a proxy that refuses the tunnel is the failure, with its status`() throws {
        let text = """
            > CONNECT api.sample.test:443 HTTP/1.1
            >
            < HTTP/1.1 407 Proxy Authentication Required
            < Proxy-Authenticate: Basic
            <
            * CONNECT tunnel failed, response 407
            curl: (56) CONNECT tunnel failed, response 407
            """
        let call = try Pasted.call(text)
        #expect(call.status == nil)
        #expect(call.proxyStatus == 407)
        #expect(try Pasted.result(text).verdict.reason == "proxy_password")
    }

    @Test(arguments: [
        ("curl: (6) Could not resolve host: api.sample.test", Cause.dnsFailure),
        ("curl: (7) Failed to connect to api.sample.test port 443 after 2 ms: Couldn't connect to server", .connectFailure),
        ("curl: (28) Operation timed out after 5001 milliseconds with 0 bytes received", .timeout),
        ("curl: (28) Resolving timed out after 5000 milliseconds", .dnsFailure),
        ("curl: (35) OpenSSL/3.0.15: error:0A00010B:SSL routines::wrong version number", .tlsFailure),
        ("curl: (60) SSL certificate problem: self-signed certificate in certificate chain", .tlsFailure),
        ("curl: (52) Empty reply from server", .connectFailure),
        ("curl: (56) Received HTTP code 403 from proxy after CONNECT", .proxyFailure),
        ("curl: (5) Could not resolve proxy: proxy.local", .proxyFailure),
    ])
    func `curl's errors name the step that failed`(text: String, cause: Cause) throws {
        #expect(try Pasted.result(text).verdict.cause == cause)
        #expect(try Pasted.result("* Trying 192.0.2.1:443...\n" + text).verdict.cause == cause)
    }

    @Test func `the status that --fail tells is a status`() throws {
        #expect(try Pasted.call("curl: (22) The requested URL returned error: 403").status == 403)
    }

    @Test func `several calls are several, each with its own command`() throws {
        let text = """
            $ curl -i 'https://api.sample.test/v1/models' -H "Authorization: Bearer x"
            HTTP/1.1 200 OK
            content-type: application/json

            {"object":"list","data":[{"id":"small-1"}]}
            $ curl -i https://api.sample.test/v1/chat/completions -d '{"model":"small-1"}'
            HTTP/1.1 403 Forbidden
            content-type: application/json

            \(Self.refusal)
            $ curl https://api.sample.test/v1/credits
            curl: (6) Could not resolve host: api.sample.test
            """
        let recording = try #require(Recording(pasted: text))
        #expect(recording.calls.map(\.status) == [200, 403, nil])
        #expect(recording.calls.map(\.path) == ["/v1/models", "/v1/chat/completions", "/v1/credits"])
        #expect(recording.calls.map(\.method) == ["GET", "POST", "GET"])
        #expect(recording.host == "api.sample.test")
    }

    @Test func `a body that was compressed says nothing, and its status stays`() throws {
        let call = try Pasted.call(
            "HTTP/1.1 401 Unauthorized\ncontent-encoding: gzip\n\nWarning: Binary output can mess up your terminal.\n\u{1F}\u{FFFD}\u{8}\u{0}\u{0}x"
        )
        #expect(call.status == 401)
        #expect(call.body == nil)
    }

    @Test(arguments: ["> ", "  ", "1: "])
    func `what a forum puts before every line is taken off`(mark: String) throws {
        let lines = ["```", "HTTP/1.1 403 Forbidden", "content-type: application/json", "", Self.refusal, "```"]
        let text = lines.enumerated().map { index, line in (mark == "1: " ? "\(index + 1): " : mark) + line }.joined(separator: "\n")
        #expect(try Pasted.call(text).status == 403)
        #expect(try Pasted.call(text).error?["type"] == "access_denied")
    }
}
