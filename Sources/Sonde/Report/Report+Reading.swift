public import SondeJSON

extension Report {
    /// Reads a saved report and judges it again: its exchanges are read and weighed as if they had just come in.
    ///
    /// A report is untrusted input: every type is checked, every length limited. Members that are not known are left alone, since
    /// the format grows. What the report says itself of readings, checks and verdicts is not looked at.
    ///
    /// - Parameters:
    ///   - catalog: Knows the vendors that the report names.
    ///   - vendor: Takes the place of those that the report names.
    ///   - keepsUnknown: Takes targets of vendors that are not known as the report has them, instead of refusing it; they say so.
    ///   - takesVendor: Says whether the user can name another vendor with an option, for what an error advises.
    /// - Throws: `JSONError` with a path: no report, another version of it, or a member with the wrong type or size.
    public init(
        saved json: JSON, catalog: VendorCatalog, judge: Judge, vendor: Vendor? = nil, keepsUnknown: Bool = false,
        takesVendor: Bool = false
    ) throws(JSONError) {
        let reader = JSONReader(json)
        try Self.checkVersion(reader)
        let network = try reader.optionalMember("network")
        let tool = try reader.optionalMember("tool")
        let elements = try reader.array("targets")
        guard elements.count <= ReportLimits.targets else { throw reader.error("more than \(ReportLimits.targets) targets", at: "targets") }
        self.init(
            startedAt: try reader.time("started_at"), zoneOffsetSeconds: Self.zoneOffset(in: try reader.optionalString("local_time") ?? ""),
            duration: .milliseconds(try reader.optionalInt("duration_ms", in: ReportLimits.milliseconds) ?? 0),
            network: NetworkFacts(
                proxyVariables: try network?.optionalStrings("proxy_variables") ?? [], library: try tool?.optionalText("library") ?? ""),
            targets: try elements.map { (element) throws(JSONError) in
                try TargetResult(
                    saved: element, catalog: catalog, judge: judge, vendor: vendor, keepsUnknown: keepsUnknown, takesVendor: takesVendor)
            },
            interruption: try reader.optionalInt("exit_code").flatMap(Self.interruption),
            failsOnWarning: try reader.optionalString("fail_on") == "warn",
            exitsZero: try reader.optionalInt("exit_code") == 0)
        self.network.proxies = try network?.optionalStrings("proxies") ?? []
        self.network.tunnels = try network?.optionalStrings("vpn_interfaces") ?? []
        settings = try reader.elements("settings").map { (element) throws(JSONError) in try element.text() }
        if let recorded = try reader.optionalMember("recorded") {
            self.recorded = Recorded(unreadable: try recorded.optionalInt("unreadable", in: 0...Int(Int32.max)) ?? 0)
        }
        gate = try reader.optionalMember("gate").map { (reader) throws(JSONError) in try Gate(saved: reader) }
        if let comparison = try reader.optionalMember("comparison") {
            self.comparison = try Comparison(saved: comparison, results: targets)
        }
        system = try reader.optionalText("system") ?? ""
        includesIdentifiers = try reader.optionalBool("includes_identifiers") ?? false
    }

    /// Says whether a document claims to be a report, of whatever version.
    public static func isReport(_ json: JSON) -> Bool { json["schema_version"] != nil && json["targets"] != nil }

    private static func checkVersion(_ reader: JSONReader) throws(JSONError) {
        let version = try reader.int("schema_version")
        guard version != schemaVersion else { return }
        let remedy = version > schemaVersion ? "use a newer \(Tool.name), or the one that wrote it" : "make the report again"
        throw reader.error(
            "this is a report of version \(version), and only version \(schemaVersion) can be read; \(remedy)", at: "schema_version")
    }

    private static func interruption(_ code: Int) -> ExitStatus? {
        [ExitStatus.interrupted, .terminated].first { Int($0.rawValue) == code }
    }

    /// Seconds east of UTC, from the end of `2026-11-20T10:15:02+01:00`; 0 for what does not end so.
    private static func zoneOffset(in text: String) -> Int {
        let end = Array(text.utf8.suffix(6))
        guard end.count == 6, end[3] == UInt8(ascii: ":"), [1, 2, 4, 5].allSatisfy({ end[$0].isASCIIDigit }) else { return 0 }
        let digit = { (place: Int) in Int(end[place] - 0x30) }
        let seconds = (digit(1) * 10 + digit(2)) * 3600 + (digit(4) * 10 + digit(5)) * 60
        return end[0] == UInt8(ascii: "-") ? -seconds : seconds
    }
}

/// What a report that is read may hold, so that a forged one costs no more than a real one.
enum ReportLimits {
    static let targets = 100_000
    /// Exchanges, findings, headers, error layers and the like of one target or exchange.
    static let elements = 1000
    /// Model names of one list.
    static let names = 10_000
    /// Bytes of one text; bodies that were kept are longer.
    static let text = 64 << 10
    static let body = 16 << 20
    static let milliseconds = 0...1_000_000_000_000
    /// Far above what any service counts, and far below an overflow of sums.
    static let count = 0...(1 << 40)
    /// Measurements of one cell of a comparison.
    static let rounds = 1_000
}

extension JSONReader {
    /// Text of a limited length.
    func text(limit: Int = ReportLimits.text) throws(JSONError) -> String {
        let text = try string()
        guard text.utf8.count <= limit else { throw error("longer than \(limit) bytes") }
        return text
    }

    func text(_ key: String) throws(JSONError) -> String { try member(key).text() }

    func optionalText(_ key: String, limit: Int = ReportLimits.text) throws(JSONError) -> String? {
        try optionalMember(key)?.text(limit: limit)
    }

    /// The elements under a key, as many as are allowed; none when it is missing.
    func elements(_ key: String, limit: Int = ReportLimits.elements) throws(JSONError) -> [JSONReader] {
        let elements = try optionalArray(key) ?? []
        guard elements.count <= limit else { throw error("more than \(limit) elements", at: key) }
        return elements
    }

    /// A number, whole or not.
    func optionalNumber(_ key: String) throws(JSONError) -> Double? {
        guard let member = try optionalMember(key) else { return nil }
        guard let number = member.value.doubleValue, number.isFinite else { throw member.error("expected a number") }
        return number
    }

    /// A time as reports write it.
    func time(_ key: String) throws(JSONError) -> Timestamp {
        guard let time = Timestamp(rfc3339: try string(key)) else {
            throw error("expected a time such as 2026-11-20T09:15:02.417Z", at: key)
        }
        return time
    }

    func optionalTime(_ key: String) throws(JSONError) -> Timestamp? { try optionalMember(key) == nil ? nil : try time(key) }
}
