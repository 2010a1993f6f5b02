#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A pipe with which one thread wakes another that waits in `poll`.
struct Pipe: ~Copyable, Sendable {
    /// The end to poll for reading.
    let hearing: Int32
    private let ringing: Int32

    /// Opens both ends, non-blocking and closed in children; nil when the system has none to give.
    init?() {
        var ends: [Int32] = [-1, -1]
        // Safe: pipe writes two descriptors, for which there is room.
        guard unsafe pipe(&ends) == 0 else { return nil }
        hearing = ends[0]
        ringing = ends[1]
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    deinit {
        close(hearing)
        close(ringing)
    }

    /// Makes the other end readable.
    func ring() {
        var byte: UInt8 = 1
        // Safe: one byte is there. A full pipe is readable already, so the result does not matter.
        _ = unsafe write(ringing, &byte, 1)
    }

    /// Takes out what is in it.
    func hear() {
        var bytes: [UInt8] = Array(repeating: 0, count: 16)
        // Safe: the array holds as many bytes as are asked for.
        while unsafe read(hearing, &bytes, bytes.count) == bytes.count {}
    }
}
