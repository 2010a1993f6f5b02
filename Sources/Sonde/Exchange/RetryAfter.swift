/// Reads how long a server asks to wait.
enum RetryAfter {
    /// From `retry-after-ms` or `retry-after` in seconds or as a date against the answer's own `date` (RFC 9110 section 10.2.3); nil without.
    static func parse(_ headers: Headers) -> Duration? {
        if let text = headers["retry-after-ms"], let value = Double(text), value >= 0, value < 1e9 { return .milliseconds(Int64(value)) }
        guard let text = headers["retry-after"] else { return nil }
        if let value = Double(text), value >= 0 { return .milliseconds(Int64(min(value, 1e9) * 1000)) }
        guard let until = Timestamp(httpDate: text), let now = headers["date"].flatMap(Timestamp.init(httpDate:)) else { return nil }
        return .seconds(max(0, until.seconds - now.seconds))
    }
}
