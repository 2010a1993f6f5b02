import Sonde
import SondeJSON

/// The policy of a profile, made sure of: every name in it is there.
struct GatePolicy {
    let profile: ProfileFile

    /// Without one every target must pass.
    var policy: Policy { profile.profile.policy ?? Policy() }

    /// - Throws: The place of a name that no target has, and what was probably meant.
    func check() throws(UsageError) {
        let names = profile.targets.map(\.name)
        guard !names.isEmpty else {
            throw UsageError(.configuration, "\(outside: profile.path): the profile has no targets", help: "Add one under \"targets\".")
        }
        for name in policy.targets.keys.sorted() { try make(name, oneOf: names, at: SourcePath.appending(key: name, to: "policy.targets")) }
        for (index, group) in policy.groups.enumerated() {
            for name in group.targets { try make(name, oneOf: names, at: "policy.groups[\(index)]") }
        }
        for (index, toleration) in policy.tolerations.enumerated() {
            for name in toleration.targets { try make(name, oneOf: names, at: "policy.tolerate[\(index)].targets") }
        }
    }

    private func make(_ name: String, oneOf names: [String], at path: String) throws(UsageError) {
        guard !names.contains(name) else { return }
        throw profile.sources.error(UsageError.unknown("target", name, among: names), at: path)
    }

    /// What has to be asked of one target besides the usual, so that the policy can be judged.
    func furtherChecks(of target: String) -> Set<String> {
        Set(policy.rules(for: target).required ?? []).union(policy.needsStreaming(for: target) ? [StreamingCheck.id] : [])
    }

    /// The targets that are measured, each with its number of samples, and the paid requests that this sends, those to warm up included.
    var measurement: (samples: [(target: String, count: Int)], requests: Int) {
        let samples = profile.targets.map { ($0.name, policy.samples(for: $0.name)) }.filter { $1 > 0 }
        return (samples, samples.reduce(0) { $0 + SampleRun.requests(cells: 1, rounds: $1.1) })
    }

    /// What is said before anything is measured; nil where nothing is.
    func notice(_ redactor: Redactor) -> String? {
        let (samples, count) = measurement
        guard count > 0 else { return nil }
        let listed = samples.prefix(3).map { "\(Counted.text($0.count, "sample")) of \(redactor.redact($0.target))" }
        let more = samples.count > listed.count ? ["those of \(Counted.text(samples.count - listed.count, "target")) more"] : []
        return
            "Measuring sends up to \(count) paid requests more: \((listed + more).joined(separator: ", ")), and one for each target to warm up."
    }

    /// Refuses samples that are more paid requests than were allowed, before anything is sent.
    func refuseTooMany(limit: Int) throws(UsageError) {
        let (samples, count) = measurement
        guard count > limit else { return }
        let error = UsageError(
            .configuration,
            "the samples of \(own: Counted.text(samples.count, "target")) are \(own: "\(count)") paid requests, and \(own: "\(limit)") are allowed",
            help: "Nothing was sent. Take fewer samples, or allow it: --max-requests \(own: "\(count)")")
        throw profile.sources.error(error, at: "policy")
    }

    /// What the targets are called in reports: without what looks like a key.
    ///
    /// - Throws: When two would be called the same: one could then be judged by what was found of the other.
    func names(redactedBy redactor: Redactor) throws(UsageError) -> [String] {
        let names = profile.targets.map { redactor.redact($0.name) }
        var seen: Set<String> = []
        if let twice = names.firstIndex(where: { !seen.insert($0).inserted }) {
            throw profile.sources.error(
                UsageError(
                    .configuration, "once what looks like a key is taken out, two targets are called \(argument: names[twice])",
                    help: "Give one of them another name."), in: profile.targets[twice], at: "name")
        }
        return names
    }

    /// What judges a report in which names are redacted as they are here.
    func keeper(baseline: Report?, redactor: Redactor) -> Gatekeeper {
        Gatekeeper(policy: policy.redacted(by: redactor), now: Timestamp(microseconds: System.now()), baseline: baseline)
    }

    /// The report that the policy compares with.
    func baseline(catalog: VendorCatalog, judge: Judge) throws(UsageError) -> Report? {
        guard let name = policy.baseline?.report else { return nil }
        let path = ProfileFile.sibling(name, of: profile.path)
        if let error = ProfileFile.linkError(name, at: path) { throw profile.sources.error(error, at: "policy.baseline.report") }
        do throws(UsageError) { return try SavedReport.read(path, catalog: catalog, judge: judge) } catch {
            throw profile.sources.error(error, at: "policy.baseline.report")
        }
    }
}
