import Sonde
import SondeJSON
import Testing

struct ThrownTextTests {
    @Test(arguments: [
        #"openai.PermissionDeniedError: Error code: 403 - {'error': {'message': 'Forbidden.', 'type': 'access_denied', 'param': None, 'code': None}}"#,
        #"openai.PermissionDeniedError: Error code: 403 - {'error': {'message': "It's \"no\", he said", 'type': 'access_denied', 'fatal': True}}"#,
        "openai.PermissionDeniedError: Error code: 403 - {‘error’: {‘message’: “You don’t”, ‘type’: ‘access_denied’}}",
        #"log: status 403 body={\"error\":{\"message\":\"no\",\"type\":\"access_denied\"}}"#,
        #"Error code: 403 - {'error': {'message': 'Forbidden and cut o', 'type': 'access_denied', 'par"#,
        #"403 {"error":{"message":"no","type":"access_denied"}}"#,
        #"{"error":{"message":"no","type":"access_denied"},"status":403}"#,
    ])
    func `a body is found in every form that programs print`(text: String) throws {
        let call = try Pasted.call(text)
        #expect(call.error?["type"] == "access_denied")
        if !text.hasPrefix("{") { #expect(call.status == 403) }
    }

    @Test func `Python's constants and quotes come out as JSON`() throws {
        let call = try Pasted.call(
            #"Error code: 400 - {'error': {'message': "Use \"b\", not 'a'", 'param': None, 'ok': True, 'n': 1.5, 'list': (1, 'x')}}"#)
        #expect(call.error == ["message": #"Use "b", not 'a'"#, "param": nil, "ok": true, "n": 1.5, "list": [1, "x"]])
    }

    @Test func `what Node shows of an error of openai is a status, headers and a body`() throws {
        let text = """
            PermissionDeniedError: 403 Forbidden.
                at APIError.generate (file:///app/node_modules/openai/core/error.mjs:41:20)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
              status: 403,
              headers: Headers {
                'content-type': 'application/json',
                'x-request-id': 'req_7'
              },
              request_id: 'req_7',
              error: {
                message: 'You do not have ' +
                  'access',
                type: 'access_denied',
                param: null,
                code: undefined
              },
              code: undefined,
              param: null,
              type: 'access_denied'
            }
            """
        let call = try Pasted.call(text)
        #expect(call.status == 403)
        #expect(call.headers["x-request-id"] == "req_7")
        #expect(call.json == ["error": ["message": "You do not have access", "type": "access_denied", "param": nil, "code": nil]])
    }

    @Test func `what the AI SDK shows is its response body, not its request`() throws {
        let text = """
            APICallError [AI_APICallError]: Insufficient funds
                at file:///app/node_modules/x/index.mjs:100:14 {
              cause: undefined,
              url: 'https://api.sample.test/v1/chat/completions',
              requestBodyValues: { model: 'small-1', messages: [ [Object] ] },
              statusCode: 402,
              responseHeaders: { 'x-request-id': 'req_8' },
              responseBody: '{"error":{"message":"It\\'s empty","type":"insufficient_funds"}}',
              isRetryable: false,
              [Symbol(vercel.ai.error)]: true
            }
            """
        let call = try Pasted.call(text)
        #expect(call.status == 402)
        #expect(call.path == "/v1/chat/completions")
        #expect(call.headers["x-request-id"] == "req_8")
        #expect(call.error == ["message": "It's empty", "type": "insufficient_funds"])
        #expect(try Pasted.result(text).target.vendor.id == "sample")
    }

    @Test func `what LiteLLM puts before the words is no part of them`() throws {
        let text = "litellm.AuthenticationError: AuthenticationError: SampleException - The key is wrong."
        let call = try Pasted.call(text)
        #expect(call.status == 401)
        #expect(call.body == .text("The key is wrong."))
        #expect(try #require(Recording(pasted: text)).vendor == "sample")
    }

    @Test func `a logged request tells where it went`() throws {
        let call = try Pasted.call(
            #"INFO:httpx:HTTP Request: POST https://api.sample.test/v1/chat/completions "HTTP/1.1 429 Too Many Requests""#)
        #expect(call.method == "POST")
        #expect(call.path == "/v1/chat/completions")
        #expect(call.status == 429)
    }

    @Test(arguments: [
        ("httpx.ConnectError: [Errno -2] Name or service not known", Cause.dnsFailure),
        (
            "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.sample.test', port=443): Max retries exceeded with url: /v1/models (Caused by NameResolutionError(\"<urllib3.connection.HTTPSConnection object at 0x7f>: Failed to resolve 'api.sample.test' ([Errno -3] Temporary failure in name resolution)\"))",
            .dnsFailure
        ),
        (
            "aiohttp.client_exceptions.ClientConnectorError: Cannot connect to host api.sample.test:443 ssl:default [Connect call failed ('192.0.2.1', 443)]",
            .connectFailure
        ),
        (
            "TypeError: fetch failed\n    at node:internal/deps/undici/undici:12618:11 {\n  [cause]: Error: getaddrinfo ENOTFOUND api.sample.test\n      at x {\n    errno: -3008,\n    code: 'ENOTFOUND',\n    syscall: 'getaddrinfo',\n    hostname: 'api.sample.test'\n  }\n}",
            .dnsFailure
        ),
        ("AxiosError: connect ECONNREFUSED 192.0.2.1:443\n    at AxiosError.from (x.js:1:1) {\n  code: 'ECONNREFUSED'\n}", .connectFailure),
        ("Post \"https://api.sample.test/v1/chat/completions\": x509: certificate signed by unknown authority", .tlsFailure),
        ("java.net.UnknownHostException: api.sample.test", .dnsFailure),
        ("javax.net.ssl.SSLHandshakeException: PKIX path building failed", .tlsFailure),
        ("openai.APITimeoutError: Request timed out.", .timeout),
        (
            "Traceback (most recent call last):\n  File \"/lib/httpcore/_sync/http_proxy.py\", line 1, in proxyerror\n    raise exc from None\nhttpcore.ConnectError: [Errno -2] Name or service not known\n\nDuring handling of the above exception, another exception occurred:\n\nopenai.APIConnectionError: Connection error.",
            .dnsFailure
        ),
    ])
    func `clients without an answer say why, whatever stands around it`(text: String, cause: Cause) throws {
        #expect(try Pasted.result(text).verdict.cause == cause)
    }

    @Test(arguments: ["", " \n", "hello world", "thank you for the update", "\u{0}\u{1}\u{2}"])
    func `what speaks of no call is none`(text: String) {
        let recording = Recording(pasted: text)
        #expect(recording == nil || recording?.calls.allSatisfy { $0.status == nil && $0.transportError == nil } == true)
    }
}
