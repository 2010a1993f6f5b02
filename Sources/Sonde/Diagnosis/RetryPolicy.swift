/// Decides whether a failed attempt is repeated, and after which pause: a value without clock or randomness of its own.
public struct RetryPolicy: Sendable, Hashable {
    /// Repetitions at most after 429, 502, 503, 504 or a reset; after a time-out at most one.
    public var limit: Int

    /// Says whether what is charged for is repeated, too.
    public var repeatsPaid: Bool

    public init(limit: Int = 2, repeatsPaid: Bool = true) {
        self.limit = limit
        self.repeatsPaid = repeatsPaid
    }

    /// The pause before the next attempt, or nil when there is none.
    ///
    /// - Parameters:
    ///   - exchange: The attempt that ended.
    ///   - remaining: Time left until the run's deadline; a pause that does not leave time for an answer is not begun.
    ///   - jitter: From 0 to 1, chosen by the caller.
    public func pause(after exchange: Exchange, remaining: Duration, jitter: Double) -> Duration? {
        // What is asked aside is asked once: the answer would not be worth the wait.
        guard exchange.probe.place == .target, repeatsPaid || !exchange.probe.isPaid else { return nil }
        guard exchange.attempt <= allowed(exchange) else { return nil }
        let backoff = Duration.milliseconds(Int64(250.0 * Double(1 << min(exchange.attempt, 6)) * (1 - 0.25 * jitter)))
        let pause = max(backoff, exchange.reading.retryAfter ?? .zero)
        return pause + .seconds(1) < remaining ? pause : nil
    }

    /// What of this outcome may pass by itself; a refusal that time does not mend is not repeated, whatever its status.
    private func allowed(_ exchange: Exchange) -> Int {
        switch exchange.outcome {
        case .answer(let answer):
            guard [429, 502, 503, 504].contains(answer.status),
                exchange.reading.cause?.isRetryable ?? false || exchange.reading.cause == .inconclusive
            else { return 0 }
            return exchange.reading.reason == "request_too_large" ? 0 : limit
        case .failure(let failure):
            switch failure.kind {
            case .closed, .cut: return limit
            case .timeout: return failure.phase == .firstByte || failure.phase == .body ? min(limit, 1) : 0
            default: return 0
            }
        case .handshake: return 0
        }
    }
}
