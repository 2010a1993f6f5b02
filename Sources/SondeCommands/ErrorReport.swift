/// The one place that turns an error into the text on standard error.
struct ErrorReport {
    let tool: ToolSpec
    /// As typed; what looks like a key in them is searched for in the finished text once more.
    let arguments: [String]
    /// Columns to which advice is wrapped; the first line stays whole, for whoever searches a log for it, but on a terminal.
    var width = 80
    /// Says whether somebody sees it at once, on a terminal.
    var isOnTerminal = false

    /// Lines without a final line end.
    func text(for error: any Error) -> String {
        switch error {
        case let error as UsageError: withoutKeys(lines(for: error).joined(separator: "\n"))
        case is CancellationError: "Error: Interrupted"
        default: withoutKeys("Error: " + TerminalText.escapedLines("\(error)").joined(separator: "\n"))
        }
    }

    private func lines(for error: UsageError) -> [String] {
        let first = "Error: " + error.message.description
        var lines = isOnTerminal || width < 80 ? wrapped(first) : [first]
        if let help = error.help { lines += wrapped("Help: " + help.description) }
        let isKeyTyped = error.code != .configuration && error.code != .file && arguments.contains(where: KeyShape.matches)
        if isKeyTyped || error.message.hidesKey || error.code == .keyInArguments {
            lines += wrapped(Self.keyAdvice)
        }
        guard showsUsage(error), let command = error.command.flatMap(tool.command(named:)) else { return lines }
        lines.append(HelpText(tool: tool, width: width).usage(of: command, title: "Usage: "))
        lines += TerminalText.wrapped("See '\(tool.name) \(command.name) --help' for more information.", to: width, indent: 2)
        return lines
    }

    private static let keyAdvice = """
        Note: If that was a key, it is now in your shell history, and others on this machine could see it among the running \
        processes. Replace it at the vendor, and name a place to read the new one from: --key env:NAME, file:PATH, stdin, or \
        command:CMD.
        """

    private func wrapped(_ text: String) -> [String] {
        TerminalText.wrapped(text, to: width, hanging: 6)
    }

    /// The usage line helps whoever mistyped it, not whoever has a disk that is full.
    private func showsUsage(_ error: UsageError) -> Bool {
        switch error.code {
        case .unknownOption, .missingValue, .invalidValue, .unexpectedArgument, .missingArgument, .conflict: true
        case .unknownName, .keyInArguments, .keySource, .file, .configuration, .output: false
        }
    }

    /// Takes out what looks like a key even if a message repeated it on a way nobody thought of.
    private func withoutKeys(_ text: String) -> String {
        var text = text
        let parts = arguments.flatMap { argument in
            let values = argument.indices.filter { argument[$0] == "=" }.map { argument[argument.index(after: $0)...] }
            return ([argument[...], argument.drop { $0 == "-" }] + values).map(String.init)
        }
        for part in parts where part.utf8.count >= 6 && KeyShape.matches(part) {
            text = text.replacing(part, by: KeyShape.mark)
        }
        return text
    }
}

extension String {
    func replacing(_ part: String, by mark: String) -> String {
        var result = ""
        var rest = self[...]
        while let next = rest.first {
            if rest.hasPrefix(part) {
                result += mark
                rest = rest.dropFirst(part.count)
            } else {
                result.append(next)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
