/// When the rounds of a watch begin: on a fixed beat, each a little late by chance, and never two at once.
///
/// A state machine without a clock: spans since the first round began go in and come out. A beat that passes while a round is still
/// under way, or while the machine sleeps, is left out and counted; none is made up for.
public struct WatchSchedule: Sendable, Hashable {
    /// Beats that no round could begin on.
    public private(set) var skipped = 0

    private let every: Duration
    private var beat: Int64 = 0
    /// How much of the time between two beats chance may take: enough for a fleet not to ask in the same second.
    private static let spread = 0.1

    /// - Parameter every: From one beat to the next; more than zero.
    public init(every: Duration) { self.every = every }

    /// When the current round was due, chance apart: by this a day is counted, or chance would move calls from one day into the next.
    public var due: Duration { every * beat }

    /// When the next round begins.
    ///
    /// - Parameters:
    ///   - elapsed: Since the first round began; the round before is over.
    ///   - chance: From 0 to 1, new for each round.
    public mutating func next(elapsed: Duration, chance: Double) -> Duration {
        let passed = max(beat + 1, Int64((elapsed / every).rounded(.up)))
        skipped += Int(passed - beat - 1)
        beat = passed
        return every * passed + every * (Self.spread * min(1, max(0, chance)))
    }
}
