extension Check {
    /// What an optional check says of a request that was not sent.
    ///
    /// - Parameters:
    ///   - endpoint: What the vendor must have for it.
    ///   - name: How a sentence names that.
    static func notAsked(_ evidence: Evidence, _ kind: Probe.Kind, lacks endpoint: Vendor.EndpointName, _ name: String) -> CheckResult {
        if let withheld = evidence.withheld(kind) ?? evidence.withheld(.inference) { return result(.skip, withheld.words) }
        if evidence.target.blockingFinding != nil { return result(.skip, "not asked: nothing was sent") }
        if evidence.target.vendor.endpoints[endpoint] == nil {
            return result(.skip, "not tested: no \(name) of \(evidence.target.vendor.name) is known")
        }
        if !evidence.options.pays { return result(.skip, "not asked for (--no-inference)") }
        if evidence.options.infers, let inference = evidence.inference, !inference.reading.isHealthy {
            return result(.skip, "not tested: plain inference does not work", inference)
        }
        return result(
            .skip, evidence.firstWordOfAPI == nil ? "not tested: the API did not answer" : "not tested: no model is known (--model)")
    }

    /// What it says of one that was: how long it took, and the rest from `healthy` where it was answered as promised.
    static func answered(_ item: Evidence.Item, healthy: (Evidence.Item) -> (CheckResult.Outcome, String)) -> CheckResult {
        guard item.reading.isHealthy else {
            return result(item.reading.cause == .inconclusive ? .inconclusive : .fail, Wording.answer(item.exchange), item)
        }
        let (outcome, text) = healthy(item)
        let took = (item.exchange.timings.service ?? item.exchange.timings.total).milliseconds
        let attempt = item.exchange.attempt
        if attempt > 1, outcome == .pass { return result(.warn, "passed on attempt \(attempt); answered in \(took) ms\(text)", item) }
        return result(outcome, "answered in \(took) ms\(text)", item)
    }
}
