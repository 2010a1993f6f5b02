import Sonde

/// What a page of evidence says of one target.
struct EvidenceSection {
    let report: Report
    let result: TargetResult
    let redactor: Redactor

    private var target: Target { result.target }
    private var verdict: Verdict { result.verdict }
    private var vendor: Vendor { result.target.vendor }
    private var requests: EvidenceRequests { EvidenceRequests(section: self) }

    /// - Parameter level: Of its heading.
    func blocks(level: Int) -> [[String]] {
        let mark = String(repeating: "#", count: level)
        var blocks = [["\(mark) \(title)"], [headline], asked]
        if let more { blocks.insert([more], at: 2) }
        if let why = result.notJudgedAgain {
            blocks.insert(["The verdict is the report's own and was not judged again: \(prose(why))."], at: 2)
        }
        if !result.exchanges.isEmpty { blocks += [["\(mark)# Requests"], requests.table] }
        blocks += requests.bodies
        if verdict.cause != .healthy {
            blocks += statements("\(mark)# What shows it", verdict.because.map { prose($0.text) + references($0.exchanges) })
            blocks += statements("\(mark)# Ruled out", verdict.ruledOut.map(ruledOut))
        }
        blocks += statements("\(mark)# Noticed", target.findings.filter { $0.severity == .warning }.map { prose($0.text) })
        return blocks + requests.lines(heading: "\(mark)# To repeat it")
    }

    // MARK: Foreign text

    /// Longest text of one value, in characters.
    private static let valueLimit = 400

    func prose(_ text: String) -> String { Markdown.prose(clean(text)) }

    func code(_ text: String) -> String { Markdown.code(clean(text)) }

    func clean(_ text: String, limit: Int = valueLimit) -> String {
        let text = redactor.redact(text)
        return text.count <= limit ? text : text.prefix(limit) + " … (\(text.count - limit) more characters)"
    }

    /// A moment in UTC without its fraction: `2026-11-20 09:15:02`.
    static func clock(_ time: Timestamp) -> String {
        let text = time.rfc3339.prefix(19)
        return text.prefix(10) + " " + text.suffix(8)
    }

    // MARK: Headline

    private var title: String {
        let name = target.name == vendor.id || target.name == vendor.name ? vendor.name : "\(vendor.name), \(target.name)"
        return "\(prose(name)): \(Markdown.code(verdict.cause.rawValue))"
    }

    private var headline: String {
        guard verdict.cause != .healthy else { return prose(verdict.summary) }
        let reason = verdict.reason.map { ", reason \(code($0))" } ?? ""
        return "\(prose(verdict.summary)) (\(verdict.confidence.rawValue)\(reason); acts first: \(verdict.owner.phrase))"
    }

    private var more: String? {
        verdict.runnerUp.map {
            "Not excluded: \(Markdown.code($0.cause.rawValue)). It would be separated by \(prose($0.separatedBy))."
        }
    }

    // MARK: What was asked

    private var asked: [String] {
        var lines = ["- Service: \(prose(vendor.name))" + (target.baseURL == .unknown ? "" : ", \(code(target.baseURL.text))")]
        if let model { lines.append("- Model: \(code(model))" + (target.model == nil ? ", chosen by \(Tool.name)" : "")) }
        lines.append("- Key: \(key)")
        if !target.scopes.isEmpty { lines.append("- Sent along: \(target.scopes.keys.sorted().map(code).joined(separator: ", "))") }
        lines.append("- When: \(when)")
        if let place = requests.places { lines.append("- Where: \(place)") }
        lines.append("- Route: \(route)")
        lines.append("- With: \(tools)")
        return lines
    }

    private var model: String? { result.exchanges.first { $0.probe.kind == .inference }?.probe.model ?? target.model }

    private var key: String {
        guard let credential = target.credential else { return "none was sent" }
        if target.isRecorded { return "not known; the calls were made elsewhere" }
        let length = "\(credential.length) characters"
        let shape = credential.publicPrefix.isEmpty ? length : "begins \(code(credential.publicPrefix)), \(length)"
        switch credential.source {
        case .environment(let name, _): return "\(shape), from the variable \(code(name))"
        // A path may name a person.
        case .file: return "\(shape), from a file"
        case .standardInput: return "\(shape), from standard input"
        case .command: return "\(shape), from a command"
        case .demo: return "\(shape), made up for a simulated service"
        case .recording: return shape
        }
    }

    private var when: String {
        guard requests.isTimed else { return "not told" }
        let time = "\(Self.clock(result.startedAt)) UTC"
        return requests.isTimedByServer ? "\(time), by the server's clock" : "\(time), \(localTime) where it ran\(clock)"
    }

    private var localTime: String {
        let text = result.startedAt.rfc3339(zoneOffsetSeconds: report.zoneOffsetSeconds)
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) (UTC\(text.suffix(6)))"
    }

    private var clock: String {
        guard let skew = result.clockSkew, abs(skew) >= 2 else { return "" }
        return "; this clock is \(abs(skew)) s \(skew > 0 ? "ahead of" : "behind") the service's"
    }

    private var route: String {
        let tunnels = report.network.tunnels
        return way + (tunnels.isEmpty ? "" : "; interfaces like those of a VPN: \(tunnels.map(code).joined(separator: ", "))")
    }

    private var way: String {
        if target.isRecorded { return "not known" }
        let variables = report.network.proxyVariables
        guard target.route.name == "env" else { return code(target.route.name) }
        let facts = result.routeFacts == RouteFacts() ? nil : code(result.routeFacts.text)
        let proxies = variables.isEmpty ? nil : "as set in \(variables.map(code).joined(separator: ", "))"
        if let known = [proxies, facts].compactMap(\.self).joinedIfAny("; ") { return known }
        // A report merged from those of several machines does not tell what was set on each.
        let isMerged = report.comparison?.cells.contains { $0.place != nil } == true
        return isMerged ? "the usual one of that machine" : "direct, no proxy variable is set"
    }

    private var tools: String {
        [
            "\(Tool.name) \(Tool.version)", report.network.library.isEmpty ? nil : code(report.network.library),
            report.system.isEmpty ? nil : "on \(code(report.system))",
        ].compactMap(\.self).joined(separator: ", ")
    }

    // MARK: The argument

    private func ruledOut(_ statement: Verdict.RuledOut) -> String {
        let causes = statement.causes.map { Markdown.code($0.rawValue) }.joined(separator: ", ")
        return "\(causes): \(prose(statement.text))\(references(statement.exchanges))"
    }

    private func references(_ exchanges: [Int]) -> String {
        guard !exchanges.isEmpty else { return "" }
        return " (\(EvidenceRequests.names(of: exchanges)))"
    }

    private func statements(_ heading: String, _ lines: [String]) -> [[String]] {
        lines.isEmpty ? [] : [[heading], lines.map { "- \($0)" }]
    }

    // MARK: For the whole page

    /// The statuses of all requests in order: `200, 403, 403, 401`.
    var statuses: String {
        let limit = 12
        let texts = result.exchanges.filter { $0.probe.asksAPI && $0.probe.kind != .handshake }.map { exchange in
            exchange.answer.map { $0.status == 0 ? "?" : "\($0.status)" } ?? "none"
        }
        return texts.isEmpty ? "not asked" : texts.prefix(limit).joined(separator: ", ") + (texts.count > limit ? ", …" : "")
    }

    /// Says whether anything came back at all: of what never arrived the vendor knows nothing.
    var isAnswered: Bool { result.exchanges.contains { $0.answer != nil } }

    /// What the vendor's channel asks for and the page does not say, identifiers apart.
    var openQuestions: [String] {
        guard verdict.cause != .healthy, isAnswered else { return [] }
        return (vendor.support?.asksFor ?? []).filter { asked in
            let asked = asked.lowercased()
            if asked.hasSuffix("(privately)") || asked == "model" && model != nil { return false }
            if ["status code", "time", "redacted body", "endpoint"].contains(where: asked.hasPrefix) { return false }
            return !requests.idNames.contains { asked == $0 || asked.hasPrefix($0 + " ") || asked.hasPrefix($0 + ",") }
        }
    }
}
