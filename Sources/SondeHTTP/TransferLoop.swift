import CCurl
import Sonde
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The one thread on which all transfers run, and the inbox through which it is told what to do.
///
/// Sendable without a check for one reason: `multi`. Other threads use it for `curl_multi_wakeup` alone, which may be called from
/// any thread (its manual page says so), and only under the inbox's lock while the loop is not over. All else is the loop's own.
@safe final class TransferLoop: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer
    private let inbox = Mutex(Inbox())
    private let settings: TransportSettings

    private struct Inbox {
        var commands: [Command] = []
        /// Says whether the loop waits, or is about to, and must be woken to see a command.
        var isAsleep = false
        /// Told once, when the loop is to end.
        var whenOver: CheckedContinuation<Void, Never>?
        var isOver = false
    }

    private enum Command {
        case start(Order)
        case cancel(Order)
    }

    /// Nil when this machine has no memory or no descriptors left.
    init?(_ settings: TransportSettings) {
        guard CurlLibrary.isStarted, let multi = unsafe curl_multi_init() else { return nil }
        unsafe self.multi = multi
        self.settings = settings
        _ = unsafe ccurl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, settings.idleConnections)
    }

    // MARK: For any thread

    /// Asks for a transfer; the order is answered in any case.
    func start(_ order: Order) {
        if !post(.start(order)) {
            order.answer(.failure(TransportFailure(.cancelled, message: "The transport was stopped")))
        }
    }

    /// Asks to end a transfer, at once; one that is over already is left alone.
    func cancel(_ order: Order) {
        order.isCancelled.store(true, ordering: .releasing)
        _ = post(.cancel(order))
    }

    /// Ends the loop, cancelling what is under way, and returns when its thread is about to exit.
    func stop() async {
        await withCheckedContinuation { continuation in
            inbox.withLock { inbox in
                inbox.whenOver = continuation
                unsafe curl_multi_wakeup(multi)
            }
        }
    }

    private func post(_ command: Command) -> Bool {
        inbox.withLock { inbox in
            guard !inbox.isOver else { return false }
            inbox.commands.append(command)
            if inbox.isAsleep {
                inbox.isAsleep = false
                unsafe curl_multi_wakeup(multi)
            }
            return true
        }
    }

    // MARK: For the loop's thread

    /// Runs until ``stop()``.
    func run() {
        // Signals are for the main thread; a broken pipe inside TLS would otherwise end the program.
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, nil)

        let transfers = unsafe TransferTable(multi: multi, certificateAuthorities: settings.certificateAuthorities)
        while true {
            let (commands, isStopping) = inbox.withLock { inbox in
                inbox.isAsleep = false
                defer { inbox.commands.removeAll(keepingCapacity: true) }
                return (inbox.commands, inbox.whenOver != nil)
            }
            for command in commands {
                switch command {
                case .start(let order): transfers.start(order)
                case .cancel(let order): transfers.cancel(order)
                }
            }
            if isStopping { break }
            transfers.perform()
            let wait = transfers.timeToWait()
            let mayWait = inbox.withLock { inbox in
                inbox.isAsleep = inbox.commands.isEmpty && inbox.whenOver == nil
                return inbox.isAsleep
            }
            if mayWait { unsafe curl_multi_poll(multi, nil, 0, wait, nil) }
        }
        transfers.end()
        finish()
    }

    private func finish() {
        let (left, whenOver) = inbox.withLock { inbox in
            inbox.isOver = true
            unsafe curl_multi_cleanup(multi)
            defer { inbox.commands = [] }
            return (inbox.commands, inbox.whenOver)
        }
        for case .start(let order) in left {
            order.answer(.failure(TransportFailure(.cancelled, message: "The transport was stopped")))
        }
        whenOver?.resume()
    }
}
