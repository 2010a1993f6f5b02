#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The system calls this module needs, with thrown errors in the place of `errno`.
///
/// Everything unsafe in the module is in this folder. The pointers handed to the C library are to strings, arrays and local
/// values that Swift keeps alive for the length of the call, and the C library keeps none of them; where that is not
/// the whole reason, another stands beside the call.
enum System {}

extension System {
    /// What a path or descriptor is, as far as writing and reading care.
    enum FileKind: Hashable {
        case regular, directory, symbolicLink, pipe, device, socket
    }

    /// The facts of a file that decide whether it may be used.
    struct FileStatus: Hashable {
        var kind: FileKind
        /// Permission bits, `0o600` and the like.
        var mode: UInt32
        var owner: UInt32
        var size: Int64
        /// Device and inode: two paths with the same identity are one file.
        var identity: [UInt64]

        fileprivate init(_ status: stat) {
            kind =
                switch UInt32(status.st_mode) & UInt32(S_IFMT) {
                case UInt32(S_IFREG): .regular
                case UInt32(S_IFDIR): .directory
                case UInt32(S_IFLNK): .symbolicLink
                case UInt32(S_IFIFO): .pipe
                case UInt32(S_IFSOCK): .socket
                default: .device
                }
            mode = UInt32(status.st_mode) & 0o7777
            owner = UInt32(status.st_uid)
            size = Int64(status.st_size)
            identity = [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)]
        }
    }

    /// Whether a symbolic link stands for itself or for what it points to.
    enum LinkRule {
        case follow, noFollow
    }

    /// What a file is opened for.
    enum Access {
        /// Never waits for a writer of a pipe.
        case read(LinkRule)
        /// An existing file, device or pipe, from its start; nothing is created.
        case write
        /// At its end; created where it is missing.
        case append
        /// A new file that must not exist yet; the mode is cut down by the process's umask.
        case create(mode: UInt32)
    }

    static func status(of path: String, _ rule: LinkRule) throws(SystemError) -> FileStatus {
        var result = stat()
        guard unsafe (rule == .follow ? stat(path, &result) : lstat(path, &result)) == 0 else { throw .last }
        return FileStatus(result)
    }

    static func status(of descriptor: Int32) throws(SystemError) -> FileStatus {
        var result = stat()
        guard unsafe fstat(descriptor, &result) == 0 else { throw .last }
        return FileStatus(result)
    }

    /// Opens a file that is closed in children.
    static func open(_ path: String, for access: Access) throws(SystemError) -> Int32 {
        let descriptor =
            switch access {
            case .read(.follow): openDescriptor(path, O_RDONLY | O_NONBLOCK)
            case .read(.noFollow): openDescriptor(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
            // A pipe that nobody reads is an error at once, not a wait.
            case .write: openDescriptor(path, O_WRONLY | O_NONBLOCK)
            case .append: openDescriptor(path, O_WRONLY | O_NONBLOCK | O_APPEND | O_CREAT, 0o666)
            case .create(let mode): openDescriptor(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode)
            }
        guard descriptor >= 0 else { throw .last }
        return descriptor
    }

    private static func openDescriptor(_ path: String, _ flags: Int32, _ mode: UInt32 = 0) -> Int32 {
        #if canImport(Glibc)
        unsafe Glibc.open(path, flags | O_CLOEXEC | O_NOCTTY, mode_t(mode))
        #else
        unsafe Darwin.open(path, flags | O_CLOEXEC | O_NOCTTY, mode_t(mode))
        #endif
    }

    /// Closes a descriptor and reports what had been held back until now, such as a full disk on a network file system.
    static func close(_ descriptor: Int32) throws(SystemError) {
        guard Self.closeStatus(descriptor) == 0 else { throw .last }
    }

    private static func closeStatus(_ descriptor: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.close(descriptor)
        #else
        Darwin.close(descriptor)
        #endif
    }

    /// Reads once, at most `count` bytes; empty at the end, `wouldBlock` when a pipe has nothing yet.
    static func read(_ descriptor: Int32, upTo count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        // Safety: the C library writes at most `count` bytes into the buffer of `count` bytes that the array lends.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var got = -1
            repeat { got = unsafe readOnce(descriptor, buffer.baseAddress, count) } while got < 0 && errno == EINTR
            if got < 0 { failure = .last }
            filled = max(0, got)
        }
        if let failure { throw failure }
        return bytes
    }

    @unsafe private static func readOnce(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, buffer, count)
        #else
        unsafe Darwin.read(descriptor, buffer, count)
        #endif
    }

    /// Writes all of it, or throws what stopped it.
    static func write(_ bytes: some Sequence<UInt8>, to descriptor: Int32) throws(SystemError) {
        let bytes = Array(bytes)
        var done = 0
        while done < bytes.count {
            let rest = bytes[done...]
            // Safety: the C library reads exactly the bytes of the slice, within the closure.
            let wrote = unsafe rest.withUnsafeBytes { unsafe writeOnce(descriptor, $0) }
            if wrote > 0 {
                done += wrote
            } else if errno == EAGAIN {
                waitUntilWritable(descriptor)
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    @unsafe private static func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    /// Standard output may be shared with a program that made it non-blocking.
    private static func waitUntilWritable(_ descriptor: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, 1_000)
    }

    /// Whether bytes, or the end of them, can be read without waiting.
    static func isReadable(_ descriptor: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&request, 1, 0) > 0
    }

    /// Waits, at most a twentieth of a second, until ``isReadable(_:)`` is true.
    static func waitUntilReadable(_ descriptor: Int32) {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&request, 1, 50)
    }

    static func rename(_ path: String, to target: String) throws(SystemError) {
        #if canImport(Glibc)
        let failed = unsafe Glibc.rename(path, target)
        #else
        let failed = unsafe Darwin.rename(path, target)
        #endif
        guard failed == 0 else { throw .last }
    }

    static func remove(_ path: String) throws(SystemError) {
        guard unsafe unlink(path) == 0 else { throw .last }
    }

    /// - Parameter mode: Cut down by the process's umask.
    static func makeDirectory(_ path: String, mode: UInt32) throws(SystemError) {
        guard unsafe mkdir(path, mode_t(mode)) == 0 else { throw .last }
    }

    static func setMode(_ mode: UInt32, of path: String) throws(SystemError) {
        guard unsafe chmod(path, mode_t(mode)) == 0 else { throw .last }
    }

    /// Says whether this process may read a file, without opening it.
    static func mayRead(_ path: String) -> Bool {
        unsafe access(path, R_OK) == 0
    }

    static func isWritable(_ path: String) -> Bool {
        unsafe access(path, W_OK) == 0
    }

    /// Where a symbolic link points to, as written in it.
    static func destination(ofLink path: String) throws(SystemError) -> String {
        var length = -1
        // Safety: readlink writes at most the 4096 bytes it is told of; a buffer with room has an address.
        // swift-format-ignore: NeverForceUnwrap
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 4_096) { buffer, filled in
            length = unsafe buffer.withMemoryRebound(to: CChar.self) { unsafe readlink(path, $0.baseAddress!, 4_096) }
            filled = max(0, length)
        }
        guard length >= 0 else { throw .last }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// Says whether the reader of a pipe or socket went away.
    static func hasLostReader(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: 0, revents: 0)
        return unsafe poll(&entry, 1, 0) > 0 && Int32(entry.revents) & (POLLERR | POLLNVAL) != 0
    }

    /// Lines of the terminal behind a descriptor; nil where there is none or it does not say.
    static func rows(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
        return Int(size.ws_row)
    }

    /// Columns of the terminal behind a descriptor; nil where there is none or it does not say.
    static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
