import Sonde

/// One thing that a report says held or did not: what every format that lists results walks over.
struct ReportResult {
    enum Outcome: String, Hashable, CaseIterable {
        case pass, skip, warn
        /// The checks pass, a threshold does not.
        case breach
        case inconclusive, fail
    }

    /// The id of a check, `verdict`, or what a rule of a gate is about.
    var name: String
    /// The word that programs know it by, where that is not the name.
    var rule: String?
    var outcome: Outcome
    /// One sentence for people, from outside in part.
    var text: String
    /// What is the matter; nil where nothing is.
    var cause: Cause?
}

/// The results about one target, or about the run as a whole.
struct ResultGroup {
    /// Differs from those of the other groups, whatever the report says.
    var name: String
    /// Nil for the run as a whole.
    var target: TargetResult?
    var results: [ReportResult]

    /// The name of the result that a target's verdict is.
    static let verdict = "verdict"

    /// What is worth looking at first.
    static let inOrderOfWeight: [ReportResult.Outcome] = [.fail, .breach, .inconclusive, .warn, .pass]

    /// The worst of the results.
    var outcome: ReportResult.Outcome { .worst(of: results.map(\.outcome)) }
}

extension ReportResult.Outcome {
    /// Nothing at all is inconclusive, and so is what was only skipped.
    static func worst(of outcomes: some Sequence<ReportResult.Outcome>) -> ReportResult.Outcome {
        let found = Set(outcomes)
        for worst in [ReportResult.Outcome.fail, .inconclusive, .breach, .warn, .pass] where found.contains(worst) { return worst }
        return .inconclusive
    }

    init(_ outcome: CheckResult.Outcome) {
        self =
            switch outcome {
            case .pass: .pass
            case .warn: .warn
            case .fail: .fail
            case .skip: .skip
            case .inconclusive: .inconclusive
            }
    }

    init(_ outcome: Gate.Outcome) {
        self =
            switch outcome {
            case .pass: .pass
            case .warn: .warn
            case .fail: .fail
            case .breach: .breach
            case .inconclusive: .inconclusive
            }
    }

    /// The word in front of a line of text.
    var word: String {
        switch self {
        case .pass: "pass"
        case .skip: "skip"
        case .warn: "warning"
        case .breach: "breach"
        case .inconclusive: "inconclusive"
        case .fail: "fail"
        }
    }
}

/// All results of a report, in the order of its targets, and what concerns the run as a whole after them.
struct ReportResults {
    let groups: [ResultGroup]
    /// The outcome of the report, whatever its exit status was asked to be.
    let outcome: ReportResult.Outcome

    init(_ report: Report) {
        let names = Self.unique(report.targets.map(\.target.name))
        var groups = zip(zip(report.targets, report.outcomes), names).map { target, name in
            ResultGroup(name: name, target: target.0, results: Self.results(target.0, target.1, in: report))
        }
        if let gate = report.gate { groups.append(ResultGroup(name: Self.gate, results: Self.results(of: gate, beside: groups))) }
        let whole = Self.results(about: report)
        if !whole.isEmpty { groups.append(ResultGroup(name: Tool.name, results: whole)) }
        self.groups = groups
        let worst = ReportResult.Outcome.worst(of: groups.map(\.outcome))
        // A policy decides what counts; that a run was cut short it cannot know.
        outcome = report.gate.map { .worst(of: [Self.outcome(of: $0, in: report)] + whole.map(\.outcome)) } ?? worst
    }

    private static let gate = "gate"

    /// What a policy found; nil without one.
    var gate: ResultGroup? { groups.first { $0.target == nil && $0.name == Self.gate } }

    /// What concerns the run as a whole; nil where nothing does.
    var whole: ResultGroup? { groups.first { $0.target == nil && $0.name == Tool.name } }

    /// Names that differ; a report that was merged or made by somebody else may have one twice.
    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = [Tool.name, gate]
        return names.map { name in
            var candidate = name
            var number = 2
            while !seen.insert(candidate).inserted {
                candidate = "\(name) (\(number))"
                number += 1
            }
            return candidate
        }
    }

    private static func results(_ result: TargetResult, _ outcome: CheckResult.Outcome, in report: Report) -> [ReportResult] {
        let verdict = result.verdict
        let cause = verdict.cause == .healthy ? nil : verdict.cause
        // Offline, no service is blamed.
        let isExcused = outcome == .inconclusive && result.outcome == .fail
        let isTolerated = report.gate.map { !$0.stops(result.target.name) } ?? false
        func counted(_ outcome: CheckResult.Outcome) -> ReportResult.Outcome {
            if isTolerated, outcome == .fail || outcome == .inconclusive { return .warn }
            if isExcused, outcome == .fail { return .inconclusive }
            return outcome == .warn && report.failsOnWarning && report.gate == nil ? .fail : ReportResult.Outcome(outcome)
        }
        var results = result.checks.map { check in
            let outcome = counted(check.outcome)
            return ReportResult(
                name: check.id, outcome: outcome, text: check.summary, cause: outcome == .fail || outcome == .inconclusive ? cause : nil)
        }
        // A warning, or the failure of a check where all is healthy, is the check's own.
        let isChecksOwn = outcome == .warn || outcome == .fail && cause == nil
        results.append(
            ReportResult(
                name: ResultGroup.verdict, outcome: isChecksOwn ? .pass : counted(outcome), text: verdict.summary, cause: cause))
        return results
    }

    /// What the rules of a gate found, but for what the targets' own results say already.
    private static func results(of gate: Gate, beside groups: [ResultGroup]) -> [ReportResult] {
        gate.findings.compactMap { finding in
            let outcome = ReportResult.Outcome(finding.outcome)
            let own = groups.first { $0.target?.target.name == finding.subject }
            if finding.rule == "checks", let own, own.outcome == outcome, outcome != .warn { return nil }
            let isBad = outcome == .fail || outcome == .breach || outcome == .inconclusive
            let next = finding.turn.map { " Next: \($0)." } ?? ""
            return ReportResult(
                name: [finding.subject, finding.rule].compactMap(\.self).joined(separator: ": "), rule: finding.rule, outcome: outcome,
                text: finding.text + next, cause: isBad ? finding.cause : nil)
        }
    }

    private static func outcome(of gate: Gate, in report: Report) -> ReportResult.Outcome {
        gate.outcome == .warn && report.failsOnWarning ? .fail : ReportResult.Outcome(gate.outcome)
    }

    private static func results(about report: Report) -> [ReportResult] {
        var results: [ReportResult] = []
        if report.targets.isEmpty {
            results.append(
                ReportResult(
                    name: "targets", outcome: .inconclusive, text: "Nothing was measured: the report has no targets.", cause: .inconclusive)
            )
        }
        if report.isOffline {
            results.append(
                ReportResult(
                    name: "network", outcome: .inconclusive,
                    text: "No host was reached, and all failed alike: this machine seems to be offline.", cause: .inconclusive))
        }
        if report.interruption != nil {
            results.append(
                ReportResult(
                    name: "run", outcome: .inconclusive, text: "The run was stopped before its end: what is missing was not measured.",
                    cause: .inconclusive))
        }
        if let unreadable = report.recorded?.unreadable, unreadable > 0 {
            results.append(
                ReportResult(
                    name: "input", outcome: .inconclusive, text: "\(Counted.text(unreadable, "case")) could not be read.",
                    cause: .inconclusive))
        }
        return results
    }
}

extension Gate {
    /// Says whether a rule about this target is not kept.
    fileprivate func stops(_ target: String) -> Bool {
        findings.contains { $0.subject == target && $0.outcome != .pass && $0.outcome != .warn }
    }
}

extension Verdict {
    /// `account_denied (account_blocked), certain`.
    var title: String { "\(cause.rawValue)\(reason.map { " (\($0))" } ?? ""), \(confidence.rawValue)" }
}
