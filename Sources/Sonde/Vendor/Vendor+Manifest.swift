public import SondeJSON

extension Vendor {
    /// Reads a vendor manifest, strictly: unknown keys and impossible values are errors that name their place.
    ///
    /// The format is described in `Profiles/vendor.schema.json`.
    public init(_ manifest: JSONReader) throws(JSONError) {
        try manifest.refuseControlCharacters()
        let root = try manifest.object(allowing: [
            "$schema", "id", "name", "aliases", "provider", "kind", "base_url", "base_url_variables", "base_url_env", "base_paths", "hosts",
            "key", "request_headers",
            "query", "scopes", "endpoints", "probe_models", "prices", "inference", "headers", "signs", "advice", "links", "support",
            "status_page", "edge_trace", "identifiers", "model_prefixes", "verified",
        ])
        id = try root.string("id")
        name = try root.string("name")
        aliases = try root.optionalStrings("aliases") ?? []
        provider = try root.string("provider")
        kind = try root.choice("kind")
        let address = try root.optionalMember("base_url")
        if let address, address.value.stringValue?.contains("{") == true {
            baseURLTemplate = try BaseURLTemplate(address, variables: root.optionalMember("base_url_variables"))
        } else {
            baseURL = try address.map { (reader) throws(JSONError) in try BaseURL(reader) }
        }
        baseURLVariables = try root.optionalStrings("base_url_env") ?? []
        basePaths = try root.optionalStrings("base_paths") ?? ["/v1", "/api/v1"]
        hosts = try root.optionalStrings("hosts") ?? []
        key = try KeyRules(root.member("key"))
        requestHeaders = try (root.optionalStringMap("request_headers") ?? []).map { HeaderField($0.key, $0.value) }
        query = try (root.optionalArray("query") ?? []).map { (reader) throws(JSONError) in try QueryItem(reader) }
        scopes = try (root.optionalArray("scopes") ?? []).map { (reader) throws(JSONError) in try ScopeHeader(reader) }
        endpoints = [:]
        for (name, reader) in try root.member("endpoints").members() {
            guard let endpoint = EndpointName(rawValue: name) else {
                throw reader.error(
                    "\"\(name)\" is no endpoint; use one of \(EndpointName.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            endpoints[endpoint] = try Endpoint(reader)
        }
        probeModels = try root.optionalStrings("probe_models") ?? []
        modelPrefixes = [:]
        for (id, prefix) in try root.optionalStringMap("model_prefixes") ?? [] {
            guard prefix.hasSuffix("/") else { throw root.error("what stands in front of a model ends with a slash", at: "model_prefixes") }
            modelPrefixes[id] = prefix
        }
        prices = try (root.optionalArray("prices") ?? []).map { (reader) throws(JSONError) in try ListedPrice(reader) }
        inference = try InferenceRules(root.optionalMember("inference"))
        responseHeaders = try ResponseHeaders(root.optionalMember("headers"))
        signs = try (root.optionalArray("signs") ?? []).map { (reader) throws(JSONError) in try Sign(reader) }
        let named =
            responseHeaders.requestID + responseHeaders.edge + responseHeaders.keep + signs.flatMap { $0.when.headers.map(\.name) }
            + responseHeaders.rateLimits.flatMap { [$0.limit, $0.remaining, $0.reset].compactMap(\.self) }
            + [inference.costHeader].compactMap(\.self)
        keptHeaders = Set(named.map { $0.lowercased() })
        advice = [:]
        for (key, reader) in try root.optionalMember("advice")?.members() ?? [] { advice[key] = try Advice(reader) }
        links = [:]
        for (key, link) in try root.optionalStringMap("links") ?? [] { links[key] = link }
        support = try root.optionalMember("support").map { (reader) throws(JSONError) in try Support(reader) }
        statusPage = try root.optionalMember("status_page").map { (reader) throws(JSONError) in try StatusPage(reader) }
        edgeTrace = try root.optionalString("edge_trace")
        guard edgeTrace?.hasPrefix("/") ?? true else { throw root.error("a path begins with a slash", at: "edge_trace") }
        identifiers = try (root.optionalArray("identifiers") ?? []).map { (reader) throws(JSONError) in try Pattern(reader) }
        verified = try Verified(root.member("verified"))
    }
}

extension BaseURL {
    init(_ reader: JSONReader) throws(JSONError) {
        do {
            try self.init(parsing: reader.string())
        } catch let error as Invalid {
            throw reader.error(error.message)
        } catch let error as JSONError {
            throw error
        } catch {
            throw reader.error("not a base URL")
        }
    }
}

extension KeyRules {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: [
            "env", "near_misses", "prefixes", "distinctive", "header", "header_prefix", "optional", "loopback", "min_length",
            "control_prefix",
            "tokens",
        ])
        variables = try object.optionalStrings("env") ?? []
        nearMisses = try object.optionalStrings("near_misses") ?? []
        prefixes = try (object.optionalStrings("prefixes") ?? []).sorted { $0.utf8.count > $1.utf8.count }
        distinctivePrefixes = try object.optionalStrings("distinctive") ?? []
        header = try object.optionalString("header") ?? "Authorization"
        headerPrefix = try object.optionalString("header_prefix") ?? (header == "Authorization" ? "Bearer " : "")
        isOptional = try object.optionalBool("optional") ?? false
        isForLoopback = try object.optionalBool("loopback") ?? false
        minimumLength = try object.optionalInt("min_length", in: 1...512) ?? 1
        controlPrefix = try object.optionalString("control_prefix") ?? "sk-"
        tokens = try (object.optionalArray("tokens") ?? []).map { (token) throws(JSONError) in
            let fields = try token.object(allowing: ["name", "prefix"])
            return try Token(name: fields.string("name"), prefix: fields.string("prefix"))
        }
    }
}

extension Vendor.QueryItem {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["name", "value", "below"])
        name = try object.string("name")
        value = try object.string("value")
        below = try object.optionalString("below")
    }
}

extension Vendor.ScopeHeader {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["scope", "header", "env"])
        scope = try object.string("scope")
        header = try object.string("header")
        variables = try object.optionalStrings("env") ?? []
    }
}

extension Vendor.Endpoint {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: [
            "path", "below_origin", "key_header", "needs_key", "proves_key", "balance", "prices", "inconclusive_for",
        ])
        path = try object.string("path")
        guard path.hasPrefix("/") else { throw object.error("a path begins with a slash", at: "path") }
        isBelowOrigin = try object.optionalBool("below_origin") ?? false
        keyHeader = try object.optionalString("key_header")
        needsKey = try object.optionalBool("needs_key") ?? true
        provesKey = try object.optionalBool("proves_key") ?? false
        inconclusiveFor = try object.optionalStrings("inconclusive_for") ?? []
        balance = try object.optionalMember("balance").map { (reader) throws(JSONError) in
            let fields = try reader.object(allowing: [
                "of", "remaining", "used", "total", "granted", "bought", "free_tier", "currency", "currency_field",
            ])
            return try Vendor.BalanceFields(
                subject: fields.optionalChoice("of") ?? .account, remaining: fields.optionalString("remaining"),
                used: fields.optionalString("used"), total: fields.optionalString("total"), granted: fields.optionalString("granted"),
                bought: fields.optionalString("bought"), freeTier: fields.optionalString("free_tier"),
                currency: fields.optionalString("currency") ?? "USD", currencyField: fields.optionalString("currency_field"))
        }
        prices = try object.optionalMember("prices").map { (reader) throws(JSONError) in
            let fields = try reader.object(allowing: ["input", "output", "request"])
            return try Vendor.PriceFields(
                input: fields.string("input"), output: fields.optionalString("output"), request: fields.optionalString("request"))
        }
    }
}

extension Vendor.InferenceRules {
    init(_ reader: JSONReader?) throws(JSONError) {
        let object = try reader?.object(allowing: [
            "form", "token_limit_field", "token_limit", "extra_body", "cost_field", "cost_header",
        ])
        form = try object?.optionalChoice("form") ?? .chat
        tokenLimitField = try object?.optionalString("token_limit_field") ?? (form == .chat ? "max_tokens" : "max_output_tokens")
        tokenLimit = try object?.optionalInt("token_limit", in: 1...64) ?? 16
        extraBody = try object?.optionalMember("extra_body")?.object() ?? JSON.Object()
        costField = try object?.optionalString("cost_field")
        costHeader = try object?.optionalString("cost_header")
    }
}

extension Vendor.ResponseHeaders {
    init(_ reader: JSONReader?) throws(JSONError) {
        let object = try reader?.object(allowing: ["request_id", "edge", "keep", "normal", "rate_limits"])
        requestID = try object?.optionalStrings("request_id") ?? ["x-request-id"]
        edge = try object?.optionalStrings("edge") ?? []
        keep = try object?.optionalStrings("keep") ?? []
        normal = try object?.optionalStrings("normal") ?? []
        rateLimits =
            try object?.optionalArray("rate_limits")?.map { (reader) throws(JSONError) in try Vendor.RateLimitFields(reader) }
            ?? Vendor.RateLimitFields.usual
    }
}

extension Vendor.RateLimitFields {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["of", "limit", "remaining", "reset"])
        name = try object.string("of")
        limit = try object.optionalString("limit")
        remaining = try object.string("remaining")
        reset = try object.optionalString("reset")
    }

    /// The headers that most services copy.
    static let usual = ["requests", "tokens"].map { name in
        Self(
            name: name, limit: "x-ratelimit-limit-\(name)", remaining: "x-ratelimit-remaining-\(name)", reset: "x-ratelimit-reset-\(name)")
    }
}

extension Vendor.ListedPrice {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["model", "input_usd_per_million", "output_usd_per_million", "date", "source"])
        model = try object.string("model")
        price = Price(
            input: try object.amount("input_usd_per_million") / 1e6, output: try object.amount("output_usd_per_million") / 1e6)
        date = try object.string("date")
        source = try object.string("source")
    }
}

extension JSONReader {
    fileprivate func amount(_ key: String) throws(JSONError) -> Double {
        guard let number = try member(key).value.doubleValue, (0..<1e6).contains(number) else {
            throw error("expected a price: a number of US dollars from 0 up", at: key)
        }
        return number
    }
}

extension Vendor.Support {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["url", "asks_for"])
        url = try object.string("url")
        asksFor = try object.optionalStrings("asks_for") ?? []
    }
}

extension Vendor.StatusPage {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["url", "api", "components"])
        url = try object.string("url")
        api = try object.optionalString("api")
        components = try object.optionalStrings("components") ?? []
    }
}

extension Vendor.Verified {
    init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["date", "sources"])
        date = try object.string("date")
        sources = try object.strings("sources")
    }
}
