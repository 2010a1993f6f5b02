import SondeJSON

/// The Test Anything Protocol, version 13: one line a test, and a block of YAML below it.
enum TAPText {
    /// A description: a `#` would begin a directive, and a line end another test.
    static func description(_ text: String) -> String {
        TerminalText.escaped(text).replacingASCII { byte in
            switch byte {
            case UInt8(ascii: "#"): "\\#"
            case UInt8(ascii: "\\"): "\\\\"
            default: nil
            }
        }
    }

    /// A scalar of YAML in double quotes; what JSON writes is one.
    static func scalar(_ text: String) -> String { JSON.string(TerminalText.escaped(text)).text() }
}
