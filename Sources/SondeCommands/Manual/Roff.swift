/// Text for manual pages, in the language of `man` macros.
enum Roff {
    /// Text that shows as it is: nothing in it is taken for a request, an escape or a typographic dash.
    static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            default:
                if scalar.isASCII {
                    result.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
                }
            }
        }
        // Only a period can begin a line by now that roff would act on.
        return result.hasPrefix(".") ? "\\&" + result : result
    }

    /// The same as an argument of a macro.
    static func argument(_ text: String) -> String {
        "\"" + Self.text(text).replacing("\"", by: "\\(dq") + "\""
    }

    static func bold(_ text: String) -> String { "\\fB" + Self.text(text) + "\\fR" }
    static func italic(_ text: String) -> String { "\\fI" + Self.text(text) + "\\fR" }
}
