/// What was measured of a target, in the units of the limits' names; what was not is absent.
struct Measurements {
    private let result: TargetResult

    init(_ result: TargetResult) { self.result = result }

    subscript(metric: Metric) -> Double? {
        switch metric {
        case .latency: milliseconds(samples(\.total).isEmpty ? inference : Quantile.median(samples(\.total)))
        // One request has no percentile.
        case .latencyP95: samples(\.total).count < 2 ? nil : milliseconds(Quantile.nearestRank(0.95, of: samples(\.total)))
        case .timeToFirstToken: milliseconds(samples(\.firstToken).isEmpty ? stream?.firstToken : Quantile.median(samples(\.firstToken)))
        case .tokensPerSecond: stream?.tokensPerSecond
        case .certificateDays: certificateDays
        case .balance: balance.account
        case .headroom: headroom
        case .cost: result.usage.cost
        }
    }

    /// Whole microseconds, so that a limit that is just met is not missed by a rounding.
    private func milliseconds(_ duration: Duration?) -> Double? { duration.map { ($0.seconds * 1_000_000).rounded() / 1000 } }

    private func samples(_ time: KeyPath<LatencyComparison.Sample, Duration?>) -> [Duration] {
        (result.samples?.times ?? []).compactMap { $0[keyPath: time] }
    }

    /// How long the inference of the check took, from its last byte sent to the last received.
    private var inference: Duration? {
        result.exchanges.last { $0.probe.kind == .inference && $0.reading.isHealthy }.map {
            $0.timings.total - ($0.timings.pretransfer ?? .zero)
        }
    }

    private var stream: Facts.Stream? { result.exchanges.lazy.compactMap { $0.reading.isHealthy ? $0.answer?.facts.stream : nil }.last }

    /// Whole days that the certificate is still good for, counted from the run.
    private var certificateDays: Double? {
        result.exchanges.lazy.compactMap { $0.connection.tls?.certificate?.notAfter }.first.map { until in
            (Double(until.seconds - result.startedAt.seconds) / 86_400).rounded(.down)
        }
    }

    /// What the service tells of money.
    struct Balance {
        /// What is left on the account, in US dollars.
        var account: Double?
        /// What is left of a limit of the key's own, which may be more or less than the account has, in US dollars.
        var key: Double?
        /// The account's, where that is told in another currency.
        var foreign: (amount: Double, currency: String)?
    }

    var balance: Balance {
        var balance = Balance()
        for exchange in result.exchanges {
            guard let told = exchange.answer?.facts.balance, let amount = told.remaining else { continue }
            switch (result.target.vendor.endpoints[exchange.probe.endpoint]?.balance?.subject ?? .account, told.currency) {
            case (.account, "USD"): balance.account = amount
            case (.account, let currency): balance.foreign = (amount, currency)
            case (.key, "USD"): balance.key = amount
            case (.key, _): break
            }
        }
        return balance
    }

    /// The least part that is left of any rate limit, in percent.
    private var headroom: Double? {
        RateLimit.last(in: result.exchanges, vendor: result.target.vendor).compactMap { limit in
            limit.limit.flatMap { $0 > 0 ? 100 * Double(max(0, limit.remaining)) / Double($0) : nil }
        }.min()
    }
}
