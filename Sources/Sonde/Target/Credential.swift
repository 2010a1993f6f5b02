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

        /// The source that has this label; one from nowhere for a label that none has.
        init(label: String) {
            switch label {
            case "stdin": self = .standardInput
            case "command": self = .command
            case "demo": self = .demo
            case _ where label.hasPrefix("env:"): self = .environment(String(label.dropFirst(4)), isVendors: false)
            case _ where label.hasPrefix("file:"): self = .file(String(label.dropFirst(5)))
            default: self = .recording
            }
        }
    }

    /// Where it was found; it also decides where the key may go, see ``KeyBinding``.
    public var source: Source
    public var secret: Secret
    /// In bytes; known also where the secret is not, such as in a saved report.
    public var length: Int
    /// The beginning that is public knowledge, such as `sk-proj-`; empty when the vendor's rules know none of it.
    public var publicPrefix: String

    /// - Parameter length: That of the secret, where it is not given.
    public init(source: Source, secret: Secret, length: Int? = nil, publicPrefix: String = "") {
        self.source = source
        self.secret = secret
        self.length = length ?? secret.count
        self.publicPrefix = publicPrefix
    }
}
