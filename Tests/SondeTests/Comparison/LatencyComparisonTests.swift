import TestSupport
import Testing

@testable import Sonde

@Suite struct LatencyComparisonTests {
    private func comparison(_ one: [Double?], _ other: [Double?]) -> LatencyComparison {
        let samples = { (times: [Double?]) in times.map { LatencyComparison.Sample(total: $0.map { .milliseconds($0) }) } }
        return LatencyComparison(
            rounds: one.count, series: [.init(cell: 0, samples: samples(one)), .init(cell: 1, samples: samples(other))])
    }

    @Test func `median and 95th percentile are those of the sorted times`() {
        let series = comparison((1...20).map { Double($0) }, []).series[0]
        #expect(series.median(.total) == .milliseconds(10.5))
        #expect(series.p95(.total) == .milliseconds(19))
    }

    @Test func `a constant difference is its own interval`() throws {
        let difference = try #require(comparison([100, 110, 90, 105, 95, 100], [130, 140, 120, 135, 125, 130]).differences.first)
        #expect(difference.finding == .slower)
        #expect(abs(difference.added.seconds - 0.03) < 1e-9)
        let interval = try #require(difference.interval)
        #expect(abs(interval.lowerBound.seconds - 0.03) < 1e-9 && abs(interval.upperBound.seconds - 0.03) < 1e-9)
    }

    @Test func `five rounds are too few for any interval`() throws {
        let difference = try #require(comparison([100, 100, 100, 100, 100], [200, 200, 200, 200, 200]).differences.first)
        #expect(difference.finding == .unknown)
        #expect(difference.interval == nil)
    }

    @Test func `a difference that is sure but too small to matter is none`() throws {
        let one = (0..<20).map { 300.0 + Double($0 % 3) }
        let difference = try #require(comparison(one, one.map { $0 + 2 }).differences.first)
        #expect(difference.finding == .alike)
        #expect(try #require(difference.interval).lowerBound > .zero)
    }

    @Test func `what the interval excludes on either side would have shown`() throws {
        let one = (0..<20).map { 300.0 + Double($0 % 3) }
        let other = one.enumerated().map { $1 + ($0.isMultiple(of: 2) ? 40 : -35) }
        let difference = try #require(comparison(one, other).differences.first)
        let interval = try #require(difference.interval)
        #expect(difference.finding == .alike)
        #expect(difference.excluded == max(interval.upperBound, .zero - interval.lowerBound))
        #expect(try #require(difference.excluded) > .milliseconds(1))
    }

    @Test func `rounds in which one failed are not compared`() throws {
        let difference = try #require(
            comparison([100, nil, 100, 100, 100, 100, 100], [130, 900, 130, 130, 130, 130, 130]).differences.first)
        #expect(abs(difference.added.seconds - 0.03) < 1e-9)
    }

    /// Ranks from the published table of critical values of the signed-rank test, two-sided 5 % (Wilcoxon 1945; n = 6 … 20).
    @Test(arguments: [(5, nil), (6, 0), (8, 3), (10, 8), (12, 13), (15, 25), (20, 52)] as [(Int, Int?)])
    func `the interval leaves out as many means as the table says`(_ row: (count: Int, critical: Int?)) {
        #expect(SignedRankEstimate.cut(for: row.count) == row.critical)
    }

    @Test func `two services thirty milliseconds apart are told apart, two alike are not called different`() {
        var generator = SeededGenerator(seed: 20_261_120)
        // Long tails, as networks have them.
        func time(_ base: Double) -> Double {
            let tail = Double.random(in: 0..<1, using: &generator)
            return base + Double.random(in: -10...10, using: &generator) + (tail > 0.95 ? 200 * (tail - 0.95) / 0.05 : 0)
        }
        var (found, falseAlarms) = (0, 0)
        for _ in 0..<200 {
            if comparison((0..<20).map { _ in time(100) }, (0..<20).map { _ in time(130) }).differences.first?.finding == .slower {
                found += 1
            }
            if comparison((0..<20).map { _ in time(100) }, (0..<20).map { _ in time(100) }).differences.first?.finding != .alike {
                falseAlarms += 1
            }
        }
        #expect(found >= 190)
        #expect(falseAlarms <= 10)
    }
}
