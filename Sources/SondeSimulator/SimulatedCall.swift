internal import SondeJSON

/// One request together with all that conditions and templates may ask about it.
struct SimulatedCall {
    let request: Simulator.Request
    /// From `Authorization: Bearer`, `x-api-key` or `api-key`, whichever comes first; nil when absent or empty.
    let key: String?
    let keyState: Scenario.KeyState
    /// The `model` of the JSON body.
    let model: String?
    /// Whether the JSON body has `"stream": true`.
    let wantsStream: Bool
    /// 32 hexadecimal digits.
    let requestID: String
    /// Milliseconds since 1970.
    let milliseconds: Int64

    init(_ request: Simulator.Request, validKeys: [String], requestID: String, milliseconds: Int64) {
        self.request = request
        self.requestID = requestID
        self.milliseconds = milliseconds
        key = Self.key(of: request)
        keyState = key.map { validKeys.contains($0) ? .valid : .other } ?? .none
        let body = request.body.isEmpty ? nil : JSON.lenient(request.body)
        model = body?["model"]?.stringValue
        wantsStream = body?["stream"]?.boolValue ?? false
    }

    private static func key(of request: Simulator.Request) -> String? {
        let bearer = request.header("authorization").flatMap { value in
            value.lowercased().hasPrefix("bearer ") ? String(value.dropFirst(7)) : nil
        }
        return [bearer, request.header("x-api-key"), request.header("api-key")].lazy
            .compactMap { $0 }
            .first { !$0.isEmpty }
    }

    func value(of place: Template.Place) -> String {
        switch place {
        case .model: model ?? ""
        case .method: request.method
        case .path: request.path
        case .source: request.source
        case .requestID(let length): String(requestID.prefix(length))
        case .now: String(milliseconds / 1000)
        case .nowMilliseconds: String(milliseconds)
        case .date: httpDate(seconds: milliseconds / 1000)
        case .maskedKey: masked(key ?? "")
        case .key(let encoding): encoding.encode(key ?? "")
        }
    }
}

/// The way OpenAI repeats a key in a refusal: very short texts whole, all others but for their ends.
private func masked(_ key: String) -> String {
    guard key.count > 12 else { return key }
    return key.prefix(8) + String(repeating: "*", count: key.count - 12) + key.suffix(4)
}

/// A date as in HTTP headers (RFC 9110 section 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
func httpDate(seconds: Int64) -> String {
    let days = seconds / 86_400
    let time = seconds % 86_400
    let shifted = days + 719_468  // days since 0000-03-01, so that a leap day is the last of its year
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153  // 0 is March
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    let months = ["Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"]
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(weekdays[Int(days % 7)]), \(two(day)) \(months[Int(month)]) \(year) "
        + "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
}
