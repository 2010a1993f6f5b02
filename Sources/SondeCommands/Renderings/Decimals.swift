import Sonde

/// Decimal numbers without the help of a library.
enum Decimals {
    /// Seconds with three decimals: `0.240`.
    static func seconds(_ duration: Duration) -> String { text(duration.milliseconds, decimals: 3) }

    /// Seconds with six decimals, for programs: `0.000412`.
    static func preciseSeconds(_ duration: Duration) -> String { text(duration.microseconds, decimals: 6) }

    /// A count of such parts of one as a number: 1234 with three decimals is `1.234`.
    static func text(_ count: Int64, decimals: Int) -> String {
        let digits = String(count.magnitude)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        return (count < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }

    /// As people read it: `4.2 ms`, `240 ms`, `1.52 s`.
    static func shown(_ duration: Duration) -> String {
        let microseconds = duration.microseconds
        if microseconds > 0, microseconds < 9_950 { return "\(Decimals.text((microseconds + 50) / 100, decimals: 1)) ms" }
        let milliseconds = duration.milliseconds
        return milliseconds < 1000 ? "\(milliseconds) ms" : "\(Decimals.text((milliseconds + 5) / 10, decimals: 2)) s"
    }
}
