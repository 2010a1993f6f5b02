/// Does the service know the key?
///
/// - Sends: the vendor's key proof; after a refusal, the same request once more with a made-up key.
/// - Passes when: an endpoint that the manifest says proves the key accepted it, or a made-up key is refused in other words.
/// - Fails when: the key is missing, malformed, unknown, or does not go with the organization named.
/// - Costs: nothing, where the vendor has a free proof.
public enum AuthCheck: Check {
    public static let id = "auth"
    public static let question = "Does the service know the key?"

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        let conclusion = weighing.conclusion
        if let cause = conclusion?.cause, Cause.key.contains(cause) || cause == .orgMismatch {
            let item = conclusion?.exchange.map(evidence.item)
            switch cause {
            case .keyMissing: return result(.fail, evidence.target.blockingFinding?.text ?? missing(evidence, item), item)
            case .keyMalformed:
                return result(.fail, evidence.target.blockingFinding?.text ?? "the service says that this cannot be a key", item)
            case .orgMismatch: return result(.fail, "the key is not of the organization, project or team that was named", item)
            default: return result(.fail, "the service does not accept the key", item)
            }
        }
        if let proof = evidence.proofOfKey {
            return result(.pass, "\(Wording.request(proof.exchange)) accepts the key", proof)
        }
        if evidence.target.blockingFinding != nil { return result(.skip, "not asked: nothing was sent") }
        if weighing.because.contains(where: { $0.law == "made-up-key-refused-otherwise" }) {
            return result(.pass, "the key is recognized: a made-up one is refused in other words", evidence.last(.badKey))
        }
        guard evidence.wasAnswered, evidence.firstWordOfAPI != nil else { return result(.skip, "not tested: the API did not answer") }
        if evidence.target.credential == nil {
            return result(.skip, evidence.served != nil ? "no key was sent, and none was asked for; nothing is proven" : "no key was sent")
        }
        let isRefused =
            evidence.inference.map { $0.answer?.isRefusal == true && ($0.answer?.status == 401 || $0.answer?.status == 403) } ?? false
        if isRefused { return result(.inconclusive, "refused, and nothing shows whether the key is known", evidence.inference) }
        if evidence.own.contains(where: \.reading.isHealthy) {
            if let madeUp = evidence.last(.badKey), madeUp.reading.isHealthy {
                return result(.skip, "accepted, not proven: a made-up key is accepted as well", madeUp)
            }
            return result(.skip, "accepted, not proven: nothing here shows that the server looks at keys (--prove-key asks)")
        }
        return result(.inconclusive, "refused before the key could be proven")
    }

    private static func missing(_ evidence: Evidence, _ item: Evidence.Item?) -> String {
        if item?.exchange.failure?.kind == .unsendable { return "the client had no key, and sent nothing" }
        return evidence.target.credential == nil ? "the service wants a key, and none was sent" : "the service says that no key arrived"
    }
}
