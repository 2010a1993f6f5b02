/// Reads a request that got no complete answer.
enum FailureReader {
    static func read(_ failure: Exchange.Failure) -> Reading {
        let speaker: Speaker = failure.kind == .proxy || failure.kind == .proxyNameResolution ? .proxy : .unknown
        let (cause, reason, certainty) = judge(failure)
        return Reading(speaker: speaker, cause: cause, reason: reason, certainty: certainty)
    }

    private static func judge(_ failure: Exchange.Failure) -> (Cause, String, Confidence) {
        switch failure.kind {
        case .nameResolution: (.dnsFailure, "name_not_resolved", .certain)
        case .proxyNameResolution: (.proxyFailure, "proxy_name_not_resolved", .certain)
        case .connect: (.connectFailure, "not_connected", .certain)
        case .tlsHandshake: (.tlsFailure, "handshake_failed", .likely)
        case .certificate: (.tlsFailure, "certificate_not_trusted", .certain)
        case .proxy: proxy(failure.proxyStatus)
        case .timeout: timeout(in: failure.phase)
        case .closed: (.connectFailure, "connection_closed", .likely)
        case .cut: (.responseInvalid, "answer_cut_off", .likely)
        case .protocolViolation: (.responseInvalid, "not_http", .likely)
        case .headersTooLong: (.responseInvalid, "headers_over_limit", .likely)
        case .badEncoding: (.responseInvalid, "broken_encoding", .likely)
        case .plainHTTPRefused: (.wrongEndpoint, failure.phase == .proxy ? "plain_http_through_proxy" : "plain_http_refused", .certain)
        case .unsendable: unsendable(failure.message)
        case .interface: (.connectFailure, "local_interface", .certain)
        case .localCertificate: (.tlsFailure, "local_certificate_file", .certain)
        case .deadline: (.inconclusive, "deadline", .possible)
        case .resources: (.inconclusive, "out_of_resources", .possible)
        case .cancelled: (.inconclusive, "interrupted", .possible)
        case .unexplained: (.inconclusive, "no_answer", .possible)
        }
    }

    /// A header that cannot be sent is nearly always the one that carries the key.
    private static func unsendable(_ message: String) -> (Cause, String, Confidence) {
        if TransportErrorText.speaksOfNoKey(message) { return (.keyMissing, "key_not_set", .certain) }
        guard message.containsFragment("header") else { return (.requestRejected, "unsendable", .likely) }
        let isEmpty = ["bearer '", "bearer \"", "bearer )", "bearer ]"].contains { message.containsFragment($0) }
        return isEmpty ? (.keyMissing, "key_empty", .likely) : (.keyMalformed, "key_unsendable", .likely)
    }

    /// What a proxy's answer to CONNECT says: a gateway error of its own means that it could not reach the host.
    private static func proxy(_ status: Int?) -> (Cause, String, Confidence) {
        switch status {
        // 401 is meant for servers, but some proxies refuse a wrong password with it (tinyproxy 1.11).
        case 401, 407: (.proxyFailure, "proxy_password", .certain)
        case .some(500...): (.proxyFailure, "proxy_cannot_reach", .likely)
        case .some(400...): (.proxyFailure, "proxy_refused", .likely)
        default: (.proxyFailure, "proxy_failed", .certain)
        }
    }

    /// The step in which the time went decides: a name server that is silent is a name problem.
    private static func timeout(in phase: TransportFailure.Phase?) -> (Cause, String, Confidence) {
        switch phase {
        case .nameLookup: (.dnsFailure, "resolver_silent", .likely)
        case .connect: (.connectFailure, "connect_timed_out", .likely)
        case .tls: (.tlsFailure, "handshake_timed_out", .likely)
        case .proxy: (.proxyFailure, "proxy_silent", .likely)
        case .firstByte: (.timeout, "no_answer_in_time", .likely)
        case .body: (.timeout, "answer_stalled", .likely)
        case nil: (.timeout, "no_answer_in_time", .likely)
        }
    }
}
