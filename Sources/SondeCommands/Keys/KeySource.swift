/// Where a key is read from, as `--key` takes it; never the key itself.
enum KeySource: Hashable {
    case environment(String)
    case file(String)
    case standardInput
    /// The words of a command line; they may name what must not be repeated, so nothing shows them.
    case command([String])

    /// Reads `env:NAME`, `file:PATH`, `stdin` or `command:CMD`.
    init(_ text: String) throws(UsageError) {
        guard let source = try Self.parse(text) else { throw Self.invalid(text) }
        self = source
    }

    /// What a profile says of a target's key; nothing of it is repeated, for it may be the key itself.
    static func inProfile(_ text: String) throws(UsageError) -> KeySource {
        let source: KeySource
        do throws(UsageError) { source = try KeySource(text) } catch {
            guard error.code == .keyInArguments || error.message.hidesKey || KeyShape.matches(text) else { throw error }
            throw UsageError(
                .configuration, "this is not a key source: \(own: KeyShape.matches(text) ? KeyShape.mark : "(not shown)")",
                help: """
                    A profile names a place to read the key from, env:NAME or file:PATH. If that was a key, whoever can read this file or an \
                    earlier version of it has the key: replace it at the vendor, and take it out of the file.
                    """)
        }
        if case .command = source {
            throw UsageError(
                .keySource, "a profile may not run a command", help: "Name the command on the command line: --key TARGET=command:CMD")
        }
        return source
    }

    /// How a report and a screen call it: `env:NAME`, `file:PATH`, `stdin`, and `command` without more.
    var display: String {
        switch self {
        case .environment(let name): "env:" + name
        case .file(let path): "file:" + path
        case .standardInput: "stdin"
        case .command: "command"
        }
    }

    /// Nil when the text does not begin as a source does.
    fileprivate static func parse(_ text: String) throws(UsageError) -> KeySource? {
        if text == "stdin" { return .standardInput }
        if let name = text.droppingPrefix("env:") {
            guard VariableName.isValid(name), !KeyShape.matches(name) else {
                throw UsageError(
                    .keySource, "\(argument: name) is not the name of a variable", help: "Write the name without '$', as in env:LLM_KEY.")
            }
            return .environment(name)
        }
        if let path = text.droppingPrefix("file:") {
            guard !path.isEmpty else { throw UsageError(.keySource, "No file is named after 'file:'", help: remedy) }
            return .file(path)
        }
        if let line = text.droppingPrefix("command:") {
            return .command(try CommandLineText.split(line))
        }
        return nil
    }

    fileprivate static func invalid(_ text: String) -> UsageError {
        if text == "-" { return UsageError(.keySource, "'-' is not a key source", help: "Write 'stdin'.") }
        if VariableName.isValid(text), !KeyShape.matches(text), text == text.uppercased() {
            return UsageError(.keySource, "\(argument: text) is not a key source", help: "Did you mean env:\(own: text)?")
        }
        // What stands here is most often the key itself, whatever it looks like; it is shown in no case.
        let mark = KeyShape.matches(text) ? KeyShape.mark : "(not shown)"
        return UsageError(.keyInArguments, "The value of '--key' is not a key source: \(own: mark)", help: remedy)
    }

    static var remedy: EchoedText {
        "--key takes a place to read the key from, never the key: env:NAME, file:PATH, stdin, or command:CMD."
    }
}

/// One value of `--key`: a source, and the target it is for where there are several.
struct KeyAssignment: Hashable {
    /// A target's name, vendor or base URL; nil when none is named.
    var target: String?
    var source: KeySource

    /// Reads `SOURCE` or `TARGET=SOURCE`.
    init(_ text: String) throws(UsageError) {
        if let source = try KeySource.parse(text) {
            self.source = source
            return
        }
        // The target may be a URL with a query: the first `=` that a source follows is meant.
        for index in text.indices where text[index] == "=" {
            let rest = String(text[text.index(after: index)...])
            let name = String(text[..<index])
            guard !name.isEmpty, !KeyShape.matches(name), let source = try KeySource.parse(rest) else { continue }
            target = name
            self.source = source
            return
        }
        throw KeySource.invalid(text)
    }
}

extension String {
    /// What follows a prefix, when it is there.
    fileprivate func droppingPrefix(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
