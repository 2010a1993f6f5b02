/// One rule of weighing, with a name that appears in a verdict's `because` and `ruled out`.
public struct Law: Sendable {
    public let name: String
    /// The rule in one sentence, for the documentation.
    public let statement: String
    let apply: @Sendable (Evidence, inout Weighing, String) -> Void

    init(_ name: String, _ statement: String, _ apply: @escaping @Sendable (Evidence, inout Weighing, String) -> Void) {
        self.name = name
        self.statement = statement
        self.apply = apply
    }

    /// Every law, in the order in which they speak: first those that conclude, then those that confirm, exclude or doubt.
    public static let all: [Law] = concluding + control + confirming + following
}
