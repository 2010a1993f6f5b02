/// Facts about the tool itself.
public enum Tool {
    /// What people type, and what reports and the User-Agent header say.
    public static let name = "sonde"
    /// Semantic version of the tool; a report carries it.
    public static let version = "0.1.0"
}
