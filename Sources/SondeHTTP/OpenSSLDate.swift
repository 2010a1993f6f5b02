import Sonde

/// Reads dates as OpenSSL prints them.
enum OpenSSLDate {
    private static let months: [Substring] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The moment of a text such as `Nov 20 09:38:00 2025 GMT`; nil when it is not one.
    static func timestamp(_ printed: String) -> Timestamp? {
        let words = printed.split(separator: " ")
        guard words.count >= 4, let month = months.firstIndex(of: words[0]), let day = Int(words[1]), let year = Int(words[3]) else { return nil }
        let clock = words[2].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, (1...31).contains(day), (0...9999).contains(year) else { return nil }
        let seconds = daysSince1970(year: year, month: month + 1, day: day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
        return Timestamp(seconds: Int64(seconds))
    }

    /// Days of the Gregorian calendar, with years that begin in March so that the leap day is the last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        // 719,468 days lie between 0000-03-01 and 1970-01-01.
        return marchYear * 365 + leapDays + dayOfYear - 719_468
    }
}
