import Foundation
import SondeSimulator
import Testing

/// `sonde explain`: verdicts without network.
struct ExplainTests {
    private static let key = "sk-proj-DEMO4uT9sVx2LqB7nYcK1mWe6RzHd3Jf8Pg5AoS0iNvXb7QtMr2Cw9Lk"

    private static let quota =
        #"{"id":"a","provider":"openai","exchanges":[{"probe":"chat","status":429,"body":{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}}]}"#

    /// A line of the output, read with a reader of its own.
    private struct Line: Decodable {
        var id: String?
        var line: Int?
        var error: String?
        var verdict: ReportFacts.Verdict?
    }

    private func lines(_ run: Finished) throws -> [Line] {
        try run.text.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    }

    /// Text in which equal values are equal; what `==` says of nested values depends on the platform.
    private func canonical(_ value: Any?) throws -> String {
        String(
            decoding: try JSONSerialization.data(withJSONObject: #require(value), options: [.sortedKeys, .prettyPrinted]), as: UTF8.self)
    }

    private func targets(_ bytes: [UInt8]) throws -> [NSDictionary] {
        let report = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        return try #require(report["targets"] as? [NSDictionary])
    }

    @Test(arguments: Scenario.builtInNames)
    func `a report that is explained gives its own verdict again`(scenario: String) async throws {
        let user = try User()
        _ = try await user.runs("demo", scenario, "-o", "json=report.json")
        let run = try await user.runs("explain", "report.json", "--format", "json")
        #expect(run.status == 0, "\(run.errorText)")
        let (first, second) = (try targets(#require(user.bytes(of: "report.json"))), try targets(run.output))
        #expect(first.count == second.count && !first.isEmpty)
        for (before, after) in zip(first, second) {
            for member in ["verdict", "checks", "exchanges"] {
                #expect(try canonical(before[member]) == canonical(after[member]), "\(member)")
            }
        }
    }

    @Test func `one case a line, in order, bad ones in their place, and the status says that there were some`() async throws {
        let user = try User()
        let text = [
            Self.quota, "", "not json", #"{"id":"b","exchanges":"many"}"#,
            #"{"id":7,"exchanges":[{"transport_error":"curl: (6) Could not resolve host: x"}]}"#, #"{"id":"c"}"#,
        ]
        try text.joined(separator: "\r\n").write(toFile: user.workingFolder + "/cases.jsonl", atomically: false, encoding: .utf8)
        let run = try await user.runs("explain", "cases.jsonl", "--format", "ndjson")
        #expect(run.status == 2)
        let lines = try lines(run)
        #expect(lines.map(\.id) == ["a", nil, nil, "7", nil])
        #expect(lines.map(\.verdict?.cause) == ["billing_blocked", nil, nil, "dns_failure", nil])
        #expect(lines.compactMap(\.line) == [3, 4, 6])
        #expect(lines[2].error?.contains("exchanges: expected an array") == true)
        let page = try await user.runs("explain", "cases.jsonl")
        #expect(page.status == 2)
        #expect(page.text.contains("Verdict: billing_blocked"))
        #expect(page.errorText.contains("Error: Line 4: exchanges"))
        let good = try await user.runs(["explain", "-", "--format", "ndjson"], on: .pipes(input: Array((Self.quota + "\n").utf8)))
        #expect(good.status == 0)
    }

    @Test func `a key in the text is in no output, and its owner is told`() async throws {
        let user = try User()
        let text = """
            $ curl -v https://api.openai.com/v1/models -H "Authorization: Bearer \(Self.key)"
            > GET /v1/models HTTP/2
            > Host: api.openai.com
            > authorization: Bearer \(Self.key)
            >
            < HTTP/2 401
            < content-type: application/json
            <
            {"error":{"message":"Incorrect API key provided: \(Self.key).","type":"invalid_request_error","code":"invalid_api_key"}}
            """
        // Beside the working folder, which is searched for the key.
        let path = FileManager.default.temporaryDirectory.path + "/sonde-paste-\(UUID().uuidString).txt"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var runs: [Finished] = []
        for arguments in [
            [], ["--verbose"], ["--quiet"], ["--format", "json"], ["--format", "ndjson", "-o", "all.json", "-o", "all.txt"],
        ] {
            let run = try await user.runs(["explain", path] + arguments)
            #expect(run.status == 0)
            #expect(run.text.contains("key_rejected"))
            #expect(run.errorText.contains("The text held a key"))
            #expect(run.errorText.split(separator: "\n").allSatisfy { $0.count <= 80 })
            runs.append(run)
        }
        #expect(user.leaks(of: KeySearch(key: Self.key, publicPrefix: "sk-proj-"), in: runs) == [])
    }

    @Test(arguments: [
        "curl: (6) Could not resolve host: api.opanai.com", "curl: (7) Failed to connect to llm.example.com port 443: Connection refused",
    ])
    func `where no host is told, none is made up`(text: String) async throws {
        let run = try await User().runs(["explain"], on: .pipes(input: Array(text.utf8)))
        #expect(run.status == 0)
        #expect(!run.text.contains("unknown.invalid"), "\(run.text)")
    }

    @Test func `a proxy on the command line of curl is not what was asked`() async throws {
        let text = """
            $ curl -x http://proxy.example:3128 -i https://api.openai.com/v1/models
            HTTP/2 401
            content-type: application/json

            {"error": {"message": "Incorrect API key provided", "type": "invalid_request_error", "code": "invalid_api_key"}}
            """
        let run = try await User().runs(["explain"], on: .pipes(input: Array(text.utf8)))
        #expect(run.text.contains("OpenAI API"), "\(run.text)")
        #expect(run.text.contains("GET /v1/models"))
    }

    @Test func `the page is that of a check, without what a recording cannot tell`() async throws {
        let user = try User()
        let text =
            "openai.PermissionDeniedError: Error code: 403 - {'error': {'message': 'Country, region, or territory not supported', 'type': 'request_forbidden', 'param': None, 'code': 'unsupported_country_region_territory'}}"
        let run = try await user.runs(["explain", "--vendor", "openai", "--color", "never"], on: .pipes(input: Array(text.utf8)))
        #expect(run.status == 0)
        #expect(run.text.contains("Verdict: region_blocked"))
        #expect(run.text.contains("sonde: explained (exit 0): openai is region_blocked"))
        for invented in ["POST", "GET", "key from", "unknown.invalid", " ms"] { #expect(!run.text.contains(invented), "\(invented)") }
        #expect(run.errorText == "")
    }

    @Test func `a report of another version, and an empty text, are refused with their line`() async throws {
        let user = try User()
        for (text, part) in [
            (#"{"schema_version":9,"targets":[]}"#, "version 9"), ("", "nothing here speaks of a call"),
            ("[]", "nothing here speaks of a call"), (#"{"a": 1}"#, "nothing here speaks of a call"),
            ("{\n\"schema_version\": 1,\n\"targets\": [}", "line 3"),
        ] {
            let run = try await user.runs(["explain", "-", "--format", "ndjson"], on: .pipes(input: Array(text.utf8)))
            #expect(run.status == 2)
            let only = try #require(try lines(run).first)
            #expect(only.id == nil && only.verdict == nil)
            #expect("\(only.error ?? "") line \(only.line ?? 0)".contains(part), "\(run.text)")
        }
    }

    @Test func `without a file, where somebody would have to type, it is a usage error`() async throws {
        let run = try await User().runs(["explain"], on: .terminal(columns: 80))
        #expect(run.status == 2)
        #expect(run.text.contains("There is nothing to explain"))
    }

    @Test func `a check, too, can print a line for each target`() async throws {
        let run = try await User().runs("demo", "--format", "ndjson")
        #expect(run.status == 1)
        #expect(try lines(run).map(\.verdict?.cause) == ["healthy", "account_denied", "billing_blocked"])
    }

    @Test func `bodies that are huge or binary, and a line over the limit, are no reason to stop`() async throws {
        let user = try User()
        let huge = Self.quota.replacingOccurrences(of: "You exceeded", with: String(repeating: "x", count: 3_000_000))
        let binary = Self.quota.replacingOccurrences(of: "You exceeded", with: "\\u0000\\u001b\\ud800")
        let tooLong = Self.quota.replacingOccurrences(of: "You exceeded", with: String(repeating: "x", count: 17_000_000))
        try [huge, binary, tooLong, Self.quota].joined(separator: "\n").write(
            toFile: user.workingFolder + "/big.jsonl", atomically: false, encoding: .utf8)
        let run = try await user.runs(["explain", "big.jsonl", "--format", "ndjson"])
        #expect(run.status == 2)
        #expect(try lines(run).map(\.verdict?.cause) == ["billing_blocked", "billing_blocked", nil, "billing_blocked"])
        #expect(try lines(run)[2].line == 3)
    }

    @Test func `calls to two services are two cases`() async throws {
        let text = """
            $ curl -i https://api.openai.com/v1/models
            HTTP/2 200
            content-type: application/json

            {"data":[{"id":"gpt-4o"}]}
            $ curl -i https://api.groq.com/openai/v1/models
            HTTP/2 403
            content-type: application/json

            {"error":{"message":"Access denied. Please check your network settings."}}
            """
        let run = try await User().runs(["explain", "--format", "ndjson"], on: .pipes(input: Array(text.utf8)))
        let lines = try lines(run)
        #expect(lines.map(\.id) == ["1", "6"])
        #expect(lines.map(\.verdict?.cause) == ["inconclusive", "ip_blocked"])
        let page = try await User().runs(["explain", "--format", "json"], on: .pipes(input: Array(text.utf8)))
        #expect(try targets(page.output).map { $0["vendor"] as? String } == ["openai", "groq"])
    }

    @Test(arguments: [true, false])
    func `text in UTF-16 is read, in either order`(isBig: Bool) async throws {
        let user = try User()
        let encoding = isBig ? String.Encoding.utf16BigEndian : .utf16LittleEndian
        let mark: [UInt8] = isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
        for (text, causes) in [
            ("curl: (6) Could not resolve host: api.openai.com\r\n", ["dns_failure"]),
            ("\(Self.quota)\r\n\(Self.quota)\r\n", ["billing_blocked", "billing_blocked"]),
            (#"{"error":{"message":"Forbidden.","type":"access_denied"}}"#, ["account_denied"]),
        ] {
            let bytes = mark + Array(try #require(text.data(using: encoding)))
            let run = try await user.runs(["explain", "-", "--format", "ndjson"], on: .pipes(input: bytes))
            #expect(run.status == 0, "\(run.errorText)")
            #expect(try lines(run).map(\.verdict?.cause) == causes)
        }
    }

    @Test func `a key is said to have been sent only where the text shows it`() async throws {
        let answer = "< HTTP/2 401\n< content-type: application/json\n<\n{\"error\":{\"message\":\"You didn't provide an API key.\"}}"
        let request = "> GET /v1/models HTTP/2\n> Host: api.openai.com\n"
        for (text, isShown) in [
            (answer, false), (request + ">\n" + answer, false),
            ("$ curl -H \"Authorization: Bearer $KEY\" https://api.openai.com/v1/models\n" + answer, false),
            (request + "> authorization: Bearer\n>\n" + answer, false),
            (request + "> authorization: Bearer \(Self.key)\n>\n" + answer, true),
        ] {
            let run = try await User().runs(["explain", "--vendor", "openai"], on: .pipes(input: Array(text.utf8)))
            let words = run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(words.contains("though one was sent") == isShown, "\(text)")
            #expect(words.contains("Look whether the request carries Authorization at all") == !isShown)
        }
    }

    @Test func `an account that is refused is not said to be known without a proof`() async throws {
        let refusal = #"{"error":{"message":"Forbidden.","type":"access_denied"}}"#
        let alone = try await User().runs(["explain", "--vendor", "vercel"], on: .pipes(input: Array(refusal.utf8)))
        #expect(alone.text.contains("Verdict: account_denied") && !alone.text.contains("recognizes the key"))
        let proven = """
            $ curl -i https://ai-gateway.vercel.sh/v1/credits
            HTTP/2 200
            content-type: application/json

            {"balance":"5","total_used":"0"}
            $ curl -i https://ai-gateway.vercel.sh/v1/chat/completions -d @body
            HTTP/2 403
            content-type: application/json

            \(refusal)
            """
        let run = try await User().runs(["explain"], on: .pipes(input: Array(proven.utf8)))
        #expect(run.text.contains("recognizes the key"), "\(run.text)")
    }

    @Test func `a proxy's answer stands alone, and is the proxy's`() async throws {
        let text =
            "HTTP/1.1 407 Proxy Authentication Required\ncontent-type: text/html\n\n<html><title>ERROR: Cache Access Denied</title></html>"
        let run = try await User().runs(["explain"], on: .pipes(input: Array(text.utf8)))
        #expect(run.text.contains("Verdict: proxy_failure, certain (proxy_password)"), "\(run.text)")
        #expect(!run.text.contains("Other requests"))
    }

    @Test func `the hash of a key is hidden like other identifiers`() async throws {
        let hash = "a7e00522d95ec1c8f99fcfecf40695d8b977fc0dbe937a0fa5d22ca9f1080911"
        let text =
            #"{"error":{"message":"Invalid proxy server token passed. Received API Key = sk-...qrtQ, Key Hash (Token) =\(hash). Unable to find token","type":"token_not_found_in_db","code":"401"}}"#
            .replacingOccurrences(of: "\\(hash)", with: hash)
        let run = try await User().runs(["explain", "--verbose"], on: .pipes(input: Array(text.utf8)))
        #expect(run.text.contains("Key Hash (Token)") && !run.text.contains(String(hash.prefix(8))), "\(run.text)")
    }
}
