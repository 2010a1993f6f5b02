extension OptionSpec {
    /// Refuses a value that the option cannot hold.
    func validate(_ text: String) throws(UsageError) {
        switch value {
        case .flag:
            preconditionFailure("a flag takes no value")
        case .text:
            guard !text.isEmpty else { throw invalid(text, "Is a variable in your command unset?") }
        case .duration:
            guard DurationText.parse(text) != nil else {
                throw invalid(text, "A time of up to a day, such as 5s, 300ms, 2m, or bare seconds.")
            }
        case .integer(let range):
            guard let number = Int(text), range.contains(number) else {
                throw invalid(text, "A whole number from \(range.lowerBound) to \(range.upperBound).")
            }
        case .amount:
            guard DecimalText.parse(text) != nil else { throw invalid(text, "A number such as 0.05.") }
        case .choice(let values):
            guard values.contains(text) else { throw unknown(text, values) }
        case .choices(let values, _):
            let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if let wrong = words.first(where: { !values.contains($0) }) { throw unknown(wrong, values) }
        }
    }

    private func invalid(_ text: String, _ help: EchoedText) -> UsageError {
        UsageError(.invalidValue, "The value \(argument: text) is invalid for '\(own: display) <\(own: valueName ?? "")>'", help: help)
    }

    private func unknown(_ text: String, _ values: [String]) -> UsageError {
        var error = invalid(text, "One of \(own: values.joined(separator: ", ")).")
        if !error.message.hidesKey, let near = Suggestion.nearest(to: text, among: values) {
            error.message.append(". Did you mean '\(own: near)'?")
        }
        return error
    }
}
