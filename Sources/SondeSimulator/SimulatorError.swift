/// Why a simulator could not be started.
public struct SimulatorError: Error, Sendable, Hashable {
    /// The kinds of failure, which ask for different remedies.
    public enum Code: String, Sendable, Hashable {
        /// The address is not one of this machine's own loopback addresses.
        case notLoopback
        /// Somebody else listens on that port already.
        case portInUse
        /// Anything else the system objects to, such as a port below 1024.
        case cannotListen
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, to what, and what to do about it.
    public let message: String
    /// The system's own word, such as `Permission denied`; nil when it was not asked.
    public let cause: String?
}
