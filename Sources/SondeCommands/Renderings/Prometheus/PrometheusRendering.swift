import Sonde

/// Metrics for the textfile collector of node_exporter: base units, no ids, addresses or foreign words in labels.
///
/// Series stay the same from run to run, as far as the targets and checks do: what was not asked is `NaN`, not absent.
struct PrometheusRendering {
    let report: Report

    var text: String {
        let groups = ReportResults(report).groups.filter { $0.target != nil }
        let families = run + gate + targets(groups) + checks(groups) + requests(groups) + accounts(groups)
        return families.flatMap(\.lines).joined(separator: "\n") + "\n"
    }

    private typealias Family = PrometheusText.Family
    private typealias Labels = [(name: StaticString, value: String)]

    private var run: [Family] {
        var build = Family("sonde_build_info", "The tool that made the report.")
        build.add([("version", Tool.version)], "1")
        var moment = Family("sonde_run_timestamp_seconds", "When the last run began, in seconds since 1970.")
        moment.add([], Decimals.text(report.startedAt.microseconds / 1000, decimals: 3))
        var duration = Family("sonde_run_duration_seconds", "How long the last run took.")
        duration.add([], Decimals.seconds(report.duration))
        var count = Family("sonde_run_targets", "Targets of the last run; none is no success.")
        count.add([], "\(report.targets.count)")
        var success = Family("sonde_run_success", "Whether the last run passed as a whole, warnings included.")
        let outcome = ReportResults(report).outcome
        success.add([], outcome == .pass || outcome == .warn ? "1" : "0")
        var status = Family("sonde_run_exit_status", "The exit status of the last run.")
        status.add([], "\(report.exitStatus.rawValue)")
        return [build, moment, duration, count, success, status]
    }

    private var gate: [Family] {
        guard let findings = report.gate?.findings else { return [] }
        var rules = Family("sonde_gate_rules", "Rules of the policy, by what came of them.")
        for outcome in Gate.Outcome.allCases {
            rules.add([("outcome", outcome.rawValue)], "\(findings.count { $0.outcome == outcome })")
        }
        var holds = Family(
            "sonde_gate_rule_success",
            "Whether a rule holds for a target or a group, warnings included; without a subject it is about the report.")
        // What one rule found twice about one target is one series: both must hold.
        var series: [(labels: [String], holds: Bool)] = []
        var places: [[String]: Int] = [:]
        for finding in findings {
            let labels = [finding.subject ?? "", finding.rule]
            let isWell = finding.outcome == .pass || finding.outcome == .warn
            if let place = places[labels] {
                series[place].holds = series[place].holds && isWell
            } else {
                places[labels] = series.count
                series.append((labels, isWell))
            }
        }
        for (labels, isWell) in series { holds.add([("subject", labels[0]), ("rule", labels[1])], isWell ? "1" : "0") }
        return [rules, holds]
    }

    // MARK: Targets

    private func targets(_ groups: [ResultGroup]) -> [Family] {
        var success = Family("sonde_target_success", "Whether the target passed, warnings included.")
        var outcomes = Family("sonde_target_outcome", "1 for the outcome that the target has, 0 for the others.")
        var causes = Family("sonde_target_cause_info", "The cause of the target's state, with its reason and who acts first.")
        var duration = Family("sonde_target_duration_seconds", "How long the checks of the target took.")
        var inferred = Family(
            "sonde_target_inference_timestamp_seconds",
            "When inference was last asked, in seconds since 1970; in a watch not in every round.")
        var sent = Family("sonde_target_requests", "Requests that were sent to check the target.")
        var tokens = Family("sonde_target_tokens", "Tokens that the service counted, by direction.")
        for group in groups {
            guard let result = group.target else { continue }
            let target: Labels = [("target", group.name)]
            success.add(target, group.outcome == .pass || group.outcome == .warn ? "1" : "0")
            for outcome in [ReportResult.Outcome.pass, .warn, .breach, .inconclusive, .fail] {
                outcomes.add(target + [("outcome", outcome.rawValue)], group.outcome == outcome ? "1" : "0")
            }
            let verdict = result.verdict
            causes.add(
                target + [
                    ("vendor", result.target.vendor.id), ("cause", verdict.cause.rawValue), ("reason", verdict.reason ?? ""),
                    ("confidence", verdict.confidence.rawValue), ("owner", verdict.owner.rawValue),
                ], "1")
            duration.add(target, Decimals.seconds(result.duration))
            let usage = result.usage
            if let moment = result.inferredAt { inferred.add(target, Decimals.text(moment.microseconds / 1000, decimals: 3)) }
            sent.add(target, "\(usage.requests)")
            tokens.add(target + [("direction", "input")], "\(usage.inputTokens)")
            tokens.add(target + [("direction", "output")], "\(usage.outputTokens)")
        }
        return [success, outcomes, causes, duration, inferred, sent, tokens]
    }

    private func checks(_ groups: [ResultGroup]) -> [Family] {
        var success = Family("sonde_check_success", "Whether the check passed, warnings included; NaN where it was skipped.")
        for group in groups {
            for check in group.results where check.name != ResultGroup.verdict {
                let value =
                    switch check.outcome {
                    case .pass, .warn: "1"
                    case .fail, .breach, .inconclusive: "0"
                    case .skip: "NaN"
                    }
                success.add([("target", group.name), ("check", check.name)], value)
            }
        }
        return [success]
    }

    // MARK: Requests

    private func requests(_ groups: [ResultGroup]) -> [Family] {
        var duration = Family(
            "sonde_request_duration_seconds", "How long each phase of the last request of a probe took; 0 where it had none.")
        var total = Family("sonde_request_total_duration_seconds", "How long the last request of a probe took as a whole.")
        var status = Family("sonde_request_http_status_code", "The HTTP status of the last answer to a probe; 0 without an answer.")
        for group in groups {
            for exchange in lastOfEachProbe(group.target?.exchanges ?? []) {
                let labels: Labels = [("target", group.name), ("probe", exchange.probe.kind.rawValue)]
                let phases = RequestPhases(exchange)
                for phase in RequestPhases.Phase.allCases {
                    duration.add(labels + [("phase", phase.rawValue)], Decimals.text(phases.length(of: phase), decimals: 6))
                }
                total.add(labels, Decimals.preciseSeconds(exchange.timings.total))
                if exchange.probe.kind != .handshake { status.add(labels, "\(exchange.answer?.status ?? exchange.failure?.status ?? 0)") }
            }
        }
        return [duration, total, status]
    }

    private func lastOfEachProbe(_ exchanges: [Exchange]) -> [Exchange] {
        let last = Dictionary(exchanges.enumerated().map { ($1.probe.kind, $0) }, uniquingKeysWith: max)
        return exchanges.enumerated().filter { last[$1.probe.kind] == $0 }.map(\.element)
    }

    // MARK: Certificates and money

    private func accounts(_ groups: [ResultGroup]) -> [Family] {
        var expiry = Family("sonde_certificate_expiry_timestamp_seconds", "When the server's certificate ends, in seconds since 1970.")
        var balance = Family("sonde_balance_remaining", "What is left on the account, or of the key's own limit, in its own currency.")
        for group in groups {
            let exchanges = group.target?.exchanges ?? []
            if let end = exchanges.lazy.compactMap({ $0.connection.tls?.certificate?.notAfter }).min() {
                expiry.add([("target", group.name)], "\(end.seconds)")
            }
            var told: Set<Vendor.BalanceFields.Subject> = []
            for exchange in exchanges {
                guard let found = exchange.answer?.facts.balance, let remaining = found.remaining else { continue }
                let subject = group.target?.target.vendor.endpoints[exchange.probe.endpoint]?.balance?.subject ?? .account
                guard told.insert(subject).inserted else { continue }
                balance.add(
                    [("target", group.name), ("of", subject.rawValue), ("currency", found.currency)],
                    remaining.isFinite ? "\(remaining)" : "NaN")
            }
        }
        return [expiry, balance]
    }
}
