extension Gatekeeper {
    /// What the baseline has of a target, held against what was found now.
    ///
    /// - Parameter before: What the baseline has of it; nil where it has nothing.
    func comparison(of result: TargetResult, with before: TargetResult?) -> [Gate.Finding] {
        guard let rules = policy.baseline, let baseline else { return [] }
        let name = result.target.name
        func finding(
            _ rule: String, _ outcome: Gate.Outcome, _ text: String, _ measured: Double? = nil, _ limit: Double? = nil,
            cause: Cause? = nil, owner: Owner = .you
        ) -> Gate.Finding {
            Gate.Finding(
                subject: name, rule: rule, outcome: outcome, text: "\(name): \(text)", measured: measured, limit: limit, cause: cause,
                owner: outcome == .breach ? owner : nil)
        }
        guard let before else {
            // A target may be new; a baseline without any is none.
            return [finding("baseline", baseline.isEmpty ? .breach : .warn, "not in the baseline, so nothing is compared.")]
        }
        var findings: [Gate.Finding] = []
        if !rules.allowsNewCauses, result.verdict.cause != .healthy, result.verdict.cause != before.verdict.cause {
            findings.append(
                finding(
                    "baseline_cause", .breach,
                    "\(result.verdict.cause.rawValue) is new; the baseline has \(before.verdict.cause.rawValue).",
                    cause: result.verdict.cause, owner: result.verdict.owner))
        }
        if !rules.allowsLostModels, let was = before.isModelListed, was, result.isModelListed == false {
            findings.append(
                finding("baseline_model", .breach, "\(result.askedModel ?? result.target.model ?? "the model") is no longer listed."))
        }
        if let percent = rules.latencyPercent {
            let (now, then) = (Measurements(result)[.latency], Measurements(before)[.latency])
            if let now, let then, then > 0 {
                let growth = (now / then - 1) * 100
                let text =
                    "the latency is \(Metric.latency.text(now)), after \(Metric.latency.text(then)), and may grow by \(Metric.headroom.text(percent))."
                findings.append(finding("baseline_latency", growth > percent ? .breach : .pass, text, growth, percent, owner: .vendor))
            } else {
                findings.append(
                    finding("baseline_latency", .breach, "the latency was not measured in both reports, and may not grow.", nil, percent))
            }
        }
        return findings.isEmpty ? [finding("baseline", .pass, "not worse than in the baseline.")] : findings
    }

    func age(of report: Report) -> Gate.Finding? {
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

extension TargetResult {
    /// Says whether the service lists the model that was asked; nil without a list or a model.
    fileprivate var isModelListed: Bool? {
        guard let model = askedModel ?? target.model, let ids = exchanges.lazy.compactMap({ $0.answer?.facts.models?.ids }).first else {
            return nil
        }
        return ids.contains(model)
    }
}
