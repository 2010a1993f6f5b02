/// Words of a command line for a POSIX shell.
enum ShellText {
    /// In single quotes, in which a shell takes everything as it is (POSIX.1-2024, Shell Command Language, 2.2.2).
    static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// A text that ends in the value of a variable: `"Authorization: Bearer $API_KEY"`.
    static func quoted(_ text: String, variable: String) -> String {
        isPlain(text) ? "\"\(text)$\(variable)\"" : quoted(text) + "\"$\(variable)\""
    }

    /// Says whether a text means itself within double quotes, for an interactive shell, too.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7e).contains($0) && !"\"$`\\!".utf8.contains($0) }
    }
}
