/// When to try again: pauses that grow, none shorter than five minutes, until the time is over.
///
/// A state machine without a clock: times go in as spans since the first round began, pauses come out.
public struct WaitSchedule: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        case pause(Duration)
        case over
    }

    /// No service is asked more often, however short a pause it asks for.
    public static let shortestPause = Duration.seconds(300)
    private static let longestPause = Duration.seconds(3600)

    private let limit: Duration
    private var pause = shortestPause

    /// - Parameter limit: For the beginning of the last round, counted from that of the first.
    public init(limit: Duration) { self.limit = limit }

    /// What to do after a round that did not end it.
    ///
    /// - Parameters:
    ///   - elapsed: Since the first round began.
    ///   - retryAfter: The longest pause that a service asked for.
    public mutating func next(elapsed: Duration, retryAfter: Duration? = nil) -> Step {
        let remaining = limit - elapsed
        let least = max(Self.shortestPause, retryAfter ?? .zero)
        guard remaining >= least else { return .over }
        let wanted = max(pause, least)
        pause = min(pause * 3 / 2, Self.longestPause)
        // Rather a last round at the very end than none between here and there.
        return .pause(remaining < wanted ? remaining : wanted)
    }

    /// Rounds at most: those that there would be if each took no time and no service asked for patience.
    public static func mostRounds(within limit: Duration) -> Int {
        var schedule = WaitSchedule(limit: limit)
        var (elapsed, count) = (Duration.zero, 1)
        while case .pause(let pause) = schedule.next(elapsed: elapsed) {
            elapsed += pause
            count += 1
        }
        return count
    }
}
