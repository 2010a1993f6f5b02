/// Does the key get vectors?
///
/// - Sends: one word to an embedding model, once plain inference works.
/// - Passes when: a vector comes back.
/// - Fails when: it is refused, answers something else, or does not answer in time.
/// - Costs: about two tokens of an embedding model.
public enum EmbeddingsCheck: Check {
    public static let id = "embeddings"
    public static let question = "Does the key get vectors?"
    public static let isOptional = true

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        guard let item = evidence.last(.embeddings) else {
            let isThere = evidence.target.vendor.endpoints[.embeddings] != nil
            if isThere, evidence.target.blockingFinding == nil, evidence.options.pays, ModelChoice.embedding(evidence) == nil {
                return result(.skip, "not tested: no embedding model is listed or known")
            }
            return notAsked(evidence, .embeddings, lacks: .embeddings, "embeddings")
        }
        return answered(item) { item in
            let dimensions = item.answer?.facts.embedding?.dimensions ?? 0
            return (.pass, ", \(dimensions) dimension\(dimensions == 1 ? "" : "s") from \(item.exchange.probe.model ?? "a model")")
        }
    }
}
