import Foundation
import Sonde
import SondeHTTP
import TestSupport
import Testing

/// Answers that would never end, or grow.
struct CapTests {
    private func request(_ url: String, body: Int = 1 << 20, headers: Int = 64 << 10) -> Request {
        var request = Request(.get, url)
        request.limits.bodyBytes = body
        request.limits.headerBytes = headers
        return request
    }

    @Test func `an endless body is cut at the limit and is no failure`() async throws {
        let server = try ScriptedServer([
            .readRequest, .send("HTTP/1.1 200 OK\r\n\r\n"), .sendForever([UInt8](repeating: 0x61, count: 4096)),
        ])
        let response = try await send(request(server.url(), body: 100_000)).get()
        #expect(response.isBodyCut && response.status == 200)
        #expect(response.body == [UInt8](repeating: 0x61, count: 100_000))
        #expect(response.chunks.reduce(0) { $0 + $1.count } == 100_000)
    }

    @Test(arguments: [(4, true), (5, false), (6, false)])
    func `a body of five bytes is cut only by a smaller limit`(limit: Int, isCut: Bool) async throws {
        let server = try ScriptedServer([.readRequest, .respond(body: "12345")])
        let response = try await send(request(server.url(), body: limit)).get()
        #expect(response.isBodyCut == isCut && response.text == String("12345".prefix(limit)))
    }

    @Test func `an endless flow of header lines fails at the limit`() async throws {
        let server = try ScriptedServer([.readRequest, .send("HTTP/1.1 200 OK\r\n"), .sendForever(Array("X-Line: 0123456789\r\n".utf8))])
        let failure = try await send(request(server.url())).failure()
        #expect(failure.kind == .headersTooLong && failure.message.contains("65536"))
        #expect(failure.partial?.status == 200)
    }

    @Test func `a header line without an end fails as headers do`() async throws {
        let server = try ScriptedServer([
            .readRequest, .send("HTTP/1.1 200 OK\r\nX-Line: "), .sendForever([UInt8](repeating: 0x61, count: 4096)),
        ])
        #expect(try await send(request(server.url())).failure().kind == .headersTooLong)
    }

    @Test func `trailers without an end fail as headers do`() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        let server = try ScriptedServer([.readRequest, .send(head), .sendForever(Array("X-Line: 0123456789\r\n".utf8))])
        #expect(try await send(request(server.url())).failure().kind == .headersTooLong)
    }

    @Test func `a body of single bytes keeps few chunks`() async throws {
        let bytes = String(repeating: "1\r\nx\r\n", count: 20_000) + "0\r\n\r\n"
        let server = try ScriptedServer([.readRequest, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + bytes)])
        let response = try await send(request(server.url())).get()
        #expect(response.body.count == 20_000 && response.chunks.count <= 16_384)
        #expect(response.chunks.reduce(0) { $0 + $1.count } == 20_000)
    }

    @Test(.enabled(if: Program.gzip.isInstalled, "needs gzip"))
    func `a compressed answer is decompressed`() async throws {
        let packed = try Program.gzip.run(["-c"], input: Data("hello".utf8))
        let server = try ScriptedServer([
            .readRequest, .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"), .sendBytes(packed),
        ])
        #expect(try await send(server.url()).get().text == "hello")
    }

    @Test(.enabled(if: Program.gzip.isInstalled && Memory.peak != nil, "needs gzip and /proc"))
    func `a gzip bomb stays within its limit`() async throws {
        let packed = try Program.gzip.run(["-9", "-c"], input: Data(count: 200 << 20))
        let server = try ScriptedServer([
            .readRequest, .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"), .sendBytes(packed),
        ])
        try Memory.resetPeak()
        let before = try #require(Memory.peak)
        let response = try await send(request(server.url())).get()
        #expect(response.isBodyCut && response.body.count == 1 << 20)
        #expect(try #require(Memory.peak) - before < 50 << 20)
    }
}

/// The peak of this process's memory, in bytes, as Linux tells it.
private enum Memory {
    static var peak: Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
    }

    /// Lets the peak begin anew at what is in use now (proc(5), clear_refs).
    static func resetPeak() throws {
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    }
}
