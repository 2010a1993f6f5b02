import SondeJSON

extension Policy {
    /// Reads the policy of a profile, strictly.
    init(_ reader: JSONReader) throws(JSONError) {
        let root = try reader.object(allowing: ["require", "limits", "samples", "targets", "groups", "tolerate", "baseline", "max_age"])
        self.init(rules: try Rules(root))
        for (name, reader) in try root.optionalMember("targets")?.members() ?? [] {
            targets[name] = try Rules(try reader.object(allowing: ["require", "limits", "samples"]))
        }
        groups = try (root.optionalArray("groups") ?? []).map { (reader) throws(JSONError) in try Group(reader) }
        tolerations = try (root.optionalArray("tolerate") ?? []).map { (reader) throws(JSONError) in try Toleration(reader) }
        baseline = try root.optionalMember("baseline").map { (reader) throws(JSONError) in try Baseline(reader) }
        if let text = try root.optionalString("max_age") {
            guard let age = Self.age(text) else { throw root.error("expected a time such as \"15m\", \"2h\" or \"1d\"", at: "max_age") }
            maxAge = age
        }
    }

    /// `90s`, `15m`, `2h`, `1d`.
    private static func age(_ text: String) -> Duration? {
        let seconds: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ seconds[$0] }), let count = Int(text.dropLast()), count > 0, count <= 100_000 else {
            return nil
        }
        return .seconds(count * unit)
    }
}

extension Policy.Rules {
    fileprivate init(_ object: JSONReader) throws(JSONError) {
        self.init()
        if let members = try object.optionalArray("require") {
            let known = CheckList.all.map { $0.id }
            guard !members.isEmpty else {
                throw object.error("nothing is required, so nothing would be checked; name a check, or leave it out", at: "require")
            }
            required = try members.map { (reader) throws(JSONError) in
                let id = try reader.string()
                guard known.contains(id) else {
                    let meant =
                        closestMatch(to: id, among: known).map { "did you mean \"\($0)\"?" } ?? "use \(known.joined(separator: ", "))"
                    throw reader.error("there is no check \"\(id)\"; \(meant)")
                }
                return id
            }
        }
        if let reader = try object.optionalMember("limits") {
            let limits = try reader.object(allowing: Metric.allCases.map(\.rawValue))
            for metric in Metric.allCases {
                guard let member = try limits.optionalMember(metric.rawValue) else { continue }
                guard let value = member.value.doubleValue, value.isFinite, value >= 0 else {
                    throw member.error("a limit is a number of zero or more")
                }
                self.limits[metric] = value
            }
        }
        if let reader = try object.optionalMember("samples") {
            let fields = try reader.object(allowing: ["count", "succeed"])
            let count = try fields.int("count", in: 1...1000)
            samples = Policy.Samples(count: count, mustSucceed: try fields.optionalInt("succeed", in: 1...count) ?? count)
        }
    }
}

extension Policy.Group {
    fileprivate init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["name", "all", "any", "at_least", "of"])
        name = try object.string("name")
        let forms = try [object.optionalMember("all"), object.optionalMember("any"), object.optionalMember("at_least")]
        guard forms.count(where: { $0 != nil }) == 1 else {
            throw object.error("a group has one of \"all\": […], \"any\": […], or \"at_least\": n with \"of\": […]")
        }
        if let all = try object.optionalStrings("all") {
            (targets, needed) = (all, all.count)
        } else if let any = try object.optionalStrings("any") {
            (targets, needed) = (any, 1)
        } else {
            targets = try object.optionalStrings("of") ?? []
            needed = try object.int("at_least", in: 1...max(1, targets.count))
        }
        guard !targets.isEmpty else { throw object.error("a group needs targets") }
        guard Set(targets).count == targets.count else { throw object.error("a target counts once in a group") }
    }
}

extension Policy.Toleration {
    fileprivate init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["cause", "targets", "until", "because"])
        cause = try object.choice("cause")
        guard cause != .healthy else { throw object.error("health needs no tolerance", at: "cause") }
        targets = try object.optionalStrings("targets") ?? []
        until = try object.optionalString("until")
        if let until, Timestamp(rfc3339: "\(until)T00:00:00Z") == nil {
            throw object.error("expected a day such as \"2026-12-31\"", at: "until")
        }
        because = try object.optionalString("because")
    }
}

extension Policy.Baseline {
    fileprivate init(_ reader: JSONReader) throws(JSONError) {
        let object = try reader.object(allowing: ["report", "allow_lost_models", "allow_new_causes", "max_latency_increase_percent"])
        report = try object.string("report")
        guard !report.isEmpty, !report.contains("/"), !report.hasPrefix(".") else {
            throw object.error("a baseline is a file beside the profile; give its name alone", at: "report")
        }
        allowsLostModels = try object.optionalBool("allow_lost_models") ?? false
        allowsNewCauses = try object.optionalBool("allow_new_causes") ?? false
        if let member = try object.optionalMember("max_latency_increase_percent") {
            guard let value = member.value.doubleValue, (0...1_000_000).contains(value) else {
                throw member.error("expected a number from 0 to 1000000")
            }
            latencyPercent = value
        }
    }
}
