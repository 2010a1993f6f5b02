/// A request beyond the baseline, sent only when it separates causes that are still open.
public struct FollowUp: Sendable {
    /// The probe's name.
    public let kind: Probe.Kind
    /// What it separates, in one sentence, for `--dry-run` and the documentation.
    public let purpose: String
    /// Says whether it is charged for.
    let isPaid: Bool
    /// Requests of this kind that one failure can call for.
    let count: Int
    /// Whom it asks: the target's own origin, or nil where this target has nobody to ask.
    let origin: @Sendable (Target) -> String?
    /// Says whether the user allows it for this target, whatever the failure.
    let isAllowed: @Sendable (Target, Diagnosis.Options) -> Bool
    /// The probes that the evidence calls for.
    let probes: @Sendable (Evidence, Weighing) -> [Probe]

    init(
        _ kind: Probe.Kind, _ purpose: String, isPaid: Bool = false, count: Int = 1,
        origin: @escaping @Sendable (Target) -> String? = { $0.baseURL.origin },
        isAllowed: @escaping @Sendable (Target, Diagnosis.Options) -> Bool, probes: @escaping @Sendable (Evidence, Weighing) -> [Probe]
    ) {
        (self.kind, self.purpose, self.isPaid, self.count) = (kind, purpose, isPaid, count)
        (self.origin, self.isAllowed, self.probes) = (origin, isAllowed, probes)
    }

    /// Says whether a failure of this target can ever lead to it.
    func mayBeSent(_ target: Target, _ options: Diagnosis.Options) -> Bool {
        origin(target) != nil && isAllowed(target, options)
    }

    /// The probes worth sending now; none that was sent before.
    ///
    /// What is charged for waits until all that is free has been answered, and goes one by one: often nothing is left to ask.
    static func choose(_ evidence: Evidence) -> [Probe] {
        let weighing = evidence.weighed(by: Law.all)
        let wanted = all.compactMap { followUp -> (followUp: FollowUp, probes: [Probe])? in
            guard followUp.mayBeSent(evidence.target, evidence.options),
                !evidence.exchanges.contains(where: { $0.probe.kind == followUp.kind }), evidence.withheld(followUp.kind) == nil
            else { return nil }
            let probes = followUp.probes(evidence, weighing)
            return probes.isEmpty ? nil : (followUp, Array(probes.prefix(followUp.count)))
        }
        let free = wanted.filter { !$0.followUp.isPaid }.flatMap(\.probes)
        return free.isEmpty ? wanted.first?.probes ?? [] : free
    }
}
