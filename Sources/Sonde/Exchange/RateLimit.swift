/// How much of one rate limit is left, as the headers of an answer tell.
public struct RateLimit: Sendable, Hashable {
    /// What is limited, such as `requests` or `tokens per minute`.
    public var name: String
    public var limit: Int?
    public var remaining: Int
    /// Time until it is whole again.
    public var reset: Duration?

    /// Says whether nothing, or under 5 % of it, is left.
    public var isLow: Bool { remaining <= 0 || limit.map { remaining < $0 / 20 } ?? false }

    /// The limits of which an answer tells what is left.
    static func read(_ answer: Answer, at time: Timestamp, fields: [Vendor.RateLimitFields]) -> [RateLimit] {
        fields.compactMap { field in
            guard let remaining = answer.headers[field.remaining].flatMap(count) else { return nil }
            return RateLimit(
                name: field.name, limit: field.limit.flatMap { answer.headers[$0] }.flatMap(count), remaining: remaining,
                reset: field.reset.flatMap { answer.headers[$0] }.flatMap { duration($0, from: time) })
        }
    }

    private static func count(_ text: String) -> Int? {
        guard let value = Double(text), value >= -1e12, value < 1e12 else { return nil }
        return Int(value)
    }

    /// Services write `1s`, `6m0s`, `120ms`, seconds with a fraction, a moment as RFC 3339, or one in seconds or milliseconds since 1970.
    static func duration(_ text: String, from time: Timestamp) -> Duration? {
        if let moment = Timestamp(rfc3339: text) { return .microseconds(max(0, moment.microseconds - time.microseconds)) }
        if let number = Double(text) {
            guard number >= 0, number < 1e14 else { return nil }
            let microseconds =
                number >= 1e11
                ? number * 1000 - Double(time.microseconds) : number >= 1e9 ? number * 1e6 - Double(time.microseconds) : number * 1e6
            return .microseconds(Int64(max(0, microseconds)))
        }
        var (total, rest) = (0.0, text[...])
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = rest.dropFirst(digits.count).prefix { $0.isASCII && $0.isLetter }
            guard let number = Double(digits), number < 1e9, let factor = units[String(unit)] else { return nil }
            total += number * factor
            rest = rest.dropFirst(digits.count + unit.count)
        }
        // Whatever takes longer than a year is no limit's pause, and a sum of such would leave the range of numbers.
        return text.isEmpty || total > 31_536_000e6 ? nil : .microseconds(Int64(total))
    }

    /// In microseconds.
    private static let units: [String: Double] = ["us": 1, "ms": 1e3, "s": 1e6, "m": 60e6, "h": 3600e6, "d": 86_400e6]
}

extension RateLimit {
    /// The limits that the last answer which tells any of them told; those of generated answers first, and of this round's before others.
    static func last(in exchanges: [Exchange], vendor: Vendor) -> [RateLimit] {
        let own = exchanges.filter { $0.probe.keyUse == .own && $0.probe.place == .target }
        let fresh = own.filter { !$0.isCarried }
        let ordered = fresh.filter(\.probe.generates).reversed() + fresh.filter { !$0.probe.generates }.reversed()
        for exchange in ordered + own.filter(\.isCarried).reversed() {
            guard let answer = exchange.answer else { continue }
            let limits = read(answer, at: exchange.startedAt, fields: vendor.responseHeaders.rateLimits)
            if !limits.isEmpty { return limits }
        }
        return []
    }
}
