import SondeJSON

/// Chooses a model to probe with, where the user named none.
enum ModelChoice {
    /// The inference probe that is still to be sent, once the list is there.
    static func inferenceProbe(_ evidence: Evidence) -> Probe? {
        guard evidence.options.infers, evidence.inference == nil, evidence.target.vendor.endpoints[.inference] != nil else { return nil }
        // A host that cannot be reached, or is not the API, is not asked for a paid request.
        if let models = evidence.models {
            guard let answer = models.answer, answer.bodyKind != .html, models.reading.speaker != .middlebox,
                models.reading.speaker != .edge
            else { return nil }
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
        let preferred = evidence.target.vendor.probeModels.filter { listed.isEmpty || known.contains($0) }
        return (preferred + listed.filter(ChatDialect.isLikelyChatModel)).first { $0 != refused }
    }
}
