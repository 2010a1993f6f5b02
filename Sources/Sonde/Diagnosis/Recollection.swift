/// What an earlier diagnosis of the same target found out, for one that asks less: a round of a watch.
///
/// A round that leaves out inference, or the requests that only a failure calls for, may count what an earlier one learned by
/// them, as long as everything that both asked says the same. What it asks itself comes before what it remembers.
public struct Recollection: Sendable {
    /// What was allowed to be asked then.
    let options: Diagnosis.Options
    /// What came of the requests that cost nothing, by themselves.
    private let free: Sign
    private let isHealthy: Bool
    /// What came of them together with inference; nil where none was asked.
    private let whole: Sign?
    /// What need not be asked again: all but the requests with which every round begins.
    private let kept: [Exchange]

    /// What requests say by themselves, before a failure calls for more.
    private struct Sign: Hashable {
        var cause: Cause?
        var reason: String?

        /// All was answered as it should be, as far as that shows without inference.
        static let nothingWrong = Sign(cause: .inconclusive, reason: "inference_not_tested")
    }

    /// - Parameter result: May itself rest in part on an earlier one; what it took over from there stays.
    public init(_ result: TargetResult) {
        options = result.options
        isHealthy = result.verdict.cause == .healthy
        free = Self.sign(of: result.exchanges.filter { !$0.probe.isPaid }, result.target, result.options)
        whole = Self.whole(result.exchanges, result.target, result.options)
        kept = result.exchanges.filter { $0.probe.isPaid || $0.probe.kind.isFollowUp }.map { exchange in
            var exchange = exchange
            exchange.isCarried = true
            return exchange
        }
    }

    /// Says whether the first answers of a round are those that were got then.
    func holds(for evidence: Evidence) -> Bool {
        let (exchanges, target, options) = (evidence.exchanges, evidence.target, evidence.options)
        let now = Self.sign(of: exchanges.filter { !$0.probe.isPaid }, target, options)
        // What is better than it was speaks against no health.
        if now != free { return isHealthy && now == .nothingWrong && !options.pays }
        // Where one of the two has no inference there is nothing to compare.
        guard let all = Self.whole(exchanges, target, options), let whole else { return true }
        return all == whole
    }

    /// What a round that came this far need not ask: the requests that a failure calls for, and, where it pays for nothing itself,
    /// what was paid for.
    func exchanges(missingIn evidence: Evidence) -> [Exchange] {
        let asked = Set(evidence.exchanges.map(\.probe.kind))
        return kept.filter { !asked.contains($0.probe.kind) && (!$0.probe.isPaid || !evidence.options.pays) }
    }

    private static func whole(_ exchanges: [Exchange], _ target: Target, _ options: Diagnosis.Options) -> Sign? {
        exchanges.contains { $0.probe.isPaid } ? sign(of: exchanges, target, options) : nil
    }

    private static func sign(of exchanges: [Exchange], _ target: Target, _ options: Diagnosis.Options) -> Sign {
        // What was allowed makes no difference to what came back.
        var options = options
        (options.infers, options.pays) = (false, false)
        var evidence = Evidence(target: target, options: options)
        for exchange in exchanges where !exchange.probe.kind.isFollowUp { evidence.add(exchange) }
        let conclusion = evidence.weighed(by: Law.all).conclusion
        return Sign(cause: conclusion?.cause, reason: conclusion?.reason)
    }
}
