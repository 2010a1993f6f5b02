import Sonde

/// Asks again and again until all is fixed or the time is over; without a clock or a network of its own.
struct VerifyRounds {
    /// The outside world: time since some moment, pauses, and the requests themselves.
    struct World: Sendable {
        var elapsed: @Sendable () -> Duration
        /// Throws when the wait is ended from outside.
        var pause: @Sendable (Duration) async throws -> Void
        var moment: @Sendable () -> Timestamp
        var ask: @Sendable ([Verification]) async -> [TargetResult]
    }

    /// What is said while it goes on.
    enum Event {
        case paused(round: Int, verified: [Verified], next: Duration)
    }

    let verifications: [Verification]
    /// Nil asks once.
    let limit: Duration?
    let undoing: UndoBook
    let world: World

    /// - Parameter note: Called before each pause.
    func run(note: (Event) -> Void = { _ in }) async -> (verified: [Verified], rounds: [VerificationRecord.Round]) {
        var verified: [Verified?] = verifications.map { _ in nil }
        var rounds: [VerificationRecord.Round] = []
        var schedule = limit.map(WaitSchedule.init)
        let start = world.elapsed()
        while true {
            let open = verifications.indices.filter { verified[$0]?.change != .fixed }
            guard !open.isEmpty else { break }
            let startedAt = world.moment()
            let results = await world.ask(open.map { verifications[$0] })
            let isOffline = Report(startedAt: startedAt, duration: .zero, network: .init(), targets: results).isOffline
            for (index, result) in zip(open, results) {
                let now = Verified(before: verifications[index].before, now: result, isOffline: isOffline, undoing: undoing)
                // A round that was cut short says less than the one before it.
                if verified[index] == nil || !Task.isCancelled { verified[index] = now }
            }
            let known = verified.compactMap(\.self)
            rounds.append(.init(startedAt: startedAt, asked: open.count, fixed: open.count { verified[$0]?.change == .fixed }))
            guard !Task.isCancelled, known.contains(where: { $0.change != .fixed }) else { break }
            // What keeps this tool from asking is the same after any pause.
            guard open.contains(where: { verifications[$0].evidence.target.blockingFinding == nil }) else { break }
            let asked = results.flatMap(\.exchanges).compactMap(\.reading.retryAfter).max()
            guard case .pause(let pause)? = schedule?.next(elapsed: world.elapsed() - start, retryAfter: asked) else { break }
            note(.paused(round: rounds.count, verified: known, next: pause))
            do { try await world.pause(pause) } catch { break }
        }
        return (verified.compactMap(\.self), rounds)
    }
}
