/// Reads what clients say when no answer came: libcurl, Python, Node, Go, Java and their SDKs.
public enum TransportErrorText {
    /// What the words mean, or nil when they speak of no transport failure.
    public static func read(_ text: String) -> (kind: TransportFailure.Kind, phase: TransportFailure.Phase?)? {
        if let number = curlNumber(in: text), let known = curlErrors[number] {
            return (known, known == .timeout ? curlPhase(in: text) : nil)
        }
        let text = FoldedText(text)
        if speaksOfNoKey(text) { return (.unsendable, nil) }
        for rule in rules where rule.fragments.contains(where: text.contains) { return (rule.kind, rule.phase) }
        return nil
    }

    /// What a text of several lines says of a failure, and the last line that says so.
    static func find(in lines: [Substring]) -> String? {
        let folded = lines.map { FoldedText(String($0)) }
        if let index = folded.firstIndex(where: speaksOfNoKey) { return String(lines[index]) }
        for rule in rules {
            let telling = folded.indices.filter { index in rule.fragments.contains { folded[index].contains($0) } }
            // A sentence says more than a member of an object below it.
            guard let index = telling.last(where: { !isMember(folded[$0]) }) ?? telling.last else { continue }
            return String(lines[index])
        }
        return nil
    }

    private static func isMember(_ line: FoldedText) -> Bool {
        let bare = line.bytes.drop { $0 == 0x20 || $0 == 0x09 }
        return ["syscall:", "code:", "errno:", "hostname:"].contains { bare.starts(with: $0.utf8) }
    }

    // MARK: Clients without a key

    /// Says whether a client complains that it was given no key, and so sent nothing.
    static func speaksOfNoKey(_ text: String) -> Bool { speaksOfNoKey(FoldedText(text)) }

    private static func speaksOfNoKey(_ text: FoldedText) -> Bool { complaintsOfNoKey.contains(where: text.contains) }

    /// Words of clients alone: the SDKs that Stainless generates, the AI SDK, LangChain, Spring AI, and their like.
    private static let complaintsOfNoKey = [
        "client option must be set either by passing", "api_key client option must be set", "environment variable is missing or empty",
        "missing credentials. please pass", "api key is missing. pass it using", "loadapikeyerror",
        "could not resolve authentication method", "could not resolve api key", "and can be set via environ",
        "no api key provided. you can set your api key", "api key must be set", "please add an environment variable",
        "api key or token provider not found", "gateway authentication failed: no authentication provided",
    ].map(FoldedText.init)

    // MARK: curl

    /// The number in `curl: (6) …`.
    private static func curlNumber(in text: String) -> Int? {
        text[...].range(of: "curl: (").flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) }
    }

    /// libcurl's error numbers (https://curl.se/libcurl/c/libcurl-errors.html) whose meaning does not depend on the words.
    private static let curlErrors: [Int: TransportFailure.Kind] = [
        5: .proxyNameResolution, 6: .nameResolution, 7: .connect, 18: .cut, 28: .timeout, 35: .tlsHandshake, 51: .certificate, 52: .closed,
        58: .localCertificate,
        60: .certificate, 61: .badEncoding, 77: .localCertificate, 97: .proxy,
    ]

    private static func curlPhase(in text: String) -> TransportFailure.Phase? {
        if text.containsFragment("resolving timed out") { return .nameLookup }
        if text.containsFragment("ssl connection timeout") || text.containsFragment("ssl connection timed out") { return .tls }
        if text.containsFragment("connection timed out") || text.containsFragment("failed to connect")
            || text.containsFragment("connection timeout")
        {
            return .connect
        }
        return text.containsFragment("with 0 ") ? .firstByte : .body
    }

    private struct Rule {
        let kind: TransportFailure.Kind
        let phase: TransportFailure.Phase?
        let fragments: [FoldedText]

        init(kind: TransportFailure.Kind, phase: TransportFailure.Phase? = nil, fragments: [String]) {
            self.kind = kind
            self.phase = phase
            self.fragments = fragments.map(FoldedText.init)
        }
    }

    /// In order: the narrower words first.
    private static let rules: [Rule] = [
        Rule(
            kind: .unsendable,
            fragments: [
                "illegal header value", "invalid header value", "character in header", "header value", "unicodeencodeerror",
                "invalid http header",
            ]),
        Rule(
            kind: .proxy,
            fragments: [
                "tunnel connection failed", "proxyerror", "proxy error", "proxy connect", "proxyconnect", "407 proxy",
                "proxy authentication", "connect tunnel failed",
                "cannot connect to proxy", "unable to connect to proxy", "socks", "received http code",
                "tunneling socket could not be established", "err_proxy",
                "econnrefused 127.0.0.1:7890", "http proxy", "httpproxy", "proxy tunnel", "err_tunnel_connection",
            ]),
        Rule(
            kind: .nameResolution,
            fragments: [
                "enotfound", "eai_again", "could not resolve", "couldn't resolve", "name or service not known", "nodename nor servname",
                "name resolution",
                "no such host", "unknownhostexception", "getaddrinfo", "no address associated", "dns", "dial tcp: lookup",
                "nameresolutionerror", "failed to resolve '",
                "err_name_not_resolved", "err_name_resolution", "hostname could not be found", "lookup address information",
            ]),
        Rule(
            kind: .certificate,
            fragments: [
                "certificate", "self signed", "self-signed", "unable_to_verify", "hostname mismatch", "cert_has_expired",
                "unable to get local issuer", "x509",
                "certverificationerror", "pkix path", "err_tls_cert", "err_cert",
            ]),
        Rule(
            kind: .connect,
            fragments: [
                "connect call failed", "econnrefused", "network is unreachable", "host is unreachable", "no route to host",
                "err_connection_refused", "err_connection_timed_out", "err_address_unreachable", "err_internet_disconnected",
            ]),
        Rule(
            kind: .tlsHandshake, fragments: ["ssl", "tls", "handshake", "wrong version number", "eproto", "unexpected_eof_while_reading"]),
        Rule(
            kind: .timeout, phase: .connect,
            fragments: [
                "connect etimedout", "connecttimeout", "connect timeout", "connection timed out", "und_err_connect_timeout",
                "connection timeout",
            ]),
        Rule(
            kind: .connect,
            fragments: [
                "connection refused", "failed to connect", "couldn't connect", "could not connect", "unable to connect", "ehostunreach",
                "enetunreach", "etimedout", "connecterror", "all connection attempts failed", "dial tcp", "actively refused",
                "connection attempt failed", "appears to be offline",
            ]),
        Rule(
            kind: .timeout, phase: .firstByte,
            fragments: [
                "apitimeouterror", "apiconnectiontimeouterror", "request timed out", "read timed out", "readtimeout", "timed out",
                "timeout", "deadline exceeded",
                "und_err_headers_timeout", "und_err_body_timeout",
            ]),
        Rule(
            kind: .closed,
            fragments: [
                "econnreset", "connection reset", "socket hang up", "remote end closed", "server disconnected", "empty reply",
                "connection aborted", "broken pipe",
                "connection closed", "other side closed", "premature close", "\": eof", "epipe", "recv failure", "und_err_socket",
            ]),
    ]
}
