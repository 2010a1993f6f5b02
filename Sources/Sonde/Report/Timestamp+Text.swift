extension Timestamp {
    /// Days since 1970-01-01 to year, month, day in the Gregorian calendar (after Howard Hinnant's `civil_from_days`).
    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-20T09:15:02.417Z`.
    public var rfc3339: String {
        rfc3339(offsetSeconds: 0, suffix: "Z")
    }

    /// RFC 3339 in a zone that lies `offsetSeconds` east of UTC: `2026-11-20T10:15:02+01:00`, without fractions.
    public func rfc3339(zoneOffsetSeconds offset: Int) -> String {
        let sign = offset < 0 ? "-" : "+"
        let minutes = abs(offset) / 60
        return rfc3339(offsetSeconds: Int64(offset), suffix: "\(sign)\(padded(Int64(minutes / 60))):\(padded(Int64(minutes % 60)))", milliseconds: false)
    }

    private func rfc3339(offsetSeconds: Int64, suffix: String, milliseconds: Bool = true) -> String {
        let local = seconds + offsetSeconds
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let rest = local - day * 86_400
        let (year, month, dayOfMonth) = Self.civil(fromDays: day)
        let fraction = milliseconds ? "." + padded((microseconds - seconds * 1_000_000) / 1000, to: 3) : ""
        return "\(padded(year, to: 4))-\(padded(month))-\(padded(dayOfMonth))T\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))\(fraction)\(suffix)"
    }

    /// Reads an RFC 3339 time in UTC, as ``rfc3339`` writes it; fractions are optional.
    public init?(rfc3339 text: String) {
        let parts = text.split { !$0.isNumber }.compactMap { Int64($0) }
        guard text.hasSuffix("Z"), parts.count == 6 || parts.count == 7 else { return nil }
        let whole = Self.days(year: parts[0], month: parts[1], day: parts[2]) * 86_400 + parts[3] * 3600 + parts[4] * 60 + parts[5]
        let fraction = text.split(separator: ".").last.map { $0.dropLast() }
        let digits = parts.count == 7 ? (fraction.map(String.init) ?? "") : ""
        let micro = Int64((digits + "000000").prefix(6)) ?? 0
        self.init(microseconds: whole * 1_000_000 + micro)
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Reads an HTTP date in its preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7), or OpenSSL's
    /// `Nov  6 08:49:37 1994 GMT`.
    public init?(httpDate text: String) {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }
        guard let clockIndex = words.firstIndex(where: { $0.contains(":") }) else { return nil }
        let clock = words[clockIndex].split(separator: ":").compactMap { Int64($0) }
        let month = words.compactMap { word in Self.months.firstIndex(of: String(word.prefix(3)).lowercased()) }.first
        let numbers = words.enumerated().filter { $0.offset != clockIndex }.compactMap { Int64($0.element) }
        guard clock.count == 3, let month, numbers.count >= 2, let year = numbers.first(where: { $0 > 1000 }), let day = numbers.first(where: { $0 <= 31 }) else { return nil }
        self.init(seconds: Self.days(year: year, month: Int64(month) + 1, day: day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2])
    }
}

private func padded(_ number: Int64, to width: Int = 2) -> String {
    let digits = String(number)
    return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
}
