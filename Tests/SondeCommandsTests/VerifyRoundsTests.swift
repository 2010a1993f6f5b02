import Sonde
import Synchronization
import SondeJSON
import TestSupport
import Testing

@testable import SondeCommands

/// Waiting for something to be fixed, on a clock that costs no time.
struct VerifyRoundsTests {
    /// A service that behaves in another way each round, and a clock that only pauses move.
    private final class Stage: Sendable {
        private struct State {
            var elapsed = Duration.zero
            var pauses: [Duration] = []
            var asked: [[String]] = []
        }

        private let state = Mutex(State())
        private let replies: [@Sendable (Probe) -> Rehearsal.Reply]
        /// The pause that somebody ends from outside.
        private let endsAtPause: Int?

        /// The round in which whoever is asked first is served already.
        private let firstServed: Int?

        init(_ replies: [@Sendable (Probe) -> Rehearsal.Reply], endsAtPause: Int? = nil, firstServed: Int? = nil) {
            (self.replies, self.endsAtPause, self.firstServed) = (replies, endsAtPause, firstServed)
        }

        var pauses: [Duration] { state.withLock { $0.pauses } }
        /// The names of the targets that were asked, round by round.
        var asked: [[String]] { state.withLock { $0.asked } }

        var world: VerifyRounds.World {
            VerifyRounds.World(
                elapsed: { self.state.withLock { $0.elapsed } },
                pause: { pause in
                    let count = self.state.withLock { state in
                        state.elapsed += pause
                        state.pauses.append(pause)
                        return state.pauses.count
                    }
                    if count == self.endsAtPause { throw CancellationError() }
                },
                moment: { Timestamp(seconds: 1_763_640_000 + self.state.withLock { $0.elapsed }.components.seconds) },
                ask: { verifications in
                    let round = self.state.withLock { state in
                        state.asked.append(verifications.map(\.before.target.name))
                        return state.asked.count
                    }
                    let reply = self.replies[min(round, self.replies.count) - 1]
                    return verifications.indices.compactMap { index in
                        let isServed = round == self.firstServed && index == 0
                        return try? Rehearsal.verify(verifications[index], reply: isServed ? VerifyRoundsTests.well : reply).result
                    }
                })
        }
    }

    private static let refused: @Sendable (Probe) -> Rehearsal.Reply = { probe in
        probe.endpoint == .inference ? .error(402, message: "Top up.", type: "insufficient_funds") : well(probe)
    }

    fileprivate static let well: @Sendable (Probe) -> Rehearsal.Reply = { probe in
        switch (probe.kind, probe.endpoint) {
        case (.badKey, _): .error(401, message: "Unknown key.", type: "invalid_key")
        case (_, .models): .json(200, ["data": [["id": "small-1"]]])
        case (_, .key): .json(200, ["balance": "4.5"])
        default: .json(200, ["model": "small-1", "choices": [["message": ["content": "ok"], "finish_reason": "stop"]]])
        }
    }

    private static func limited(_ seconds: Int) -> @Sendable (Probe) -> Rehearsal.Reply {
        { probe in
            probe.endpoint == .inference
                ? .error(429, message: "Slow down.", type: "rate_limit_exceeded", ["retry-after": "\(seconds)"]) : well(probe)
        }
    }

    private func rounds(_ stage: Stage, limit: Duration?, names: [String] = ["sample"]) throws -> VerifyRounds {
        let verifications = try names.map { name in
            var target = try Sample.target(model: "small-1")
            target.name = name
            return Verification(of: try Rehearsal(target) { probe, _ in Self.refused(probe) }.result(target), at: target)
        }
        return VerifyRounds(verifications: verifications, limit: limit, undoing: try UndoBook(), world: stage.world)
    }

    @Test func `without a wait it is asked once`() async throws {
        let stage = Stage([Self.refused])
        let (verified, rounds) = try await self.rounds(stage, limit: nil).run()
        #expect(verified.map(\.change) == [.unchanged])
        #expect(rounds.count == 1 && stage.pauses.isEmpty)
    }

    @Test func `nobody waits for what is not asked`() async throws {
        let stage = Stage([Self.refused])
        var target = try Sample.target(model: "small-1")
        let before = try Rehearsal(target) { probe, _ in Self.refused(probe) }.result(target)
        target.findings = [Finding("key", .blocking, cause: .keyMissing, reason: "key_missing", "No key.")]
        let rounds = VerifyRounds(
            verifications: [Verification(of: before, at: target)], limit: .seconds(7200), undoing: try UndoBook(), world: stage.world)
        #expect(await rounds.run().rounds.count == 1)
        #expect(stage.pauses.isEmpty)
    }

    @Test func `a wait ends with the round that finds it fixed`() async throws {
        let stage = Stage([Self.refused, Self.refused, Self.well])
        let (verified, rounds) = try await self.rounds(stage, limit: .seconds(7200)).run()
        #expect(verified.map(\.change) == [.fixed])
        #expect(stage.pauses == [.seconds(300), .seconds(450)])
        #expect(rounds.map(\.fixed) == [0, 0, 1])
        #expect(rounds.map(\.startedAt.seconds) == [1_763_640_000, 1_763_640_300, 1_763_640_750])
    }

    @Test func `a wait that is over ends with what is known, within the announced rounds`() async throws {
        let stage = Stage([Self.refused])
        let (verified, rounds) = try await self.rounds(stage, limit: .seconds(3600)).run()
        #expect(verified.map(\.change) == [.unchanged])
        #expect(rounds.count == WaitSchedule.mostRounds(within: .seconds(3600)))
        #expect(stage.pauses.reduce(.zero, +) <= .seconds(3600))
    }

    @Test func `a service that asks for more patience gets it`() async throws {
        let stage = Stage([Self.limited(1500), Self.well])
        _ = try await rounds(stage, limit: .seconds(7200)).run()
        #expect(stage.pauses == [.seconds(1500)])
        let impatient = Stage([Self.limited(2), Self.well])
        _ = try await rounds(impatient, limit: .seconds(7200)).run()
        #expect(impatient.pauses == [.seconds(300)])
    }

    @Test func `a pause that is ended from outside ends it with what was learned`() async throws {
        let stage = Stage([Self.refused], endsAtPause: 2)
        let (verified, rounds) = try await self.rounds(stage, limit: .seconds(86_400)).run()
        #expect(verified.map(\.change) == [.unchanged])
        #expect(rounds.count == 2)
    }

    @Test func `a target that is fixed is not asked again`() async throws {
        // In the second round only one of them is served.
        let stage = Stage([Self.refused, Self.refused, Self.well], firstServed: 2)
        let (verified, _) = try await rounds(stage, limit: .seconds(7200), names: ["a", "b"]).run()
        #expect(verified.map(\.change) == [.fixed, .fixed])
        #expect(stage.asked == [["a", "b"], ["a", "b"], ["b"]])
    }

    @Test func `every pause is announced with what is known so far`() async throws {
        let stage = Stage([Self.refused, Self.refused, Self.well])
        var announced: [(Int, Verified.Change?, Duration)] = []
        _ = try await rounds(stage, limit: .seconds(7200)).run { event in
            if case .paused(let round, let verified, let next) = event { announced.append((round, verified.first?.change, next)) }
        }
        #expect(announced.map(\.0) == [1, 2])
        #expect(announced.allSatisfy { $0.1 == .unchanged })
    }

    @Test func `spans of time are said in words`() {
        #expect(DurationText.words(.seconds(7200)) == "2 h")
        #expect(DurationText.words(.seconds(450)) == "7 min 30 s")
        #expect(DurationText.words(.zero) == "0 s")
    }
}

struct ShellWordTests {
    @Test func `a word for a shell is quoted where it must be`() {
        #expect(ShellWord.quoted("out/report-1.json") == "out/report-1.json")
        #expect(ShellWord.quoted("my report.json") == "'my report.json'")
        #expect(ShellWord.quoted("a'b;$(x)") == "'a'\\''b;$(x)'")
        #expect(ShellWord.quoted("") == "''")
    }
}
