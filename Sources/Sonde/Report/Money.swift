/// Amounts of money as people read them.
enum Money {
    /// Two decimals, or where less than a cent is meant as many as show two digits; never an exponent.
    static func text(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e13 else { return "\(value)" }
        var (digits, scale) = (2, 100.0)
        if value != 0, abs(value) < 0.00995 {
            while digits < 12, abs(value) * scale < 9.95 { (digits, scale) = (digits + 1, scale * 10) }
        }
        let units = Int64((abs(value) * scale).rounded())
        var fraction = String(units % Int64(scale))
        fraction = String(repeating: "0", count: max(0, digits - fraction.utf8.count)) + fraction
        while fraction.utf8.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(value < 0 && units > 0 ? "-" : "")\(units / Int64(scale)).\(fraction)"
    }

    /// All together, cut to what is meant: sums of such small numbers have a tail.
    static func sum(_ values: [Double]) -> Double { (values.reduce(0, +) * 1e12).rounded() / 1e12 }
}
