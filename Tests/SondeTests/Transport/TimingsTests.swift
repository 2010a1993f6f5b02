import Sonde
import Testing

@Suite struct TimingsTests {
    @Test func `the service's time does not hold the handshake`() {
        let timings = Timings(pretransfer: .milliseconds(120), firstByte: .milliseconds(420), total: .milliseconds(430))
        #expect(timings.service == .milliseconds(300))
    }

    @Test func `a phase that was not reached gives no service time`() {
        #expect(Timings(pretransfer: .milliseconds(120), total: .seconds(1)).service == nil)
        #expect(Timings(firstByte: .milliseconds(120), total: .seconds(1)).service == nil)
    }
}
