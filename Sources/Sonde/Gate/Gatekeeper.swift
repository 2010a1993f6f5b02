/// Applies a policy to a report.
///
/// What was not measured is a breach where a limit asks for it, and inconclusive where nothing else is known: never a pass.
public struct Gatekeeper: Sendable {
    private let policy: Policy
    private let now: Timestamp
    private let baseline: Report?

    /// - Parameters:
    ///   - now: By which tolerances end and reports grow old.
    ///   - baseline: What the policy's baseline names.
    public init(policy: Policy, now: Timestamp, baseline: Report? = nil) {
        self.policy = policy
        self.now = now
        self.baseline = baseline
    }

    /// A target that the profile lists, and what it leads to.
    public struct Expected {
        public var name: String
        /// Vendor and address; nil where the run itself made the report.
        public var service: String?

        public init(name: String, service: String? = nil) {
            self.name = name
            self.service = service
        }
    }

    /// Every rule with what it found.
    ///
    /// - Parameter expected: The targets of the profile; one that the report lacks, or has of another service, was not measured.
    public func judge(_ report: Report, expecting expected: [Expected]) -> Gate {
        var findings: [Gate.Finding] = []
        for one in expected {
            let name = one.name
            guard report.recorded == nil, let result = report.targets.first(where: { $0.target.name == name }),
                one.service == nil || one.service == result.target.service
            else {
                let missing = Gate.Finding(
                    subject: name, rule: "checks", outcome: .inconclusive,
                    text: report.targets.contains { $0.target.name == name }
                        ? "\(name) is another service in the report, or only explained there: nothing was measured of it."
                        : "\(name) is not in the report: nothing was measured of it.",
                    owner: .you)
                findings.append(missing)
                continue
            }
            let state = checks(of: result, isOffline: report.isOffline)
            findings.append(state)
            // Of what failed little can be measured; that it was not is no finding of its own.
            let isMeasurable = state.outcome == .pass || state.outcome == .warn
            findings += (limits(of: result) + samples(of: result)).filter { isMeasurable || $0.measured != nil }
            if let baseline { findings += comparison(of: result, with: baseline) }
        }
        findings = grouped(findings)
        if let age = age(of: report) { findings.append(age) }
        return Gate(findings: findings)
    }

    // MARK: Checks

    private func checks(of result: TargetResult, isOffline: Bool) -> Gate.Finding {
        let name = result.target.name
        let verdict = result.verdict
        var finding = Gate.Finding(
            subject: name, rule: "checks", outcome: .pass, text: "", cause: verdict.cause == .healthy ? nil : verdict.cause,
            owner: verdict.cause == .healthy ? nil : verdict.owner, isRetryable: verdict.isRetryable)
        if isOffline, !result.exchanges.isEmpty {
            finding.outcome = .inconclusive
            finding.text = "\(name) was not reached, and no other host was: this machine seems to be offline."
            return finding
        }
        (finding.outcome, finding.text) = policy.rules(for: name).required.map { required(result, $0) } ?? usual(result)
        if finding.outcome == .fail, verdict.cause == .keyMissing {
            finding.text +=
                " In CI a secret is empty in pull requests from forks, in jobs that do not name its environment, and on branches for which it is not released."
        }
        if finding.outcome == .fail, let (toleration, isOver) = toleration(of: result) {
            let day = toleration.until.map { " until \($0)" } ?? ""
            if isOver {
                finding.text += " It was tolerated\(day), which has passed."
            } else {
                finding.outcome = .warn
                finding.text += " It is tolerated\(day)\(toleration.because.map { ": \($0)" } ?? "")."
            }
        }
        return finding
    }

    private func usual(_ result: TargetResult) -> (Gate.Outcome, String) {
        let (name, verdict) = (result.target.name, result.verdict)
        switch result.outcome {
        case .pass: return (.pass, "\(name) is \(verdict.cause.rawValue).")
        case .warn: return (.warn, "\(name) passes with warnings: \(summaries(of: result.checks.filter { $0.outcome == .warn })).")
        case .fail: return (.fail, "\(name) is \(verdict.cause.rawValue): \(verdict.summary)")
        case .inconclusive, .skip: return (.inconclusive, "\(name) is not decided: \(verdict.summary)")
        }
    }

    /// Only what is required counts; a check that was not answered is no pass.
    private func required(_ result: TargetResult, _ ids: [String]) -> (Gate.Outcome, String) {
        let name = result.target.name
        let checks = ids.map { id in (id, result.checks.first { $0.id == id }) }
        let failed = checks.compactMap { $1?.outcome == .fail ? $1 : nil }
        if !failed.isEmpty {
            let cause = result.verdict.cause == .healthy ? "" : ", \(result.verdict.cause.rawValue)"
            return (.fail, "\(name) fails \(failed.map(\.id).listed)\(cause): \(summaries(of: failed)).")
        }
        let open = checks.filter { $1 == nil || $1?.outcome == .skip || $1?.outcome == .inconclusive }.map(\.0)
        if !open.isEmpty {
            // What was skipped because something else failed is that failure's.
            if result.outcome == .fail {
                return (.fail, "\(name) is \(result.verdict.cause.rawValue), so \(open.listed) had no answer: \(result.verdict.summary)")
            }
            return (.inconclusive, "\(name) passes, but \(open.listed), which must, had no answer.")
        }
        let warned = checks.compactMap { $1?.outcome == .warn ? $1 : nil }
        if !warned.isEmpty { return (.warn, "\(name) passes \(ids.listed) with warnings: \(summaries(of: warned)).") }
        return (.pass, "\(name) passes \(ids.listed).")
    }

    private func summaries(of checks: [CheckResult]) -> String {
        checks.map { $0.summary.hasSuffix(".") ? String($0.summary.dropLast()) : $0.summary }.joined(separator: "; ")
    }

    /// The toleration that fits, and whether its time is over; one that holds wins.
    private func toleration(of result: TargetResult) -> (toleration: Policy.Toleration, isOver: Bool)? {
        let today = String(now.rfc3339.prefix(10))
        let fitting = policy.tolerations.filter {
            $0.cause == result.verdict.cause && ($0.targets.isEmpty || $0.targets.contains(result.target.name))
        }.map { ($0, $0.until.map { today > $0 } ?? false) }
        return fitting.first { !$1 } ?? fitting.first
    }

    // MARK: Limits

    private func limits(of result: TargetResult) -> [Gate.Finding] {
        let limits = policy.rules(for: result.target.name).limits
        let measured = Measurements(result)
        return Metric.allCases.compactMap { metric in
            limits[metric].map {
                metric == .balance ? balance($0, measured.balance, of: result) : limit(metric, $0, measured[metric], of: result)
            }
        }
    }

    /// Holds the account's balance to its limit, and what the key may spend of it where that is less.
    private func balance(_ limit: Double, _ told: Measurements.Balance, of result: TargetResult) -> Gate.Finding {
        let name = result.target.name
        if let key = told.key, key < told.account ?? .infinity, key < limit {
            var finding = self.limit(.balance, limit, key, of: result)
            finding.text = "\(name): \(Metric.balance.text(key)) are left of the key's own limit, and must be \(bound(.balance, limit))."
            return finding
        }
        var finding = self.limit(.balance, limit, told.account, of: result)
        guard told.account == nil else { return finding }
        if let key = told.key {
            finding.text +=
                " What is known is the key's own limit, of which \(Metric.balance.text(key)) are left; the account may have less."
        } else if let (amount, currency) = told.foreign {
            finding.text += " It is told in another currency: \(Money.text(amount)) \(currency)."
        }
        return finding
    }

    private func bound(_ metric: Metric, _ limit: Double) -> String { "\(metric.isMaximum ? "at most" : "at least") \(metric.text(limit))" }

    private func limit(_ metric: Metric, _ limit: Double, _ value: Double?, of result: TargetResult) -> Gate.Finding {
        let name = result.target.name
        let bound = bound(metric, limit)
        guard let value else {
            return Gate.Finding(
                subject: name, rule: metric.rawValue, outcome: .breach,
                text: "\(name): the \(metric.name) was not measured, and must be \(bound).", limit: limit, owner: .you,
                isRetryable: false)
        }
        let holds = metric.isMaximum ? value <= limit : value >= limit
        return Gate.Finding(
            subject: name, rule: metric.rawValue, outcome: holds ? .pass : .breach,
            text: "\(name): the \(metric.name) is \(metric.text(value)), \(holds ? "and may be" : "and must be") \(bound).",
            measured: value,
            limit: limit, owner: holds ? nil : metric.usualOwner)
    }

    private func samples(of result: TargetResult) -> [Gate.Finding] {
        guard let wanted = policy.rules(for: result.target.name).samples else { return [] }
        let name = result.target.name
        let missing = " The time was over before the others; --deadline gives them more."
        guard let samples = result.samples?.times, !samples.isEmpty else {
            return [
                Gate.Finding(
                    subject: name, rule: "samples", outcome: .breach,
                    text:
                        "\(name): no samples were measured, and \(wanted.mustSucceed) of \(wanted.count) must succeed.\(result.samples == nil ? "" : missing)",
                    limit: Double(wanted.mustSucceed), owner: .you)
            ]
        }
        let succeeded = samples.count { $0.total != nil }
        // Fewer than asked for are held against the number that was asked for.
        let holds = succeeded >= wanted.mustSucceed
        // What was not measured for want of time is not the vendor's.
        let couldHold = succeeded + wanted.count - samples.count >= wanted.mustSucceed
        return [
            Gate.Finding(
                subject: name, rule: "samples", outcome: holds ? .pass : .breach,
                text:
                    "\(name): \(succeeded) of \(samples.count) samples succeeded, and \(wanted.mustSucceed) of \(wanted.count) must.\(samples.count < wanted.count ? missing : "")",
                measured: Double(succeeded), limit: Double(wanted.mustSucceed),
                owner: holds ? nil : couldHold ? .you : .vendor)
        ]
    }

    // MARK: Groups, baseline, age

    /// What a group needs takes the place of what its targets need each.
    private func grouped(_ untouched: [Gate.Finding]) -> [Gate.Finding] {
        var findings = untouched
        for group in policy.groups {
            // Every group counts what was found, not what another group made of it.
            let members = group.targets.map { name in (name, untouched.filter { $0.subject == name }) }
            let works = members.filter { !$1.isEmpty && $1.allSatisfy { $0.outcome == .pass || $0.outcome == .warn } }.map(\.0)
            let holds = works.count >= group.needed
            var own = Gate.Finding(
                subject: group.name, rule: "group", outcome: .pass,
                text:
                    "\(group.name): \(works.count) of \(group.targets.count) work (\(works.isEmpty ? "none" : works.listed)), and \(group.needed) must.",
                measured: Double(works.count), limit: Double(group.needed))
            if holds {
                if works.count < group.targets.count { own.outcome = .warn }
                // The group holds: what is wrong with a member is worth knowing, and stops nothing.
                for index in findings.indices where group.targets.contains(findings[index].subject ?? "") {
                    if ![.pass, .warn].contains(findings[index].outcome), !isNeededElsewhere(findings[index].subject, group) {
                        findings[index].outcome = .warn
                    }
                }
            } else {
                let bad = members.flatMap(\.1).filter { $0.outcome != .pass && $0.outcome != .warn }
                own.outcome =
                    [Gate.Outcome.fail, .inconclusive, .breach].first { outcome in bad.contains { $0.outcome == outcome } } ?? .fail
                own.cause = bad.compactMap(\.cause).first
                own.owner = bad.compactMap(\.owner).first
                own.isRetryable = !bad.isEmpty && bad.filter { $0.outcome == .fail }.allSatisfy(\.isRetryable)
            }
            findings.append(own)
        }
        return findings
    }

    /// Says whether a target is in another group that needs every one of its members.
    private func isNeededElsewhere(_ name: String?, _ group: Policy.Group) -> Bool {
        guard let name else { return false }
        return policy.groups.contains { $0 != group && $0.targets.contains(name) && $0.needed == $0.targets.count }
    }

    private func comparison(of result: TargetResult, with baseline: Report) -> [Gate.Finding] {
        guard let rules = policy.baseline else { return [] }
        let name = result.target.name
        func finding(_ outcome: Gate.Outcome, _ text: String, _ measured: Double? = nil, _ limit: Double? = nil) -> Gate.Finding {
            Gate.Finding(subject: name, rule: "baseline", outcome: outcome, text: "\(name): \(text)", measured: measured, limit: limit)
        }
        guard let before = baseline.targets.first(where: { $0.target.name == name }) else {
            // A target may be new; a baseline without any is none.
            return [finding(baseline.targets.isEmpty ? .breach : .warn, "not in the baseline, so nothing is compared.")]
        }
        var findings: [Gate.Finding] = []
        if !rules.allowsNewCauses, result.verdict.cause != .healthy, result.verdict.cause != before.verdict.cause {
            findings.append(finding(.breach, "\(result.verdict.cause.rawValue) is new; the baseline has \(before.verdict.cause.rawValue)."))
        }
        if !rules.allowsLostModels, let was = before.isModelListed, was, result.isModelListed == false {
            findings.append(finding(.breach, "\(result.askedModel ?? result.target.model ?? "the model") is no longer listed."))
        }
        if let percent = rules.latencyPercent {
            let (now, then) = (Measurements(result)[.latency], Measurements(before)[.latency])
            if let now, let then, then > 0 {
                let growth = (now / then - 1) * 100
                let text =
                    "the latency is \(Metric.latency.text(now)), after \(Metric.latency.text(then)), and may grow by \(Metric.headroom.text(percent))."
                findings.append(finding(growth > percent ? .breach : .pass, text, growth, percent))
            } else {
                findings.append(finding(.breach, "the latency was not measured in both reports, and may not grow.", nil, percent))
            }
        }
        return findings.isEmpty ? [finding(.pass, "not worse than in the baseline.")] : findings
    }

    private func age(of report: Report) -> Gate.Finding? {
        guard let limit = policy.maxAge else { return nil }
        let age = now.seconds - report.restsOn.seconds
        let holds = age <= limit.components.seconds && age >= -300
        return Gate.Finding(
            subject: nil, rule: "age", outcome: holds ? .pass : .breach,
            text: age < -300
                ? "The report is from the future: \(report.startedAt.rfc3339)."
                : "The report is \(max(0, age)) s old, and may be \(limit.components.seconds) s.", measured: Double(age),
            limit: Double(limit.components.seconds), owner: holds ? nil : .you)
    }
}

extension Metric {
    /// Who acts first where the limit does not hold.
    fileprivate var usualOwner: Owner {
        switch self {
        case .latency, .latencyP95, .timeToFirstToken, .tokensPerSecond, .certificateDays: .vendor
        case .balance: .accountAdmin
        case .headroom: .nobody
        case .cost: .you
        }
    }
}

extension Target {
    /// Who is asked, whatever the target is called: vendor and address.
    public var service: String { "\(vendor.id) \(baseURL.text)" }
}

extension TargetResult {
    /// Says whether the service lists the model that was asked; nil without a list or a model.
    fileprivate var isModelListed: Bool? {
        guard let model = askedModel ?? target.model, let ids = exchanges.lazy.compactMap({ $0.answer?.facts.models?.ids }).first else {
            return nil
        }
        return ids.contains(model)
    }
}
