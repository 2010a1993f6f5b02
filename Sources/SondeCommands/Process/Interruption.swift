import Sonde
import Synchronization

/// Turns Ctrl-C and SIGTERM into the cancellation of the work, and a second one into an immediate end.
///
/// The signals are blocked everywhere and taken by the main thread, which does nothing but wait for them; so no handler ever runs
/// in the middle of anything. An asynchronous `main` would not do: it parks the main thread in `sigsuspend` with an empty mask,
/// where the first signal ends the process. Children get an empty mask, see ``System/spawn(_:environment:)``.
public final class Interruption: Sendable {
    private struct State {
        var status: ExitStatus?
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    init() {}

    /// Blocks the signals; to be called on the first line of `main`, before there is another thread.
    public static func begin() -> Interruption {
        System.blockStopSignals()
        return Interruption()
    }

    /// Waits for signals until the process ends; to be called on the main thread when the work goes on elsewhere.
    func watch() -> Never {
        while true {
            let signal = System.waitForStopSignal()
            if !receive(signal) {
                TemporaryFiles.removeAll()
                System.leaveAtOnce(Self.status(for: signal).rawValue)
            }
        }
    }

    /// What the process exits with once it was interrupted; nil as long as it was not.
    var status: ExitStatus? { state.withLock { $0.status } }

    /// Names what is to be stopped by the first signal; at once, when it has come already.
    func onFirst(_ cancel: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.cancel = cancel
            return state.status != nil
        }
        if isLate { cancel() }
    }

    /// Takes note of a signal; false when it is not the first, and so for leaving at once.
    func receive(_ signal: System.StopSignal) -> Bool {
        let status = Self.status(for: signal)
        let cancel: (@Sendable () -> Void)?? = state.withLock { state in
            guard state.status == nil else { return nil }
            state.status = status
            return .some(state.cancel)
        }
        // A shell and the kernel may each say that the terminal is gone; nobody is in a hurry.
        guard let cancel else { return signal == .hangUp }
        cancel?()
        return true
    }

    private static func status(for signal: System.StopSignal) -> ExitStatus {
        switch signal {
        case .interrupt: .interrupted
        case .terminate, .hangUp: .terminated
        }
    }
}
