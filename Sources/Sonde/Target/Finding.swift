/// Something noticed before any request: about the key, the base URL or the environment.
public struct Finding: Sendable, Hashable {
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Worth knowing.
        case note
        /// Likely to matter.
        case warning
        /// The target cannot be asked as it is: the finding is the verdict.
        case blocking
    }

    /// `key`, `base_url`, `environment`.
    public var subject: String
    public var severity: Severity
    /// For blocking findings, the verdict's cause.
    public var cause: Cause?
    /// A word of an open vocabulary, `[a-z0-9_]+`, such as `key_line_end`.
    public var reason: String
    /// One sentence: what, and what to do. Never quotes a secret.
    public var text: String

    public init(_ subject: String, _ severity: Severity, cause: Cause? = nil, reason: String, _ text: String) {
        self.subject = subject
        self.severity = severity
        self.cause = cause
        self.reason = reason
        self.text = text
    }
}
