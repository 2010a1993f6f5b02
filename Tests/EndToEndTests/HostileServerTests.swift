import Foundation
import TestSupport
import Testing

/// Servers that answer with too much, with nonsense, or never: a verdict in time, little memory, and no crash.
struct HostileServerTests {
    /// An answer that is good for the model list and for inference alike.
    static let good = """
        {"object":"list","data":[{"id":"m","object":"model"}],"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant",\
        "content":"ok"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}
        """
    /// In KiB; the issue's bar.
    static let memoryLimit = 96 * 1024

    struct Attack: Sendable, CustomTestStringConvertible {
        var name: String
        var steps: [ScriptedServer.Step]
        /// Any one of them will do.
        var causes: Set<String>

        var testDescription: String { name }

        static func answer(_ name: String, _ body: [UInt8], causes: Set<String>, headers: String = "") -> Attack {
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(headers)Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
            return Attack(name: name, steps: [.readRequest, .sendBytes(Array(head.utf8) + body), .close], causes: causes)
        }
    }

    private static let unusable: Set = ["response_invalid", "inconclusive", "wrong_endpoint", "provider_outage"]
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

    static let attacks: [Attack] = [
        Attack(
            name: "a body without end",
            steps: [.readRequest, .send(head + "\r\n{\"a\":\""), .sendForever(Array(repeating: 0x61, count: 65_536))],
            causes: unusable.union(["timeout"])),
        Attack(
            name: "a chunked body without end",
            steps: [
                .readRequest, .send(head + "Transfer-Encoding: chunked\r\n\r\n"),
                .sendForever(Array("1000\r\n\(String(repeating: "a", count: 4096))\r\n".utf8)),
            ],
            causes: unusable.union(["timeout"])),
        Attack(
            name: "an error page without end",
            steps: [
                .readRequest, .send("HTTP/1.1 500 No\r\nContent-Type: text/html\r\n\r\n<html>"),
                .sendForever(Array(repeating: 0x62, count: 65_536)),
            ],
            causes: ["provider_outage", "inconclusive", "wrong_endpoint", "intercepted", "timeout"]),
        Attack(
            name: "headers without end",
            steps: [
                .readRequest, .send("HTTP/1.1 200 OK\r\n"), .sendForever(Array("X-Pad: \(String(repeating: "a", count: 8000))\r\n".utf8)),
            ],
            causes: unusable.union(["connect_failure"])),
        Attack(
            name: "one header without end",
            steps: [.readRequest, .send("HTTP/1.1 200 OK\r\nX-Pad: "), .sendForever(Array(repeating: 0x61, count: 65_536))],
            causes: unusable.union(["connect_failure", "timeout"])),
        Attack(
            name: "a status line without end",
            steps: [.readRequest, .send("HTTP/1.1 200 "), .sendForever(Array(repeating: 0x61, count: 65_536))],
            causes: unusable.union(["connect_failure", "timeout"])),
        Attack(
            name: "interim answers without end", steps: [.readRequest, .sendForever(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))],
            causes: unusable.union(["timeout", "connect_failure"])),
        .answer(
            "10,000 levels of lists",
            Array(repeating: UInt8(ascii: "["), count: 10_000) + Array(repeating: UInt8(ascii: "]"), count: 10_000), causes: unusable),
        .answer("10,000 levels of objects, unclosed", Array(String(repeating: "{\"a\":", count: 10_000).utf8), causes: unusable),
        .answer("nothing but NUL bytes", Array(repeating: 0, count: 4096), causes: unusable),
        .answer(
            "invalid UTF-8", Array("{\"object\":\"".utf8) + [0xC0, 0xAF, 0xFF, 0xFE, 0xED, 0xA0, 0x80] + Array("\"}".utf8), causes: unusable
        ),
        .answer("a byte-order mark and nothing else", [0xEF, 0xBB, 0xBF], causes: unusable),
        .answer(
            "text in UTF-16", [0xFF, 0xFE] + Array("{\"a\":1}".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, causes: unusable),
        .answer(
            "a number of a million digits",
            Array("{\"choices\":".utf8) + Array(repeating: UInt8(ascii: "9"), count: 1_000_000) + Array("}".utf8), causes: unusable),
        .answer("a million empty objects", Array("[".utf8) + Array("{},".utf8).repeated(300_000) + Array("{}]".utf8), causes: unusable),
        .answer(
            "a list of models without end",
            Array("{\"object\":\"list\",\"data\":[".utf8) + Array("{\"id\":\"m\"},".utf8).repeated(760_000) + Array("{}]}".utf8),
            causes: unusable),
        .answer(
            "as many models as are read",
            Array("{\"object\":\"list\",\"data\":[".utf8) + Array("{\"id\":\"m\"},".utf8).repeated(39_000) + Array("{}]}".utf8),
            causes: unusable),
        .answer("a list of numbers without end", Array("[".utf8) + Array("1,".utf8).repeated(500_000) + Array("1]".utf8), causes: unusable),
        .answer("a coding that is none", Array("{}".utf8), causes: unusable, headers: "Content-Encoding: gzip\r\n"),
        Attack(
            name: "no HTTP at all", steps: [.readRequest, .send("SSH-2.0-OpenSSH_9.2p1\r\n"), .close],
            causes: unusable.union(["connect_failure", "intercepted"])),
        Attack(
            name: "an end before anything", steps: [.readRequest, .close], causes: ["connect_failure", "provider_outage", "inconclusive"]),
        Attack(
            name: "a reset before anything", steps: [.readRequest, .reset], causes: ["connect_failure", "provider_outage", "inconclusive"]),
        Attack(name: "a stall before the request is read", steps: [.stall], causes: ["timeout"]),
        Attack(name: "a stall before the answer", steps: [.readRequest, .stall], causes: ["timeout"]),
        Attack(name: "a stall within the status line", steps: [.readRequest, .send("HTTP/1."), .stall], causes: ["timeout"]),
        Attack(name: "a stall within the headers", steps: [.readRequest, .send(head), .stall], causes: ["timeout"]),
        Attack(
            name: "a stall after the headers", steps: [.readRequest, .send(head + "Content-Length: 9\r\n\r\n"), .stall], causes: ["timeout"]
        ),
        Attack(
            name: "a stall within the body", steps: [.readRequest, .send(head + "Content-Length: 9\r\n\r\n{\"a\""), .stall],
            causes: ["timeout"]),
        Attack(
            name: "a stall within a chunk", steps: [.readRequest, .send(head + "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"a\""), .stall],
            causes: ["timeout"]),
    ]

    @Test(arguments: attacks)
    func `a hostile answer gets a verdict in time and little memory`(attack: Attack) async throws {
        let user = try User()
        let server = try ScriptedServer(attack.steps)
        defer { server.stop() }
        let asked = ContinuousClock.now
        let run = try await user.runs(
            [
                "check", server.url("/v1"), "--model", "m", "--key", "env:SERVICE_KEY", "--max-time", "1", "--deadline", "5", "-o",
                "json=report.json",
            ],
            with: ["SERVICE_KEY": "key-DEMO5rT8wQ2zN6vH9bL3xJ7cK1mP4sD0f"], patience: .seconds(20), measuresMemory: true)
        #expect(!run.wasKilled, "still running after \(ContinuousClock.now - asked)")
        #expect(run.signal == nil)
        #expect([1, 3, 5].contains(run.status), "\(run.status as Int32?): \(run.text)\(run.errorText)")
        let verdict = try ReportFacts(#require(user.bytes(of: "report.json"), "\(run.errorText)")).targets[0].verdict
        #expect(attack.causes.contains(verdict.cause), "\(verdict)")
        #expect(verdict.confidence != "certain" || verdict.cause != "healthy")
        #expect(run.peakMemory < Self.memoryLimit && run.peakMemory > 0, "\(run.peakMemory) KiB")
    }

    @Test(arguments: ["in the TLS handshake", "at a proxy, before its answer", "at a proxy, after its answer"])
    func `a stall before the request can be sent is found at its step`(place: String) async throws {
        let user = try User()
        let isProxy = place.hasPrefix("at a proxy")
        let server = try ScriptedServer(
            place == "at a proxy, after its answer" ? [.readRequest, .send("HTTP/1.1 200 Connected\r\n\r\n"), .stall] : [.stall])
        defer { server.stop() }
        let url = isProxy ? "https://llm.example.com/v1" : "https://127.0.0.1:\(server.port)/v1"
        let run = try await user.runs(
            ["check", url, "--model", "m", "--connect-timeout", "1", "--max-time", "2", "--deadline", "5", "-o", "json=report.json"]
                + (isProxy ? ["-x", server.url("")] : []), patience: .seconds(20), measuresMemory: true)
        #expect(!run.wasKilled)
        #expect([1, 3, 5].contains(run.status))
        let verdict = try ReportFacts(#require(user.bytes(of: "report.json"))).targets[0].verdict
        #expect(["timeout", "proxy_failure", "tls_failure", "connect_failure"].contains(verdict.cause))
        #expect(verdict.owner == "network")
        #expect(run.peakMemory < Self.memoryLimit && run.peakMemory > 0, "\(run.peakMemory) KiB")
    }

    @Test func `a small answer that unpacks to gigabytes is cut off`() async throws {
        let user = try User()
        let packed = try await user.runs(["-c", "head -c 500000000 /dev/zero | gzip -1 -c"], program: "/bin/sh")
        #expect(packed.output.count < 10_000_000)
        let server = try ScriptedServer(
            HostileServerTests.Attack.answer("", packed.output, causes: [], headers: "Content-Encoding: gzip\r\n").steps)
        defer { server.stop() }
        let run = try await user.runs(
            ["check", server.url("/v1"), "--model", "m", "--max-time", "4", "--deadline", "10"], patience: .seconds(20),
            measuresMemory: true)
        #expect(!run.wasKilled)
        #expect([1, 3, 5].contains(run.status))
        #expect(run.peakMemory < Self.memoryLimit && run.peakMemory > 0, "\(run.peakMemory) KiB")
    }

    /// All cuts are targets of one run, so that this costs one process.
    @Test func `an answer that is cut at any byte gets a verdict, and only the whole one is healthy`() async throws {
        let user = try User()
        let answer = Array(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(Self.good.utf8.count)\r\n\r\n\(Self.good)".utf8)
        let servers = try (0...answer.count).map { try ScriptedServer([.readRequest, .sendBytes(Array(answer[..<$0])), .close]) }
        defer { for server in servers { server.stop() } }
        let targets = servers.enumerated().map { "{\"name\": \"cut-\($0)\", \"base_url\": \"\($1.url("/v1"))\", \"model\": \"m\"}" }
        let profile = try user.writes("{\"targets\": [\(targets.joined(separator: ","))]}", to: "profile.json")
        let run = try await user.runs(
            ["check", "--profile", profile, "--retry", "0", "--no-follow-up", "--max-time", "5", "--quiet", "-o", "json=report.json"],
            measuresMemory: true)
        #expect(!run.wasKilled)
        #expect([1, 5].contains(run.status))
        let verdicts = try ReportFacts(#require(user.bytes(of: "report.json"), "\(run.errorText)")).targets.map(\.verdict)
        #expect(verdicts.count == servers.count)
        #expect(verdicts.last?.cause == "healthy")
        for (count, verdict) in verdicts.enumerated().dropLast() {
            #expect(verdict.cause != "healthy", "cut after \(count) bytes")
            #expect(verdict.confidence != "certain", "cut after \(count) bytes: \(verdict.cause) \(verdict.reason ?? "")")
        }
        #expect(run.peakMemory < Self.memoryLimit, "\(run.peakMemory) KiB")
    }

    @Test(arguments: ["a byte-order mark", "NUL bytes", "invalid UTF-8"])
    func `a refusal is read through`(what: String) async throws {
        let user = try User()
        var body = Array("{\"error\":{\"message\":\"Incorrect API key provided.".utf8)
        if what == "NUL bytes" { body += [0, 0] }
        if what == "invalid UTF-8" { body += [0xFF, 0xC3, 0x28] }
        body += Array("\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}".utf8)
        if what == "a byte-order mark" { body = [0xEF, 0xBB, 0xBF] + body }
        let head = "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        let server = try ScriptedServer([.readRequest, .sendBytes(Array(head.utf8) + body), .close])
        defer { server.stop() }
        let run = try await user.runs(
            ["check", server.url("/v1"), "--model", "m", "--key", "env:SERVICE_KEY", "-o", "json=report.json"],
            with: ["SERVICE_KEY": "key-DEMO5rT8wQ2zN6vH9bL3"])
        #expect(run.status == 1)
        #expect(try ReportFacts(#require(user.bytes(of: "report.json"))).targets[0].verdict.cause == "key_rejected")
        #expect(!run.output.contains(0))
        #expect(String(validating: run.output, as: UTF8.self) != nil)
    }

    @Test func `no escape sequence and no mark of direction of a server reaches a screen or a file`() async throws {
        let user = try User()
        let evil =
            "\u{1B}[31mred\u{1B}]52;c;ZXZpbA==\u{07}\u{1B}]0;title\u{07} \u{9B}31m \u{202E}txt.exe\u{2066}\u{200F}\u{061C} \r\n::error::x \u{8}\u{7F} \u{2028}end"
        let escaped = String(decoding: try JSONSerialization.data(withJSONObject: [evil]), as: UTF8.self).dropFirst().dropLast()
        let bodies = [
            "{\"error\":{\"message\":\(escaped),\"type\":\(escaped),\"code\":\(escaped),\"param\":\(escaped)}}",
            "<html><head><title>\(evil)</title></head></html>", evil,
        ]
        for (body, kind) in zip(bodies, ["application/json", "text/html", "text/plain"]) {
            let head =
                "HTTP/1.1 403 No\r\nContent-Type: \(kind)\r\nx-request-id: \u{1B}[31mid\u{202E}\r\nServer: \u{9B}31m\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            let server = try ScriptedServer([.readRequest, .send(head + body), .close])
            defer { server.stop() }
            let arguments = ["check", server.url("/v1"), "--model", "m", "--verbose", "-o", "a.json", "-o", "b.txt"]
            let plain = try await user.runs(arguments)
            let shown = try await user.runs(arguments + ["--keep-bodies"], on: .terminal(columns: 80))
            var outputs = [plain.output, plain.errorOutput] + user.files.values
            // Of what a terminal was sent, colors and the progress line are ours.
            outputs.append(Array(shown.text.withoutColors.utf8))
            for output in outputs {
                let text = String(decoding: output, as: UTF8.self)
                let bad = text.unicodeScalars.filter { scalar in
                    scalar.value < 0x20 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value)
                        || (0x202A...0x202E).contains(scalar.value)
                        || (0x2066...0x2069).contains(scalar.value) || [0x200E, 0x200F, 0x061C, 0x2028, 0x2029].contains(scalar.value)
                }
                #expect(bad.isEmpty, "\(kind): \(bad.map { String($0.value, radix: 16) }) in \(text.prefix(3000))")
                #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
            }
        }
    }
}

extension Array {
    fileprivate func repeated(_ count: Int) -> [Element] { (0..<count).flatMap { _ in self } }
}
