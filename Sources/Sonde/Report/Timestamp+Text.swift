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
        return rfc3339(
            offsetSeconds: Int64(offset), suffix: "\(sign)\(padded(Int64(minutes / 60))):\(padded(Int64(minutes % 60)))",
            milliseconds: false)
    }

    private func rfc3339(offsetSeconds: Int64, suffix: String, milliseconds: Bool = true) -> String {
        let local = seconds + offsetSeconds
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let rest = local - day * 86_400
        let (year, month, dayOfMonth) = Self.civil(fromDays: day)
        let fraction = milliseconds ? "." + padded((microseconds - seconds * 1_000_000) / 1000, to: 3) : ""
        return
            "\(padded(year, to: 4))-\(padded(month))-\(padded(dayOfMonth))T\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))\(fraction)\(suffix)"
    }

    /// Reads an RFC 3339 time in UTC, as ``rfc3339`` writes it; fractions are optional. Nil for what is no time of the years 0 to 9999.
    public init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        let form = Array("dddd-dd-ddTdd:dd:dd".utf8)
        guard bytes.count > form.count, bytes.last == UInt8(ascii: "Z") else { return nil }
        guard zip(bytes, form).allSatisfy({ $1 == UInt8(ascii: "d") ? $0.isASCIIDigit : $0 == $1 }) else { return nil }
        let fraction = bytes[form.count...].dropLast()
        guard
            fraction.isEmpty
                || (fraction.count > 1 && fraction.first == UInt8(ascii: ".") && fraction.dropFirst().allSatisfy(\.isASCIIDigit))
        else { return nil }
        let number = { (range: Range<Int>) in bytes[range].reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) } }
        guard
            let whole = Self.seconds(
                year: number(0..<4), month: number(5..<7), day: number(8..<10), clock: [number(11..<13), number(14..<16), number(17..<19)])
        else { return nil }
        let micro = (0..<6).reduce(Int64(0)) {
            $0 * 10 + ($1 + 1 < fraction.count ? Int64(fraction[fraction.startIndex + $1 + 1] - 0x30) : 0)
        }
        self.init(microseconds: whole * 1_000_000 + micro)
    }

    /// Seconds since 1970, or nil when there is no such day or time of day; a leap second counts as the next one's first.
    private static func seconds(year: Int64, month: Int64, day: Int64, clock: [Int64]) -> Int64? {
        guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day), clock.count == 3 else { return nil }
        guard (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]) else { return nil }
        let days = days(year: year, month: month, day: day)
        guard civil(fromDays: days) == (year, month, day) else { return nil }
        return days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Reads an HTTP date in its preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7), or OpenSSL's
    /// `Nov  6 08:49:37 1994 GMT`. Nil for what is no time of the years 1001 to 9999.
    public init?(httpDate text: String) {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }
        guard let clockIndex = words.firstIndex(where: { $0.contains(":") }) else { return nil }
        let clock = words[clockIndex].split(separator: ":").compactMap { Int64($0) }
        let month = words.compactMap { word in Self.months.firstIndex(of: String(word.prefix(3)).lowercased()) }.first
        let numbers = words.enumerated().filter { $0.offset != clockIndex }.compactMap { Int64($0.element) }
        guard let month, numbers.count == 2, let year = numbers.first(where: { $0 > 1000 }), let day = numbers.first(where: { $0 <= 31 })
        else { return nil }
        guard let seconds = Self.seconds(year: year, month: Int64(month) + 1, day: day, clock: clock) else { return nil }
        self.init(seconds: seconds)
    }
}

private func padded(_ number: Int64, to width: Int = 2) -> String {
    let digits = String(number)
    return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
}
