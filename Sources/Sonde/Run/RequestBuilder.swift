import SondeJSON

/// Makes the request of a probe: the only place where a key meets a URL.
struct RequestBuilder: Sendable {
    let target: Target
    let limits: RunLimits
    /// The random tail of the made-up key, so that no log mistakes two runs for one.
    let controlTail: String

    func request(for probe: Probe) -> Request {
        var headers = probe.asksAPI ? headers(for: probe) : []
        let isStream = probe.kind == .streaming
        headers.append(Request.Header("Accept", .plain(isStream ? "text/event-stream, application/json" : "application/json")))
        headers.append(Request.Header("User-Agent", .plain("sonde/\(Tool.version)")))
        var body: [UInt8]?
        if probe.generates {
            headers.append(Request.Header("Content-Type", .plain("application/json")))
            body = Array(JSON.object(self.body(for: probe)).text().utf8)
        }
        return Request(
            probe.method, target.url(of: probe), headers: headers, body: body, limits: limits(for: probe), plainHTTP: limits.plainHTTP)
    }

    /// What is meant for the API alone: the vendor's headers, the key, the scopes, and what the user added.
    private func headers(for probe: Probe) -> [Request.Header] {
        let headers = target.plannedHeaders(for: probe).compactMap { planned -> Request.Header? in
            switch planned.value {
            case .plain(let text): Request.Header(planned.name, .plain(text))
            case .key(let prefix): key(for: probe).map { Request.Header(planned.name, .secret(prefix: prefix, $0)) }
            case .scope(let scope): target.scopes[scope.scope].map { Request.Header(planned.name, .plain($0)) }
            }
        }
        // They may carry a credential, too: what is asked without the key, or with a made-up one, must not be let in by them.
        return probe.keyUse == .own ? headers + target.headers : headers
    }

    /// The way it takes: the target's, but with nothing of it that was meant for the target's host alone.
    func route(for probe: Probe) -> Route {
        guard case .elsewhere = probe.place else { return target.route }
        var route = target.route
        (route.clientCertificate, route.resolve, route.connectTo) = (nil, [], [])
        return route
    }

    /// Longest wait for an answer from somebody who was asked aside.
    private static let asideLimit = Duration.seconds(5)

    func limits(for probe: Probe) -> Request.Limits {
        var limit = Request.Limits()
        limit.connect = limits.connect
        limit.total = probe.generates ? limits.inference : limits.total
        if !probe.asksAPI { limit.total = min(limit.total, Self.asideLimit) }
        if probe.endpoint == .models, probe.asksAPI { limit.bodyBytes = 8 << 20 }
        return limit
    }

    /// What a report says of the request. A bare handshake is no request: its method is `TLS`.
    func sent(for probe: Probe) -> Exchange.SentRequest {
        guard probe.kind != .handshake else { return Exchange.SentRequest(method: "TLS", url: handshakeURL, keyUse: keyUse(for: probe)) }
        // A bare `nil` would be the JSON value null.
        let body: JSON? = probe.generates ? sentBody(for: probe) : Optional.none
        return Exchange.SentRequest(method: probe.method.rawValue, url: target.url(of: probe), keyUse: keyUse(for: probe), body: body)
    }

    /// Our own body as it is; of the user's only its model and its size, since it may hold anything.
    private func sentBody(for probe: Probe) -> JSON {
        guard let custom = limits.customBody, probe.endpoint == .inference, probe.kind != .badField else {
            return .object(body(for: probe))
        }
        var kept = JSON.Object()
        if let model = custom["model"]?.stringValue { kept.append("model", .string(model)) }
        kept.append("custom_bytes", .integer(Int64(JSON.object(custom).text().utf8.count)))
        return .object(kept)
    }

    /// The URL whose host is asked for its certificate.
    var handshakeURL: String { target.baseURL.text }

    private func body(for probe: Probe) -> JSON.Object {
        if probe.kind == .badField { return spoiledBody(for: probe) }
        if var body = limits.customBody, probe.endpoint == .inference {
            if probe.kind == .streaming { body["stream"] = true }
            return body
        }
        var vendor = target.vendor
        if let shape = probe.shape { vendor.inference = vendor.inference.with(shape) }
        if probe.kind == .streaming {
            return target.provider.streamBody(model: probe.model ?? target.model ?? "", vendor: vendor, asksUsage: !probe.omitsUsage)
        }
        return target.provider.requestBody(for: probe.endpoint, model: probe.model ?? target.model ?? "", vendor: vendor)
    }

    /// Our own request, whatever the user's, with a number where the conversation should stand: free of charge wherever it is looked at.
    private func spoiledBody(for probe: Probe) -> JSON.Object {
        var body = target.provider.requestBody(for: probe.endpoint, model: probe.model ?? target.model ?? "", vendor: target.vendor)
        for field in ["messages", "input"] where body[field] != nil { body[field] = 0 }
        return body
    }

    private func keyUse(for probe: Probe) -> Probe.KeyUse {
        probe.keyUse == .own && target.credential == nil ? .none : probe.keyUse
    }

    private func key(for probe: Probe) -> Secret? {
        switch probe.keyUse {
        case .own: target.credential?.secret
        case .madeUp: Secret(Self.control(for: target.vendor, tail: controlTail))
        case .none, .untold: nil
        }
    }

    /// A key that is well formed and says what it is.
    static func control(for vendor: Vendor, tail: String) -> String { vendor.key.controlPrefix + vendor.key.controlText(tail: tail) }
}
