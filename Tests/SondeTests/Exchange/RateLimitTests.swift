@testable import Sonde
import SondeJSON
import TestSupport
import Testing

@Suite struct RateLimitTests {
    private let now = Timestamp(seconds: 1_763_630_000)

    @Test(arguments: [
        ("120ms", 120), ("1s", 1000), ("6m0s", 360_000), ("1h2m3.5s", 3_723_500), ("7.66", 7660), ("0", 0), ("1763630012", 12_000),
        ("1763630012000", 12_000), ("2025-11-20T09:13:50Z", 30_000), ("2025-11-20T09:13:00Z", 0),
    ])
    func `a time until it is whole again is read in every form that services use`(text: String, milliseconds: Int64) {
        #expect(RateLimit.duration(text, from: now) == .milliseconds(milliseconds))
    }

    @Test(arguments: ["", "soon", "5 parsecs", "-3", "1e300", "nan", "3x", "999999999d", "999999999d999999999d"])
    func `what is no time is none`(text: String) { #expect(RateLimit.duration(text, from: now) == nil) }

    @Test func `under five percent is little, and so is nothing`() {
        let isLow = { (remaining: Int, limit: Int?) in RateLimit(name: "requests", limit: limit, remaining: remaining, reset: nil).isLow }
        #expect(isLow(0, nil) && isLow(-1, 10) && isLow(24, 500))
        #expect(!isLow(25, 500) && !isLow(1, nil) && !isLow(1, 10))
    }

    @Test func `the headers are those that the manifest names`() throws {
        let vendor = try Sample.vendor([
            "headers": ["rate_limits": [["of": "requests per day", "remaining": "x-left", "limit": "x-all", "reset": "x-when"]]]
        ])
        let answer = Answer(
            status: 200,
            headers: Headers([HeaderField("X-Left", "3"), HeaderField("x-all", "9"), HeaderField("x-ratelimit-remaining-tokens", "1")]))
        #expect(
            RateLimit.read(answer, at: now, fields: vendor.responseHeaders.rateLimits) == [
                RateLimit(name: "requests per day", limit: 9, remaining: 3, reset: nil)
            ])
        #expect(vendor.keptHeaders.isSuperset(of: ["x-left", "x-all", "x-when"]))
    }
}
