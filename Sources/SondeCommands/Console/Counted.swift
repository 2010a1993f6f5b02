/// A number with its noun.
enum Counted {
    /// `1 target`, `2 targets`.
    ///
    /// - Parameter noun: In the singular; its plural takes an `s`.
    static func text(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
