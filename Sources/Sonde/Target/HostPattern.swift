/// A host name, or `*.` and the name it must lie below.
public struct HostPattern: Sendable, Hashable {
    private let text: String

    public init(_ text: String) { self.text = text.lowercased() }

    /// Says whether a host is the one that is meant, or one of those; case does not count.
    public func matches(_ host: String) -> Bool {
        let host = host.lowercased()
        return text.hasPrefix("*.") ? host.hasSuffix(text.dropFirst(1)) && host.count > text.count - 1 : host == text
    }

    /// Says whether some host is meant by both.
    public func overlaps(_ other: HostPattern) -> Bool { matches(other.text) || other.matches(text) }
}
