/// The outside world that a run needs besides the network: the time of day, and chance.
public struct RunClock: Sendable {
    public var now: @Sendable () -> Timestamp
    /// Sixteen or so letters and digits for a made-up key.
    public var randomTail: @Sendable () -> String

    public init(now: @escaping @Sendable () -> Timestamp, randomTail: @escaping @Sendable () -> String = RunClock.systemTail) {
        self.now = now
        self.randomTail = randomTail
    }

    /// Letters and digits from the system's generator.
    public static let systemTail: @Sendable () -> String = {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return String((0..<20).compactMap { _ in alphabet.randomElement() })
    }
}

/// What a run reports while it works.
public enum RunEvent: Sendable {
    case asking(target: String, probes: [Probe])
    case retrying(target: String, probe: Probe, pause: Duration)
    case finished(TargetResult)
    /// A round of measurements begins; round 0 warms up.
    case sampling(round: Int, of: Int)
}
