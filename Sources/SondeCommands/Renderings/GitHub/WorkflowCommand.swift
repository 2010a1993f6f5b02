/// A command of GitHub Actions in a log: `::error title=…::…`.
///
/// Source: actions/toolkit, packages/core/src/command.ts. The runner also acts on `##[…]` anywhere in a line.
struct WorkflowCommand {
    enum Kind: String {
        case error, warning, notice
    }

    var kind: Kind
    var title: String
    /// Lines, which the annotation shows as such.
    var lines: [String]

    var text: String {
        "::\(kind.rawValue) title=\(Self.property(title))::\(lines.map(Self.data).joined(separator: "%0A"))"
    }

    /// The message: a line end would end it, and `%0A` begin another line.
    static func data(_ text: String) -> String {
        broken(text).replacingASCII { $0 == UInt8(ascii: "%") ? "%25" : nil }
    }

    /// A property, in which colons and commas separate.
    static func property(_ text: String) -> String {
        broken(text).replacingASCII { byte in
            switch byte {
            case UInt8(ascii: "%"): "%25"
            case UInt8(ascii: ":"): "%3A"
            case UInt8(ascii: ","): "%2C"
            default: nil
            }
        }
    }

    /// Text on a line of its own in the log, which the runner must not take for a command.
    static func line(_ text: String) -> String {
        let text = broken(text)
        return text.drop { $0 == " " }.hasPrefix("::") ? "\\" + text : text
    }

    private static func broken(_ text: String) -> String {
        TerminalText.escaped(text).replacing("##[", by: "## [")
    }
}
