/// What was paid for within the last day, so that a ceiling holds for any 24 hours, not for a date.
///
/// Without a clock: spans since the watch began go in. It holds an entry for each round that paid, so never more than the ceiling.
public struct PaidDay: Sendable, Hashable {
    private let ceiling: Int
    private var entries: [Entry] = []
    /// Paid calls since the watch began.
    public private(set) var total = 0

    private struct Entry: Hashable {
        var at: Duration
        var calls: Int
    }

    /// - Parameter ceiling: Paid calls within any 24 hours.
    public init(ceiling: Int) { self.ceiling = ceiling }

    /// Paid calls within the last day.
    public func used(at now: Duration) -> Int {
        entries.reduce(0) { $0 + ($1.at > now - WatchPlan.day ? $1.calls : 0) }
    }

    /// Paid calls that are still allowed at this moment.
    public func left(at now: Duration) -> Int { max(0, ceiling - used(at: now)) }

    /// Takes what a round paid for.
    ///
    /// - Parameter now: The beginning of the round, never before that of an earlier one.
    public mutating func note(_ calls: Int, at now: Duration) {
        entries.removeAll { $0.at <= now - WatchPlan.day }
        guard calls > 0 else { return }
        total += calls
        entries.append(Entry(at: now, calls: calls))
    }
}
