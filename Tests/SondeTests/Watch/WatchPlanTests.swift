import Sonde
import Testing

/// What a watch costs in a day, counted before the first request.
@Suite struct WatchPlanTests {
    private func plan(
        every seconds: Int = 60, infer: Int? = 10, rounds: Int? = nil, ceiling: Int = 200, paid: Int = 1
    ) -> WatchPlan {
        WatchPlan(every: .seconds(seconds), inferEvery: infer, rounds: rounds, ceiling: ceiling, paidCallsPerRound: paid)
    }

    @Test func `inference is asked in the first round and every so-many-th after it`() {
        #expect([1, 2, 10, 11, 20, 21, 22].map(plan().turn) == [1, 1, 1, 11, 11, 21, 21])
        #expect((1...4).map(plan(infer: 1).turn) == [1, 2, 3, 4])
        #expect(plan(infer: nil).turn(upTo: 40) == nil)
    }

    @Test func `a day's paid calls are those of all its rounds with inference, the unfinished last one too`() {
        #expect(plan().paidCallsPerDay == 144)
        #expect(plan(paid: 3).paidCallsPerDay == 432)
        #expect(plan(every: 7, infer: 1).paidCallsPerDay == 12_343)
        #expect(plan(every: 86_400, infer: 10).paidCallsPerDay == 1)
        #expect(plan(infer: nil, paid: 3).paidCallsPerDay == 0)
        #expect(plan(rounds: 11, paid: 2).paidCallsPerDay == 4)
    }

    @Test func `up to the ceiling is within it`() {
        #expect(plan(ceiling: 144).isWithinCeiling)
        #expect(!plan(ceiling: 143).isWithinCeiling)
    }

    @Test(arguments: [(1, 60, 1), (2, 60, 10), (3, 13, 10), (40, 60, 10), (7, 1, 3)])
    func `what is offered instead fits, and one less does not`(paid: Int, every: Int, infer: Int) throws {
        let plan = plan(every: every, infer: infer, paid: paid)
        guard !plan.isWithinCeiling else { return }
        var other = plan
        let fitting: Int = try #require(plan.fittingInferEvery)
        other.inferEvery = fitting
        #expect(other.isWithinCeiling)
        other.inferEvery = fitting - 1
        #expect(!other.isWithinCeiling)
        other = plan
        other.every = try #require(plan.fittingEvery)
        #expect(other.isWithinCeiling)
        other.every -= .seconds(1)
        #expect(!other.isWithinCeiling)
    }

    @Test func `what fits stays as it is, and what does not is spaced, with a tenth of the ceiling to spare`() throws {
        #expect(plan().spaced == plan())
        #expect(plan().sparePaidCalls == 200 - 144)
        let two = try #require(plan(paid: 2).spaced)
        #expect(two.inferEvery == 16)
        #expect(two.paidCallsPerDay == 180)
        // Nothing is too little to be spared where the ceiling is.
        #expect(plan(ceiling: 2, paid: 2).spaced?.paidCallsPerDay == 2)
        #expect(plan(ceiling: 10, paid: 10).spaced?.paidCallsPerDay == 10)
        #expect(plan(ceiling: 10, paid: 11).spaced == nil)
        #expect(plan(paid: 11).sparePaidCalls == 0)
    }

    @Test func `where not even one round fits nothing is offered`() {
        #expect(plan(ceiling: 5, paid: 6).fittingInferEvery == nil)
        #expect(plan(ceiling: 5, paid: 6).fittingEvery == nil)
    }
}

/// When rounds begin; no test takes any time.
@Suite struct WatchScheduleTests {
    /// The beginnings of rounds in seconds, when each takes as long as is said.
    private func starts(every: Int, taking: [Int], chance: Double = 0) -> (starts: [Int64], skipped: Int) {
        var schedule = WatchSchedule(every: .seconds(every))
        var starts: [Int64] = []
        var elapsed = Duration.zero
        for length in taking {
            elapsed = schedule.next(elapsed: elapsed + .seconds(length), chance: chance)
            starts.append(elapsed.components.seconds)
        }
        return (starts, schedule.skipped)
    }

    @Test func `rounds keep the beat however long each takes`() {
        let (starts, skipped) = starts(every: 60, taking: [1, 59, 30, 0])
        #expect(starts == [60, 120, 180, 240])
        #expect(skipped == 0)
    }

    @Test func `a round that is too long costs the beats that it covers, and none is made up for`() {
        let (starts, skipped) = starts(every: 60, taking: [61, 10, 200, 1])
        #expect(starts == [120, 180, 420, 480])
        #expect(skipped == 1 + 3)
    }

    @Test func `a machine that slept for a day goes on with one round`() {
        let (starts, skipped) = starts(every: 60, taking: [1, 86_400, 1])
        #expect(starts == [60, 86_460, 86_520])
        #expect(skipped == 1440 - 1)
    }

    @Test func `chance makes a round late by a tenth of the beat at most, and never early`() {
        #expect(starts(every: 60, taking: [1, 1, 1], chance: 1).starts == [66, 126, 186])
        #expect(starts(every: 60, taking: [1], chance: 0.5).starts == [63])
        #expect(starts(every: 60, taking: [1], chance: -3).starts == [60])
    }

    @Test func `no round begins before the one before it is over`() {
        var schedule = WatchSchedule(every: .milliseconds(1))
        var elapsed = Duration.zero
        for step in 1...1000 {
            let end = elapsed + .microseconds(step * 7 % 5000)
            elapsed = schedule.next(elapsed: end, chance: 0)
            #expect(elapsed >= end)
        }
    }
}

/// The ceiling on paid calls, over any 24 hours.
@Suite struct PaidDayTests {
    private func hours(_ count: Int) -> Duration { .seconds(count * 3600) }

    @Test func `what was paid for counts for a day, and not a moment longer`() {
        var day = PaidDay(ceiling: 10)
        day.note(4, at: .zero)
        day.note(5, at: hours(12))
        #expect(day.left(at: hours(23)) == 1)
        #expect(day.left(at: hours(24)) == 5)
        #expect(day.left(at: hours(36)) == 10)
        #expect(day.total == 9)
    }

    @Test func `more than the ceiling leaves nothing, not less`() {
        var day = PaidDay(ceiling: 3)
        day.note(5, at: .zero)
        #expect(day.left(at: .zero) == 0)
    }

    @Test func `what is over is forgotten, so that years take no more than a day`() {
        var day = PaidDay(ceiling: 1_000_000)
        for hour in 0..<20_000 { day.note(1, at: hours(hour)) }
        #expect(day.used(at: hours(19_999)) == 24)
        #expect(Mirror(reflecting: day).children.contains { ($0.value as? [Any])?.count == 24 })
    }
}
