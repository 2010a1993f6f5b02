extension TargetResult {
    /// Requests that only measured, after the checks.
    public struct Samples: Sendable, Hashable {
        /// One for each request, in order, the one to warm up apart; fewer than were asked for where the run ended before.
        public var times: [LatencyComparison.Sample]
        /// What they took, the one to warm up included.
        public var usage: Usage

        public init(times: [LatencyComparison.Sample] = [], usage: Usage = Usage()) {
            self.times = times
            self.usage = usage
        }
    }
}

extension TargetResult.Usage {
    /// Both together; a cost of which one part is not known is not known.
    static func + (a: Self, b: Self) -> Self {
        Self(
            requests: a.requests + b.requests, inputTokens: sum([a.inputTokens, b.inputTokens]),
            outputTokens: sum([a.outputTokens, b.outputTokens]), cost: a.cost.flatMap { own in b.cost.map { Money.sum([own, $0]) } })
    }

    /// The sum of what services claim, which may be anything: it ends at the greatest number instead of beyond it.
    static func sum(_ counts: [Int]) -> Int {
        counts.reduce(0) { total, count in
            let (sum, isTooMuch) = total.addingReportingOverflow(max(0, count))
            return isTooMuch ? .max : sum
        }
    }
}
