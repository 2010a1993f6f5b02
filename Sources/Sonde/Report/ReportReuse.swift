/// What a run would ask, held against a report that was made before: a fresh one of the same may stand in for it.
public struct ReportReuse: Sendable {
    /// As reports name them: redacted.
    public var targets: [Target]
    public var options: Diagnosis.Options
    /// What else shaped the run, see ``Report/settings``.
    public var settings: [String]
    /// The proxy variables in effect, as ``Report/NetworkFacts/proxies`` has them.
    public var proxies: [String]

    public init(targets: [Target], options: Diagnosis.Options, settings: [String], proxies: [String]) {
        self.targets = targets
        self.options = options
        self.settings = settings
        self.proxies = proxies
    }

    /// Why a report cannot stand in for the run; nil when it can.
    ///
    /// A report of a failure never can: whoever asks again wants to know whether it is mended. Of a key a report holds the source, the
    /// public prefix and the length, so that another key of the same form in the same place is not noticed.
    ///
    /// - Parameters:
    ///   - report: Judged again by whoever read it; its own options of judgement are those of this run.
    ///   - maximumAge: Counted from the beginning of the run that made it.
    public func objection(to report: Report, maximumAge: Duration, now: Timestamp) -> String? {
        let age = Duration.microseconds(now.microseconds - report.startedAt.microseconds)
        if age < .zero { return "it is from the future" }
        if age > maximumAge { return "it is older than that" }
        if report.hasCarried { return "it rests in part on an earlier round of a watch" }
        if report.recorded != nil || report.comparison != nil { return "it is not the report of a check" }
        // What a report does not hold cannot be held against it.
        if options.hasOwnBody { return "it does not hold the request's body" }
        if targets.contains(where: { !$0.scopes.isEmpty }) { return "it does not hold the organization, project or team" }
        if targets.contains(where: { !$0.headers.isEmpty }) { return "it does not hold the headers' values" }
        if report.targets.map({ Asked($0.target) }) != targets.map(Asked.init) { return "it is of other targets" }
        if report.targets.contains(where: { $0.options.json != options.json }) || report.settings != settings {
            return "it was made with other options"
        }
        if report.network.proxies != proxies { return "it was made with other proxy variables" }
        var judged = report
        judged.exitsZero = false
        return judged.exitStatus == .pass ? nil : "it is not a pass"
    }

    /// What makes one target another.
    private struct Asked: Equatable {
        var name: String
        var vendor: String
        var baseURL: String
        var model: String?
        var key: [String]?
        var route: String
        var scopes: [String]
        var headers: [String]

        init(_ target: Target) {
            name = target.name
            vendor = target.vendor.id
            baseURL = target.baseURL.text
            model = target.model
            key = target.credential.map { [$0.source.label, $0.publicPrefix, String($0.length)] }
            route = target.route.name
            scopes = target.scopes.keys.sorted()
            headers = target.headers.map(\.name)
        }
    }
}
