/// Chooses a model to probe with, where the user named none.
enum ModelChoice {
    /// The inference probe that is still to be sent, once the list is there.
    static func inferenceProbe(_ evidence: Evidence) -> Probe? {
        guard evidence.options.infers, evidence.inference == nil, evidence.target.vendor.endpoints[.inference] != nil else { return nil }
        // A host that cannot be reached, or is not the API, is not asked for a paid request.
        if let models = evidence.models {
            guard let answer = models.answer, answer.bodyKind != .html, models.reading.speaker != .middlebox, models.reading.speaker != .edge else { return nil }
        }
        guard let model = choose(evidence) else { return nil }
        return Probe(.inference, endpoint: .inference, model: model)
    }

    private static func choose(_ evidence: Evidence) -> String? {
        let preferred = evidence.target.vendor.probeModels
        guard let listed = evidence.models?.answer?.facts.models?.ids, !listed.isEmpty else { return preferred.first }
        let known = Set(listed)
        return preferred.first(where: known.contains) ?? listed.first(where: ChatDialect.isLikelyChatModel) ?? listed.first
    }

    /// Another model than the one that was refused, best first.
    static func other(than refused: String?, _ evidence: Evidence) -> String? {
        let listed = evidence.models?.answer?.facts.models?.ids ?? []
        let known = Set(listed)
        let preferred = evidence.target.vendor.probeModels.filter { listed.isEmpty || known.contains($0) }
        return (preferred + listed.filter(ChatDialect.isLikelyChatModel)).first { $0 != refused }
    }
}
