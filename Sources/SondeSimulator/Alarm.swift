internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Suspends connections of libmicrohttpd and resumes them: at their time, or when the caller hangs up, or at the end.
///
/// One thread waits for all of them. libmicrohttpd never frees a suspended connection, and only that thread resumes one, exactly
/// once; so the connection and its socket are good for as long as their entry stands here.
final class Alarm: Sendable {
    /// A suspended connection.
    private struct Entry: Sendable {
        let connection: Connection
        let socket: Int32
        /// Microseconds of the monotonic clock; nil when only a hang-up or the end resumes it.
        let deadline: Int64?
    }

    private struct State {
        var entries: [Entry] = []
        var isClosing = false
        /// A byte is on its way to the thread already.
        var isRung = false
        var thread: pthread_t?
    }

    private let state = Mutex(State())
    private let bell: Pipe

    /// Starts the thread; nil when the system refuses a pipe or a thread.
    static func started() -> Alarm? {
        guard let bell = Pipe() else { return nil }
        let alarm = Alarm(bell: bell)
        return alarm.startThread() ? alarm : nil
    }

    private init(bell: consuming Pipe) {
        self.bell = bell
    }

    /// Suspends a connection until its time.
    ///
    /// To be called from a callback of libmicrohttpd about that connection, which then returns without having done anything.
    ///
    /// - Parameter milliseconds: nil until the caller hangs up or ``close()``.
    /// - Returns: False when all is coming to an end, and the connection has to.
    func suspend(_ connection: Connection, milliseconds: Int?) -> Bool {
        let deadline = milliseconds.map { Self.now() + Int64($0) * 1000 }
        return state.withLock { state in
            guard !state.isClosing else { return false }
            // The lock is held meanwhile, so that nobody resumes it before it is suspended.
            connection.suspend()
            state.entries.append(Entry(connection: connection, socket: connection.socket, deadline: deadline))
            ring(&state)
            return true
        }
    }

    /// Says whether all is coming to an end.
    var isClosing: Bool { state.withLock { $0.isClosing } }

    /// How many connections are suspended.
    var waiting: Int { state.withLock { $0.entries.count } }

    /// Resumes all and ends the thread; from then on nothing can be suspended.
    func close() {
        let thread = state.withLock { state in
            state.isClosing = true
            ring(&state)
            defer { state.thread = nil }
            return state.thread
        }
        // The one call that found the thread joins it.
        if let thread { pthread_join(thread, nil) }
    }

    private func ring(_ state: inout State) {
        guard !state.isRung else { return }
        state.isRung = true
        bell.ring()
    }
}

// MARK: The thread

extension Alarm {
    private func startThread() -> Bool {
        state.withLock { state in
            var thread = pthread_t()
            // Safe: the alarm is retained for the thread, which releases it at its end.
            let retained = unsafe Unmanaged.passRetained(self)
            let status = unsafe pthread_create(
                &thread, nil,
                { argument in
                    guard let argument = unsafe argument else { return nil }
                    unsafe Unmanaged<Alarm>.fromOpaque(argument).takeRetainedValue().run()
                    return nil
                }, retained.toOpaque())
            if status == 0 {
                state.thread = thread
            } else {
                unsafe retained.release()
            }
            return status == 0
        }
    }

    private func run() {
        while true {
            let (due, waiting, isClosing) = takeDue()
            for entry in due { entry.connection.resume() }
            if isClosing { return }
            let gone = wait(for: waiting)
            if !gone.isEmpty {
                state.withLock { $0.entries.removeAll { gone.contains($0.socket) } }
                for entry in waiting where gone.contains(entry.socket) { entry.connection.resume() }
            }
        }
    }

    /// Strikes off what is due, which at the end is all.
    private func takeDue() -> (due: [Entry], waiting: [Entry], isClosing: Bool) {
        let now = Self.now()
        return state.withLock { state in
            if state.isRung { bell.hear() }
            state.isRung = false
            if state.isClosing {
                defer { state.entries = [] }
                return (state.entries, [], true)
            }
            let due = state.entries.filter { $0.deadline.map { $0 <= now } ?? false }
            if !due.isEmpty { state.entries.removeAll { $0.deadline.map { $0 <= now } ?? false } }
            return (due, state.entries, false)
        }
    }

    /// Waits until the first deadline, a ring, or a hang-up on a connection without deadline; returns the sockets hung up on.
    private func wait(for entries: [Entry]) -> Set<Int32> {
        var polled = [pollfd(fd: bell.hearing, events: Int16(POLLIN), revents: 0)]
        polled += entries.lazy.filter { $0.deadline == nil }.map { pollfd(fd: $0.socket, events: hangUp, revents: 0) }
        let timeout = entries.lazy.compactMap(\.deadline).min().map { deadline in
            Int32(clamping: max(0, (deadline - Self.now() + 999) / 1000))
        }
        // Safe: the array and its count belong together.
        guard unsafe poll(&polled, nfds_t(polled.count), timeout ?? -1) > 0 else { return [] }
        return Set(polled.dropFirst().filter { $0.revents != 0 }.map(\.fd))
    }

    /// Microseconds of a clock that nobody sets.
    private static func now() -> Int64 {
        var time = timespec()
        // Safe: the call fills in the one structure it is given.
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}

#if canImport(Glibc)
private let hangUp = Int16(0x2000)  // POLLRDHUP, which the module of the C library leaves out
#else
private let hangUp = Int16(POLLHUP)
#endif
