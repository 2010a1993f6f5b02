import CCurl
import Sonde

extension Transfer {
    /// What the caller gets when libcurl says that the transfer is over.
    func outcome(_ code: CURLcode) -> Result<Response, TransportFailure> {
        let isWhole = code == CURLE_OK || refusal == .bodyCut
        if isWhole, order.purpose == .inspection {
            return .success(Response(status: 0, timings: timings, connection: connection))
        }
        if isWhole, let response { return .success(response) }
        return .failure(failure(CurlFailure(code, of: self)))
    }

    /// What the caller gets when the loop ends the transfer itself.
    func outcome(_ kind: TransportFailure.Kind, _ message: String) -> Result<Response, TransportFailure> {
        .failure(failure(CurlFailure(kind, phase: phase, message: message)))
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
        if easy.time(CURLINFO_NAMELOOKUP_TIME_T) == nil { return .nameLookup }
        if easy.time(CURLINFO_CONNECT_TIME_T) == nil { return .connect }
        if let proxy, proxy.isTunnel(toHTTPS: isHTTPS), easy.long(CURLINFO_HTTP_CONNECTCODE) / 100 != 2 { return .proxy }
        return isHTTPS ? .tls : .connect
    }

    private var timings: Timings {
        let isReused = isReused
        func phaseEnd(_ name: CURLINFO) -> Duration? {
            // libcurl stamps the phases of a reused connection with the moment it was found; they took no time.
            easy.time(name).map { isReused ? .zero : $0 }
        }
        return Timings(
            nameLookup: phaseEnd(CURLINFO_NAMELOOKUP_TIME_T), connect: phaseEnd(CURLINFO_CONNECT_TIME_T),
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
            tls: handshake.session)
    }
}

extension Proxy {
    /// Says whether requests go through a tunnel that this proxy opens by HTTP's CONNECT.
    func isTunnel(toHTTPS isHTTPS: Bool) -> Bool {
        switch scheme {
        case .http, .https: isHTTPS
        case .socks5, .socks5h: false
        }
    }
}
