#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A system call that failed, by its `errno`.
struct SystemError: Error, Hashable {
    var number: Int32

    /// What the last failed call left in `errno`.
    static var last: SystemError { SystemError(number: errno) }

    static let notFound = SystemError(number: ENOENT)
    static let brokenPipe = SystemError(number: EPIPE)
    /// Of a terminal: it is gone.
    static let inputOutput = SystemError(number: EIO)
    static let tooManyLinks = SystemError(number: ELOOP)
    static let exists = SystemError(number: EEXIST)
    static let wouldBlock = SystemError(number: EAGAIN)
    static let notADirectory = SystemError(number: ENOTDIR)
    static let isDirectory = SystemError(number: EISDIR)
    static let noPermission = SystemError(number: EACCES)
    static let diskFull = SystemError(number: ENOSPC)
    static let interrupted = SystemError(number: EINTR)

    /// In the C library's words, in lower case where it starts a sentence: `no such file or directory`.
    var text: String {
        // Safety: strerror returns a string of the C library that lives at least until the next call in this thread.
        let words = unsafe String(cString: strerror(number))
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
