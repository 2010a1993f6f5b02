import Sonde

extension Transfer {
    /// Why the request must not be sent as it is written, or nil.
    ///
    /// Messages name the header, never its value.
    var objection: TransportFailure? {
        let (request, route) = (order.request, order.route)
        func unsendable(_ message: String) -> TransportFailure { TransportFailure(.unsendable, message: message) }

        guard request.isHTTPS || request.isHTTP else { return unsendable("The URL begins with neither https:// nor http://") }
        guard request.url.utf8.allSatisfy({ !$0.isControl && $0 != 0x20 }) else {
            return unsendable("The URL holds a blank or a control character; percent-encode it")
        }
        for header in request.headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(\.isHeaderNameCharacter) else {
                return unsendable("A header's name holds a character that no name may hold")
            }
            guard header.value.isFreeOfControls else {
                return unsendable("The value of the header \(header.name) holds a line end or another control character")
            }
        }
        if case .environment = route.proxy { return unsendable("The proxy rule of the route was not resolved for this host") }
        if let credentials = proxy?.credentials, !credentials.reveal({ $0.allSatisfy { !$0.isControl } }) {
            return unsendable("The proxy's user name or password holds a control character")
        }
        if let proxy, request.isHTTP, request.plainHTTP != .anywhere {
            return TransportFailure(
                .plainHTTPRefused, phase: .proxy,
                message: "Plain http through the proxy \(proxy.display) would show the request to it; nothing was sent")
        }
        let texts = [
            proxy?.host, route.interface, route.certificateAuthorities, route.clientCertificate?.certificate, route.clientCertificate?.key,
        ]
        guard (texts.compactMap(\.self) + route.resolve + route.connectTo).allSatisfy({ $0.utf8.allSatisfy { !$0.isControl } }) else {
            return unsendable("The route \(route.name) holds a control character in one of its values")
        }
        return nil
    }
}

extension Request.HeaderValue {
    fileprivate var isFreeOfControls: Bool {
        switch self {
        case .plain(let value): value.utf8.allSatisfy { !$0.isControl }
        case .secret(let prefix, let secret):
            prefix.utf8.allSatisfy { !$0.isControl } && secret.reveal { $0.allSatisfy { !$0.isControl } }
        }
    }
}

extension UInt8 {
    /// The characters of a token (RFC 9110 section 5.6.2).
    fileprivate var isHeaderNameCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
