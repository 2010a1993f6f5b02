public import SondeJSON

extension Recording {
    /// Reads one transcript: `{"id", "provider", "context": {…}, "exchanges": [{"probe", "method", "path", "status", "headers", "body",
    /// "transport_error"}]}`. Members it does not know, such as labels, are left alone.
    ///
    /// - Throws: `JSONError` for what has the wrong type.
    public init(transcript json: JSON) throws(JSONError) {
        let reader = JSONReader(json)
        _ = try reader.object()
        let context = try reader.optionalMember("context")
        self.init(
            id: try reader.optionalMember("id").map { (member) throws(JSONError) in try member.name() },
            vendor: try reader.optionalString("provider"),
            baseURL: try context?.optionalString("base_url"), host: try context?.optionalString("host"),
            keyPrefix: try context?.optionalString("key_prefix"),
            model: try context?.optionalString("model"))
        network = try context?.optionalString("network")
        let exchanges = try reader.array("exchanges")
        guard exchanges.count <= ReportLimits.elements else {
            throw reader.error("more than \(ReportLimits.elements) elements", at: "exchanges")
        }
        calls = try exchanges.map { (exchange) throws(JSONError) in try Call(exchange) }
    }
}

extension Recording.Call {
    fileprivate init(_ reader: JSONReader) throws(JSONError) {
        _ = try reader.object()
        var headers = Headers()
        for (name, value) in try reader.optionalMember("headers")?.members() ?? [] {
            if let text = value.value.stringValue ?? value.value.intValue.map(String.init) { headers.add(name, text) }
        }
        self.init(
            purpose: try reader.optionalString("probe"), method: try reader.optionalString("method"),
            path: try reader.optionalString("path"),
            status: try reader.optionalInt("status", in: 0...999), headers: headers,
            transportError: try reader.optionalString("transport_error"))
        guard let body = try reader.optionalMember("body")?.value else { return }
        self.body = body.stringValue.map { .text($0) } ?? .json(body)
    }
}

extension JSONReader {
    /// A name, also where it was written as a number.
    fileprivate func name() throws(JSONError) -> String {
        if let number = value.intValue { return String(number) }
        return try string()
    }
}
