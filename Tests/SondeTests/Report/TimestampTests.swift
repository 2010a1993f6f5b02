import Sonde
import TestSupport
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (784_111_777_000_000, "1994-11-06T08:49:37.000Z"),
            (951_782_399_999_000, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00.000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999Z"), (4_107_542_400_000_000, "2100-03-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func `a moment is written in UTC to the millisecond`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).rfc3339 == text)
    }

    @Test func `reading what was written gives the same moment`() {
        var generator = SeededGenerator(seed: 3339)
        for _ in 0..<5000 {
            let moment = Timestamp(microseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator) * 1000)
            #expect(Timestamp(rfc3339: moment.rfc3339) == moment, "\(moment.rfc3339)")
        }
    }

    @Test func `a zone is written as its distance from UTC, without fractions`() {
        let moment = Timestamp(microseconds: 784_111_777_900_000)
        #expect(moment.rfc3339(zoneOffsetSeconds: 0) == "1994-11-06T08:49:37+00:00")
        #expect(moment.rfc3339(zoneOffsetSeconds: 20_700) == "1994-11-06T14:34:37+05:45")
        #expect(moment.rfc3339(zoneOffsetSeconds: -34_200) == "1994-11-05T23:19:37-09:30")
    }

    @Test(
        arguments: [
            ("1994-11-06T08:49:37Z", 784_111_777_000_000), ("1994-11-06T08:49:37.5Z", 784_111_777_500_000),
            ("1994-11-06T08:49:37.123456Z", 784_111_777_123_456),
            ("1994-11-06T08:49:37.1234567899Z", 784_111_777_123_456), ("1994-11-06T08:49:60Z", 784_111_800_000_000),
        ] as [(String, Int64)])
    func `fractions are optional, and what is finer than a microsecond is dropped`(text: String, microseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(arguments: [
        "", "Z", "1994-11-06", "1994-11-06T08:49:37", "1994-11-06T08:49:37+01:00", "1994-13-06T08:49:37Z", "1994-00-06T08:49:37Z",
        "1994-11-31T08:49:37Z",
        "1994-02-29T08:49:37Z", "1900-02-29T00:00:00Z", "1994-11-00T08:49:37Z", "1994-11-06T24:00:00Z", "1994-11-06T08:60:00Z",
        "1994-11-06T08:49:61Z",
        "1994-11-06T08:49:37.Z", "1994-11-06T08:49:37,5Z", "1994-11-06 08:49:37Z", "1994x11x06T08:49:37Z", "94-11-06T08:49:37Z",
        "-994-11-06T08:49:37Z",
        "99999999999999999-11-06T08:49:37Z", "1994-11-06T08:49:37.1.2Z", "１９９４-11-06T08:49:37Z", "1994-11-06T99999999999999999999:49:37Z",
    ])
    func `what is no such time is nil`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Nov  6 08:49:37 1994 GMT", "sun, 06 nov 1994 08:49:37 gmt",
        "06 Nov 1994 08:49:37 GMT",
    ])
    func `an HTTP date and an OpenSSL date are read`(text: String) {
        #expect(Timestamp(httpDate: text) == Timestamp(seconds: 784_111_777))
    }

    @Test func `every day of four years is read from both forms`() {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        for day in 0..<1461 {
            let moment = Timestamp(seconds: 1_704_067_200 + Int64(day) * 86_400 + 3661)
            let parts = moment.rfc3339.split { "-T".contains($0) }
            let month = months[(Int(parts[1]) ?? 0) - 1]
            #expect(Timestamp(httpDate: "Thu, \(parts[2]) \(month) \(parts[0]) 01:01:01 GMT") == moment)
            #expect(Timestamp(httpDate: "\(month) \(parts[2]) 01:01:01 \(parts[0]) GMT") == moment)
        }
    }

    @Test(arguments: [
        "", "0", "-1", "yesterday", "Sun, 06 Nov 1994", "06 Nov 1994 08:49 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun, 30 Feb 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:61:37 GMT",
        "Sun, 06 Nov 99999999999 08:49:37 GMT", "Sun, 06 Nov 9223372036854775807 08:49:37 GMT",
        "Sun, 06 Nov 1994 9223372036854775807:49:37 GMT",
        "Sun, 06 Nov 1994 08:9223372036854775807:37 GMT", "::", ":::", "Nov Nov Nov 1:2:3",
    ])
    func `a date that is none is nil, however large its numbers`(text: String) {
        #expect(Timestamp(httpDate: text) == nil)
    }

    @Test func `seconds round down, also before 1970`() {
        #expect(Timestamp(microseconds: 1_999_999).seconds == 1)
        #expect(Timestamp(microseconds: -1).seconds == -1)
        #expect(Timestamp(microseconds: -1_000_000).seconds == -1)
        #expect(Timestamp(seconds: 5) < Timestamp(microseconds: 5_000_001))
    }
}
