import Sonde
import SondeJSON

/// The lines of JSON that a watch writes: `Profiles/watch.schema.json`.
enum WatchLine {
    /// Grows by one when a reader of the old form would misunderstand the new one.
    static let schemaVersion: Int64 = 1

    static func started(_ notice: WatchNotice, targets: [Target], at moment: Timestamp) -> JSON {
        let plan = notice.plan
        let known = targets.map { target -> JSON in
            [
                "id": .string(target.name), "vendor": .string(target.vendor.id), "base_url": .string(target.baseURL.text),
                "model": text(target.model),
            ]
        }
        return .object(
            JSON.Object(
                head("watch_started", moment) + [
                    ("schema_version", .integer(schemaVersion)),
                    ("tool", ["name": .string(Tool.name), "version": .string(Tool.version)]),
                    ("every_ms", .integer(plan.every.milliseconds)),
                    ("infer_every", plan.inferEvery.map { .integer(Int64($0)) } ?? .null),
                    ("rounds", plan.rounds.map { .integer(Int64($0)) } ?? .null),
                    ("paid_calls_a_day", .integer(Int64(plan.paidCallsPerDay))), ("max_requests", .integer(Int64(plan.ceiling))),
                    ("max_cost_usd", notice.budget.map { .number($0.highest) } ?? .null),
                    ("targets", .array(known)),
                ]))
    }

    /// A target's state, where it is another than before.
    static func change(_ change: Watch.Change, in round: WatchRounds.Round, _ report: Report) -> JSON {
        let result = report.targets[change.target]
        var members = head("change", round.startedAt)
        members.append(("round", .integer(Int64(round.number))))
        members.append(("id", .string(result.target.name)))
        members.append(("from", change.before.map(\.json) ?? .null))
        members.append(("to", change.after.json))
        members.append(("lasted_ms", change.lastedSince.map { .integer(round.startedAt.since($0).milliseconds) } ?? .null))
        members.append(("is_offline", .bool(report.isOffline)))
        members.append(("inferred_at", text(result.inferredAt?.rfc3339)))
        members.append(("verdict", result.verdict.json))
        return .object(JSON.Object(members))
    }

    static func round(_ round: WatchRounds.Round, _ report: Report, _ watch: Watch) -> JSON {
        .object(
            JSON.Object(
                head("round", round.startedAt) + [
                    ("round", .integer(Int64(round.number))), ("duration_ms", .integer(round.duration.milliseconds)),
                    ("inference", .bool(round.hasInferred)), ("over_max_requests", .bool(round.isOverCeiling)),
                    ("is_offline", .bool(report.isOffline)), ("targets", states(report, watch)),
                ] + members(of: round.tally)))
    }

    static func ended(_ status: ExitStatus, _ watch: Watch, _ tally: WatchRounds.Tally, report: Report?, at moment: Timestamp) -> JSON {
        .object(
            JSON.Object(
                head("watch_ended", moment) + [
                    ("rounds", .integer(Int64(tally.rounds))), ("targets", report.map { states($0, watch) } ?? .array([])),
                ] + members(of: tally) + [("exit_code", .integer(Int64(status.rawValue)))]))
    }

    private static func head(_ type: String, _ moment: Timestamp) -> [(String, JSON)] {
        [("type", .string(type)), ("at", .string(moment.rfc3339))]
    }

    private static func members(of tally: WatchRounds.Tally) -> [(String, JSON)] {
        [
            ("changes", .integer(Int64(tally.changes))), ("paid_calls_today", .integer(Int64(tally.paidCalls))),
            ("paid_calls", .integer(Int64(tally.allPaidCalls))), ("skipped_beats", .integer(Int64(tally.skippedBeats))),
        ]
    }

    private static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    /// A target each: how it stands, since when, and what that rests on.
    private static func states(_ report: Report, _ watch: Watch) -> JSON {
        .array(
            zip(report.targets, watch.standings).compactMap { result, standing in
                standing.map { standing in
                    .object(
                        JSON.Object([
                            ("id", .string(result.target.name)), ("state", standing.state.json), ("since", .string(standing.since.rfc3339)),
                            ("inferred_at", text(result.inferredAt?.rfc3339)), ("duration_ms", .integer(result.duration.milliseconds)),
                        ]))
                }
            })
    }
}

extension Watch.State {
    fileprivate var json: JSON {
        ["cause": .string(cause.rawValue), "reason": reason.map { .string($0) } ?? .null, "outcome": .string(outcome.rawValue)]
    }
}
