/// Text of a SARIF message (2.1.0, section 3.11): brackets would make a link, braces a place to fill in.
enum SARIFText {
    static func message(_ text: String) -> String {
        TerminalText.escaped(text).replacingASCII { byte in
            switch byte {
            case UInt8(ascii: "["): "("
            case UInt8(ascii: "]"): ")"
            case UInt8(ascii: "{"): "("
            case UInt8(ascii: "}"): ")"
            default: nil
            }
        }
    }
}
