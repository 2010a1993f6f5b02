import CCurl
import Sonde

/// What a failed transfer is called: libcurl's code and the transfer's state, turned into our words in this one place.
struct CurlFailure {
    var kind: TransportFailure.Kind
    var phase: TransportFailure.Phase?
    /// libcurl's number, 0 when the failure is our own.
    var code = 0
    var message: String

    init(_ kind: TransportFailure.Kind, phase: TransportFailure.Phase? = nil, message: String) {
        self.kind = kind
        self.phase = phase
        self.message = message
    }

    /// - Parameter code: Anything but success, or success without a whole head.
    init(_ code: CURLcode, of transfer: borrowing Transfer) {
        switch transfer.refusal {
        case .headersTooLong:
            self.init(.headersTooLong, phase: .firstByte, message: Self.headersTooLong(transfer.order.request.limits.headerBytes))
            return
        case .notLoopback:
            self.init(
                .plainHTTPRefused, phase: .connect,
                message:
                    "The address \(transfer.easy.text(CURLINFO_PRIMARY_IP) ?? "reached") is not this machine's own; nothing was sent over plain http"
            )
            return
        case .repetition:
            self.init(.closed, phase: .firstByte, message: "The kept connection was closed before the answer began")
            return
        case .bodyCut, nil: break
        }
        if transfer.lacksResources(code) {
            self.init(.resources, message: "This machine ran out of file descriptors or memory")
        } else {
            let words = transfer.easy.errorMessage
            // The fallback is one of libcurl's constants.
            self.init(Self.kind(code, transfer), message: words.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : words)
            switch kind {
            case .unsendable, .localCertificate, .interface, .resources: break
            case .headersTooLong: message = Self.headersTooLong(transfer.order.request.limits.headerBytes); fallthrough
            case .nameResolution, .proxyNameResolution: phase = .nameLookup
            case .tlsHandshake, .certificate: phase = .tls
            case .connect: phase = .connect
            case .proxy: phase = code == CURLE_COULDNT_CONNECT ? .connect : .proxy
            default: phase = transfer.phase
            }
        }
        self.code = Int(code.rawValue)
    }

    private static func headersTooLong(_ limit: Int) -> String { "The answer's header lines are longer than \(limit) bytes" }

    /// Every code that an https or http transfer can end with. The rest belongs to protocols that are switched off.
    private static func kind(_ code: CURLcode, _ transfer: borrowing Transfer) -> TransportFailure.Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .nameResolution
        case CURLE_COULDNT_RESOLVE_PROXY: .proxyNameResolution
        case CURLE_COULDNT_CONNECT: transfer.proxy == nil ? .connect : .proxy
        case CURLE_PROXY: proxyKind(transfer.easy.long(CURLINFO_PROXY_ERROR))
        case CURLE_OPERATION_TIMEDOUT: .timeout

        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CLIENTCERT:
            transfer.isAtProxy ? .proxy : .tlsHandshake
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
            transfer.isAtProxy ? .proxy : .certificate
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
            .localCertificate

        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2_STREAM, CURLE_READ_ERROR,
            CURLE_SEND_FAIL_REWIND, CURLE_AGAIN:
            transfer.isAtProxy
                ? .proxy : transfer.isEstablished || !transfer.isHTTPS ? (transfer.head.hasBegun ? .cut : .closed) : .tlsHandshake
        case CURLE_HTTP2, CURLE_HTTP3, CURLE_QUIC_CONNECT_ERROR, CURLE_WEIRD_SERVER_REPLY, CURLE_TOO_MANY_REDIRECTS,
            CURLE_HTTP_RETURNED_ERROR,
            CURLE_RANGE_ERROR, CURLE_AUTH_ERROR, CURLE_REMOTE_ACCESS_DENIED, CURLE_FILESIZE_EXCEEDED, CURLE_CHUNK_FAILED,
            CURLE_HTTP_POST_ERROR:
            .protocolViolation
        // Garbage where the status line should be is read as HTTP/0.9, which is off; libcurl calls that an unsupported protocol.
        case CURLE_UNSUPPORTED_PROTOCOL: transfer.isEstablished ? .protocolViolation : .unsendable
        case CURLE_BAD_CONTENT_ENCODING: .badEncoding
        // The connection was closed within the headers.
        case CURLE_OK: transfer.head.hasBegun ? .cut : .closed
        // Our callbacks gave their reason before.
        case CURLE_WRITE_ERROR: .protocolViolation

        case CURLE_INTERFACE_FAILED: .interface
        // A single endless header line: libcurl gives up on it before we see it whole.
        case CURLE_OUT_OF_MEMORY: transfer.isEstablished && !transfer.head.isComplete ? .headersTooLong : .resources
        case CURLE_FAILED_INIT, CURLE_NO_CONNECTION_AVAILABLE, CURLE_UNRECOVERABLE_POLL: .resources
        case CURLE_ABORTED_BY_CALLBACK: .cancelled
        case CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_LOGIN_DENIED, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION,
            CURLE_SETOPT_OPTION_SYNTAX, CURLE_FUNCTION_NOT_FOUND, CURLE_RECURSIVE_API_CALL:
            .unsendable
        default: .protocolViolation
        }
    }

    /// A SOCKS proxy says whether it was itself that failed, or the way from it to the server.
    private static func proxyKind(_ error: Int) -> TransportFailure.Kind {
        switch CURLproxycode(rawValue: UInt32(error)) {
        case CURLPX_REPLY_CONNECTION_REFUSED, CURLPX_REPLY_HOST_UNREACHABLE, CURLPX_REPLY_NETWORK_UNREACHABLE, CURLPX_REPLY_TTL_EXPIRED:
            .connect
        case CURLPX_RESOLVE_HOST: .nameResolution
        default: .proxy
        }
    }
}

extension Transfer {
    /// Says whether a failure that looks like the network's is for want of descriptors here.
    fileprivate func lacksResources(_ code: CURLcode) -> Bool {
        if Descriptors.isExhaustion(socketError) { return true }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM,
            CURLE_FAILED_INIT, CURLE_SSL_CONNECT_ERROR, CURLE_INTERFACE_FAILED:
            return Descriptors.areExhausted
        default: return false
        }
    }
}
