/// May this key run inference, now?
///
/// - Sends: one chat completion of a few tokens.
/// - Passes when: it answers in the right shape; empty text because the token limit was reached is right.
/// - Fails when: it is refused, answers something else, or does not answer in time.
/// - Costs: about twenty tokens of the cheapest model.
public enum InferenceCheck: Check {
    public static let id = "inference"
    public static let question = "May this key run inference, now?"

    public static func judge(_ evidence: Evidence, _ weighing: Weighing) -> CheckResult {
        guard let item = evidence.served ?? evidence.inference else {
            if evidence.target.blockingFinding != nil { return result(.skip, "not asked: nothing was sent") }
            if let withheld = evidence.withheld(.inference) { return result(.skip, withheld.words) }
            if !evidence.options.infers { return result(.skip, "not asked for (--no-inference)") }
            return result(
                .skip, evidence.firstWordOfAPI == nil ? "not tested: the API did not answer" : "not tested: no model is known (--model)")
        }
        if item.reading.isHealthy {
            let took = (item.exchange.timings.service ?? item.exchange.timings.total).milliseconds
            let text =
                "answered\(item.exchange.probe.variant == nil || took > 0 ? " in \(took) ms" : "")\(tokens(item.answer?.facts.inference))"
                + (item.exchange.isCarried ? ", at \(item.exchange.startedAt.rfc3339); not asked in this round" : "")
            if let facts = item.answer?.facts.inference, !facts.hasText, facts.finishReason == "stop" {
                return result(.warn, "\(text), but without any text", item)
            }
            if item.exchange.attempt > 1 { return result(.warn, "passed on attempt \(item.exchange.attempt); \(text)", item) }
            // What the service wants is no fault of it.
            if let shape = item.exchange.probe.shape { return result(.pass, "\(text), with \(shape.words)", item) }
            return result(.pass, text, item)
        }
        if item.reading.cause == .inconclusive { return result(.inconclusive, Wording.answer(item.exchange), item) }
        return result(.fail, Wording.answer(item.exchange), item)
    }

    private static func tokens(_ facts: Facts.Inference?) -> String {
        guard let input = facts?.inputTokens, let output = facts?.outputTokens else { return "" }
        return ", \(input) tokens in, \(output) out"
    }
}
