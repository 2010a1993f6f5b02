extension Gatekeeper {
    /// What a group needs takes the place of what its targets need each.
    func grouped(_ untouched: [Gate.Finding]) -> [Gate.Finding] {
        var findings = untouched
        let bySubject = Dictionary(grouping: untouched.indices) { untouched[$0].subject ?? "" }
        for group in policy.groups {
            // Every group counts what was found, not what another group made of it.
            let members = group.targets.map { name in (name, (bySubject[name] ?? []).map { untouched[$0] }) }
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
                for index in group.targets.flatMap({ bySubject[$0] ?? [] }) {
                    if ![.pass, .warn].contains(findings[index].outcome), !isNeededElsewhere(findings[index].subject, group) {
                        findings[index].outcome = .warn
                    }
                }
            } else {
                let bad = members.flatMap(\.1).filter { $0.outcome != .pass && $0.outcome != .warn }
                // Cause and owner are those of one finding, the first of what decides.
                let deciding = Gate.Outcome.inOrderOfWeight.lazy.compactMap { outcome in bad.first { $0.outcome == outcome } }.first
                (own.outcome, own.cause, own.owner) = (deciding?.outcome ?? .fail, deciding?.cause, deciding?.owner)
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
}
