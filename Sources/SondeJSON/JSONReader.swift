/// A cursor into one of our own files that knows where it is, for errors that name the place.
///
/// ```swift
/// let target = try reader.object(allowing: ["name", "vendor", "model"])
/// let name = try target.string("name")
/// let model = try target.optionalString("model")
/// ```
public struct JSONReader: Sendable {
    public let value: JSON
    /// Where the value stands, such as `targets[2].timeout`.
    public let path: String

    public init(_ value: JSON, path: String = "") {
        self.value = value
        self.path = path
    }
}
