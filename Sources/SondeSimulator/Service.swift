internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What all connections of one simulator share: the switchboard, the record of requests, and the alarm.
final class Service: Sendable {
    /// How many requests are remembered; the oldest are forgotten first.
    static let keptRequests = 10_000

    private struct State {
        var switchboard: Switchboard
        /// A ring once it is full, `oldest` being the place of the oldest.
        var requests: [Simulator.Request] = []
        var oldest = 0
    }

    let alarm: Alarm
    private let state: Mutex<State>

    init(_ scenario: Scenario, alarm: Alarm) {
        self.alarm = alarm
        state = Mutex(State(switchboard: Switchboard(scenario)))
    }

    /// The requests so far, the oldest first.
    var requests: [Simulator.Request] {
        state.withLock { Array($0.requests[$0.oldest...] + $0.requests[..<$0.oldest]) }
    }

    /// Records a request and decides what it gets.
    func reply(to request: Simulator.Request) -> Reply {
        var kept = request
        kept.body = Array(request.body.prefix(Simulator.Request.keptBytes))
        let requestID = Self.requestID()
        let milliseconds = Self.milliseconds()
        return state.withLock { state in
            if state.requests.count < Self.keptRequests {
                state.requests.append(kept)
            } else {
                state.requests[state.oldest] = kept
                state.oldest = (state.oldest + 1) % Self.keptRequests
            }
            return state.switchboard.reply(to: request, requestID: requestID, milliseconds: milliseconds)
        }
    }

    private static func requestID() -> String {
        let halves = [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
        return halves.map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        // Safe: the call fills in the one structure it is given.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
