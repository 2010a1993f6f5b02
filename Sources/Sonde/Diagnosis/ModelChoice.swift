import SondeJSON

/// Chooses a model to probe with, where the user named none.
enum ModelChoice {
    /// The inference probe that is still to be sent, once the list is there.
    static func inferenceProbe(_ evidence: Evidence) -> Probe? {
        guard evidence.options.infers, evidence.inference == nil, evidence.withheld.isEmpty,
            evidence.target.vendor.endpoints[.inference] != nil
        else { return nil }
        guard isAPI(evidence), let model = choose(evidence) else { return nil }
        return Probe(.inference, endpoint: .inference, model: model)
    }

    /// Says whether the list shows nothing against it: a host that cannot be reached, or is not the API, is not asked for a paid request.
    static func isAPI(_ evidence: Evidence) -> Bool {
        guard let models = evidence.models else { return true }
        guard let answer = models.answer, answer.bodyKind != .html else { return false }
        return models.reading.speaker != .middlebox && models.reading.speaker != .edge
    }

    /// The model that the user named, else the one that we like best of those that are there. None where nothing that is listed can chat: a
    /// refusal by a model for images or vectors would say nothing.
    static func choose(_ evidence: Evidence) -> String? {
        if let model = evidence.target.model { return model }
        let preferred = evidence.target.vendor.probeModels.filter(ChatDialect.isLikelyChatModel)
        guard let listed = evidence.models?.answer?.facts.models?.ids, !listed.isEmpty else { return preferred.first }
        let known = Set(listed)
        return preferred.first(where: known.contains) ?? listed.first(where: ChatDialect.isLikelyChatModel)
    }

    /// The model for a vector: one that the manifest names, else one whose name speaks of it; nil where the list has none.
    static func embedding(_ evidence: Evidence) -> String? {
        if let model = evidence.target.model, ChatDialect.isLikelyEmbeddingModel(model) { return model }
        let preferred = evidence.target.vendor.probeModels.filter(ChatDialect.isLikelyEmbeddingModel)
        guard let listed = evidence.models?.answer?.facts.models?.ids, !listed.isEmpty else { return preferred.first }
        let known = Set(listed)
        return preferred.first(where: known.contains) ?? listed.first(where: ChatDialect.isLikelyEmbeddingModel)
    }

    /// The listed names that were most likely meant by the one that was refused, for a sentence; nil when none is near.
    static func similar(_ evidence: Evidence) -> String? {
        guard let wanted = evidence.inference?.exchange.probe.model ?? evidence.target.model else { return nil }
        let listed = evidence.models?.answer?.facts.models?.ids ?? []
        guard !listed.contains(wanted) else { return nil }
        let bare = { (name: String) in name.split(separator: "/").last.map { $0.lowercased() } ?? "" }
        // With or without the maker's name before it, or with a date behind it; then what was mistyped.
        var similar =
            listed.filter { bare($0) == bare(wanted) } + listed.filter { bare($0).hasPrefix(bare(wanted) + "-") && bare(wanted).count > 3 }
        var others = listed.filter { !similar.contains($0) }
        while similar.count < 3, let closest = closestMatch(to: wanted, among: others) {
            similar.append(closest)
            others.removeAll { $0 == closest }
        }
        return similar.isEmpty ? nil : similar.prefix(3).joined(separator: ", ")
    }

    /// Another model than the one that was refused, best first.
    static func other(than refused: String?, _ evidence: Evidence) -> String? {
        let listed = evidence.models?.answer?.facts.models?.ids ?? []
        let known = Set(listed)
        let preferred = evidence.target.vendor.probeModels.filter {
            (listed.isEmpty || known.contains($0)) && ChatDialect.isLikelyChatModel($0)
        }
        return (preferred + listed.filter(ChatDialect.isLikelyChatModel)).first { $0 != refused }
    }
}
