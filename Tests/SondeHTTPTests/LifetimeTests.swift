import Foundation
import Sonde
@testable import SondeHTTP
import TestSupport
import Testing

/// Cancellation, and the beginning and end of a transport.
struct LifetimeTests {
    @Test func `cancelling the task ends a stalled transfer at once`() async throws {
        let server = try ScriptedServer([.readRequest, .stall])
        try await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            let task = Task { await transport.send(Request(.get, server.url()), over: .direct()) }
            while server.received.isEmpty { await Task.yield() }
            task.cancel()
            let failure = try await task.value.failure()
            // The server has read the request and sends nothing: all that can be waited for is the first byte.
            #expect(failure.kind == .cancelled && failure.curlCode == 0 && failure.phase == .firstByte)
        }
    }

    @Test func `a task that was cancelled before sends nothing`() async throws {
        let server = try ScriptedServer([.readRequest, .respond()])
        try await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                return await transport.send(Request(.get, server.url()), over: .direct())
            }
            let failure = try await task.value.failure()
            #expect(failure.kind == .cancelled)
        }
        #expect(server.connectionCount == 0)
    }

    @Test func `cancelling one transfer leaves the others alone`() async throws {
        let server = try ScriptedServer(scripts: [[.readRequest, .stall], [.readRequest, .respond(body: "ok")]])
        try await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            let stalled = Task { await transport.send(Request(.get, server.url("/1")), over: .direct()) }
            while server.received.isEmpty { await Task.yield() }
            async let other = transport.send(Request(.get, server.url("/2")), over: .direct())
            stalled.cancel()
            let failure = try await stalled.value.failure()
            #expect(failure.kind == .cancelled)
            #expect(try await other.get().text == "ok")
        }
    }

    @Test func `the end of the transport cancels what is under way, and later requests`() async throws {
        let server = try ScriptedServer([.readRequest, .stall])
        let (task, transport) = await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            let task = Task { await transport.send(Request(.get, server.url()), over: .direct()) }
            while server.received.isEmpty { await Task.yield() }
            return (task, transport)
        }
        let failure = try await task.value.failure()
        #expect(failure.kind == .cancelled)
        #expect(try await transport.send(Request(.get, server.url()), over: .direct()).failure().kind == .cancelled)
    }

    @Test func `an error of the body passes through, and the transport ends with it`() async throws {
        struct Broken: Error {}
        await #expect(throws: Broken.self) {
            try await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { _ throws(Broken) in throw Broken() }
        }
    }

    @Test func `two hundred transfers at once all end`() async throws {
        let server = try ScriptedServer([.readRequest, .respond(body: "ok")])
        let statuses = await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            await withTaskGroup { group in
                for number in 0..<200 {
                    group.addTask { try? await transport.send(Request(.get, server.url("/\(number)")), over: .direct()).get().status }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(statuses == [Int?](repeating: 200, count: 200))
        #expect(Set(server.received.map { $0.head.prefix(9) }).count > 50)
    }

    @Test func `the soft limit of descriptors is raised to the hard one`() async {
        // In a process of its own, since the limit is everybody's.
        await #expect(processExitsWith: .success) {
            var limit = rlimit()
            unsafe getrlimit(openFiles, &limit)
            limit.rlim_cur = min(limit.rlim_max, 256)
            unsafe setrlimit(openFiles, &limit)
            await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { _ in
                var raised = rlimit()
                unsafe getrlimit(openFiles, &raised)
                #expect(raised.rlim_cur >= min(limit.rlim_max, 10_240))
            }
        }
    }

    @Test func `running out of descriptors is not the network's fault, and leaves some to the rest of the program`() async {
        await #expect(processExitsWith: .success) {
            let server = try ScriptedServer([.readRequest, .respond()])
            let failures = try await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
                var limit = rlimit()
                unsafe getrlimit(openFiles, &limit)
                let usual = limit.rlim_cur
                // Three more than the transport leaves to others, which the standard streams have: none is left for a connection.
                limit.rlim_cur = 27
                unsafe setrlimit(openFiles, &limit)
                let failures = [
                    try await transport.send(Request(.get, server.url()), over: .direct()).failure(),
                    try await transport.send(Request(.get, "https://sonde.invalid/"), over: .direct()).failure(),
                ]
                limit.rlim_cur = usual
                unsafe setrlimit(openFiles, &limit)
                _ = try await transport.send(Request(.get, server.url()), over: .direct()).get()
                return failures
            }
            #expect(failures.map(\.kind) == [.resources, .resources])
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `the authorities are found as curl finds them`() {
        func found(_ environment: [String: String]) -> String? { TransportSettings(environment: environment).certificateAuthorities }
        #expect(found(["CURL_CA_BUNDLE": "/a", "SSL_CERT_FILE": "/b"]) == "/a")
        #expect(found(["CURL_CA_BUNDLE": "", "SSL_CERT_FILE": "/b"]) == "/b")
        #expect(found([:]) == found(["SSL_CERT_FILE": ""]))
        #expect(found([:]).map { FileManager.default.isReadableFile(atPath: $0) } != false)
    }
}

#if canImport(Glibc)
import Glibc
private let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
private let openFiles = RLIMIT_NOFILE
#endif
