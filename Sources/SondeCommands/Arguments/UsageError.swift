/// The command line, a file named by it, or a key source cannot be used; nothing was sent.
struct UsageError: Error, Hashable {
    /// What kind of mistake it is, for tests and for callers that react to one kind.
    enum Code: String, Hashable {
        case unknownOption = "unknown_option"
        case unknownName = "unknown_name"
        case missingValue = "missing_value"
        case invalidValue = "invalid_value"
        case unexpectedArgument = "unexpected_argument"
        case missingArgument = "missing_argument"
        case conflict
        case keyInArguments = "key_in_arguments"
        case keySource = "key_source"
        case file
        case configuration
        case output
    }

    var code: Code
    /// What happened, to what, in one sentence without a final period; text from outside is escaped already.
    var message: EchoedText
    /// What to do about it; a sentence or more.
    var help: EchoedText?
    /// The command whose usage line is shown with it, `check`; filled in by the parser.
    var command: String?

    init(_ code: Code, _ message: EchoedText, help: EchoedText? = nil) {
        self.code = code
        self.message = message
        self.help = help
    }
}

extension UsageError {
    /// A name that stands in no list, with the nearest of those that do.
    ///
    /// - Parameters:
    ///   - kind: What it should have been: `vendor`, `scenario`, `cause`.
    ///   - names: What would have been understood.
    ///   - help: What to do; without it, the names are listed when they are few.
    static func unknown(_ kind: StaticString, _ name: String, among names: [String], help: EchoedText? = nil) -> UsageError {
        var message: EchoedText = "Unknown \(own: "\(kind)") \(argument: name)"
        if KeyShape.matches(name) {
            return UsageError(.keyInArguments, message, help: "A \(own: "\(kind)") is expected here.")
        }
        if let suggestion = Suggestion.nearest(to: name, among: names) {
            message.append(". Did you mean '\(own: suggestion)'?")
        }
        let list: EchoedText? = names.isEmpty || names.count > 24 ? nil : "One of \(own: names.joined(separator: ", "))."
        return UsageError(.unknownName, message, help: help ?? list)
    }
}
