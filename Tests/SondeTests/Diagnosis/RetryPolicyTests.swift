import Sonde
import Testing

@Suite struct RetryPolicyTests {
    private func answered(_ status: Int, _ cause: Cause, reason: String? = nil, attempt: Int = 1, wait: Duration? = nil) -> Exchange {
        exchange(
            .answer(Answer(status: status, bodyKind: .json)), Reading(speaker: .api, cause: cause, reason: reason, retryAfter: wait),
            attempt)
    }

    private func failed(_ kind: TransportFailure.Kind, _ phase: TransportFailure.Phase? = nil, attempt: Int = 1) -> Exchange {
        exchange(.failure(.init(kind: kind, phase: phase, message: "…")), Reading(cause: .timeout), attempt)
    }

    private func exchange(_ outcome: Exchange.Outcome, _ reading: Reading, _ attempt: Int) -> Exchange {
        Exchange(
            probe: Probe(.inference, endpoint: .inference), attempt: attempt,
            request: .init(method: "POST", url: "https://a.test/", keyUse: .own),
            startedAt: Timestamp(seconds: 0), outcome: outcome, reading: reading)
    }

    private func pause(_ exchange: Exchange, remaining: Duration = .seconds(60), jitter: Double = 0, limit: Int = 2) -> Duration? {
        RetryPolicy(limit: limit).pause(after: exchange, remaining: remaining, jitter: jitter)
    }

    @Test(
        arguments: [(429, .rateLimited), (502, .providerOutage), (503, .providerOutage), (504, .providerOutage), (503, .inconclusive)]
            as [(Int, Cause)])
    func `what may pass by itself is tried twice more`(status: Int, cause: Cause) {
        #expect(pause(answered(status, cause)) != nil)
        #expect(pause(answered(status, cause, attempt: 2)) != nil)
        #expect(pause(answered(status, cause, attempt: 3)) == nil)
    }

    @Test(
        arguments: [
            (429, .billingBlocked), (429, .accountDenied), (429, .modelUnavailable), (503, .intercepted), (200, .healthy),
            (400, .requestRejected), (401, .keyRejected),
            (403, .accountDenied), (500, .providerOutage), (404, .wrongEndpoint),
        ] as [(Int, Cause)])
    func `what time does not mend is not tried again, whatever its status`(status: Int, cause: Cause) {
        #expect(pause(answered(status, cause)) == nil)
    }

    @Test func `one request that is larger than the limit is not tried again`() {
        #expect(pause(answered(429, .rateLimited, reason: "request_too_large")) == nil)
    }

    @Test func `a connection that broke is tried twice more, a time-out once`() {
        for kind in [TransportFailure.Kind.closed, .cut] {
            #expect(pause(failed(kind)) != nil)
            #expect(pause(failed(kind, attempt: 2)) != nil)
            #expect(pause(failed(kind, attempt: 3)) == nil)
        }
        for phase in [TransportFailure.Phase.firstByte, .body] {
            #expect(pause(failed(.timeout, phase)) != nil)
            #expect(pause(failed(.timeout, phase, attempt: 2)) == nil)
        }
    }

    @Test func `a step before the request is not tried again`() {
        for phase in [TransportFailure.Phase.nameLookup, .connect, .tls, .proxy, nil] { #expect(pause(failed(.timeout, phase)) == nil) }
        for kind in TransportFailure.Kind.allCases where ![.closed, .cut, .timeout].contains(kind) {
            #expect(pause(failed(kind)) == nil, "\(kind)")
        }
        #expect(pause(exchange(.handshake, Reading(), 1)) == nil)
    }

    @Test func `no retries when none are allowed, and one time-out where one is`() {
        #expect(pause(answered(503, .providerOutage), limit: 0) == nil)
        #expect(pause(failed(.timeout, .body), limit: 0) == nil)
        #expect(pause(failed(.timeout, .body, attempt: 2), limit: 5) == nil)
        #expect(pause(answered(503, .providerOutage, attempt: 5), limit: 5) != nil)
    }

    @Test func `pauses double, and jitter takes away a quarter at most`() {
        #expect(pause(answered(503, .providerOutage)) == .milliseconds(500))
        #expect(pause(answered(503, .providerOutage, attempt: 2)) == .milliseconds(1000))
        #expect(pause(answered(503, .providerOutage), jitter: 1) == .milliseconds(375))
        #expect(pause(answered(503, .providerOutage, attempt: 900), remaining: .seconds(600), limit: 1000) == .seconds(16))
    }

    @Test func `the server's wish is obeyed where it is longer`() {
        #expect(pause(answered(429, .rateLimited, wait: .seconds(7))) == .seconds(7))
        #expect(pause(answered(429, .rateLimited, wait: .milliseconds(10))) == .milliseconds(500))
    }

    @Test func `a pause that leaves no time for an answer is not begun`() {
        #expect(pause(answered(429, .rateLimited, wait: .seconds(59)), remaining: .seconds(60)) == nil)
        #expect(pause(answered(429, .rateLimited, wait: .seconds(58)), remaining: .seconds(60)) != nil)
        #expect(pause(answered(503, .providerOutage), remaining: .zero) == nil)
        #expect(pause(answered(503, .providerOutage), remaining: .seconds(-5)) == nil)
        #expect(pause(answered(429, .rateLimited, wait: .seconds(1_000_000_000))) == nil)
    }
}
