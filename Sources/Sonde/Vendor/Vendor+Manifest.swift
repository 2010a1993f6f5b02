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
            "query", "scopes", "endpoints", "probe_models", "inference", "headers", "signs", "advice", "links", "support", "status_page",
            "edge_trace", "identifiers", "model_prefixes", "verified",
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
        inference = try InferenceRules(root.optionalMember("inference"))
        responseHeaders = try ResponseHeaders(root.optionalMember("headers"))
        signs = try (root.optionalArray("signs") ?? []).map { (reader) throws(JSONError) in try Sign(reader) }
        let named = responseHeaders.requestID + responseHeaders.edge + responseHeaders.keep + signs.flatMap { $0.when.headers.map(\.name) }
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
            "path", "below_origin", "key_header", "needs_key", "proves_key", "balance", "inconclusive_for",
        ])
        path = try object.string("path")
        guard path.hasPrefix("/") else { throw object.error("a path begins with a slash", at: "path") }
        isBelowOrigin = try object.optionalBool("below_origin") ?? false
        keyHeader = try object.optionalString("key_header")
        needsKey = try object.optionalBool("needs_key") ?? true
        provesKey = try object.optionalBool("proves_key") ?? false
        inconclusiveFor = try object.optionalStrings("inconclusive_for") ?? []
        balance = try object.optionalMember("balance").map { (reader) throws(JSONError) in
            let fields = try reader.object(allowing: ["remaining", "used", "currency", "currency_field"])
            return try Vendor.BalanceFields(
                remaining: fields.optionalString("remaining"), used: fields.optionalString("used"),
                currency: fields.optionalString("currency") ?? "USD", currencyField: fields.optionalString("currency_field"))
        }
    }
}

extension Vendor.InferenceRules {
    init(_ reader: JSONReader?) throws(JSONError) {
        let object = try reader?.object(allowing: ["form", "token_limit_field", "token_limit", "extra_body"])
        form = try object?.optionalChoice("form") ?? .chat
        tokenLimitField = try object?.optionalString("token_limit_field") ?? (form == .chat ? "max_tokens" : "max_output_tokens")
        tokenLimit = try object?.optionalInt("token_limit", in: 1...64) ?? 16
        extraBody = try object?.optionalMember("extra_body")?.object() ?? JSON.Object()
    }
}

extension Vendor.ResponseHeaders {
    init(_ reader: JSONReader?) throws(JSONError) {
        let object = try reader?.object(allowing: ["request_id", "edge", "keep", "normal"])
        requestID = try object?.optionalStrings("request_id") ?? ["x-request-id"]
        edge = try object?.optionalStrings("edge") ?? []
        keep = try object?.optionalStrings("keep") ?? []
        normal = try object?.optionalStrings("normal") ?? []
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
