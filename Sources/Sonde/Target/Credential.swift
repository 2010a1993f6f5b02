/// A key as it was found: where from, and whether it may be sent.
public struct Credential: Sendable, Hashable {
    /// Where a key came from; safe to print.
    public enum Source: Sendable, Hashable {
        /// A variable of the environment; `isVendors` says whether the vendor's own list of variables led to it, so that it is
        /// bound to that vendor's hosts.
        case environment(String, isVendors: Bool)
        case file(String)
        case standardInput
        /// The output of a command, which is not repeated: it may hold secrets itself.
        case command
        /// A demo key of the simulator.
        case demo
        /// One that somebody else used in a recorded call; only its beginning may be known.
        case recording

        /// How reports name it.
        public var label: String {
            switch self {
            case .environment(let name, _): "env:\(name)"
            case .file(let path): "file:\(path)"
            case .standardInput: "stdin"
            case .command: "command"
            case .demo: "demo"
            case .recording: "recording"
            }
        }
    }

    public var source: Source
    public var secret: Secret
    /// Bytes at the beginning that are public knowledge, such as `sk-proj-`.
    public var publicPrefix: String

    public init(source: Source, secret: Secret, publicPrefix: String = "") {
        self.source = source
        self.secret = secret
        self.publicPrefix = publicPrefix
    }
}
