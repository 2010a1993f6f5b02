@testable import Sonde
import Testing

@Suite struct RetryAfterTests {
    private func parse(_ fields: [(String, String)]) -> Duration? {
        RetryAfter.parse(Headers(fields.map { HeaderField($0.0, $0.1) }))
    }

    @Test func `without a header there is no wait`() {
        #expect(parse([]) == nil)
    }

    @Test(arguments: [("5", 5000), ("0", 0), ("1.5", 1500), ("86400", 86_400_000)] as [(String, Int64)])
    func `seconds may have a fraction`(text: String, milliseconds: Int64) {
        #expect(parse([("Retry-After", text)]) == .milliseconds(milliseconds))
    }

    @Test func `milliseconds come before seconds`() {
        #expect(parse([("retry-after", "9"), ("retry-after-ms", "250")]) == .milliseconds(250))
        #expect(parse([("retry-after", "9"), ("retry-after-ms", "soon")]) == .seconds(9))
    }

    @Test func `a date is held against the answer's own clock`() {
        let now = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(parse([now, ("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT")]) == .seconds(30))
        #expect(parse([now, ("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT")]) == .zero)
        #expect(parse([("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT")]) == nil)
        #expect(parse([("Date", "?"), ("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT")]) == nil)
    }

    @Test(arguments: ["inf", "1e300", "99999999999999999999"])
    func `a wait beyond measure is a very long one, and breaks nothing`(text: String) {
        #expect(parse([("Retry-After", text)]) == .seconds(1_000_000_000))
        #expect(parse([("Retry-After-Ms", text)]) == nil)
    }

    @Test(arguments: ["", "-1", "soon", "nan", "-inf", "1,5", "Sun, 06 Nov 9223372036854775807 08:50:07 GMT"])
    func `nonsense is no wait`(text: String) {
        #expect(parse([("Date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Retry-After", text)]) == nil)
        #expect(parse([("Retry-After-Ms", text)]) == nil)
    }
}
