import SondeJSON

extension Exchange {
    /// Reads one exchange of a saved report; its reading is left to an ``AnswerReader``.
    init(saved reader: JSONReader) throws(JSONError) {
        let request = try reader.member("request")
        let kind: Probe.Kind = try reader.choice("probe")
        let probe = Probe(
            kind, endpoint: try request.optionalChoice("endpoint") ?? kind.usualEndpoint, model: try request.optionalText("model"),
            variant: try request.optionalText("variant"), place: try Probe.Place(saved: request, kind),
            shape: try request.optionalMember("token_limit").map { (reader) throws(JSONError) in
                InferenceShape(
                    tokenLimitField: try reader.optionalText("field"),
                    tokenLimit: try reader.int("limit", in: 1...ReportLimits.count.upperBound))
            })
        self.init(
            probe: probe, attempt: try reader.optionalInt("attempt", in: 1...1000) ?? 1, request: try SentRequest(saved: request),
            startedAt: try reader.time("started_at"), outcome: try Self.outcome(reader, kind),
            timings: try reader.optionalMember("timings_ms").map { (reader) throws(JSONError) in try Timings(saved: reader) } ?? Timings(),
            connection: try reader.optionalMember("connection").map { (reader) throws(JSONError) in try Connection(saved: reader) }
                ?? Connection())
        isCarried = try reader.optionalBool("carried") ?? false
    }

    private static func outcome(_ reader: JSONReader, _ kind: Probe.Kind) throws(JSONError) -> Outcome {
        switch (try reader.optionalMember("response"), try reader.optionalMember("transport_error")) {
        case (let response?, nil): return .answer(try Answer(saved: response))
        case (nil, let failure?): return .failure(try Failure(saved: failure))
        case (nil, nil) where kind == .handshake: return .handshake
        case (nil, nil): throw reader.error("neither a response nor a transport_error; one of them is needed")
        case (_?, _?): throw reader.error("both a response and a transport_error; only one of them can be")
        }
    }
}

extension Probe.Place {
    fileprivate init(saved request: JSONReader, _ kind: Probe.Kind) throws(JSONError) {
        let url = try request.optionalText("url") ?? ""
        switch kind {
        case .statusPage: self = .elsewhere(url: url)
        case .edgeTrace:
            self = .path(
                url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).first.map { "/" + $0 } ?? "/")
        case .baseURL: self = .below(path: try request.optionalText("base_path") ?? "")
        default: self = .target
        }
    }
}

extension Probe.Kind {
    /// The endpoint, where a report does not tell it.
    fileprivate var usualEndpoint: Vendor.EndpointName {
        switch self {
        case .models, .baseURL, .handshake, .edgeTrace, .statusPage: .models
        case .key, .badKey, .noKey: .key
        case .balance: .balance
        case .inference, .otherModel, .streaming, .badField: .inference
        case .otherAPI, .responses: .responses
        case .embeddings: .embeddings
        }
    }
}

extension Exchange.SentRequest {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            method: try reader.optionalText("method") ?? "", url: try reader.optionalText("url") ?? "", keyUse: try reader.choice("key"),
            body: try reader.optionalMember("body")?.value)
    }
}

extension Exchange.Failure {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            kind: try reader.choice("kind"), phase: try reader.optionalChoice("phase"),
            curlCode: try reader.optionalInt("curl_code", in: 0...10_000) ?? 0,
            message: try reader.text("message"), status: try reader.optionalInt("status", in: 0...999),
            proxyStatus: try reader.optionalInt("proxy_status", in: 0...999))
    }
}

extension Answer {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        let body = try reader.member("body")
        let headers = try reader.optionalMember("headers")?.members() ?? []
        guard headers.count <= ReportLimits.elements else { throw reader.error("more than \(ReportLimits.elements) fields", at: "headers") }
        self.init(
            status: try reader.int("status", in: 0...999), httpVersion: try reader.optionalText("http_version") ?? "",
            headers: Headers(try headers.map { (field) throws(JSONError) in HeaderField(field.key, try field.value.text()) }),
            bodyKind: try body.choice("kind"), bodyBytes: try body.optionalInt("bytes", in: ReportLimits.count) ?? 0,
            isBodyCut: try body.optionalBool("cut") ?? false,
            errors: try body.elements("errors").map { (layer) throws(JSONError) in try ErrorLayer(saved: layer) },
            title: try body.optionalText("title"), excerpt: try body.optionalText("excerpt"), facts: try Facts(saved: body),
            keptBody: try body.optionalText("text", limit: ReportLimits.body))
    }
}

extension ErrorLayer {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            message: try reader.optionalText("message"), type: try reader.optionalText("type"), code: try reader.optionalText("code"),
            param: try reader.optionalText("param"), origin: try reader.optionalText("origin"))
    }
}

extension Facts {
    fileprivate init(saved body: JSONReader) throws(JSONError) {
        self.init()
        if let reader = try body.optionalMember("models") {
            let ids = try reader.elements("ids", limit: ReportLimits.names).map { (id) throws(JSONError) in try id.text() }
            let prices = try body.elements("prices").map { (price) throws(JSONError) in (try price.text("model"), try Price(saved: price)) }
            models = Models(
                count: try reader.int("count", in: ReportLimits.count), ids: ids,
                prices: Dictionary(prices, uniquingKeysWith: { first, _ in first }))
        }
        if let reader = try body.optionalMember("inference") {
            inference = Inference(
                model: try reader.optionalText("model"), finishReason: try reader.optionalText("finish_reason"),
                hasText: try reader.bool("has_text"),
                inputTokens: try reader.optionalInt("input_tokens", in: ReportLimits.count),
                outputTokens: try reader.optionalInt("output_tokens", in: ReportLimits.count))
            inference?.cost = try reader.optionalNumber("cost_usd")
        }
        if let reader = try body.optionalMember("embedding") {
            embedding = Embedding(
                dimensions: try reader.int("dimensions", in: ReportLimits.count),
                inputTokens: try reader.optionalInt("input_tokens", in: ReportLimits.count))
            embedding?.cost = try reader.optionalNumber("cost_usd")
        }
        stream = try body.optionalMember("stream").map { (reader) throws(JSONError) in try Stream(saved: reader) }
        if try body.optionalMember("status_page") != nil {
            status = Status(
                components: try body.elements("status_page").map { (component) throws(JSONError) in
                    Status.Component(name: try component.text("name"), state: try component.text("state"))
                })
        }
        country = try body.optionalText("egress_country")
        egress = try body.optionalText("egress_address")
        if let reader = try body.optionalMember("balance") {
            balance = Balance(
                remaining: try reader.optionalNumber("remaining"), used: try reader.optionalNumber("used"),
                currency: try reader.text("currency"))
            balance?.granted = try reader.optionalNumber("granted")
            balance?.bought = try reader.optionalNumber("bought")
            balance?.isFreeTier = try reader.optionalBool("free_tier")
        }
    }
}

extension Facts.Stream {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init()
        events = try reader.int("events", in: ReportLimits.count)
        pieces = try reader.int("pieces", in: ReportLimits.count)
        broken = try reader.int("broken", in: ReportLimits.count)
        isEnded = try reader.bool("ended")
        isAtOnce = try reader.optionalBool("at_once") ?? false
        tokens = try reader.optionalInt("tokens", in: ReportLimits.count)
        firstToken = try reader.phase("time_to_first_token_ms")
        generation = try reader.phase("generation_ms")
    }
}

extension Price {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            input: try reader.optionalNumber("input_usd_per_token") ?? 0, output: try reader.optionalNumber("output_usd_per_token") ?? 0,
            request: try reader.optionalNumber("request_usd") ?? 0)
    }
}

extension Connection {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            peerAddress: try reader.optionalText("peer_address"), peerPort: try reader.optionalInt("peer_port", in: 0...65_535),
            localAddress: try reader.optionalText("local_address"), isReused: try reader.optionalBool("reused") ?? false)
        guard let session = try reader.optionalMember("tls") else { return }
        var certificate: Certificate?
        if let subject = try session.optionalText("subject") {
            certificate = Certificate(subject: subject, issuer: try session.text("issuer"), notAfter: try session.optionalTime("not_after"))
        }
        tls = TLSSession(version: try session.optionalText("version"), certificate: certificate)
    }
}

extension Timings {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            nameLookup: try reader.phase("dns"), connect: try reader.phase("connect"), tls: try reader.phase("tls"),
            pretransfer: try reader.phase("pretransfer"), firstByte: try reader.phase("first_byte"),
            total: try reader.phase("total") ?? .zero)
    }
}

extension JSONReader {
    /// Milliseconds with a fraction.
    fileprivate func phase(_ key: String) throws(JSONError) -> Duration? {
        guard let number = try optionalNumber(key) else { return nil }
        guard (0...1e12).contains(number) else { throw error("expected a number from 0 to 1e12", at: key) }
        return .microseconds(Int64((number * 1000).rounded()))
    }
}
