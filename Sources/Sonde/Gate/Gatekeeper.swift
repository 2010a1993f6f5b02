/// Applies a policy to a report.
///
/// What was not measured is a breach where a limit asks for it, and inconclusive where nothing else is known: never a pass.
public struct Gatekeeper: Sendable {
    let policy: Policy
    let now: Timestamp
    /// Name to what the policy's baseline has of it; nil without a baseline.
    let baseline: [String: TargetResult]?

    /// - Parameters:
    ///   - now: By which tolerances end and reports grow old.
    ///   - baseline: What the policy's baseline names.
    public init(policy: Policy, now: Timestamp, baseline: Report? = nil) {
        self.policy = policy
        self.now = now
        self.baseline = baseline.map { Self.byName($0) }
    }

    /// A target that the profile lists, and what it leads to.
    public struct Expected {
        public var name: String
        /// Vendor and address; nil where the run itself made the report.
        public var service: String?
        /// The model that the profile names; nil where it names none.
        public var model: String?

        public init(name: String, service: String? = nil, model: String? = nil) {
            self.name = name
            self.service = service
            self.model = model
        }

        /// Says whether a result is about this target, and not about another that has its name.
        fileprivate func isMeant(by result: TargetResult) -> Bool {
            guard service == nil || service == result.target.service else { return false }
            guard let model, let asked = result.target.model ?? result.askedModel else { return true }
            return model == asked
        }
    }

    /// Every rule with what it found.
    ///
    /// - Parameter expected: The targets of the profile; one that the report lacks, or has of another service, was not measured.
    public func judge(_ report: Report, expecting expected: [Expected]) -> Gate {
        var findings: [Gate.Finding] = []
        let (results, isOffline) = (Self.byName(report), report.isOffline)
        for one in expected {
            let name = one.name
            guard report.recorded == nil, let result = results[name], one.isMeant(by: result) else {
                let missing = Gate.Finding(
                    subject: name, rule: "checks", outcome: .inconclusive,
                    text: results[name] != nil
                        ? "\(name) is another service or model in the report, or only explained there: nothing was measured of it."
                        : "\(name) is not in the report: nothing was measured of it.",
                    owner: .you)
                findings.append(missing)
                continue
            }
            let state = checks(of: result, isOffline: isOffline)
            findings.append(state)
            // Of what failed little can be measured; that it was not is no finding of its own.
            let isMeasurable = state.outcome == .pass || state.outcome == .warn
            findings += (limits(of: result) + samples(of: result)).filter { isMeasurable || $0.measured != nil }
            if let baseline { findings += comparison(of: result, with: baseline[name]) }
        }
        findings = grouped(findings)
        if let age = age(of: report) { findings.append(age) }
        return Gate(findings: findings)
    }

    private static func byName(_ report: Report) -> [String: TargetResult] {
        Dictionary(report.targets.map { ($0.target.name, $0) }, uniquingKeysWith: { first, _ in first })
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
        (finding.outcome, finding.checks, finding.text) = policy.rules(for: name).required.map { required(result, $0) } ?? usual(result)
        // Where all is healthy, what is missing or fails is not the service's.
        if finding.outcome == .fail || finding.outcome == .inconclusive { finding.owner = finding.owner ?? .you }
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

    /// What came of it, the checks that decided, and a sentence.
    private typealias Decision = (outcome: Gate.Outcome, checks: [String], text: String)

    private func usual(_ result: TargetResult) -> Decision {
        let (name, verdict) = (result.target.name, result.verdict)
        let decided = result.checks.filter { $0.outcome == result.outcome }
        let ids = decided.map(\.id)
        switch result.outcome {
        case .pass: return (.pass, [], "\(name) is \(verdict.cause.rawValue).")
        case .warn: return (.warn, ids, "\(name) passes with warnings: \(summaries(of: decided)).")
        case .fail: return (.fail, ids, "\(name) is \(verdict.cause.rawValue): \(verdict.summary)")
        case .inconclusive, .skip: return (.inconclusive, ids, "\(name) is not decided: \(verdict.summary)")
        }
    }

    /// Only what is required counts; a check that was not answered is no pass.
    private func required(_ result: TargetResult, _ ids: [String]) -> Decision {
        let name = result.target.name
        let checks = ids.map { id in (id, result.checks.first { $0.id == id }) }
        let failed = checks.compactMap { $1?.outcome == .fail ? $1 : nil }
        if !failed.isEmpty {
            let cause = result.verdict.cause == .healthy ? "" : ", \(result.verdict.cause.rawValue)"
            return (.fail, failed.map(\.id), "\(name) fails \(failed.map(\.id).listed)\(cause): \(summaries(of: failed)).")
        }
        let open = checks.filter { $1 == nil || $1?.outcome == .skip || $1?.outcome == .inconclusive }.map(\.0)
        if !open.isEmpty {
            // What was skipped because something else failed is that failure's.
            if result.outcome == .fail {
                return (
                    .fail, open, "\(name) is \(result.verdict.cause.rawValue), so \(open.listed) had no answer: \(result.verdict.summary)"
                )
            }
            let unasked = checks.filter { $1 == nil }.map(\.0)
            return (
                .inconclusive, open,
                "\(name) passes, but \(open.listed), which must, had no answer."
                    + (unasked.isEmpty ? "" : " The report was made without: \(Self.remedy(for: unasked)).")
            )
        }
        let warned = checks.compactMap { $1?.outcome == .warn ? $1 : nil }
        if !warned.isEmpty { return (.warn, warned.map(\.id), "\(name) passes \(ids.listed) with warnings: \(summaries(of: warned)).") }
        return (.pass, [], "\(name) passes \(ids.listed).")
    }

    /// How a report is made that has these checks, too.
    static func remedy(for ids: [String]) -> String {
        let optional = ids.filter(CheckList.optional.contains)
        return "sonde check " + (optional.isEmpty ? "without --only and --skip" : "--with \(optional.joined(separator: ","))")
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
}

extension Target {
    /// Who is asked, whatever the target is called: vendor and address.
    public var service: String { Self.service(vendor, baseURL) }

    /// A vendor at an address, in one word for comparing.
    public static func service(_ vendor: Vendor, _ baseURL: BaseURL) -> String { "\(vendor.id) \(baseURL.text)" }
}
