import Sonde

/// What monitoring systems read of a check: lines of text, and data for graphs behind a pipe.
enum NagiosText {
    /// Text: a pipe would begin the data, and a line end another line; brackets would be markup in a web page.
    static func text(_ text: String) -> String {
        TerminalText.escaped(text).replacingASCII { byte in
            switch byte {
            case UInt8(ascii: "|"): "¦"
            case UInt8(ascii: "<"): "‹"
            case UInt8(ascii: ">"): "›"
            default: nil
            }
        }
    }

    /// A label of the data, in the quotes that one with blanks needs; neither `=` nor a quote may stand in it.
    static func label(_ text: String) -> String {
        let plain = self.text(text).map { $0 == "=" || $0 == "'" ? "_" : $0 }
        return "'\(String(plain))'"
    }
}

/// What a monitoring system is told by the exit status.
enum NagiosState: Int32, Hashable, CaseIterable {
    case ok = 0
    case warning = 1
    case critical = 2
    case unknown = 3

    init(_ outcome: ReportResult.Outcome) {
        self =
            switch outcome {
            case .pass: .ok
            case .warn, .breach: .warning
            case .fail: .critical
            case .inconclusive, .skip: .unknown
            }
    }

    /// The same number as a status of the process.
    var exitStatus: ExitStatus {
        switch self {
        case .ok: .pass
        case .warning: .checkFailed
        case .critical: .usage
        case .unknown: .inconclusive
        }
    }

    /// The word in front of the first line.
    var word: String {
        switch self {
        case .ok: "OK"
        case .warning: "WARNING"
        case .critical: "CRITICAL"
        case .unknown: "UNKNOWN"
        }
    }
}
