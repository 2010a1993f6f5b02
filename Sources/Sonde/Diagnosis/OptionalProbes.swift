/// The requests of the checks that are answered on request only, sent once it is known that inference works or was not asked for.
enum OptionalProbes {
    /// Those that are still to be sent.
    static func probes(_ evidence: Evidence) -> [Probe] {
        let (target, options) = (evidence.target, evidence.options)
        guard options.pays, target.blockingFinding == nil, isWorthAsking(evidence) else { return [] }
        return [streaming(evidence), responses(evidence), embeddings(evidence)].compactMap(\.self).filter { probe in
            options.checks.contains(probe.kind.rawValue) && !evidence.exchanges.contains { $0.probe.kind == probe.kind }
                && !evidence.withheld.contains { $0.kind == probe.kind }
        }
    }

    /// Where plain inference was refused, nothing that costs more is tried.
    private static func isWorthAsking(_ evidence: Evidence) -> Bool {
        evidence.options.infers ? evidence.served != nil : ModelChoice.isAPI(evidence)
    }

    private static func streaming(_ evidence: Evidence) -> Probe? {
        guard evidence.target.vendor.endpoints[.inference] != nil, let model = model(evidence) else { return nil }
        return Probe(.streaming, endpoint: .inference, model: model, shape: evidence.served?.exchange.probe.shape)
    }

    private static func responses(_ evidence: Evidence) -> Probe? {
        guard evidence.target.vendor.endpoints[.responses] != nil, let model = model(evidence) else { return nil }
        return Probe(.responses, endpoint: .responses, model: model)
    }

    private static func embeddings(_ evidence: Evidence) -> Probe? {
        guard evidence.target.vendor.endpoints[.embeddings] != nil, let model = ModelChoice.embedding(evidence) else { return nil }
        return Probe(.embeddings, endpoint: .embeddings, model: model)
    }

    private static func model(_ evidence: Evidence) -> String? {
        evidence.served?.exchange.probe.model ?? ModelChoice.choose(evidence)
    }
}

extension Answer {
    /// Says whether a refusal is about the options of a stream.
    var namesStreamOptions: Bool {
        errors.contains { error in
            [error.param, error.message].compactMap(\.self).contains {
                $0.containsFragment("stream_options") || $0.containsFragment("include_usage")
            }
        }
    }
}
