/// The form of an inference request, as far as models differ in it: how the answer's length is limited.
public struct InferenceShape: Sendable, Hashable {
    /// `max_tokens` or `max_completion_tokens`; nil where no limit is accepted at all.
    public var tokenLimitField: String?
    public var tokenLimit: Int

    public init(tokenLimitField: String?, tokenLimit: Int) {
        self.tokenLimitField = tokenLimitField
        self.tokenLimit = tokenLimit
    }

    /// How a sentence names it: `max_tokens 16`.
    var words: String { tokenLimitField.map { "\($0) \(tokenLimit)" } ?? "no token limit" }
}

extension Vendor.InferenceRules {
    /// The form that is tried first.
    var shape: InferenceShape { InferenceShape(tokenLimitField: tokenLimitField, tokenLimit: tokenLimit) }

    /// These rules with another form.
    func with(_ shape: InferenceShape) -> Self {
        var rules = self
        (rules.tokenLimitField, rules.tokenLimit) = (shape.tokenLimitField, shape.tokenLimit)
        return rules
    }
}
