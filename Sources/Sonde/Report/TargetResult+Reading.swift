import SondeJSON

extension TargetResult {
    /// Reads a target of a saved report and judges it again; one of an unknown vendor is taken as it stands, if it may be.
    init(
        saved reader: JSONReader, catalog: VendorCatalog, judge: Judge, vendor: Vendor?, keepsUnknown: Bool, takesVendor: Bool
    ) throws(JSONError) {
        let id = try reader.text("vendor")
        let known = vendor ?? catalog.vendor(named: id)
        guard let vendor = known ?? (keepsUnknown ? catalog.standIn(named: id) : nil) else {
            throw reader.error(
                "no vendor is called \"\(id)\"; add its manifest with --vendor-dir\(takesVendor ? ", or name another with --vendor" : "")",
                at: "vendor")
        }
        let target = try Target(saved: reader, catalog: catalog, vendor: vendor)
        let options =
            try reader.optionalMember("options").map { (reader) throws(JSONError) in try Diagnosis.Options(saved: reader) } ?? .init()
        let answers = judge.reader(for: target)
        let exchanges = try reader.elements("exchanges").map { (element) throws(JSONError) in
            var exchange = try Exchange(saved: element)
            exchange.reading = try known == nil ? Reading(saved: element.member("reading")) : answers.read(exchange)
            return exchange
        }
        let withheld = try reader.elements("not_sent").map { (element) throws(JSONError) in try Withheld(saved: element) }
        let verdict: Verdict
        let checks: [CheckResult]
        if known == nil {
            verdict = try Verdict(saved: reader.member("verdict"), exchanges: exchanges.count)
            checks = try reader.elements("checks").map { (element) throws(JSONError) in
                try CheckResult(saved: element, exchanges: exchanges.count)
            }
        } else {
            (verdict, checks) = judge.judge(Diagnosis(target: target, options: options, recorded: exchanges, withheld: withheld))
        }
        self.init(
            target: target, options: options, exchanges: exchanges, withheld: withheld, checks: checks, verdict: verdict,
            startedAt: try reader.time("started_at"),
            duration: .milliseconds(try reader.optionalInt("duration_ms", in: ReportLimits.milliseconds) ?? 0))
        samples = try reader.optionalMember("samples").map { (reader) throws(JSONError) in try Samples(saved: reader) }
        if known == nil { notJudgedAgain = "no vendor is called \"\(id)\" here" }
    }
}

extension Target {
    fileprivate init(saved reader: JSONReader, catalog: VendorCatalog, vendor: Vendor) throws(JSONError) {
        let baseURL: BaseURL
        do throws(BaseURL.Invalid) { baseURL = try BaseURL(parsing: try reader.baseURLText()) } catch {
            throw reader.error(error.message, at: "base_url")
        }
        let scopes = try reader.elements("scopes").map { (element) throws(JSONError) in try element.text() }
        var route = Route(name: try reader.optionalText("route") ?? "", proxy: .direct)
        route.told = try reader.optionalMember("route_facts").map { (reader) throws(JSONError) in try RouteFacts(saved: reader) }
        self.init(
            name: try reader.text("name"), vendor: vendor, provider: catalog.provider(of: vendor), baseURL: baseURL,
            credential: try reader.optionalMember("key").map { (reader) throws(JSONError) in try Credential(saved: reader) },
            model: try reader.optionalBool("model_chosen") == true ? nil : reader.optionalText("model"),
            scopes: Dictionary(scopes.map { ($0, "") }, uniquingKeysWith: { $1 }),
            headers: try reader.elements("headers").map { (element) throws(JSONError) in Request.Header(try element.text(), .plain("")) },
            route: route,
            findings: try reader.elements("findings").map { (element) throws(JSONError) in try Finding(saved: element) })
    }
}

extension JSONReader {
    /// An error of its type would hide the one of the address.
    fileprivate func baseURLText() throws(BaseURL.Invalid) -> String {
        guard let text = value["base_url"]?.stringValue, text.utf8.count <= 2048 else {
            throw BaseURL.Invalid(message: "expected an address of at most 2048 bytes")
        }
        return text
    }
}

extension Credential {
    /// The secret stays empty: a report does not hold it.
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            source: Source(label: try reader.text("source")), secret: Secret([]),
            length: try reader.optionalInt("length", in: ReportLimits.count) ?? 0,
            publicPrefix: try reader.optionalText("prefix") ?? "")
    }
}

extension Withheld {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            try reader.choice("probe"), model: try reader.optionalText("model"), reason: try reader.choice("reason"),
            highestCost: try reader.optionalNumber("highest_cost_usd"))
    }
}

extension Finding {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init(
            try reader.text("subject"), try reader.choice("severity"), cause: try reader.optionalChoice("cause"),
            reason: try reader.text("reason"),
            try reader.text("text"))
    }
}

extension Diagnosis.Options {
    fileprivate init(saved reader: JSONReader) throws(JSONError) {
        self.init()
        if let ids = try reader.optionalStrings("checks") { checks = Set(ids) }
        infers = try reader.optionalBool("infers") ?? infers
        hasOwnBody = try reader.optionalBool("own_body") ?? hasOwnBody
        followsUp = try reader.optionalBool("follows_up") ?? followsUp
        usesControl = try reader.optionalBool("uses_control") ?? usesControl
        provesKey = try reader.optionalBool("proves_key") ?? provesKey
        pays = try reader.optionalBool("pays") ?? pays
        costLimit = try reader.optionalNumber("max_cost_usd").map { CostLimit(amount: $0) }
    }
}
