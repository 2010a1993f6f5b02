/// Is the model there for this key?
///
/// - Sends: the list of models.
/// - Passes when: the model is listed, or inference with it answered.
/// - Fails when: the service says that the model is missing, retired or not open to the account.
/// - Costs: nothing.
public enum ModelCheck: Check {
    public static let id = "model"
    public static let question = "Is the model there for this key?"

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        let inference = evidence.inference
        let models = evidence.models
        guard let name = inference?.exchange.probe.model ?? evidence.target.model else {
            if let count = models?.answer?.facts.models?.count {
                return result(count > 0 ? .skip : .warn, "\(count) \(count == 1 ? "model" : "models") listed, none chosen", models)
            }
            return result(.skip, "no model was named")
        }
        if let other = evidence.replacement {
            return result(
                .warn, "\(name), our own choice, is not available; \(other.exchange.probe.model ?? "another model") answers", inference,
                other)
        }
        if weighing.conclusion?.cause == .modelUnavailable { return result(.fail, "\(name) is not available to this key", inference) }
        let listed = models?.answer?.facts.models
        let isListed = listed?.ids.contains(name)
        if inference?.reading.isHealthy == true {
            if isListed == false {
                return result(.warn, "\(name) answers, though it is not in the list of \(listed?.count ?? 0)", inference, models)
            }
            return result(.pass, listed.map { "\(name) answers, one of \($0.count) listed" } ?? "\(name) answers", inference)
        }
        switch isListed {
        case true?: return result(.pass, "\(name) is one of \(listed?.count ?? 0) listed (not tested)", models)
        case false?: return result(.warn, "\(name) is not among the \(listed?.count ?? 0) listed", models)
        case nil: return result(.skip, "not tested: no list of models")
        }
    }
}
