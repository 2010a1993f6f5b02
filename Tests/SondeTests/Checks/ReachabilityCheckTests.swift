import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct ReachabilityCheckTests {
    @Test func `passes where the API answers, also with a refusal`() throws {
        #expect(try CheckCase { probe, _ in CheckCase.healthy(probe) }.said("reachability") == "pass: the API answers (HTTP/1.1)")
        #expect(try CheckCase { _, _ in .error(401, type: "authentication_error") }.said("reachability").hasPrefix("pass:"))
    }

    @Test func `tells what a healthy connection shows`() throws {
        let run = try CheckCase { _, _ in
            let connection = Connection(peerAddress: "192.0.2.7", tls: TLSSession(version: "TLSv1.3"))
            let timings = Timings(connect: .milliseconds(20), tls: .milliseconds(48), total: .milliseconds(90))
            return .response(
                Response(
                    status: 200, httpVersion: "2", headers: Headers([HeaderField("content-type", "application/json")]),
                    body: Array(#"{"data":[]}"#.utf8), timings: timings,
                    connection: connection))
        }
        #expect(run.said("reachability") == "pass: the API answers (HTTP/2, TLSv1.3, 192.0.2.7, connected in 48 ms)")
    }

    @Test func `warns where one of the requests died`() throws {
        let run = try CheckCase(retries: 0) { probe, _ in
            probe.kind == .inference ? .dead(.timeout, .firstByte, message: "no answer in 30 s") : CheckCase.healthy(probe)
        }
        #expect(run.said("reachability") == "warn: the API answers, but POST /v1/chat/completions did not: no answer in 30 s")
    }

    @Test func `fails where somebody else answers`() throws {
        let run = try CheckCase { _, _ in .page(200, title: "Welcome to our network") }
        #expect(run.said("reachability") == "fail: something answers, but not the API: 200 with a page titled “Welcome to our network”")
    }

    @Test func `fails where every request died`() throws {
        #expect(
            try CheckCase { _, _ in .dead(.nameResolution, message: "cannot resolve api.sample.test") }.said("reachability")
                == "fail: cannot resolve api.sample.test")
    }

    @Test func `skips where nothing was sent`() throws {
        #expect(
            try CheckCase(findings: [CheckCase.blocked]) { probe, _ in CheckCase.healthy(probe) }.said("reachability")
                == "skip: not asked: nothing was sent")
    }
}
