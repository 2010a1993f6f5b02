import CCurl
import Sonde

extension Transfer {
    /// What the caller gets when libcurl says that the transfer is over.
    func outcome(_ code: CURLcode) -> Result<Response, TransportFailure> {
        if code == CURLE_OK, order.purpose == .inspection {
            return .success(Response(status: 0, timings: timings, connection: connection))
        }
        // libcurl calls an answer whole whose headers broke off at the end of a line.
        let isWhole = code == CURLE_OK && head.isComplete || refusal == .bodyCut
        if isWhole, let response { return .success(response) }
        return .failure(failure(CurlFailure(code, of: self)))
    }

    /// What the caller gets when the loop ends the transfer itself.
    func outcome(_ kind: TransportFailure.Kind, _ message: String) -> Result<Response, TransportFailure> {
        .failure(failure(CurlFailure(kind, phase: phase, message: message)))
    }

    /// Notes at which step the making of a connection ran out of time, for those that wait for it.
    func noteStall() {
        if !isEstablished, !reader.hasWaited { share.stalledSteps[origin] = phase }
    }

    /// Scheme, host and port, as they stand in the URL.
    private var origin: Substring {
        let url = order.request.url
        let slashes = url.indices.filter { url[$0] == "/" }.prefix(3)
        return slashes.count == 3 ? url[..<slashes[2]] : url[...]
    }

    private func failure(_ failure: CurlFailure) -> TransportFailure {
        let connectStatus = easy.long(CURLINFO_HTTP_CONNECTCODE)
        return TransportFailure(
            failure.kind, phase: failure.phase, curlCode: failure.code, message: failure.message, partial: response,
            proxyStatus: failure.kind == .proxy && connectStatus > 0 ? connectStatus : nil, timings: timings, connection: connection)
    }

    /// Status, headers and body so far; nil when no status line came.
    private var response: Response? {
        guard let (status, version, headers) = head.read() else { return nil }
        return Response(
            status: status, httpVersion: version, headers: headers, body: body.bytes, isBodyCut: body.isCut, chunks: body.chunks,
            timings: timings, connection: connection)
    }

    /// The step that is under way.
    var phase: TransportFailure.Phase {
        if head.isComplete { return .body }
        if isEstablished { return .firstByte }
        // The time went where the one it waited for spent it, however far its own attempt has come since.
        if reader.hasWaited, let step = share.stalledSteps[origin] { return step }
        if easy.time(CURLINFO_NAMELOOKUP_TIME_T) == nil { return .nameLookup }
        // Who is connected to first is the proxy, where there is one.
        if reader.connected == nil { return proxy == nil ? .connect : .proxy }
        if isAtProxy { return .proxy }
        return isHTTPS ? .tls : .connect
    }

    private var timings: Timings {
        let isReused = isReused
        // libcurl stamps the phases of a reused connection with the moment it was found, or not at all; they took no time.
        func phaseEnd(_ name: CURLINFO) -> Duration? { isReused ? .zero : easy.time(name) }
        return Timings(
            nameLookup: phaseEnd(CURLINFO_NAMELOOKUP_TIME_T),
            // libcurl tells this time only once the handshake after it is over, too.
            connect: phaseEnd(CURLINFO_CONNECT_TIME_T) ?? reader.connected,
            tls: isHTTPS ? phaseEnd(CURLINFO_APPCONNECT_TIME_T) : nil,
            pretransfer: isEstablished ? easy.time(CURLINFO_PRETRANSFER_TIME_T) : nil,
            firstByte: head.hasBegun ? easy.time(CURLINFO_STARTTRANSFER_TIME_T) : nil,
            total: easy.time(CURLINFO_TOTAL_TIME_T) ?? (.now - started))
    }

    private var isReused: Bool { isEstablished && easy.long(CURLINFO_NUM_CONNECTS) == 0 }

    private var connection: Connection {
        guard let peer = easy.text(CURLINFO_PRIMARY_IP) else { return Connection() }
        let isReused = isReused
        return Connection(
            peerAddress: peer, peerPort: easy.long(CURLINFO_PRIMARY_PORT), localAddress: easy.text(CURLINFO_LOCAL_IP), isReused: isReused,
            tls: reader.session)
    }
}

extension Transfer {
    /// Says whether the proxy itself is still being talked to: its own TLS, its answer to CONNECT, the SOCKS negotiation.
    var isAtProxy: Bool {
        guard let proxy, !isEstablished else { return false }
        switch proxy.scheme {
        case .http, .https: return !isHTTPS || easy.long(CURLINFO_HTTP_CONNECTCODE) / 100 != 2
        case .socks5, .socks5h: return !reader.hasBegunTLS
        }
    }
}
