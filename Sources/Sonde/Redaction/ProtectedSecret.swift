/// A secret together with what may be said of it.
public struct ProtectedSecret: Sendable, Hashable {
    /// The whole secret, public prefix included.
    public var secret: Secret
    /// How many bytes at its front are public, such as 8 for `sk-proj-`: they say whose key it is and give nothing away.
    public var publicPrefixCount: Int
    /// Says whether the public prefix stays in redacted text, in front of the marker.
    public var keepsPrefix: Bool
    /// What markers call it, `[redacted API key]`: ASCII letters, digits, blanks and hyphens.
    public var name: String
    /// Where it came from, such as `env:NAME`; safe to print, and what a ``SecretScanner/Leak`` tells.
    public var source: String

    /// Says whether it only tells who somebody is, so that a public host may have a part of it in its name.
    public var isIdentifier = false
    /// Says whether fragments of it are left alone, since they may be ordinary words: `org-my-organization`.
    public var countsOnlyWhole = false

    /// A secret to look for.
    ///
    /// - Parameters:
    ///   - publicPrefixCount: In bytes; clamped to the length of the secret.
    ///   - keepsPrefix: False also hides the public prefix.
    public init(
        _ secret: Secret, publicPrefixCount: Int = 0, keepsPrefix: Bool = false, name: String = "API key", source: String = ""
    ) {
        self.secret = secret
        self.publicPrefixCount = min(max(0, publicPrefixCount), secret.count)
        self.keepsPrefix = keepsPrefix
        self.name = name
        self.source = source
    }
}

/// How a secret stands in a text.
public enum SecretEncoding: String, Sendable, Hashable, CaseIterable {
    case plain
    /// Percent-encoded (RFC 3986 section 2.1), wholly or in part.
    case percent
    /// With the escapes of JSON strings, also nested.
    case json
    /// With character references of HTML, named or numeric.
    case html
    /// Base64 or base64url (RFC 4648), by itself or within something longer.
    case base64
    case hex
}
