import Sonde

/// What Nagios and its relatives read: `SONDE CRITICAL: …|'time'=0.2s`, and a line for each target that is not well.
///
/// Source: the guidelines for developers, doc/developer-guidelines.sgml, of the project that ships check_http.
struct NagiosRendering {
    let report: Report

    /// Lines and values beyond these are cut off: what reads them has room for a few kilobytes.
    private static let limit = 30

    var text: String {
        let results = ReportResults(report)
        let state = NagiosState(results.outcome)
        let lines = details(results.groups)
        return "SONDE \(state.word): \(NagiosText.text(summary(results)))|\(data(results.groups).joined(separator: " "))\n"
            + lines.map { $0 + "\n" }.joined()
    }

    /// What could not even begin.
    static func unknown(_ message: String) -> String {
        "SONDE \(NagiosState.unknown.word): \(NagiosText.text(message))\n"
    }

    private func summary(_ results: ReportResults) -> String {
        let whole = results.whole?.results.map(\.text) ?? []
        // What concerns the run as a whole comes first: what else is known may be half of it.
        if !whole.isEmpty { return whole.joined(separator: " ") }
        if let gate = report.gate { return GatePage(gate: gate, look: TextLook()).summary }
        if let only = report.targets.first, report.targets.count == 1 { return line(only, results.groups[0]) }
        let states = results.groups.filter { $0.target != nil }.map { NagiosState($0.outcome) }
        let parts = [NagiosState.critical, .warning, .unknown, .ok].compactMap { state in
            let count = states.count { $0 == state }
            return count == 0 ? nil : "\(count) \(state.word)"
        }
        return "\(report.targets.count) targets: \(parts.joined(separator: ", "))"
    }

    private func line(_ result: TargetResult, _ group: ResultGroup) -> String {
        let verdict = result.verdict
        guard verdict.cause != .healthy else {
            let notable = group.results.filter { $0.outcome != .pass && $0.outcome != .skip }
            return "\(group.name) is \(verdict.cause.rawValue)" + notable.map { "; \($0.name): \($0.text)" }.joined()
        }
        return "\(group.name) is \(verdict.title). \(verdict.summary)\(verdict.turn.map { " Next: \($0)." } ?? "")"
    }

    private func details(_ groups: [ResultGroup]) -> [String] {
        let ailing = groups.filter { $0.outcome != .pass && ($0.target == nil ? $0.name != Tool.name : report.targets.count > 1) }
        let lines = ailing.prefix(Self.limit).map { group in
            "[\(NagiosState(group.outcome).word)] "
                + NagiosText.text(
                    group.target.map { line($0, group) } ?? group.results.filter { $0.outcome != .pass }.map(\.text).joined(separator: " "))
        }
        return lines + (ailing.count > lines.count ? ["\(ailing.count - lines.count) more are not well"] : [])
    }

    private func data(_ groups: [ResultGroup]) -> [String] {
        let states = groups.filter { $0.target != nil }.map { NagiosState($0.outcome) }
        let times = zip(groups, report.targets).prefix(Self.limit).map { group, result in
            "\(NagiosText.label(report.targets.count == 1 ? "inference" : group.name))=\(time(result));;;0"
        }
        return ["'duration'=\(Decimals.seconds(report.duration))s;;;0", "'targets'=\(report.targets.count);;;0"]
            + ["'failed'=\(states.count { $0 == .critical });;;0"] + times
    }

    /// What the service took for inference; `U` where it served none.
    private func time(_ result: TargetResult) -> String {
        let served = result.exchanges.last { $0.probe.isPaid && $0.reading.isHealthy }
        return served.flatMap { $0.timings.service ?? $0.timings.total }.map { Decimals.preciseSeconds($0) + "s" } ?? "U"
    }
}
