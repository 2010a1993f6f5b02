import Sonde

/// Picks the facts of a connection from what libcurl tells a listener while it makes one.
///
/// libcurl's own record of certificates (`CURLOPT_CERTINFO`) prints the whole chain with keys and PEM text: 0.13 ms a
/// handshake, a tenth of all there is to do for one. These lines cost next to nothing, and hold what no question to libcurl
/// answers: the version of TLS, and when TCP was connected if the handshake then never ended.
struct ConnectionReader {
    /// When TCP was connected, to the server or a proxy; nil before, and on a reused connection.
    private(set) var connected: Duration?
    /// Says whether it waited for a connection that another transfer was making.
    private(set) var hasWaited = false
    /// Says whether a byte of TLS has gone out.
    private(set) var hasBegunTLS = false
    private var version: String?
    private var certificate = Certificate(subject: "", issuer: "")
    /// Says whether the lines are about the server's certificate, not a proxy's.
    private var isAboutServer = false

    /// What the handshake showed; nil when there was none, as on a reused connection.
    var session: TLSSession? {
        guard version != nil || isAboutServer else { return nil }
        return TLSSession(version: version, certificate: isAboutServer ? certificate : nil)
    }

    mutating func noteTLS() { hasBegunTLS = true }

    /// Takes in one line, which may quote the server's certificate, but only after libcurl's own first words.
    mutating func take(_ line: UnsafeRawBufferPointer, at offset: Duration) {
        if unsafe line.text(after: "Connected to ") != nil {
            connected = offset
        } else if unsafe line.text(after: "Server doesn't support multi") != nil {
            // The only words for it; without them a wait reads as time spent on the name.
            hasWaited = true
        } else if let text = unsafe line.text(after: "SSL connection using ") {
            // SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
            version = String(text.prefix { $0 != " " })
        } else if unsafe line.text(after: "Server certificate:") != nil {
            isAboutServer = true
        } else if unsafe line.text(after: "Proxy certificate:") != nil {
            isAboutServer = false
        } else if isAboutServer {
            if let text = unsafe line.text(after: "subject: ") { certificate.subject = text }
            if let text = unsafe line.text(after: "issuer: ") { certificate.issuer = text }
            if let text = unsafe line.text(after: "start date: ") { certificate.notBefore = Timestamp(httpDate: text) }
            if let text = unsafe line.text(after: "expire date: ") { certificate.notAfter = Timestamp(httpDate: text) }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// What follows `start` at the beginning of this line, blanks before it and the line end left out; nil when it begins otherwise.
    fileprivate func text(after start: StaticString) -> String? {
        var rest = unsafe self[...]
        while unsafe rest.first == UInt8(ascii: " ") { unsafe rest.removeFirst() }
        guard unsafe rest.starts(with: UnsafeRawBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount)) else { return nil }
        unsafe rest.removeFirst(start.utf8CodeUnitCount)
        while unsafe rest.last == UInt8(ascii: "\n") { unsafe rest.removeLast() }
        return unsafe String(decoding: rest, as: UTF8.self)
    }
}
