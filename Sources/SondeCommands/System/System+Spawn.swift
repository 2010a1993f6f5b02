#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension System {
    /// A program started by us, and the end of the pipe its standard output comes through.
    struct Child {
        /// Also the identifier of its process group, which is its own.
        var process: Int32
        /// Non-blocking; to be closed by the owner.
        var output: Int32
    }

    /// How a child ended.
    enum ChildEnd: Hashable {
        case exited(Int32)
        case signaled(Int32)
    }

    /// Starts a program, found through `PATH`, without a shell.
    ///
    /// It gets a process group of its own, no blocked signals, the default reaction to those we ignore, an empty standard
    /// input, and nowhere to write errors to.
    static func spawn(_ words: [String], environment: [String: String]) throws(SystemError) -> Child {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw .last }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

        #if canImport(Glibc)
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #else
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #endif
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

        // Safety: copies that live until freed below, after the call that reads them has returned.
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            // The formatter of Swift 6.3 drops the blank after "for unsafe".
            // swift-format-ignore
            for unsafe text in unsafe arguments + variables { unsafe free(text) }
        }
        var process: pid_t = 0
        let failure = unsafe posix_spawnp(&process, words[0], &actions, &attributes, &arguments, &variables)
        try? close(ends[1])
        guard failure == 0 else {
            try? close(ends[0])
            throw SystemError(number: failure)
        }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        return Child(process: process, output: ends[0])
    }

    /// Whether the child has ended; it stays a zombie, so that its group's identifier cannot be given to another.
    static func hasEnded(_ child: Child) -> Bool {
        var facts = unsafe siginfo_t()
        let failed = unsafe waitid(P_PID, id_t(child.process), &facts, WEXITED | WNOHANG | WNOWAIT) != 0
        // Filled in only when there is something to tell: the signal number is then SIGCHLD.
        let isFilledIn = unsafe facts.si_signo == SIGCHLD
        return failed || isFilledIn
    }

    /// Kills what is left of the child's process group, and takes leave of the child itself.
    static func killAndReap(_ child: Child) -> ChildEnd {
        kill(-child.process, SIGKILL)
        var status: Int32 = 0
        repeat {} while unsafe waitpid(child.process, &status, 0) < 0 && errno == EINTR
        // As WIFEXITED, WEXITSTATUS and WTERMSIG do, which are macros.
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .signaled(signal)
    }
}
