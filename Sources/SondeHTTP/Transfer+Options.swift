import CCurl
import Sonde

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Transfer {
    /// Sets every option, or says why this must not be sent.
    func configure(certificateAuthorities: String?) -> TransportFailure? {
        if let failure = objection { return failure }
        let request = order.request
        easy.set(CURLOPT_URL, to: request.url)
        easy.set(CURLOPT_PROTOCOLS_STR, to: isHTTPS ? "https" : "http")
        easy.set(CURLOPT_DISALLOW_USERNAME_IN_URL, to: 1)
        easy.set(CURLOPT_NOSIGNAL, to: 1)
        // Without it a name server that hangs blocks the loop past every limit; libcurl before 7.87 has no such option.
        easy.setIfKnown(CURLOPT_QUICK_EXIT, to: 1)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, to: request.limits.connect.wholeMilliseconds)
        easy.set(CURLOPT_TIMEOUT_MS, to: request.limits.total.wholeMilliseconds)
        unsafe easy.set(CURLOPT_SHARE, to: share.pointer)
        setCallbacks()
        setRoute()
        setTrust(order.route.certificateAuthorities ?? certificateAuthorities)
        if let proxy { set(proxy) } else { easy.set(CURLOPT_PROXY, to: "") }
        switch order.purpose {
        case .request: setRequest()
        case .inspection: setInspection()
        }
        guard let option = easy.refusedOption else { return nil }
        return TransportFailure(.unsendable, message: "libcurl does not take the value of its option \(option.rawValue)")
    }

    private func setRequest() {
        let request = order.request
        easy.set(CURLOPT_ACCEPT_ENCODING, to: "gzip, deflate")
        if isHTTPS { easy.set(CURLOPT_PIPEWAIT, to: 1) }
        // What libcurl would add by itself and nobody asked for.
        var unwanted = ["Accept"]
        if request.method == .post {
            easy.setBody(request.body ?? [])
            unwanted += ["Expect", "Content-Type"]
        } else if let body = request.body {
            easy.setBody(body)
            easy.set(CURLOPT_CUSTOMREQUEST, to: "GET")
            unwanted += ["Expect", "Content-Type"]
        }
        for name in unwanted where !request.headers.contains(where: { $0.name.equalsIgnoringCase(name) }) {
            headers.append("\(name):")
        }
        for header in request.headers {
            switch header.value {
            // A name with nothing after its colon would be taken out, not sent empty.
            case .plain(let value): headers.append(value.isEmpty ? "\(header.name);" : "\(header.name): \(value)")
            case .secret(let prefix, let secret): headers.append("\(header.name): \(prefix)", secret)
            }
        }
        easy.set(CURLOPT_HTTPHEADER, to: headers)
    }

    /// The one place with verification off: nothing is sent on this connection, and no other transfer gets it.
    private func setInspection() {
        easy.set(CURLOPT_CONNECT_ONLY, to: 1)
        easy.set(CURLOPT_SSL_VERIFYPEER, to: 0)
        easy.set(CURLOPT_SSL_VERIFYHOST, to: 0)
    }

    private func setRoute() {
        let route = order.route
        if let interface = route.interface { easy.set(CURLOPT_INTERFACE, to: Self.source(interface)) }
        switch route.family {
        case .any: break
        case .ipv4: easy.set(CURLOPT_IPRESOLVE, to: Int(CURL_IPRESOLVE_V4))
        case .ipv6: easy.set(CURLOPT_IPRESOLVE, to: Int(CURL_IPRESOLVE_V6))
        }
        if !route.resolve.isEmpty {
            resolve = TextList(route.resolve)
            easy.set(CURLOPT_RESOLVE, to: resolve)
        }
        if !route.connectTo.isEmpty {
            connectTo = TextList(route.connectTo)
            easy.set(CURLOPT_CONNECT_TO, to: connectTo)
        }
    }

    /// A source as libcurl is to read it, never as a name to look up: that would block the loop.
    private static func source(_ interface: String) -> String {
        if interface.hasPrefix("if!") || interface.hasPrefix("host!") { return interface }
        var address = in6_addr()
        // Big enough for either family; both calls write to the local variable only.
        let isAddress = unsafe inet_pton(AF_INET, interface, &address) == 1 || inet_pton(AF_INET6, interface, &address) == 1
        return (isAddress ? "host!" : "if!") + interface
    }

    private func setTrust(_ authorities: String?) {
        guard isHTTPS || proxy?.scheme == .https else { return }
        if let authorities {
            // A CA path, which distributions build in, would switch libcurl's cache of authorities off.
            easy.set(CURLOPT_CAINFO, to: authorities)
            easy.set(CURLOPT_CAPATH, to: nil)
        }
        if let client = order.route.clientCertificate {
            easy.set(CURLOPT_SSLCERT, to: client.certificate)
            if let key = client.key { easy.set(CURLOPT_SSLKEY, to: key) }
        }
        if proxy?.scheme == .https, let authorities {
            easy.set(CURLOPT_PROXY_CAINFO, to: authorities)
            easy.set(CURLOPT_PROXY_CAPATH, to: nil)
        }
    }

    private func set(_ proxy: Proxy) {
        easy.set(CURLOPT_PROXY, to: proxy.display)
        // Else libcurl would obey the `no_proxy` variable; whether this host gets a proxy was decided before.
        easy.set(CURLOPT_NOPROXY, to: "")
        // Our headers, the key among them, are for the server, never for the proxy's CONNECT.
        easy.set(CURLOPT_HEADEROPT, to: Int(CURLHEADER_SEPARATE))
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, to: 1)
        guard let credentials = proxy.credentials else { return }
        // libcurl takes user and password percent-encoded, split at the first colon.
        var isInPassword = false
        unsafe credentials.withErasedText(encode: { byte, text in
            if byte == UInt8(ascii: ":"), !isInPassword {
                isInPassword = true
                text.append(byte)
            } else if byte.isUnreserved {
                text.append(byte)
            } else {
                text.append(UInt8(ascii: "%"))
                text.append((byte >> 4).hexDigit)
                text.append((byte & 15).hexDigit)
            }
        }) { text in unsafe easy.set(CURLOPT_PROXYUSERPWD, toTextAt: text) }
    }
}

extension UInt8 {
    /// The characters that mean themselves in any part of a URL (RFC 3986 section 2.3).
    fileprivate var isUnreserved: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    /// The digit of a number below sixteen.
    fileprivate var hexDigit: UInt8 { self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "A") + self - 10 }
}

extension Duration {
    /// Rounded up, and at least one: libcurl takes zero for no limit at all.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
        guard !milliseconds.overflow, milliseconds.partialValue < Int64(Int32.max) - 1000 else { return Int(Int32.max) }
        return max(1, Int(milliseconds.partialValue + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
