/// A variable that holds a value too secret for the command line, written `env:NAME`; for `--proxy-user`.
struct VariableSource: Hashable {
    /// The variable's name.
    var variable: String

    /// - Parameter option: For the message, which never shows the text: it may be the secret itself.
    init(_ text: String, option: OptionSpec) throws(UsageError) {
        guard text.hasPrefix("env:"), VariableName.isValid(String(text.dropFirst(4))) else {
            throw UsageError(
                .keyInArguments, "The value of '\(own: option.display)' names no variable: (not shown)",
                help: "Write \(own: option.display) env:NAME, and put the value into the variable NAME.")
        }
        variable = String(text.dropFirst(4))
    }
}

/// One more header and the variable that holds its value, written `NAME=env:VAR`; for `--header`.
struct HeaderSource: Hashable {
    /// The header's name, as typed.
    var name: String
    var variable: VariableSource

    init(_ text: String) throws(UsageError) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex, text[..<equals].utf8.allSatisfy(Self.isTokenByte) else {
            throw UsageError(
                .keyInArguments, "The value of '--header' does not read NAME=env:VAR: (not shown)",
                help: "Put the header's value into a variable, as in -H X-Tenant=env:TENANT.")
        }
        name = String(text[..<equals])
        variable = try VariableSource(String(text[text.index(after: equals)...]), option: Options.header)
    }

    /// What a header's name may be made of (RFC 9110, section 5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
