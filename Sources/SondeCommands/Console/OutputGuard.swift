import Synchronization

/// Tells whether bytes that are about to leave the process hold a secret.
typealias OutputScan = @Sendable (_ bytes: [UInt8]) -> Bool

/// The last search for secrets, shared by everything that writes; it finds nothing until it is told what to look for.
final class OutputGuard: Sendable {
    private let installed = Mutex(Installed())

    /// A structure, since a bare function in generic storage is wrapped anew each time it is looked at: after ten thousand looks it
    /// would be ten thousand functions deep.
    private struct Installed {
        var scan: OutputScan?
    }

    /// What everything that is written from now on is searched with.
    func install(_ scan: @escaping OutputScan) {
        installed.withLock { $0.scan = scan }
    }

    /// Says whether the bytes may be written.
    func isFree(_ bytes: [UInt8]) -> Bool {
        guard let scan = installed.withLock({ $0.scan }) else { return true }
        return !scan(bytes)
    }
}
