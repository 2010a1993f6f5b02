/// What a vendor's keys look like, where they are found, and how they are sent.
public struct KeyRules: Sendable, Hashable {
    /// The variables that hold a key, in the order in which clients look at them.
    public var variables: [String]
    /// Names that people use by mistake; looked at only to point them out.
    public var nearMisses: [String]
    /// Public beginnings of this vendor's keys, longest first; empty when keys have none.
    public var prefixes: [String]
    /// Those beginnings that belong to this vendor alone: a key with one of them never goes to another.
    public var distinctivePrefixes: [String]
    /// The header that carries the key.
    public var header: String
    /// What stands before the key in that header, such as `Bearer `.
    public var headerPrefix: String
    /// Says whether the service may work without a key.
    public var isOptional: Bool
    /// Says whether the key is one for servers on this machine: it may then go to a loopback address, also without TLS.
    public var isForLoopback: Bool
    /// Bytes below which a text cannot be a key.
    public var minimumLength: Int
    /// The public beginning of the made-up key; the engine adds what makes it well formed.
    public var controlPrefix: String
    /// Other credentials that the header takes, by their public beginning.
    public var tokens: [Token]

    /// A credential that is not a key but goes where the key goes.
    public struct Token: Sendable, Hashable {
        public var name: String
        public var prefix: String
    }

    /// The public beginning of this text, as far as the rules know it.
    public func publicPrefix(of text: String) -> String {
        let known = prefixes + tokens.map(\.prefix)
        return known.filter { text.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count } ?? ""
    }
}
