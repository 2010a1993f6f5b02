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
        for name in policy.targets.keys.sorted() { try make(name, oneOf: names, at: "policy.targets.\(name)") }
        for (index, group) in policy.groups.enumerated() {
            for name in group.targets { try make(name, oneOf: names, at: "policy.groups[\(index)]") }
        }
        for (index, toleration) in policy.tolerations.enumerated() {
            for name in toleration.targets { try make(name, oneOf: names, at: "policy.tolerate[\(index)].targets") }
        }
    }

    private func make(_ name: String, oneOf names: [String], at path: String) throws(UsageError) {
        guard !names.contains(name) else { return }
        throw profile.error(UsageError.unknown("target", name, among: names), at: path)
    }

    /// What has to be asked so that the policy can be judged.
    var options: Diagnosis.Options {
        var options = Diagnosis.Options()
        let names = profile.targets.map(\.name)
        options.checks.formUnion(names.flatMap { policy.rules(for: $0).required ?? [] })
        if names.contains(where: policy.needsStreaming) { options.checks.insert(StreamingCheck.id) }
        options.asksThirdParties = false
        return options
    }

    /// The report that the policy compares with.
    func baseline(catalog: VendorCatalog, judge: Judge) throws(UsageError) -> Report? {
        guard let name = policy.baseline?.report else { return nil }
        return try SavedReport.read(ProfileFile.sibling(name, of: profile.path), catalog: catalog, judge: judge)
    }
}
