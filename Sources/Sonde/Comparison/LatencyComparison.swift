/// How long services took for the same request, measured in turn, and how sure their difference is.
public struct LatencyComparison: Sendable, Hashable {
    /// Rounds that were asked for, the one to warm up aside.
    public var rounds: Int
    /// One for each cell that was measured.
    public var series: [Series]
    /// Requests that were sent, those to warm up and those of a round that was cut short included.
    public var requests: Int
    /// What was not compared, and why.
    public var exclusions: [Exclusion] = []
    /// What ended it before its last round; nil where nothing did.
    public var end: End?

    public init(rounds: Int, series: [Series], requests: Int = 0) {
        self.rounds = rounds
        self.series = series
        self.requests = requests
    }

    /// What ended a measurement early.
    public enum End: String, Sendable, Hashable, CaseIterable {
        /// Its own limit, see ``RunLimits/sampling(_:)``.
        case timeOver = "time_over"
        /// A signal.
        case interrupted
    }

    /// A cell that was not measured, or not in one respect: only like is compared with like.
    public struct Exclusion: Sendable, Hashable {
        /// Why, as reports hold it.
        public enum Reason: String, Sendable, Hashable, CaseIterable {
            /// No inference was served, so that there is nothing to measure.
            case noInference = "no_inference"
            /// Another model than the one asked for answered.
            case otherModel = "other_model"
            /// It answers in streams only, or in whole only, and the others the other way.
            case otherForm = "other_form"
            /// Its stream failed, so that whole answers are compared.
            case notStreamed = "not_streamed"
            /// What it costs is not known, so that no ceiling can be kept.
            case priceUnknown = "price_unknown"
            /// It could cost more than was allowed.
            case overLimit = "over_cost_limit"
        }

        /// Index into ``Comparison/cells``.
        public var cell: Int
        /// Nil for all of it.
        public var measure: Measure?
        public var reason: Reason

        /// - Parameter measure: What was not compared; nil for all of the cell.
        public init(cell: Int, measure: Measure? = nil, reason: Reason) {
            self.cell = cell
            self.measure = measure
            self.reason = reason
        }
    }

    /// Says whether something was not measured for its price.
    public var isRefusedForPrice: Bool { exclusions.contains { $0.reason == .priceUnknown || $0.reason == .overLimit } }

    /// What is compared.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// From the request's last byte to the answer's last.
        case total
        /// From the request's last byte to the first piece of generated text, of a streamed answer.
        case firstToken = "first_token"

        /// As a sentence calls it.
        public var name: String {
            switch self {
            case .total: "total time"
            case .firstToken: "time to first token"
            }
        }
    }

    /// The measurements of one cell, one for each round, in order.
    public struct Series: Sendable, Hashable {
        /// Index into ``Comparison/cells``.
        public var cell: Int
        public var samples: [Sample]

        public init(cell: Int, samples: [Sample]) {
            self.cell = cell
            self.samples = samples
        }

        /// The times that were measured, without the rounds that failed.
        public func times(_ measure: Measure) -> [Duration] { samples.compactMap { $0[measure] } }

        /// Rounds without an answer of success.
        public var failures: Int { samples.count { $0.total == nil } }

        public func median(_ measure: Measure) -> Duration? { Quantile.median(times(measure)) }

        /// The time that 95 of 100 requests do not exceed: the least of the measured times of which that holds.
        public func p95(_ measure: Measure) -> Duration? { Quantile.nearestRank(0.95, of: times(measure)) }
    }

    /// One request.
    public struct Sample: Sendable, Hashable {
        /// Nil when it failed.
        public var total: Duration?
        /// Nil when the answer was not streamed, or held no text.
        public var firstToken: Duration?

        public init(total: Duration? = nil, firstToken: Duration? = nil) {
            self.total = total
            self.firstToken = firstToken
        }

        subscript(measure: Measure) -> Duration? {
            switch measure {
            case .total: total
            case .firstToken: firstToken
            }
        }
    }

    /// How one cell differs from the first, in one measure.
    public struct Difference: Sendable, Hashable {
        public var cell: Int
        /// The cell that it is compared with.
        public var reference: Int
        public var measure: Measure
        /// By how much longer it took than the reference; negative where it was faster.
        public var added: Duration
        /// The interval that holds the true difference in 95 of 100 runs; nil with fewer than six rounds that both answered.
        public var interval: ClosedRange<Duration>?
        /// What may be said of it.
        public var finding: Finding

        /// A difference larger than this would have shown: what the interval excludes on either side.
        public var excluded: Duration? { interval.map { max($0.upperBound, .zero - $0.lowerBound) } }
    }

    public enum Finding: String, Sendable, Hashable, CaseIterable {
        case slower, faster
        /// The interval holds zero, or the difference is too small to matter.
        case alike
        /// There are too few measurements to say anything.
        case unknown
    }

    /// Every other cell beside the first, in every measure that both have.
    public var differences: [Difference] {
        guard let reference = series.first else { return [] }
        return series.dropFirst().flatMap { other in Measure.allCases.compactMap { difference(of: other, from: reference, $0) } }
    }

    private func difference(of series: Series, from reference: Series, _ measure: Measure) -> Difference? {
        let pairs = zip(series.samples, reference.samples).compactMap { one, other in
            one[measure].flatMap { time in other[measure].map { time - $0 } }
        }
        guard !pairs.isEmpty else { return nil }
        let estimate = SignedRankEstimate(differences: pairs.map(\.seconds))
        return Difference(
            cell: series.cell, reference: reference.cell, measure: measure, added: .seconds(estimate.center),
            interval: estimate.interval.map { .seconds($0.lowerBound) ... .seconds($0.upperBound) },
            finding: Self.finding(estimate, beside: reference.median(measure)?.seconds ?? 0))
    }

    /// Differences below this part of the reference's median, or below a millisecond, matter to nobody.
    static let negligiblePart = 0.02

    private static func finding(_ estimate: SignedRankEstimate, beside median: Double) -> Finding {
        guard let interval = estimate.interval else { return .unknown }
        guard !interval.contains(0), abs(estimate.center) >= max(0.001, negligiblePart * median) else { return .alike }
        return estimate.center > 0 ? .slower : .faster
    }
}

/// Order statistics of durations.
enum Quantile {
    /// The middle one, or the mean of the two in the middle.
    static func median(_ times: [Duration]) -> Duration? {
        guard !times.isEmpty else { return nil }
        let sorted = times.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    static func nearestRank(_ part: Double, of times: [Duration]) -> Duration? {
        guard !times.isEmpty else { return nil }
        let sorted = times.sorted()
        let rank = Int((part * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}

extension Duration {
    /// The length in seconds, fractions included.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
