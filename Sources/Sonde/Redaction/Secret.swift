/// A value that must never reach an output: it cannot be printed, interpolated, encoded or mirrored.
///
/// The bytes are reached only through ``reveal(_:)``, so that a search for that name lists every place in which
/// a secret leaves its box.
public struct Secret: Sendable {
    private let bytes: [UInt8]

    /// Takes the bytes as they are; hygiene (blanks, quotes, line ends) is judged elsewhere and never repaired here.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(_ text: String) {
        self.bytes = Array(text.utf8)
    }

    /// Length in bytes: what a report may say of a secret.
    public var count: Int { bytes.count }

    public var isEmpty: Bool { bytes.isEmpty }

    /// Lends the bytes to `body`; they must not outlive it except in another `Secret` or in the memory of a transfer.
    public func reveal<Result, Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Result) throws(Failure) -> Result {
        try body(bytes)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(secret)" }
    public var debugDescription: String { "(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Hashable {
    public static func == (a: Secret, b: Secret) -> Bool { a.bytes == b.bytes }
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
