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

        /// How reports name it.
        public var label: String {
            switch self {
            case .environment(let name, _): "env:\(name)"
            case .file(let path): "file:\(path)"
            case .standardInput: "stdin"
            case .command: "command"
            case .demo: "demo"
            }
        }
    }

    /// Where it was found; it also decides where the key may go, see ``KeyBinding``.
    public var source: Source
    public var secret: Secret
    /// The beginning that is public knowledge, such as `sk-proj-`; empty when the vendor's rules know none of it.
    public var publicPrefix: String

    public init(source: Source, secret: Secret, publicPrefix: String = "") {
        self.source = source
        self.secret = secret
        self.publicPrefix = publicPrefix
    }
}
