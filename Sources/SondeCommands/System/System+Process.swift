#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension System {
    static var effectiveUser: UInt32 { UInt32(geteuid()) }

    /// The environment of this process; of a name given twice the first value, as `getenv` has it.
    static func environment() -> [String: String] {
        var result: [String: String] = [:]
        // Safety: a null-terminated array of C strings; read before any other thread could change it.
        var entry = unsafe environ
        while let line = unsafe entry.pointee {
            let text = unsafe String(cString: line)
            if let equals = text.firstIndex(of: "=") {
                let name = String(text[..<equals])
                if result[name] == nil { result[name] = String(text[text.index(after: equals)...]) }
            }
            unsafe entry += 1
        }
        return result
    }

    static func unsetEnvironment(_ name: String) {
        _ = unsafe unsetenv(name)
    }

    /// Makes a crash leave no core file, and keeps other processes of the same user from reading our memory.
    static func forbidCoreDumps() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        #if canImport(Glibc)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // prctl is variadic, which Swift does not import, so it is looked up by name.
        // Safety: integer arguments are passed alike to a variadic and to a plain function on the Linux ABIs Swift has.
        typealias Control = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
        let setDumpable: Int32 = 4
        if let symbol = unsafe dlsym(nil, "prctl") {
            _ = unsafe unsafeBitCast(symbol, to: Control.self)(setDumpable, 0, 0, 0, 0)
        }
        #else
        _ = unsafe setrlimit(RLIMIT_CORE, &none)
        #endif
    }

    static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Ends the process without running exit handlers; for a second Ctrl-C, when those may hang.
    static func leaveAtOnce(_ status: Int32) -> Never {
        _exit(status)
    }

    /// Ends the process in the ordinary way.
    static func leave(_ status: Int32) -> Never {
        exit(status)
    }
}

// MARK: - Signals

extension System {
    /// What the signals that ask a program to stop come to: Ctrl-C, and all others.
    enum StopSignal: Hashable {
        case interrupt, terminate
        /// The terminal is gone.
        case hangUp
    }

    private static func stopSignals() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGINT)
        unsafe sigaddset(&set, SIGTERM)
        // Under 'nohup' the end of the terminal is nothing to a program, and a signal that is waited for is not ignored any more.
        if !isIgnored(SIGHUP) { unsafe sigaddset(&set, SIGHUP) }
        return set
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard unsafe sigaction(number, nil, &action) == 0 else { return false }
        #if canImport(Glibc)
        let handler = unsafe action.__sigaction_handler.sa_handler
        #else
        let handler = unsafe action.__sigaction_u.__sa_handler
        #endif
        // Safety: SIG_IGN is the number 1 in the place of a function, and functions cannot be compared.
        return unsafe unsafeBitCast(handler, to: Int.self) == 1
    }

    /// Blocks INT, TERM and HUP in this thread and in every thread it starts from now on.
    static func blockStopSignals() {
        var set = stopSignals()
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for a blocked signal of these; occupies the thread that calls it.
    static func waitForStopSignal() -> StopSignal {
        var set = stopSignals()
        var number: Int32 = 0
        repeat {} while unsafe sigwait(&set, &number) != 0
        return number == SIGINT ? .interrupt : number == SIGHUP ? .hangUp : .terminate
    }
}
