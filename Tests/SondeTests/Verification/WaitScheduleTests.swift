import Sonde
import Testing

/// When a verification that waits asks again; no test takes any time.
@Suite struct WaitScheduleTests {
    /// The beginnings of all rounds, in seconds, when each takes so long.
    private func rounds(_ limit: Duration, taking: Duration = .zero, retryAfter: Duration? = nil) -> [Int64] {
        var schedule = WaitSchedule(limit: limit)
        var (elapsed, starts) = (Duration.zero, [Int64(0)])
        elapsed += taking
        while case .pause(let pause) = schedule.next(elapsed: elapsed, retryAfter: retryAfter) {
            elapsed += pause
            starts.append(elapsed.components.seconds)
            elapsed += taking
        }
        return starts
    }

    @Test func `pauses grow from five minutes to an hour, and the last round is at the end`() {
        #expect(rounds(.seconds(7200)) == [0, 300, 750, 1425, 2437, 3956, 6234, 7200])
        let day = rounds(.seconds(86_400))
        let pauses = zip(day.dropFirst(), day).map { $0 - $1 }
        #expect(pauses.allSatisfy { (300...3600).contains($0) })
        #expect(zip(pauses.dropLast().dropFirst(), pauses).allSatisfy { $0 >= $1 })
    }

    @Test func `no pause is shorter than five minutes, whatever the time that is left`() {
        #expect(rounds(.seconds(300)) == [0, 300])
        #expect(rounds(.seconds(599)) == [0, 300])
        #expect(rounds(.seconds(600)) == [0, 300, 600])
        #expect(rounds(.seconds(299)) == [0])
    }

    @Test func `a service that asks for patience gets it, and one that asks for less than five minutes does not`() {
        #expect(rounds(.seconds(3600), retryAfter: .seconds(1200)) == [0, 1200, 2400, 3600])
        #expect(rounds(.seconds(600), retryAfter: .seconds(1)) == [0, 300, 600])
        #expect(rounds(.seconds(7200), retryAfter: .seconds(1_000_000_000)) == [0])
    }

    @Test(arguments: [300, 1000, 7200, 86_400])
    func `never more rounds than were announced`(seconds: Int64) {
        let most = WaitSchedule.mostRounds(within: .seconds(seconds))
        #expect(rounds(.seconds(seconds)).count == most)
        for taking in [1, 60, 299, 301, 4000] { #expect(rounds(.seconds(seconds), taking: .seconds(taking)).count <= most) }
    }
}
