/// Facts about the tool itself.
public enum Tool {
    public static let name = "sonde"
    /// Semantic version of the tool; a report carries it.
    public static let version = "0.1.0"
}
