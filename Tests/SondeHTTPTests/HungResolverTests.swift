#if canImport(Glibc)
import Sonde
import SondeHTTP
import Testing

/// Run by ``ResolverTests`` in a process with a resolver that hangs.
@Suite(.enabled(if: HungResolver.isInPlace, "runs in a process of its own, see ResolverTests"))
struct HungResolverTests {
    @Test func `a hung resolver is a timeout of name resolution within the limit, and holds up nobody else`() async throws {
        let begin = ContinuousClock.now
        let failures = await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            async let connect = transport.send(.short("https://\(HungResolver.name)/", total: .seconds(10)), over: .direct("a"))
            async let total = transport.send(.short("https://\(HungResolver.name)/", connect: .seconds(10)), over: .direct("b"))
            async let other = transport.send(.short("https://sonde.invalid/"), over: .direct("c"))
            return await [connect, total, other]
        }
        // Leaving the transport waits for the resolver's threads no more than the transfers did.
        #expect(.now - begin < .seconds(5))
        for failure in failures.prefix(2) {
            #expect(try failure.failure().kind == .timeout && failure.failure().phase == .nameLookup)
        }
        #expect(try failures[2].failure().kind == .nameResolution)
        #expect(HungResolver.waiting >= 2)
    }

    @Test func `cancelling works while the resolver hangs`() async throws {
        try await withCurlTransport(TransportSettings(certificateAuthorities: nil)) { transport in
            let before = HungResolver.waiting
            let task = Task { await transport.send(Request(.get, "https://\(HungResolver.name)/"), over: .direct()) }
            while HungResolver.waiting == before { await Task.yield() }
            task.cancel()
            let failure = try await task.value.failure()
            #expect(failure.kind == .cancelled)
        }
    }
}
#endif
