#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// File descriptors: how many there may be, and whether they have run out.
enum Descriptors {
    /// Raises the soft limit of open descriptors as far as it goes, so that many transfers at once do not run into it.
    static func raiseLimit() {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        let ceiling = rlim_t.max
        #else
        let resource = RLIMIT_NOFILE
        // macOS refuses more than OPEN_MAX, whatever the hard limit says (getrlimit(2)).
        let ceiling = rlim_t(OPEN_MAX)
        #endif
        // Both calls only read or write the local variable.
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        let wanted = min(limit.rlim_max, ceiling)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        _ = unsafe setrlimit(resource, &limit)
    }

    /// Says whether no descriptor is left, for this process or the machine.
    static var areExhausted: Bool {
        let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor < 0 else {
            close(descriptor)
            return false
        }
        return isExhaustion(errno)
    }

    /// Says whether a system error number means that this machine ran out of something.
    static func isExhaustion(_ number: Int32) -> Bool {
        [EMFILE, ENFILE, ENOMEM, ENOBUFS].contains(number)
    }
}
