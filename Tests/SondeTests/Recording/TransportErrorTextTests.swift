import Sonde
import Testing

@Suite struct TransportErrorTextTests {
    @Test(
        arguments: [
            ("dial tcp: lookup api.sample.test on 127.0.0.11:53: server misbehaving", .nameResolution),
            ("dial tcp 203.0.113.7:443: i/o timeout", .connect), ("dial tcp 203.0.113.7:443: connect: connection refused", .connect),
            ("proxyconnect tcp: dial tcp 10.0.0.1:8080: connect: connection refused", .proxy),
            ("Cannot connect to host api.sample.test:443 ssl:default [Network is unreachable]", .connect),
            ("Cannot connect to host api.sample.test:443 ssl:default [Temporary failure in name resolution]", .nameResolution),
            ("net::ERR_NAME_NOT_RESOLVED", .nameResolution), ("net::ERR_CERT_AUTHORITY_INVALID", .certificate),
            ("net::ERR_TUNNEL_CONNECTION_FAILED", .proxy), ("net::ERR_CONNECTION_TIMED_OUT", .connect),
            ("The proxy tunnel request to proxy 'http://10.0.0.1:8080/' failed with status code '407'.", .proxy),
            ("Error Domain=NSURLErrorDomain Code=-1003 \"A server with the specified hostname could not be found.\"", .nameResolution),
            ("No connection could be made because the target machine actively refused it.", .connect),
            ("net/http: TLS handshake timeout", .tlsHandshake), ("The read operation timed out", .timeout), ("read ECONNRESET", .closed),
        ] as [(String, TransportFailure.Kind)])
    func `the words of each client name the step`(text: String, kind: TransportFailure.Kind) {
        #expect(TransportErrorText.read(text)?.kind == kind)
    }
}
