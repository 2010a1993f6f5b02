/// What the tool tells its caller in one number.
///
/// Where several apply, the first in this order wins: `interrupted` or `terminated`, `usage`, `checkFailed`, `retryable`,
/// `inconclusive`, `thresholdBreached`, `pass`. ``first(of:)`` knows that order.
public enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
    /// Every requested check passed and something proved the key; warnings and skips count as passed.
    case pass = 0
    /// A check failed, for a reason that a repetition alone will not mend.
    case checkFailed = 1
    /// Usage, configuration, or a result that could not be written; also anything this tool itself got wrong.
    case usage = 2
    /// Nothing trustworthy was measured: no target, no answer that decides, or this machine is offline.
    case inconclusive = 3
    /// The checks pass, but a threshold or a baseline is breached.
    case thresholdBreached = 4
    /// Everything that failed may pass when it is tried again later.
    case retryable = 5
    /// Stopped by Ctrl-C (SIGINT); what was done is still reported.
    case interrupted = 130
    /// Stopped by SIGTERM; what was done is still reported.
    case terminated = 143

    /// The one that counts when several apply; ``pass`` when there is none.
    public static func first(of statuses: some Sequence<ExitStatus>) -> ExitStatus {
        statuses.min { $0.rank < $1.rank } ?? .pass
    }

    private var rank: Int {
        switch self {
        case .interrupted: 0
        case .terminated: 1
        case .usage: 2
        case .checkFailed: 3
        case .retryable: 4
        case .inconclusive: 5
        case .thresholdBreached: 6
        case .pass: 7
        }
    }
}
