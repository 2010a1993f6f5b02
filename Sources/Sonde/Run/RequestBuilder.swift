import SondeJSON

/// Makes the request of a probe: the only place where a key meets a URL.
struct RequestBuilder: Sendable {
    let target: Target
    let limits: RunLimits
    /// The random tail of the made-up key, so that no log mistakes two runs for one.
    let controlTail: String

    func request(for probe: Probe) -> Request {
        let vendor = target.vendor
        var headers = vendor.requestHeaders.map { Request.Header($0.name, .plain($0.value)) }
        headers.append(Request.Header("Accept", .plain("application/json")))
        headers.append(Request.Header("User-Agent", .plain("sonde/\(Tool.version)")))
        if let key = key(for: probe) {
            let own = vendor.endpoints[probe.endpoint]?.keyHeader
            headers.append(Request.Header(own ?? vendor.key.header, .secret(prefix: own == nil ? vendor.key.headerPrefix : "", key)))
        }
        for scope in vendor.scopes {
            if let value = target.scopes[scope.scope] { headers.append(Request.Header(scope.header, .plain(value))) }
        }
        // They may carry a credential, too: what is asked without the key, or with a made-up one, must not be let in by them.
        if probe.keyUse == .own { headers += target.headers }
        var body: [UInt8]?
        if probe.endpoint == .inference {
            headers.append(Request.Header("Content-Type", .plain("application/json")))
            body = Array(JSON.object(self.body(for: probe)).text().utf8)
        }
        return Request(method(of: probe), url(of: probe), headers: headers, body: body, limits: limits(for: probe), plainHTTP: limits.plainHTTP)
    }

    func limits(for probe: Probe) -> Request.Limits {
        var limit = Request.Limits()
        limit.connect = limits.connect
        limit.total = probe.endpoint == .inference ? limits.inference : limits.total
        if probe.endpoint == .models { limit.bodyBytes = 8 << 20 }
        return limit
    }

    /// What a report says of the request. A bare handshake is no request: its method is `TLS`.
    func sent(for probe: Probe) -> Exchange.SentRequest {
        guard probe.kind != .handshake else { return Exchange.SentRequest(method: "TLS", url: handshakeURL, keyUse: keyUse(for: probe)) }
        // A bare `nil` would be the JSON value null.
        let body: JSON? = probe.endpoint == .inference ? sentBody(for: probe) : Optional.none
        return Exchange.SentRequest(method: method(of: probe).rawValue, url: url(of: probe), keyUse: keyUse(for: probe), body: body)
    }

    /// Our own body as it is; of the user's only its model and its size, since it may hold anything.
    private func sentBody(for probe: Probe) -> JSON {
        guard let custom = limits.customBody else { return .object(body(for: probe)) }
        var kept = JSON.Object()
        if let model = custom["model"]?.stringValue { kept.append("model", .string(model)) }
        kept.append("custom_bytes", .integer(Int64(JSON.object(custom).text().utf8.count)))
        return .object(kept)
    }

    /// The URL whose host is asked for its certificate.
    var handshakeURL: String { target.baseURL.text }

    private func method(of probe: Probe) -> Request.Method { probe.endpoint == .inference ? .post : .get }

    private func url(of probe: Probe) -> String { target.url(of: probe.endpoint) }

    private func body(for probe: Probe) -> JSON.Object {
        limits.customBody ?? target.provider.inferenceBody(model: probe.model ?? target.model ?? "", vendor: target.vendor)
    }

    private func keyUse(for probe: Probe) -> Probe.KeyUse {
        probe.keyUse == .own && target.credential == nil ? .none : probe.keyUse
    }

    private func key(for probe: Probe) -> Secret? {
        switch probe.keyUse {
        case .own: target.credential?.secret
        case .madeUp: Secret(Self.control(for: target.vendor, tail: controlTail))
        case .none: nil
        }
    }

    /// A key that is well formed and says what it is.
    static func control(for vendor: Vendor, tail: String) -> String {
        let text = vendor.key.controlPrefix + "SONDE0CONTROL0NOT0A0KEY" + tail
        return text.utf8.count >= vendor.key.minimumLength
            ? text : text + String(repeating: "0", count: vendor.key.minimumLength - text.utf8.count)
    }
}
