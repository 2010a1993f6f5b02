import Sonde
import Testing

/// Which host a pasted text says was called.
struct HostTextTests {
    @Test(arguments: [
        "* Connected to api.sample.test (192.0.2.1) port 443 (#0)\n< HTTP/2 403\n<\n{\"error\":{\"message\":\"no\"}}",
        "curl: (7) Failed to connect to api.sample.test port 443 after 2 ms: Couldn't connect to server",
        "curl: (6) Could not resolve host: api.sample.test",
        "curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to api.sample.test:443 ",
        "curl: (60) SSL: no alternative certificate subject name matches target host name 'api.sample.test'",
        "Post \"https://api.sample.test/v1/chat/completions\": dial tcp: lookup api.sample.test on 127.0.0.53:53: no such host",
        "dial tcp: lookup api.sample.test: no such host",
        "TypeError: fetch failed\n  [cause]: Error: getaddrinfo ENOTFOUND api.sample.test",
        "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.sample.test', port=443): Max retries exceeded",
        "java.net.UnknownHostException: api.sample.test: Name or service not known",
        "aiohttp.ClientConnectorError: Cannot connect to host api.sample.test:443 ssl:default [Network is unreachable]",
        "FetchError: request to https://api.sample.test/v1/models failed, reason: socket hang up",
        "POST \"https://API.sample.test/v1/chat/completions\": 503 Service Unavailable",
        "* Connected to proxy.corp.example (192.0.2.9) port 3128\n* Establish HTTP proxy tunnel to api.sample.test:443\n< HTTP/1.1 407 Proxy\n<\ncurl: (56) CONNECT tunnel failed, response 407",
    ])
    func `every client that names the host is understood`(text: String) throws {
        #expect(try #require(Recording(pasted: text)).host == "api.sample.test")
        #expect(try Pasted.result(text).target.vendor.id == "sample")
    }

    @Test(arguments: [
        ("curl: (7) Failed to connect to localhost port 11434 after 0 ms: Couldn't connect to server", "http://localhost:11434"),
        (
            "requests.exceptions.ConnectionError: HTTPConnectionPool(host='localhost', port=8000): Max retries exceeded",
            "http://localhost:8000"
        ),
        ("AxiosError: connect ECONNREFUSED 127.0.0.1:1234", "http://127.0.0.1:1234"),
    ])
    func `on this machine the port belongs to it`(text: String, url: String) throws {
        #expect(try Pasted.result(text).target.baseURL.text == url)
    }

    @Test(arguments: [
        "dial tcp 192.0.2.1:443: connect: connection refused",
        "openai.AuthenticationError: Incorrect API key provided. You can find your API key at https://platform.example.test/keys.",
        "Error: Connection to the server was lost", "curl: (5) Could not resolve proxy: proxy.example.test",
    ])
    func `addresses, links and proxies are not it`(text: String) throws {
        #expect(try #require(Recording(pasted: text)).host == nil)
    }

    @Test func `a host that is told decides, not one that is mentioned`() throws {
        let text = "Post \"https://llm.example.test/v1/x\": EOF (see https://api.sample.test/docs)"
        #expect(try Pasted.evidence().evidence.vendor(of: #require(Recording(pasted: text))) == nil)
    }

    // MARK: Several hosts

    private static let several = """
        ```
        $ curl -i https://api.sample.test/v1/models
        HTTP/2 200
        content-type: application/json

        {"data":[{"id":"small-1"}]}
        ```
        $ curl -i https://llm.example.test/v1/models
        curl: (6) Could not resolve host: llm.example.test
        HTTP/2 401

        no
        $ curl https://api.sample.test/v1/key
        HTTP/2 403

        no
        """

    @Test func `calls to several hosts are several cases, each with its line`() throws {
        let recordings = Recording.all(pasted: Self.several)
        #expect(recordings.map(\.host) == ["api.sample.test", "llm.example.test"])
        #expect(recordings.map { $0.calls.map(\.status) } == [[200, 403], [nil, 401]])
        #expect(recordings.map(\.line) == [2, 8])
        #expect(recordings.map { try? Pasted.evidence().evidence.vendor(of: $0)?.id } == ["sample", nil])
    }

    @Test func `where nothing that is recorded failed, the call that did is asked for`() throws {
        let verdict = try Pasted.result(
            "$ curl -i https://api.sample.test/v1/models\nHTTP/2 200\ncontent-type: application/json\n\n{\"data\":[]}"
        ).verdict
        #expect(verdict.reason == "nothing_failed")
        #expect(verdict.nextSteps == ["Add the call that failed, with its answer."])
    }

    @Test func `calls to one host are one case`() {
        #expect(Recording.all(pasted: "HTTP/2 403\n\nno\nHTTP/2 401\n\nno").map(\.calls.count) == [2])
        #expect(Recording.all(pasted: "hello").isEmpty)
    }
}
