import SondeJSON

/// One thing that is not as it was when the earlier report was made, so that before and after would compare two things at once.
public struct Difference: Sendable, Hashable {
    public enum Subject: String, Sendable, Hashable, CaseIterable {
        case model, route, key, scopes, headers, request
        case proxyVariables = "proxy_variables"
        case baseURL = "base_url"

        /// How a sentence names it.
        public var phrase: String {
            switch self {
            case .model: "model"
            case .route: "route"
            case .key: "key"
            case .scopes: "organization, project or team"
            case .headers: "added headers"
            case .request: "the tool's request"
            case .proxyVariables: "proxy variables"
            case .baseURL: "base URL"
            }
        }
    }

    /// Nil for what concerns the run as a whole.
    public var target: String?
    public var subject: Subject
    public var before: String
    public var now: String
    /// What to do about it; nil where the two values say enough.
    public var remedy: String?
    /// Says whether it is what kept the earlier run from asking at all: mending it had to change it.
    public var isRemedy = false
}

extension Difference {
    /// What is not the same for one target.
    ///
    /// - Parameters:
    ///   - before: From the report.
    ///   - verification: Of the target as it is now, with the probes that would be sent.
    ///   - now: Where the vendor's own variables lead now; nil where they say nothing of it.
    public static func found(in before: TargetResult, _ verification: Verification, limits: RunLimits, located now: BaseURL?)
        -> [Difference]
    {
        let target = verification.evidence.target
        let candidates = [
            model(before, verification), baseURL(before, now), key(before, target), route(before, target),
            names(.scopes, before.target.scopes.keys, target.scopes.keys, "give the same --org, --project and --team, or their variables"),
            names(.headers, before.target.headers.map(\.name), target.headers.map(\.name), "give the same -H"),
            request(before, verification, limits), refusal(before, target),
        ]
        return candidates.compactMap { candidate in
            guard var difference = candidate else { return nil }
            difference.target = before.target.name
            return difference
        }
    }

    /// Proxy variables that were in force and are not, or the other way round.
    ///
    /// - Parameter isUsed: Whether any target goes the way that they say.
    public static func proxyVariables(before: [String], now: [String], isUsed: Bool) -> Difference? {
        guard isUsed else { return nil }
        return names(.proxyVariables, before, now, "set or unset them as they were")
    }

    private static func names(_ subject: Subject, _ before: some Sequence<String>, _ now: some Sequence<String>, _ remedy: String)
        -> Difference?
    {
        let (old, new) = (before.sorted(), now.sorted())
        guard old != new else { return nil }
        let text = { (names: [String]) in names.isEmpty ? "none" : names.joined(separator: ", ") }
        return Difference(subject: subject, before: text(old), now: text(new), remedy: remedy)
    }

    private static func model(_ before: TargetResult, _ verification: Verification) -> Difference? {
        let old = before.exchanges.last { $0.probe.kind == .inference }?.probe.model ?? before.target.model
        guard let new = verification.evidence.target.model, let old, old != new else { return nil }
        return Difference(subject: .model, before: old, now: new, remedy: "leave out --model")
    }

    private static func baseURL(_ before: TargetResult, _ now: BaseURL?) -> Difference? {
        guard let now, now != before.target.baseURL else { return nil }
        return Difference(
            subject: .baseURL, before: before.target.baseURL.text, now: now.text,
            remedy: "set or unset \(before.target.vendor.baseURLVariables.first ?? "the variables of its address") as it was",
            isRemedy: before.target.blockingFinding?.subject == "base_url")
    }

    private static func key(_ before: TargetResult, _ now: Target) -> Difference? {
        let text = { (credential: Credential?) -> String in
            guard let credential else { return "none" }
            let prefix = credential.publicPrefix.isEmpty ? "" : "\(credential.publicPrefix)…, "
            return "\(credential.source.label) (\(prefix)\(credential.length) characters)"
        }
        let (old, new) = (text(before.target.credential), text(now.credential))
        guard old != new else { return nil }
        let wasMissing = before.target.credential == nil && before.verdict.cause == .keyMissing
        let withheld = now.findings.first { $0.reason == "key_withheld" }?.text
        return Difference(
            subject: .key, before: old, now: new,
            remedy: withheld ?? "name the place of the same key with --key; none is taken from a report",
            isRemedy: wasMissing || before.target.blockingFinding?.subject == "key")
    }

    /// An address that was asked before and is not asked now, such as one over plain http without `--allow-http`.
    private static func refusal(_ before: TargetResult, _ now: Target) -> Difference? {
        guard before.target.blockingFinding == nil, let finding = now.blockingFinding, finding.subject == "base_url" else { return nil }
        return Difference(subject: .baseURL, before: "asked", now: "not asked", remedy: finding.text)
    }

    private static func route(_ before: TargetResult, _ now: Target) -> Difference? {
        var (old, new) = (before.routeFacts, RouteFacts(now.route))
        // A proxy's password is nothing that a report tells, so that it is neither held constant nor missed.
        (old.hasProxyCredentials, new.hasProxyCredentials) = (false, false)
        let plain: Set<String> = ["direct", "env"]
        let hasOtherName =
            old == RouteFacts() && !plain.contains(before.target.route.name) && before.target.route.name != now.route.name
        guard old != new || hasOtherName else { return nil }
        let text = { (facts: RouteFacts, name: String) in facts == RouteFacts() ? name : facts.text }
        return Difference(
            subject: .route, before: text(old, before.target.route.name), now: text(new, now.route.name),
            remedy: "no proxy, address, interface or file is taken from a report: give the option again yourself")
    }

    private static func request(_ before: TargetResult, _ verification: Verification, _ limits: RunLimits) -> Difference? {
        let target = verification.evidence.target
        let builder = RequestBuilder(target: target, limits: limits, controlTail: "")
        for probe in verification.repeated where probe.generates {
            let old = before.exchanges.last { $0.probe.kind == probe.kind && $0.probe.endpoint == probe.endpoint }?.request.body
            guard let old, var new = builder.sent(for: probe).body else { continue }
            // Another model is a difference of its own.
            if let model = old.objectValue?["model"], var object = new.objectValue {
                object["model"] = model
                new = .object(object)
            }
            guard !old.isSame(as: new) else { continue }
            let isOwn = before.options.hasOwnBody != (limits.customBody != nil)
            return Difference(
                subject: .request, before: Wording.shortened(old.text()), now: Wording.shortened(new.text()),
                remedy: isOwn ? "give the same --body" : "the tool that made the report asks in other words; make a new report")
        }
        return nil
    }
}

extension JSON {
    /// Says whether both state the same, in whatever order the members of objects stand: whoever keeps a report may have sorted it.
    fileprivate func isSame(as other: JSON) -> Bool {
        switch (self, other) {
        case (.object(let mine), .object(let theirs)):
            mine.count == theirs.count
                && mine.members.allSatisfy { member in theirs[member.key].map { member.value.isSame(as: $0) } ?? false }
        case (.array(let mine), .array(let theirs)): mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.isSame(as: $1) }
        default: self == other
        }
    }
}
