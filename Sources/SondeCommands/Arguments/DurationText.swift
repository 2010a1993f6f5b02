/// A span of time as it is typed: `5s`, `300ms`, `2m`, `1h`, or bare seconds as curl takes them, `1.5`.
enum DurationText {
    /// Nil when it is not a span of time, is not positive, or is longer than a day.
    static func parse(_ text: String) -> Duration? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let microsecondsPerUnit: Int64? =
            switch text[number.endIndex...] {
            case "ms": 1_000
            case "", "s": 1_000_000
            case "m", "min": 60_000_000
            case "h": 3_600_000_000
            default: nil
            }
        guard let microsecondsPerUnit, let value = DecimalText.parse(String(number)) else { return nil }
        let microseconds = (value * Double(microsecondsPerUnit)).rounded()
        guard microseconds >= 1, microseconds <= 86_400_000_000 else { return nil }
        return .microseconds(Int64(microseconds))
    }
}

/// A number of zero or more, in plain decimal notation.
enum DecimalText {
    static func parse(_ text: String) -> Double? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, text.utf8.count <= 18, parts.contains(where: { !$0.isEmpty }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return Double("0" + text + (text.hasSuffix(".") ? "0" : ""))
    }
}

extension DurationText {
    /// A span of time as people say it: `2 h`, `7 min 30 s`, in whole seconds.
    static func words(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")].filter { $0.0 > 0 }
        return parts.isEmpty ? "0 s" : parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
