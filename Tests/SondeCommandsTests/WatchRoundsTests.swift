import Sonde
import SondeJSON
import Synchronization
import TestSupport
import Testing

@testable import SondeCommands

/// The rounds of a watch on a clock that costs no time.
struct WatchRoundsTests {
    /// A service that behaves in another way each round, and a clock that only pauses and rounds move.
    private final class Stage: Sendable {
        private struct State {
            var elapsed = Duration.zero
            var starts: [Int64] = []
            var repeatsPaid: [Bool] = []
            var free: [Int] = []
            var paid: [Int] = []
        }

        private let state = Mutex(State())
        private let targets: @Sendable (_ round: Int) -> [Target]
        private let lengths: [Duration]
        private let reply: @Sendable (_ round: Int, Probe) -> Rehearsal.Reply
        private let lastHeard: Int

        convenience init(
            _ targets: [Target], lengths: [Duration] = [.seconds(1)], lastHeard: Int = .max,
            reply: @escaping @Sendable (_ round: Int, Probe) -> Rehearsal.Reply
        ) {
            self.init({ _ in targets }, lengths: lengths, lastHeard: lastHeard, reply: reply)
        }

        /// - Parameter targets: Those of each round, with their keys.
        init(
            _ targets: @escaping @Sendable (_ round: Int) -> [Target], lengths: [Duration] = [.seconds(1)], lastHeard: Int = .max,
            reply: @escaping @Sendable (_ round: Int, Probe) -> Rehearsal.Reply
        ) {
            (self.targets, self.lengths, self.lastHeard, self.reply) = (targets, lengths, lastHeard, reply)
        }

        /// When each round began, in seconds.
        var starts: [Int64] { state.withLock { $0.starts } }
        /// Says whether what is charged for could be repeated, round by round.
        var repeatsPaid: [Bool] { state.withLock { $0.repeatsPaid } }
        /// Requests that were sent and cost nothing, round by round.
        var free: [Int] { state.withLock { $0.free } }
        /// Paid requests that were sent, round by round.
        var paid: [Int] { state.withLock { $0.paid } }

        var world: WatchRounds.World {
            WatchRounds.World(
                elapsed: { self.state.withLock { $0.elapsed } },
                pause: { until in self.state.withLock { $0.elapsed = max($0.elapsed, until) } },
                moment: { Timestamp(seconds: 1_763_640_000 + self.state.withLock { $0.elapsed }.components.seconds) },
                chance: { 0 }, targets: { self.targets(self.state.withLock { $0.starts.count + 1 }) },
                ask: { diagnoses, limits in
                    let round = self.state.withLock { state in
                        state.starts.append(state.elapsed.components.seconds)
                        state.repeatsPaid.append(limits.repeatsPaid)
                        state.elapsed += self.lengths[min(state.starts.count, self.lengths.count) - 1]
                        return state.starts.count
                    }
                    let results = diagnoses.compactMap { diagnosis -> TargetResult? in
                        let target = diagnosis.evidence.target
                        let run = try? Rehearsal(of: diagnosis, retries: limits.retryPolicy) { probe, _ in
                            self.reply(round, probe)
                        }
                        return run.map { $0.result(target, options: $0.options) }
                    }
                    self.state.withLock { state in
                        state.free.append(results.reduce(0) { $0 + $1.exchanges.count { !$0.probe.isPaid && !$0.isCarried } })
                        state.paid.append(results.reduce(0) { $0 + $1.exchanges.count { $0.probe.isPaid && !$0.isCarried } })
                    }
                    return results
                },
                isUnheard: { self.state.withLock { $0.starts.count } >= self.lastHeard })
        }
    }

    private static let well: @Sendable (Int, Probe) -> Rehearsal.Reply = { _, probe in
        switch probe.endpoint {
        case .models: .models("small-1")
        case .key: .json(200, ["balance": "4.5"])
        default: .completion(model: "small-1")
        }
    }

    private func run(
        _ stage: Stage, every: Duration = .seconds(60), infer: Int? = 10, rounds: Int, ceiling: Int = 200, targets: Int = 1,
        _ change: (inout Diagnosis.Options) -> Void = { _ in }, chance: (@Sendable () -> Double)? = nil
    ) async throws -> (ended: [WatchRounds.Round], tally: WatchRounds.Tally) {
        var options = Diagnosis.Options()
        options.asksThirdParties = false
        change(&options)
        let plan = WatchPlan(every: every, inferEvery: infer, rounds: rounds, ceiling: ceiling, paidCallsPerRound: targets)
        var ended: [WatchRounds.Round] = []
        var world = stage.world
        if let chance { world.chance = chance }
        let result = try await WatchRounds(plan: plan, options: options, limits: RunLimits(), world: world).run { event, _ in
            if case .ended(let round) = event { ended.append(round) }
        }
        return (ended, result.tally)
    }

    @Test func `rounds begin on the beat, and one that is too long costs beats, not a queue of rounds`() async throws {
        let stage = Stage([try Sample.target(model: "small-1")], lengths: [.seconds(1), .seconds(130), .seconds(1)], reply: Self.well)
        let tally = try await run(stage, rounds: 4).tally
        #expect(stage.starts == [0, 60, 240, 300])
        #expect(tally.skippedBeats == 2)
        #expect(tally.rounds == 4)
    }

    @Test func `inference is paid for in its rounds alone`() async throws {
        let stage = Stage([try Sample.target(model: "small-1")], reply: Self.well)
        let (ended, tally) = try await run(stage, infer: 3, rounds: 8)
        #expect(stage.paid == [1, 0, 0, 1, 0, 0, 1, 0])
        #expect(ended.map(\.hasInferred) == [true, false, false, true, false, false, true, false])
        #expect(tally.allPaidCalls == 3)
        #expect(ended.map(\.changes.count) == [1, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func `repetitions count, and near the ceiling there are none`() async throws {
        // Every request fails in a way that is repeated twice, and some may be charged for.
        let stage = Stage([try Sample.target(model: "small-1")]) { _, _ in .error(503, message: "It broke.") }
        let (ended, tally) = try await run(stage, infer: 1, rounds: 12, ceiling: 14)
        #expect(stage.paid.first == 3)
        #expect(stage.paid.reduce(0, +) <= 14)
        #expect(stage.repeatsPaid.contains(false))
        // What costs nothing is repeated however little is left.
        #expect(Set(stage.free).count == 1)
        #expect(tally.allPaidCalls == stage.paid.reduce(0, +))
        #expect(ended.map(\.changes.count).dropFirst().allSatisfy { $0 == 0 })
    }

    @Test func `once a day's calls are made inference is left out, and comes back when they are a day old`() async throws {
        let targets = [try Sample.target(model: "small-1")]
        let stage = Stage(targets, reply: Self.well)
        // Six hours from round to round; the plan was made for fewer calls than there are.
        let (ended, _) = try await run(stage, every: .seconds(6 * 3600), infer: 1, rounds: 8, ceiling: 2)
        #expect(stage.paid == [1, 1, 0, 0, 1, 1, 0, 0])
        #expect(ended.map(\.isOverCeiling) == [false, false, true, true, false, false, true, true])
        // Health stands meanwhile: nothing cheaper speaks against it.
        #expect(ended.flatMap(\.changes).count == 1)
    }

    @Test func `a plan just at the ceiling is kept to, however late chance lets rounds begin`() async throws {
        let stage = Stage([try Sample.target(model: "small-1")], reply: Self.well)
        let beats = Mutex(0)
        let late: @Sendable () -> Double = {
            beats.withLock { beat in
                beat += 1
                return beat % 3 == 0 ? 1 : 0
            }
        }
        let (ended, _) = try await run(stage, every: .seconds(3600), infer: 1, rounds: 80, ceiling: 24, chance: late)
        #expect(ended.allSatisfy { !$0.isOverCeiling })
        #expect(stage.paid.reduce(0, +) == 80)
    }

    @Test func `what the ceiling kept from being asked is asked as soon as it fits, not only in its next turn`() async throws {
        let stage = Stage([try Sample.target(model: "small-1")], reply: Self.well)
        // Rounds six hours apart; inference in the first and the fourth, of which the ceiling takes one a day.
        let (ended, _) = try await run(stage, every: .seconds(6 * 3600), infer: 3, rounds: 9, ceiling: 1)
        #expect(stage.paid == [1, 0, 0, 0, 1, 0, 0, 0, 1])
        #expect(ended.map(\.isOverCeiling) == [false, false, false, true, false, false, true, true, false])
    }

    @Test func `a new key that the ceiling keeps from being asked stays over the ceiling until it was asked`() async throws {
        let old = try Sample.target(model: "small-1"), new = try Sample.target(key: "smp_another0key0of0the0same0kind", model: "small-1")
        let stage = Stage({ $0 < 3 ? [old] : [new] }, reply: Self.well)
        let (ended, _) = try await run(stage, every: .seconds(6 * 3600), infer: 100, rounds: 6, ceiling: 1)
        #expect(stage.paid == [1, 0, 0, 0, 1, 0])
        #expect(ended.map(\.isOverCeiling) == [false, false, true, true, false, false])
        // In a round that asks nothing it does not show whether it would fit.
        #expect(ended.map(\.hasAskedPaid) == [true, false, false, false, true, false])
    }

    @Test func `money that is back is known to serve a round later, and costs one call`() async throws {
        let stage = Stage([try Sample.target(model: "small-1")]) { round, probe in
            switch probe.endpoint {
            case .key: .json(200, ["balance": round < 4 ? "0" : "20"])
            case .inference where round < 4: .error(402, message: "Top up.", type: "insufficient_funds")
            default: Self.well(round, probe)
            }
        }
        let (ended, tally) = try await run(stage, infer: 10, rounds: 10)
        #expect(ended.map { $0.changes.map(\.after.cause) } == [[.billingBlocked], [], [], [], [.healthy], [], [], [], [], []])
        #expect(stage.paid == [1, 0, 0, 0, 1, 0, 0, 0, 0, 0])
        // What was refused costs nothing.
        #expect(tally.allPaidCalls == 1)
    }

    @Test func `what comes and goes takes no call from the turns of inference`() async throws {
        // Every other round the key's own proof fails.
        let stage = Stage([try Sample.target(model: "small-1")]) { round, probe in
            round.isMultiple(of: 2) && !probe.isPaid ? .error(503, message: "Down.") : Self.well(round, probe)
        }
        let (ended, _) = try await run(stage, every: .seconds(3600), infer: 4, rounds: 49, ceiling: 8)
        // Six turns a day, so two calls for what seems to be over.
        #expect(ended.filter(\.isOverCeiling).map(\.number) == [])
        #expect(stride(from: 1, through: 49, by: 4).allSatisfy { stage.paid[$0 - 1] == 1 })
        #expect(stage.paid.prefix(24).reduce(0, +) == 8)
        #expect(stage.paid.reduce(0, +) > 13)
    }

    @Test func `software of one's own is asked whatever the ceiling says of others`() async throws {
        let own = try Sample.target(["kind": "local"], model: "small-1"), other = try Sample.target(model: "small-1")
        let stage = Stage([own, other], reply: Self.well)
        let (ended, _) = try await run(stage, infer: 1, rounds: 3, ceiling: 1)
        #expect(stage.paid == [2, 1, 1])
        #expect(ended.map(\.isOverCeiling) == [false, true, true])
    }

    @Test func `nothing is paid for where inference is not wanted`() async throws {
        let stage = Stage([try Sample.target(model: "small-1")], reply: Self.well)
        let (ended, _) = try await run(stage, infer: nil, rounds: 3) { ($0.infers, $0.pays) = (false, false) }
        #expect(stage.paid == [0, 0, 0])
        #expect(ended.allSatisfy { !$0.isOverCeiling })
        #expect(ended[0].changes.first?.after.reason == "inference_not_tested")
    }

    @Test func `it ends before the next round when nobody listens`() async throws {
        let stage = Stage([try Sample.target(model: "small-1")], lastHeard: 2, reply: Self.well)
        #expect(try await run(stage, rounds: 9).tally.rounds == 2)
    }

    @Test func `when nothing at all is reached no service is blamed`() async throws {
        let targets = [try Sample.target(model: "small-1"), try Sample.target(model: "small-1", baseURL: "https://other.sample.test/v1")]
        let stage = Stage(targets) { round, probe in round == 2 ? .dead(.nameResolution, .nameLookup) : Self.well(round, probe) }
        let (ended, _) = try await run(stage, infer: 1, rounds: 3, targets: 2)
        #expect(
            ended[1].changes.map(\.after)
                == Array(repeating: .init(cause: .dnsFailure, reason: ended[1].changes[0].after.reason, outcome: .inconclusive), count: 2))
        #expect(ended[2].changes.map(\.after.cause) == [.healthy, .healthy])
    }
}

/// What is said of files that cannot be written.
struct WatchFilesTests {
    @Test func `a failure is said once, another one anew, and its end`() {
        var files = WatchFiles()
        let full = UsageError(.output, "Cannot write a.json: full"), gone = UsageError(.output, "Cannot write a.json: gone")
        #expect(files.note([("a.json", nil), ("b.prom", nil)]).isEmpty)
        #expect(files.note([("a.json", full), ("b.prom", nil)]) == ["Error: Cannot write a.json: full. The watch goes on."])
        #expect(files.note([("a.json", full), ("b.prom", nil)]).isEmpty)
        #expect(!files.areWritten)
        #expect(files.note([("a.json", gone), ("b.prom", nil)]).count == 1)
        #expect(files.note([("a.json", nil), ("b.prom", nil)]) == ["'a.json' is written again."])
        #expect(files.areWritten)
    }
}
