/// Splits a command line into words by the quoting rules everybody knows, and by no others.
///
/// Blanks separate; single quotes are literal; within double quotes, and outside of any, a backslash takes the next character as
/// it is. No variable, no wildcard, no pipe: there is no shell.
enum CommandLineText {
    static func split(_ line: String) throws(UsageError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                // Within double quotes only these two are escaped; another backslash stands for itself.
                if quote == "\"", character != "\"", character != "\\" { word = (word ?? "") + "\\" }
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                if "|;&<>".contains(character), word == nil {
                    throw UsageError(
                        .keySource, "The key command has a '\(own: String(character))' in it, and no shell to understand it",
                        help: "Put the command into a script, or quote the character.")
                }
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else {
            throw UsageError(.keySource, "The key command ends within quotation marks or after a backslash", help: KeySource.remedy)
        }
        if let last = word { words.append(last) }
        guard let program = words.first, !program.isEmpty else {
            throw UsageError(.keySource, "No command is named after 'command:'", help: KeySource.remedy)
        }
        guard !line.utf8.contains(0) else { throw UsageError(.keySource, "The key command holds a NUL byte") }
        return words
    }
}
