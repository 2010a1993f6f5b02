import Synchronization

/// How many targets may be under way: a target that waits for only one more answer counts half.
///
/// Without the halves, a run of many targets would wait for the slowest request of each before it began the next.
final class RunCapacity: Sendable {
    private struct State {
        var free: Int
        var waiter: CheckedContinuation<Void, Never>?
    }

    private static let halves = 2
    private let state: Mutex<State>

    init(targets: Int) {
        state = Mutex(State(free: Self.halves * max(1, targets)))
    }

    /// Waits for room for one target. Only one task may wait at a time: the one that starts targets.
    func take() async -> Share {
        let isFree = state.withLock { state in
            guard state.free >= Self.halves else { return false }
            state.free -= Self.halves
            return true
        }
        if !isFree { await wait() }
        return Share(self)
    }

    private func wait() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free >= Self.halves else {
                    state.waiter = continuation
                    return false
                }
                state.free -= Self.halves
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func release(_ count: Int) {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            state.free += count
            guard let waiter = state.waiter, state.free >= Self.halves else { return nil }
            state.free -= Self.halves
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// What one target holds of the capacity.
    final class Share: Sendable {
        private let capacity: RunCapacity
        private let held = Mutex(RunCapacity.halves)

        fileprivate init(_ capacity: RunCapacity) {
            self.capacity = capacity
        }

        /// Gives half of it back, once one of several requests has ended.
        func giveHalfBack() {
            release { $0 == RunCapacity.halves ? 1 : 0 }
        }

        /// Gives back what is left, at the end of the target.
        func giveBack() {
            release { $0 }
        }

        private func release(_ share: (Int) -> Int) {
            let count = held.withLock { held in
                let count = share(held)
                held -= count
                return count
            }
            if count > 0 { capacity.release(count) }
        }
    }
}
