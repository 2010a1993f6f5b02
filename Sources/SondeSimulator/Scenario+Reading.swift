public import SondeJSON

extension Scenario {
    /// Reads a scenario from the bytes of a file.
    ///
    /// - Throws: ``JSONError`` with path, line and column of the first thing that is wrong, and how to mend it.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        do {
            self = try Scenario(reading: JSONReader(try JSON.parse(bytes)))
        } catch {
            throw error.located(in: bytes)
        }
    }

    private init(reading top: JSONReader) throws(JSONError) {
        let reader = try top.object(allowing: [
            "name", "summary", "vendor", "base_path", "key", "model", "also", "expect", "arguments", "otherwise", "headers",
            "routes", "not_found",
        ])
        name = try reader.string("name")
        guard !name.isEmpty, name.utf8.allSatisfy({ $0.isLowercaseOrDigit || $0 == UInt8(ascii: "-") }) else {
            throw reader.error("a name has lower-case letters, digits and \"-\" only", at: "name")
        }
        summary = try reader.nonEmptyString("summary")
        basePath = try reader.optionalString("base_path") ?? ""
        guard basePath.isEmpty || (basePath.hasPrefix("/") && !basePath.hasSuffix("/")) else {
            throw reader.error("a base path begins with \"/\" and does not end with it; write \"\" for none", at: "base_path")
        }
        let others = try reader.optionalArray("also") ?? []
        callers =
            [try Caller(reading: reader)]
            + (try others.map { (other) throws(JSONError) in
                try Caller(reading: try other.object(allowing: ["vendor", "key", "model"]))
            })
        expect = try reader.nonEmptyString("expect")
        arguments = try reader.optionalStrings("arguments") ?? []

        let ownHeaders = try reader.headerChanges("headers")
        let ownRoutes = try reader.array("routes").map { (route) throws(JSONError) in try Route(reading: route) }
        let ownNotFound = try reader.optionalMember("not_found").map { (answer) throws(JSONError) in try Answer(reading: answer) }
        let base = try Self.base(of: reader)
        headers = (base?.headers ?? []) + ownHeaders
        routes = ownRoutes + (base?.routes ?? [])
        notFound = ownNotFound ?? base?.notFound ?? .invalidURL
    }

    /// The built-in scenario that `otherwise` names.
    private static func base(of reader: JSONReader) throws(JSONError) -> Scenario? {
        guard let name = try reader.optionalString("otherwise") else { return nil }
        // One that leans on another itself could lean on this one.
        guard let bytes = builtInBytes(name), name == standalone else {
            throw reader.error(
                "only \"\(standalone)\" can answer otherwise; write that, or leave \"otherwise\" out", at: "otherwise")
        }
        return try Scenario(reading: JSONReader(try JSON.parse(bytes)))
    }

    /// The one built-in scenario that others lean on, and that leans on none.
    private static let standalone = "healthy"
}

extension Scenario.Caller {
    fileprivate init(reading reader: JSONReader) throws(JSONError) {
        vendor = try reader.nonEmptyString("vendor")
        model = try reader.nonEmptyString("model")
        guard try reader.member("key").value != .null else {
            key = nil
            return
        }
        let key = try reader.string("key")
        guard key.contains("DEMO"), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw reader.error(
                "a scenario's key is made up and says so: it contains \"DEMO\", without blanks or letters beyond ASCII", at: "key")
        }
        self.key = key
    }
}

extension Scenario.Answer {
    /// The answer of OpenAI to a path it does not have.
    fileprivate static var invalidURL: Scenario.Answer {
        let message = Template(parts: [.text("Invalid URL ("), .place(.method), .text(" "), .place(.path), .text(")")])
        let error = TemplateJSON.object([
            .init(key: "message", value: .string(message)),
            .init(key: "type", value: .fixed("invalid_request_error")),
            .init(key: "param", value: .fixed(.null)),
            .init(key: "code", value: .fixed(.null)),
        ])
        return Scenario.Answer(status: 404, content: .json(.object([.init(key: "error", value: error)])))
    }
}

extension UInt8 {
    fileprivate var isLowercaseOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
