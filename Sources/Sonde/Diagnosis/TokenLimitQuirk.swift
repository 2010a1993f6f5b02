/// Learns from a refusal in which form a model takes the limit of its answer.
///
/// Models differ in the field's name (`max_tokens`, or `max_completion_tokens` since reasoning) and in the least value, and say so
/// under 400 or 422.
enum TokenLimitQuirk {
    /// More is never asked for, whatever a service calls its minimum.
    static let highestLimit = 64
    /// Forms that are tried after the first: the one the refusal names, and once more where that is refused as well.
    static let attempts = 2

    private static let fields = ["max_tokens", "max_completion_tokens"]

    /// The form to try next; nil when the refusal is about something else, or nothing is left.
    ///
    /// - Parameters:
    ///   - tried: The forms that were refused before, in order; the last is the one this answer is about.
    static func next(after answer: Answer, tried: [InferenceShape]) -> InferenceShape? {
        guard answer.status == 400 || answer.status == 422, let last = tried.last, tried.count <= attempts, let field = last.tokenLimitField
        else { return nil }
        for error in answer.errors {
            guard let next = next(after: error, last, field, tried), !tried.contains(next) else { continue }
            return next
        }
        return nil
    }

    private static func next(after error: ErrorLayer, _ last: InferenceShape, _ field: String, _ tried: [InferenceShape]) -> InferenceShape?
    {
        let message = error.message ?? ""
        // A gateway may pass on what the API behind it calls the field.
        let isAboutLimit = [field, "max_output_tokens"].contains { error.param?.equalsIgnoringCase($0) == true || message.containsWord($0) }
        guard isAboutLimit else { return nil }
        if let minimum = minimum(in: error), minimum > last.tokenLimit {
            return minimum <= highestLimit ? InferenceShape(tokenLimitField: field, tokenLimit: minimum) : nil
        }
        guard isRefused(error) else { return nil }
        if let other = fields.first(where: { $0 != field }), !tried.contains(where: { $0.tokenLimitField == other }) {
            return InferenceShape(tokenLimitField: other, tokenLimit: last.tokenLimit)
        }
        return InferenceShape(tokenLimitField: nil, tokenLimit: last.tokenLimit)
    }

    /// Says whether the field itself is refused, whatever its value.
    private static func isRefused(_ error: ErrorLayer) -> Bool {
        let words = ["not supported", "unsupported", "unrecognized", "unknown", "unexpected", "not permitted", "not allowed", "use 'max_"]
        if let code = error.code?.lowercased(),
            ["unsupported_parameter", "unknown_parameter", "unsupported_value", "extra_forbidden"].contains(code)
        {
            return true
        }
        if error.type?.lowercased() == "extra_forbidden" { return true }
        return words.contains { error.message?.containsFragment($0) ?? false }
    }

    /// The least value that the refusal names: `Expected a value >= 16`, `must be at least 16`.
    private static func minimum(in error: ErrorLayer) -> Int? {
        guard let message = error.message?.lowercased() else { return nil }
        for mark in [">=", "at least", "greater than or equal to", "minimum value of", "minimum of", "minimum is"] {
            guard let range = message[...].range(of: mark) else { continue }
            let digits = message[range.upperBound...].drop { $0 == " " || $0 == "`" || $0 == "'" }.prefix { $0.isASCII && $0.isNumber }
            if let number = Int(digits) { return number }
        }
        return nil
    }
}
