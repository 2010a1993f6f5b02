#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// File descriptors: how many there may be, and whether they have run out.
///
/// A few are left untouched: libdispatch, and with it the whole program, traps when it cannot open the files of its own threads.
enum Descriptors {
    #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    private static let ceiling = rlim_t.max
    #else
    private static let resource = RLIMIT_NOFILE
    /// macOS refuses more than OPEN_MAX, whatever the hard limit says (getrlimit(2)).
    private static let ceiling = rlim_t(OPEN_MAX)
    #endif

    /// How many the transport leaves to the rest of the program.
    private static let reserve: rlim_t = 24

    /// Raises the soft limit of open descriptors as far as it goes, so that many transfers at once do not run into it.
    static func raiseLimit() {
        // The calls only read or write the local variable, here and below.
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        let wanted = min(limit.rlim_max, ceiling)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        _ = unsafe setrlimit(resource, &limit)
    }

    /// Opens a socket that children do not inherit; -1, with `errno` set, when there is none to be had.
    static func openSocket(_ family: Int32, _ type: Int32, _ number: Int32) -> Int32 {
        #if canImport(Glibc)
        let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        #else
        let descriptor = socket(family, type, number)
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        #endif
        guard descriptor >= 0, isOfReserve(descriptor) else { return descriptor }
        close(descriptor)
        errno = EMFILE
        return -1
    }

    /// Says whether no descriptor is left to us, in this process or on the machine.
    static var areExhausted: Bool {
        // The path is only read during the call.
        let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return isExhaustion(errno) }
        defer { close(descriptor) }
        return isOfReserve(descriptor)
    }

    /// Says whether a system error number means that this machine ran out of something.
    static func isExhaustion(_ number: Int32) -> Bool {
        [EMFILE, ENFILE, ENOMEM, ENOBUFS].contains(number)
    }

    /// Says whether this descriptor is one of the last; the system hands out the lowest first.
    private static func isOfReserve(_ descriptor: Int32) -> Bool {
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0 else { return false }
        return rlim_t(descriptor) + reserve >= limit.rlim_cur
    }
}
