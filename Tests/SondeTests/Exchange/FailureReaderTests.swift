@testable import Sonde
import Testing

@Suite struct FailureReaderTests {
    private func read(_ kind: TransportFailure.Kind, _ phase: TransportFailure.Phase? = nil, proxyStatus: Int? = nil) -> Reading {
        FailureReader.read(Exchange.Failure(kind: kind, phase: phase, message: "…", proxyStatus: proxyStatus))
    }

    @Test(
        arguments: [
            (.nameResolution, .dnsFailure, "name_not_resolved"), (.proxyNameResolution, .proxyFailure, "proxy_name_not_resolved"),
            (.connect, .connectFailure, "not_connected"), (.tlsHandshake, .tlsFailure, "handshake_failed"),
            (.certificate, .tlsFailure, "certificate_not_trusted"),
            (.proxy, .proxyFailure, "proxy_failed"), (.timeout, .timeout, "no_answer_in_time"),
            (.closed, .connectFailure, "connection_closed"),
            (.cut, .responseInvalid, "answer_cut_off"), (.protocolViolation, .responseInvalid, "not_http"),
            (.headersTooLong, .responseInvalid, "headers_over_limit"),
            (.badEncoding, .responseInvalid, "broken_encoding"), (.plainHTTPRefused, .wrongEndpoint, "plain_http_refused"),
            (.unsendable, .requestRejected, "unsendable"),
            (.interface, .connectFailure, "local_interface"), (.localCertificate, .tlsFailure, "local_certificate_file"),
            (.resources, .inconclusive, "out_of_resources"),
            (.cancelled, .inconclusive, "interrupted"), (.deadline, .inconclusive, "deadline"),
            (.unexplained, .inconclusive, "no_answer"),
        ] as [(TransportFailure.Kind, Cause, String)])
    func `the step at which a request died names the cause`(kind: TransportFailure.Kind, cause: Cause, reason: String) {
        let reading = read(kind)
        #expect(reading.cause == cause)
        #expect(reading.reason == reason)
    }

    @Test func `every kind of failure is in the table above, and none is healthy`() {
        for kind in TransportFailure.Kind.allCases { #expect(read(kind).cause != .healthy && read(kind).reason != nil) }
        #expect(TransportFailure.Kind.allCases.count == 20)
    }

    @Test(
        arguments: [
            (.nameLookup, .dnsFailure, "resolver_silent"), (.connect, .connectFailure, "connect_timed_out"),
            (.tls, .tlsFailure, "handshake_timed_out"),
            (.proxy, .proxyFailure, "proxy_silent"), (.firstByte, .timeout, "no_answer_in_time"), (.body, .timeout, "answer_stalled"),
        ] as [(TransportFailure.Phase, Cause, String)])
    func `a time-out belongs to the step in which the time went`(phase: TransportFailure.Phase, cause: Cause, reason: String) {
        let reading = read(.timeout, phase)
        #expect(reading.cause == cause)
        #expect(reading.reason == reason)
        #expect(reading.certainty < .certain)
    }

    @Test(
        arguments: [
            (407, "proxy_password"), (401, "proxy_password"), (403, "proxy_refused"), (502, "proxy_cannot_reach"), (nil, "proxy_failed"),
        ] as [(Int?, String)]
    )
    func `a proxy's own status says what it wants`(status: Int?, reason: String) {
        let reading = read(.proxy, proxyStatus: status)
        #expect(reading.cause == .proxyFailure)
        #expect(reading.reason == reason)
        #expect(reading.speaker == .proxy)
    }

    @Test func `what this machine lacks is never said of the network`() {
        for kind in [TransportFailure.Kind.resources, .cancelled, .deadline] { #expect(read(kind).cause == .inconclusive) }
    }
}
