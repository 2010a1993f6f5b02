@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct CaptureTests {
    private let secret = "smp_4f9Qz7Lm2Xc8Vb1Nk6JhWqEr"

    private func capture(
        _ body: String, status: Int = 200, type: String = "application/json", _ headers: [(String, String)] = [],
        kind: Probe.Kind = .inference,
        endpoint: Vendor.EndpointName = .inference, keepsBodies: Bool = false
    ) throws -> Answer {
        let redactor = Redactor(secrets: [ProtectedSecret(Secret(secret), publicPrefixCount: 4)])
        let fields = [HeaderField("Content-Type", type)] + headers.map { HeaderField($0.0, $0.1) }
        let response = Response(status: status, httpVersion: "2", headers: Headers(fields), body: Array(body.utf8))
        return Capture(redactor: redactor, keepsBodies: keepsBodies).answer(
            from: response, probe: Probe(kind, endpoint: endpoint), target: try Sample.target())
    }

    /// Every text of an answer.
    private func texts(_ answer: Answer) -> [String] {
        let errors = answer.errors.flatMap { [$0.message, $0.type, $0.code, $0.param, $0.origin] }
        let facts = [answer.facts.inference?.model, answer.facts.inference?.finishReason] + (answer.facts.models?.ids ?? [])
        return answer.headers.fields.flatMap { [$0.name, $0.value] }
            + (errors + facts + [answer.title, answer.excerpt, answer.keptBody]).compactMap(\.self)
    }

    // MARK: The allow-list

    @Test func `known headers stay, in lower case, and others go`() throws {
        let answer = try capture(
            "{}",
            [
                ("Date", "d"), ("X-Request-Id", "r"), ("X-RateLimit-Remaining-Tokens", "9"), ("Set-Cookie", "c"), ("X-Internal", "i"),
                ("Authorization", "a"),
            ])
        #expect(answer.headers.fields.map(\.name) == ["content-type", "date", "x-request-id", "x-ratelimit-remaining-tokens"])
    }

    @Test func `headers that the vendor's manifest names stay as well`() throws {
        #expect(try capture("{}", [("X-Sample-Tier", "free")]).headers["x-sample-tier"] == "free")
    }

    @Test func `of a redirect its goal stays, without query, fragment and user information`() throws {
        let goals = [
            ("https://login.test/in?token=abc#frag", "https://login.test/in"), ("https://me:pw@login.test/a@b", "https://login.test/a@b"),
            ("/v1/models?x", "/v1/models"),
            ("//me@login.test", "//login.test"), ("https://a@b@login.test:8443/", "https://login.test:8443/"),
        ]
        for (location, kept) in goals { #expect(try capture("", status: 302, [("Location", location)]).headers["location"] == kept) }
    }

    @Test(arguments: [false, true])
    func `whom an answer names in its body or the vendor's header is in none of its texts`(keepsBodies: Bool) throws {
        let body =
            #"{"error": {"message": "acme-corp: org-demo has no proj_demo, see organizations", "type": "t"}, "org_id": "org-demo", "meta": [{"project": "proj_demo"}], "team": "blue"}"#
        let answer = try capture(body, status: 403, [("Sample-Organization", "acme-corp")], keepsBodies: keepsBodies)
        #expect(
            answer.errors.first?.message
                == "[redacted organization id]: [redacted organization id] has no [redacted project id], see organizations")
        #expect(texts(answer).allSatisfy { !$0.contains("org-demo") && !$0.contains("proj_demo") && !$0.contains("acme-corp") })
        // A name without the shape of an identifier is an ordinary word.
        #expect(!keepsBodies || answer.keptBody?.contains("blue") == true)
        let other = try capture(#"{"error": {"message": "org-demo has no proj_demo", "type": "t"}}"#, status: 403)
        #expect(other.errors.first?.message == "org-demo has no proj_demo")
    }

    @Test func `of an error body only its own fields stay`() throws {
        let answer = try capture(
            #"{"error": {"message": "no", "type": "t", "code": 7, "param": "p", "internal": "x"}, "debug": "y"}"#, status: 400)
        #expect(answer.errors == [ErrorLayer(message: "no", type: "t", code: "7", param: "p")])
        #expect(answer.facts.isEmpty)
        #expect(answer.excerpt == nil)
        #expect(answer.bodyBytes == 97)
    }

    @Test func `of a success only its facts stay, not what the model wrote`() throws {
        let answer = try capture(
            #"{"model": "m", "choices": [{"message": {"content": "private words"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 3, "completion_tokens": 1}}"#
        )
        #expect(answer.facts.inference == Facts.Inference(model: "m", finishReason: "stop", hasText: true, inputTokens: 3, outputTokens: 1))
        #expect(!texts(answer).contains { $0.contains("private") })
    }

    @Test func `of a page only the title stays`() throws {
        let answer = try capture("<html><title>Log in</title>body text", type: "text/html")
        #expect(answer.title == "Log in")
        #expect(!texts(answer).contains { $0.contains("body") })
    }

    @Test func `of plain text the beginning stays, of binary nothing`() throws {
        #expect(try capture("upstream connect error", status: 503, type: "text/plain").excerpt == "upstream connect error")
        #expect(try capture("\u{1}\u{2}secret", type: "application/octet-stream").excerpt == nil)
    }

    @Test func `the balance is read where the manifest says it stands`() throws {
        let answer = try capture(#"{"balance": "12.34", "used": 5}"#, kind: .key, endpoint: .key)
        #expect(answer.facts.balance == Facts.Balance(remaining: 12.34, used: 5, currency: "USD"))
    }

    @Test func `a stream is read to its first error or answer`() throws {
        let healthy = try capture("data: {\"choices\":[{\"delta\":{\"content\":\"o\"}}]}\n\ndata: [DONE]\n\n", type: "text/event-stream")
        #expect(healthy.bodyKind == .eventStream)
        #expect(healthy.facts.inference?.hasText == true)
        let failed = try capture(": hello\n\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\n", type: "text/event-stream")
        #expect(failed.errors.first?.message == "overloaded")
    }

    @Test func `JSON that cannot be read is called so and nothing of it stays`() throws {
        let answer = try capture(#"{"error": {"message": "#, status: 500)
        #expect(answer.bodyKind == .brokenJSON)
        #expect(answer.errors.isEmpty)
        #expect(answer.excerpt == nil)
    }

    @Test func `whole bodies stay only when asked for, and redacted`() throws {
        #expect(try capture(#"{"x": 1}"#).keptBody == nil)
        let kept = try capture(#"{"x": "\#(secret)"}"#, keepsBodies: true).keptBody
        #expect(kept?.contains("redacted") == true)
        #expect(kept?.contains(secret.dropFirst(4)) == false)
    }

    // MARK: Redaction

    @Test func `the key stays in no text, wherever a server repeats it`() throws {
        let everywhere: [Answer] = [
            try capture(
                #"{"error": {"message": "bad \#(secret)", "type": "\#(secret)", "code": "\#(secret)", "param": "\#(secret)", "metadata": {"provider_name": "\#(secret)"}}}"#,
                status: 401,
                [
                    ("Server", secret), ("X-Request-Id", secret), ("X-RateLimit-\(secret)", "1"),
                    ("Location", "https://\(secret)/\(secret)"), ("Via", "Bearer \(secret)"),
                ]),
            try capture("<title>\(secret)</title>", status: 403, type: "text/html"), try capture(secret, status: 403, type: "text/plain"),
            try capture(#"{"data": [{"id": "\#(secret)"}]}"#, kind: .models, endpoint: .models),
            try capture(#"{"model": "\#(secret)", "choices": [{"message": {}, "finish_reason": "\#(secret)"}]}"#),
            try capture("data: {\"error\": \"\(secret)\"}\n", type: "text/event-stream"),
        ]
        for answer in everywhere {
            #expect(!texts(answer).isEmpty)
            for text in texts(answer) { #expect(!text.lowercased().contains("2xc8vb1n"), "\(text)") }
        }
    }

    @Test func `the key stays in no failure and in no certificate`() throws {
        let capture = Capture(redactor: Redactor(secrets: [ProtectedSecret(Secret(secret))]))
        #expect(!capture.failure(from: TransportFailure(.proxy, message: "said \(secret)")).message.contains("2Xc8Vb1N"))
        let certificate = Certificate(subject: "CN=\(secret)", issuer: "O=\(secret)")
        let kept = capture.connection(Connection(peerAddress: "192.0.2.1", tls: TLSSession(version: "TLSv1.3", certificate: certificate)))
            .tls
        #expect(kept?.version == "TLSv1.3")
        #expect(kept?.certificate?.subject.contains("2Xc8Vb1N") == false)
        #expect(kept?.certificate?.issuer.contains("2Xc8Vb1N") == false)
    }

    @Test func `a key that the cut would split is redacted before it`() throws {
        let filler = String(repeating: "é ", count: Capture.valueLimit / 3 - 2)
        for text in [filler + secret + " end", String(repeating: "-", count: Capture.valueLimit - 6) + " " + secret] {
            let answers = [
                try capture(text, status: 500, type: "text/plain"),
                try capture(JSON.object(JSON.Object([("error", .string(text))])).text(), status: 500),
            ]
            for kept in answers.flatMap(texts) { #expect(!kept.contains("smp_4f9"), "\(kept)") }
        }
    }

    // MARK: Limits

    @Test func `one value has a limit`() throws {
        let long = String(repeating: "é", count: 100_000)
        for kept in texts(try capture(#"{"error": {"message": "\#(long)", "type": "\#(long)"}}"#, status: 500, [("Server", long)])) {
            #expect(kept.utf8.count <= Capture.valueLimit + 8)
        }
        #expect(try capture(long, status: 500, type: "text/plain").excerpt?.utf8.count ?? 0 <= Capture.valueLimit + 8)
    }

    @Test func `an exchange keeps four KiB at most, however much a server says`() throws {
        let long = String(repeating: "words ", count: 1000)
        let layer =
            #"{"message": "\#(long)", "type": "\#(long)", "code": "\#(long)", "param": "\#(long)", "metadata": {"provider_name": "\#(long)", "raw": "#
        let body = #"{"error": \#(layer) {"error": \#(layer) {"error": \#(layer) "inner" }}}}}}}"# + "}}"
        let answer = try capture(body, status: 500, (0..<60).map { ("X-RateLimit-\($0)", long) })
        #expect(!answer.errors.isEmpty)
        #expect(answer.errors[0].message != nil)
        #expect(texts(answer).map(\.utf8.count).reduce(0, +) <= Capture.exchangeLimit)
    }

    @Test func `a body cut at any byte gives an answer`() throws {
        let body = Array(#"{"error": {"message": "né \u00e9 \ud83d\ude00", "type": "t", "code": null}}"#.utf8)
        for end in body.indices {
            let response = Response(
                status: 500, headers: Headers([HeaderField("content-type", "application/json")]), body: Array(body[..<end]))
            let answer = Capture(redactor: Redactor(secrets: [])).answer(
                from: response, probe: Probe(.key, endpoint: .key), target: try Sample.target())
            #expect(answer.bodyKind == (end == 0 ? .empty : .brokenJSON))
        }
    }
}
